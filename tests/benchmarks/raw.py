"""The same work without the product: decode, arrays, f-strings, plain dictionaries. No checks, no types, no undo."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from designer.model.topology import Topology

NODE_WIDTH, NODE_HEIGHT = 120.0, 40.0
STEP_X, STEP_Y = 160.0, 100.0

Record = dict[str, Any]


def records(topology: Topology) -> list[Record]:
    """Return the entities as plain dictionaries, only with what is set."""
    return [
        {"kind": entity.kind} | entity.model_dump(mode="json", exclude_defaults=True)
        for entity in topology.entities.values()
    ]


def open_file(content: bytes) -> Drawing:
    """Decode a design file and make the arrays, with the garbage collector off."""
    gc.disable()
    try:
        return Drawing.of(orjson.loads(content)["elements"])
    finally:
        gc.enable()


def save(found: list[Record], path: Path) -> None:
    """Encode, write, flush, rename."""
    content = orjson.dumps(found, option=orjson.OPT_INDENT_2)
    beside = path.with_suffix(".tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@dataclass(frozen=True, slots=True)
class Drawing:
    """As many boxes and lines as a design has elements and links, on a grid, as arrays."""

    rects: NDArray[np.float64]
    lines: NDArray[np.float64]
    ends: NDArray[np.int64]
    names: list[str]
    labels: list[str]

    @classmethod
    def of(cls, found: list[Record]) -> Drawing:
        """Lay records out on a grid and take the centres of the boxes for the ends of the lines."""
        nodes = [record for record in found if record["kind"] != "placement" and "source" not in record]
        links = [record for record in found if "source" in record]
        columns = max(1, round((len(nodes) * STEP_Y / STEP_X * 1.6) ** 0.5))
        place = np.arange(len(nodes))
        rects = np.empty((len(nodes), 4))
        rects[:, 0], rects[:, 1] = place % columns * STEP_X, place // columns * STEP_Y
        rects[:, 2:] = NODE_WIDTH, NODE_HEIGHT
        number = {record["id"]: index for index, record in enumerate(nodes)}
        ends = np.array([[number[link["source"]], number[link["target"]]] for link in links], dtype=np.int64)
        centres = rects[:, :2] + (NODE_WIDTH / 2, NODE_HEIGHT / 2)
        lines = np.concatenate([centres[ends[:, 0]], centres[ends[:, 1]]], axis=1)
        names = [str(record.get("name", "")) for record in nodes]
        return cls(rects, lines, ends, names, [str(link.get("ip", "")) for link in links])

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the grid."""
        return float(self.rects[:, 0].max() + STEP_X), float(self.rects[:, 1].max() + STEP_Y)


def script(found: list[Record]) -> str:
    """One or two commands for each record, with f-strings."""
    lines: list[str] = []
    for record in found:
        match record["kind"]:
            case "network":
                lines.append(
                    f"docker network create -d {record.get('mode', 'nat')} '{record['name']}'\n"
                    f"New-VMSwitch -Name '{record['name']}'\n"
                )
            case "windows_container" | "hyperv_container":
                lines.append(f"docker run -d --name '{record['name']}' --network '{record['parent']}' image\n")
            case "attachment":
                lines.append(f"docker network connect '{record['target']}' '{record['source']}'\n")
            case kind:
                lines.append(f"# {kind} {record.get('name', '')}\n")
    return "".join(lines)


def svg(drawing: Drawing) -> str:
    """All boxes, lines and texts as SVG."""
    width, height = drawing.size
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">']
    out += [
        f'<path d="M{a:g} {b:g}L{c:g} {d:g}"/><text x="{(a + c) / 2:g}" y="{(b + d) / 2:g}">{escape(label)}</text>'
        for (a, b, c, d), label in zip(drawing.lines.tolist(), drawing.labels, strict=True)
    ]
    out += [
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/><text x="{x:g}" y="{y:g}">{escape(text)}</text>'
        for (x, y, w, h), text in zip(drawing.rects.tolist(), drawing.names, strict=True)
    ]
    out.append("</svg>")
    return "".join(out)


