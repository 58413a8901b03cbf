"""Lines of a drawing after a change of some of its rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from designer.drawing.canvas_layout import overlay_bars
from designer.drawing.links import Links, clusters_by_order
from designer.drawing.looks import LinkLook
from designer.drawing.parts import Order, Wire
from designer.drawing.rows import N, common
from designer.drawing.segmented import Bools, Ints
from designer.drawing.splice import Splice
from designer.drawing.wires import WireCollector, in_order
from designer.model.base import Element, Link
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology


@dataclass(frozen=True, slots=True)
class LinkSplice:
    """The lines of a drawing, and where they come from.

    Attributes:
        links: the lines; those that are new have no way yet.
        origin: the old line of each, -1 for what is new.
        fresh: which lines were collected anew.
    """

    links: Links
    origin: Ints
    fresh: Bools

    @property
    def keeps_order(self) -> bool:
        """Whether lines that there were before are drawn in the same order."""
        return bool((np.diff(self.origin[self.origin >= 0]) > 0).all())


def splice_links(
    links: Links, splice: Splice, topology: Topology, collected: Iterable[EntityId], flows: bool = True
) -> LinkSplice:
    """Return the lines after a change: those of what was collected anew, and the others as they were.

    Args:
        links: the lines before.
        splice: the rows now.
        topology: the design now.
        collected: what stands on the canvas and was collected anew.
        flows: whether traffic is drawn.
    """
    first, second = splice.target[links.first], splice.target[links.second]
    keep = (first >= 0) & (second >= 0) & (links.orders != Order.TUNNEL)
    kept = np.nonzero(keep)[0]
    wires = _collected(splice, topology, collected, flows)
    places = _places(links, splice, kept, first, wires)
    fresh = np.zeros(len(kept) + len(wires), np.bool_)
    fresh[np.array(places, dtype=np.int64) + np.arange(len(wires))] = True
    origin = np.empty(len(fresh), np.int64)
    origin[~fresh] = kept
    origin[fresh] = [links.index_of.get(wire.key, -1) for wire in wires]

    def column(old: NDArray[N], new: Sequence[int]) -> NDArray[N]:
        result = np.empty(len(fresh), old.dtype)
        result[~fresh], result[fresh] = old[kept], new
        return result

    keys, looks = _lists(links, origin, fresh, wires)
    ends = column(first, [wire.source for wire in wires]), column(second, [wire.target for wire in wires])
    chunks = column(np.where(links.chunks >= 0, splice.target[links.chunks], -1), [-1] * len(wires))
    chunks[fresh] = common(splice.rows, ends[0][fresh], ends[1][fresh])
    orders = column(links.orders, [wire.order for wire in wires])
    result = replace(
        links,
        keys=keys,
        looks=looks,
        index_of=links.index_of if keys is links.keys else dict(zip(keys, range(len(keys)), strict=True)),
        first=ends[0],
        second=ends[1],
        strokes=column(links.strokes, [wire.look.stroke for wire in wires]),
        orders=orders,
        clusters=clusters_by_order(splice.rows, *ends, orders),
        chunks=chunks,
    )
    return LinkSplice(result.taken_over(origin), origin, fresh)


def _collected(splice: Splice, topology: Topology, collected: Iterable[EntityId], flows: bool) -> list[Wire]:
    collector = WireCollector(topology, splice.parts, flows)
    found: dict[EntityId, Link] = {}
    for root in collected:
        element = topology.find(root, Element)
        if element is not None:
            for inner in (element, *topology.descendants(root)):
                found.update((link.id, link) for link in topology.links_of(inner.id))
    stored = list(collector.stored(in_order(list(found.values()))))
    traffic = [wire for wire in stored if wire.order is Order.FLOW]
    wires = stored[: len(stored) - len(traffic)]
    for realised in splice.realised:
        wires += collector.derived(realised)
    return [*wires, *collector.tunnels(overlay_bars(splice.parts, splice.rows)), *traffic]


def _places(links: Links, splice: Splice, kept: Ints, first: Ints, wires: list[Wire]) -> list[int]:
    """Return before which of the kept lines each new one is drawn."""
    orders = links.orders[kept]
    roots = splice.rows.roots
    places: list[int] = []
    for wire in wires:
        low, high = np.searchsorted(orders, [wire.order, wire.order + 1]).tolist()
        if wire.order is Order.DERIVED:
            root = int(roots[wire.source])
            places.append(bisect_left(kept, root, low, high, key=lambda line: int(roots[first[line]])))
        elif wire.order is Order.TUNNEL:
            places.append(high)
        else:
            name = wire.key.element
            places.append(bisect_left(kept, name, low, high, key=lambda line: links.keys[line].element))
    return places


def _lists(links: Links, origin: Ints, fresh: Bools, wires: list[Wire]) -> tuple[list[PartKey], list[LinkLook]]:
    """Return the keys and looks of all lines; the keys as they are when the same lines are there as before."""
    anew = dict(zip(np.nonzero(fresh)[0].tolist(), wires, strict=True))
    if len(origin) == len(links) and (origin == np.arange(len(origin))).all():
        looks = links.looks.copy()
        for line, wire in anew.items():
            looks[line] = wire.look
        return links.keys, looks
    before = list(enumerate(origin.tolist()))
    keys = [anew[line].key if line in anew else links.keys[old] for line, old in before]
    return keys, [anew[line].look if line in anew else links.looks[old] for line, old in before]
