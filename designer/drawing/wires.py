"""From a design to the lines of its drawing: stored links, and what follows from the networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from designer.drawing import link_looks
from designer.drawing.collect import Collector, switch_part
from designer.drawing.looks import LinkLook, address_giver
from designer.drawing.parts import Order, Part, Parts, Role, Wire
from designer.model.base import Link
from designer.model.flows import Flow
from designer.model.hosts import HostVNic, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Reference, Uplink
from designer.model.networks import ContainerNetwork
from designer.model.realisation import HostRealisation, PartKey
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer

_ORDERS: dict[type[Link], Order] = {
    Attachment: Order.ATTACHMENT,
    Uplink: Order.UPLINK,
    Cable: Order.CABLE,
    Backend: Order.BACKEND,
    Reference: Order.REFERENCE,
    Flow: Order.FLOW,
}


class WireCollector:
    """Makes the lines; what has no node to end at is not drawn.

    Args:
        topology: the design.
        parts: the nodes.
        flows: whether traffic is drawn.
    """

    def __init__(self, topology: Topology, parts: Parts, flows: bool = True) -> None:
        self._topology = topology
        self._parts = parts
        self._flows = flows
        self._row_of = parts.row_of

    def stored(self, links: Iterable[Link]) -> Iterator[Wire]:
        """Yield the lines of stored links."""
        for link in links:
            if isinstance(link, Flow) and not self._flows:
                continue
            first, second = self._row(link.source, link.target), self._row(link.target, link.source)
            if first is not None and second is not None:
                yield Wire(PartKey(link.id), first, second, self._look(link), _ORDERS[type(link)])

    def _look(self, link: Link) -> LinkLook:
        match link:
            case Attachment():
                source = self._topology.get(link.source)
                if isinstance(source, Service):
                    return link_looks.service_attachment_look()
                network = self._topology.find(link.target, ContainerNetwork)
                giver = address_giver(network) if network is not None else ""
                is_hyperv, is_host_vnic = isinstance(source, HyperVContainer), isinstance(source, HostVNic)
                return link_looks.attachment_look(link, is_hyperv, is_host_vnic, giver)
            case Uplink():
                return link_looks.uplink_look()
            case Cable():
                return link_looks.cable_look(self._topology.find(link.source, PhysicalNic))
            case Flow():
                return link_looks.flow_look(link)
            case Backend():
                return link_looks.backend_look()
            case _:
                return link_looks.reference_look()

    def _row(self, end: EntityId, other: EntityId) -> int | None:
        """Return the row where a link ends; an overlay network ends at its switch on the other end's host."""
        row = self._row_of.get(PartKey(end))
        if row is None or self._parts.nodes[row].role is not Role.OVERLAY:
            return row
        host = self._host_around(self._row_of.get(PartKey(other), -1))
        return self._row_of.get(PartKey(end, switch_part(host)), row) if host is not None else row

    def _host_around(self, row: int) -> EntityId | None:
        while row >= 0:
            part = self._parts.nodes[row]
            if part.role is Role.HOST:
                return part.key.element
            row = self._parts.parent(row)
        return None

    def derived(self, realised: HostRealisation) -> Iterator[Wire]:
        """Yield the lines that follow from what Windows makes of a host."""
        for key, source, target, look in self._derived_lines(realised):
            first, second = self._row_of.get(source), self._row_of.get(target)
            if first is not None and second is not None:
                yield Wire(key, first, second, look, Order.DERIVED)

    def _derived_lines(self, realised: HostRealisation) -> Iterator[tuple[PartKey, PartKey, PartKey, LinkLook]]:
        for vnic in realised.host_vnics:
            if vnic.key.is_derived:
                bar = self._bar(vnic.switch, realised.host)
                yield PartKey(vnic.key.element, f"{vnic.key.part}:link"), vnic.key, bar, link_looks.own_vnic_look()
        for nat in realised.winnats:
            part = nat.key.part or "winnat"
            if nat.inside is not None:
                yield PartKey(nat.key.element, f"{part}:inside"), nat.inside, nat.key, link_looks.own_vnic_look()
            if nat.outside is not None:
                look = link_looks.translation_look(str(nat.outside_address or ""))
                yield PartKey(nat.key.element, f"{part}:outside"), nat.key, nat.outside, look
        for switch in realised.switches:
            if self._topology.find(switch.key.element, VSwitch) is not None:
                for network in switch.networks:
                    source = self._bar(PartKey(network), realised.host)
                    key = PartKey(network, f"port:{realised.host}")
                    yield key, source, switch.key, link_looks.switch_port_look()

    def _bar(self, switch: PartKey, host: EntityId) -> PartKey:
        """Return the key under which a switch is drawn on a host: the bar of its network, or its own."""
        on_host = PartKey(switch.element, switch_part(host))
        return on_host if on_host in self._row_of else PartKey(switch.element)

    def tunnels(self, bars: Iterable[int]) -> Iterator[Wire]:
        """Yield the lines that join the switches of each overlay network from host to host; bars in any order."""
        rows: dict[EntityId, list[int]] = {}
        for row in sorted(bars):
            rows.setdefault(self._parts.nodes[row].key.element, []).append(row)
        for element in sorted(rows):
            network = self._topology.find(element, ContainerNetwork)
            if network is not None:
                for place, (first, second) in enumerate(pairwise(rows[element])):
                    key = PartKey(element, f"tunnel:{place}")
                    yield Wire(key, first, second, link_looks.tunnel_look(network), Order.TUNNEL)


def is_overlay_bar(part: Part) -> bool:
    """Whether a part is the switch of an overlay network on one host."""
    return part.role is Role.NETWORK and part.key.is_derived


def collect_wires(
    topology: Topology, parts: Parts, realised: Mapping[EntityId, HostRealisation], flows: bool = True
) -> list[Wire]:
    """Return all lines in the order in which they are drawn; ``flows`` tells whether traffic is among them."""
    collector = WireCollector(topology, parts, flows)
    found: list[Wire] = []
    for kind in _ORDERS:
        if kind is not Flow:
            found += collector.stored(topology.of(kind))
    for one in realised.values():
        found += collector.derived(one)
    found += collector.tunnels(row for row, part in enumerate(parts.nodes) if is_overlay_bar(part))
    return [*found, *collector.stored(topology.of(Flow))]


def collect(topology: Topology, flows: bool = True) -> tuple[Parts, list[Wire]]:
    """Return everything that a design shows: nodes and lines; ``flows`` tells whether traffic is among them."""
    collector = Collector(topology)
    parts = collector.collect()
    return parts, collect_wires(topology, parts, collector.realisations, flows)


def in_order(links: Sequence[Link]) -> list[Link]:
    """Return links in the order in which they are drawn."""
    return sorted(links, key=lambda link: (_ORDERS[type(link)], link.id))