@dataclass(slots=True)
class Checker:
    """Five kinds of rules on plain dictionaries: names, parents, addresses, overlapping prefixes, loose ends."""

    found: list[Record]
    by_id: dict[str, Record] = field(default_factory=dict)
    by_name: dict[tuple[str | None, str], set[str]] = field(default_factory=dict)
    by_address: dict[str, set[str]] = field(default_factory=dict)
    linked: dict[str, set[str]] = field(default_factory=dict)
    prefixes: dict[int, dict[int, set[str]]] = field(default_factory=dict)
    issues: dict[str, list[str]] = field(default_factory=dict)

    def full(self) -> dict[str, list[str]]:
        """Index everything and run every rule."""
        for index in (self.by_id, self.by_name, self.by_address, self.linked, self.prefixes, self.issues):
            index.clear()
        for record in self.found:
            self._enter(record)
        for record in self.found:
            issues = self._check(record)
            if issues:
                self.issues[record["id"]] = issues
        return self.issues

    def _enter(self, record: Record) -> None:
        own = record["id"]
        self.by_id[own] = record
        if "name" in record:
            self.by_name.setdefault((record.get("parent"), record["name"]), set()).add(own)
        for address in _addresses(record):
            self.by_address.setdefault(address, set()).add(own)
        if "source" in record:
            self.linked.setdefault(record["source"], set()).add(own)
            self.linked.setdefault(record["target"], set()).add(own)
        for number, length in _prefixes(record):
            self.prefixes.setdefault(length, {}).setdefault(number, set()).add(own)

    def _check(self, record: Record) -> list[str]:
        issues: list[str] = []
        if "name" in record:
            if not 0 < len(record["name"]) < 64:
                issues.append("name")
            if len(self.by_name[record.get("parent"), record["name"]]) > 1:
                issues.append("name twice")
        parent = record.get("parent")
        if parent is not None and parent not in self.by_id:
            issues.append("parent")
        for address in _addresses(record):
            issues += self._check_address(address)
        if record["kind"] == "network" and self._overlaps(record):
            issues.append("overlap")
        if record["kind"].endswith("container") and record["id"] not in self.linked:
            issues.append("loose")
        if "source" in record and not (record["source"] in self.by_id and record["target"] in self.by_id):
            issues.append("end")
        return issues

    def _check_address(self, address: str) -> list[str]:
        parts = address.split(".")
        issues = ["address"] if len(parts) != 4 or not all(p.isdigit() and int(p) < 256 for p in parts) else []
        return [*issues, "address twice"] if len(self.by_address[address]) > 1 else issues

    def _overlaps(self, record: Record) -> bool:
        for number, length in _prefixes(record):
            for other, known in self.prefixes.items():
                if other <= length:
                    hit = known.get(number >> (32 - other) << (32 - other))
                    if hit and (other < length or len(hit) > 1):
                        return True
        return False


def _addresses(record: Record) -> list[str]:
    found = [address.partition("/")[0] for address in record.get("addresses", ())]
    return [*found, record["ip"]] if record.get("ip") else found


def _prefixes(record: Record) -> list[tuple[int, int]]:
    found = []
    for subnet in record.get("subnets", ()):
        text, _, length = subnet["prefix"].partition("/")
        found.append((int.from_bytes(bytes(map(int, text.split("."))), "big"), int(length)))
    return found


Graph = dict[str, list[str]]


def adjacency(found: list[Record]) -> Graph:
    """Return who is beside whom: what stands in each other, and the ends of links."""
    graph: Graph = {record["id"]: [] for record in found}
    for record in found:
        pairs = [(record.get("parent"), record["id"]), (record.get("source"), record.get("target"))]
        for one, other in pairs:
            if one in graph and other in graph:
                graph[one].append(other)
                graph[other].append(one)
    return graph


def shortest_path(graph: Graph, start: str, end: str) -> int:
    """Return the length of a shortest way by a search from both ends; -1 when there is none."""
    seen = ({start: 0}, {end: 0})
    fronts = [[start], [end]]
    while fronts[0] and fronts[1]:
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        mine, others, following = seen[side], seen[1 - side], []
        for node in fronts[side]:
            for beside in graph[node]:
                if beside not in mine:
                    mine[beside] = mine[node] + 1
                    if beside in others:
                        return mine[beside] + others[beside]
                    following.append(beside)
        fronts[side] = following
    return -1
