"""Valid designs for every mode, release and isolation, drawn as a person would: placed and connected, with defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product
from typing import Any

from designer.editing.commands import connect, place, set_fields
from designer.errors import ChangeError
from designer.model.base import Element
from designer.model.hosts import Host, HostRole, Machine, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.rules.registry import Severity
from designer.rules.runner import judge

RELEASES = (OsRelease.WS2016, OsRelease.WS2019, OsRelease.WS2022, OsRelease.WS2025)
Isolation = type[WindowsContainer | HyperVContainer]
ISOLATIONS: tuple[Isolation, ...] = (WindowsContainer, HyperVContainer)


@dataclass
class Drawing:
    """A design in the making; the ids are numbers, so that equal designs are equal."""

    topology: Topology
    numbers: Iterator[int]

    def new_id(self, kind: str) -> EntityId:
        return EntityId(f"{kind}-{next(self.numbers)}")

    def place(self, kind: type[Element], parent: EntityId | None, **fields: Any) -> EntityId:
        change = place(self.topology, kind, parent, 0, 0, self.new_id, **fields)
        self.topology = self.topology.apply(change)
        return next(edit.id for edit in change.edits if isinstance(edit.after, kind))

    def connect(self, upper: EntityId, lower: EntityId, **fields: Any) -> EntityId:
        change = connect(self.topology, upper, lower, self.new_id, **fields)
        self.topology = self.topology.apply(change)
        return change.edits[0].id

    def set(self, element: EntityId, **fields: Any) -> None:
        self.topology = self.topology.apply(set_fields(self.topology, [element], **fields))

    def link(self, workload: EntityId) -> Attachment:
        return next(iter(self.topology.links_of(workload, Attachment)))


@dataclass(frozen=True)
class Parts:
    """What a variant changes."""

    host: EntityId
    network: EntityId
    container: EntityId
    mode: NetworkMode
    isolation: Isolation


def _base(
    mode: NetworkMode, release: OsRelease, isolation: type[WindowsContainer | HyperVContainer]
) -> tuple[Drawing, Parts]:
    drawing = Drawing(Topology(), count(1))
    fields: dict[str, Any] = {"name": "HOST01", "os": release, "engine_version": _ENGINES[release]}
    if mode is NetworkMode.L2TUNNEL:
        fields |= {"machine": Machine.AZURE_VM, "nested_virtualization": True, "memory_mb": 16_384, "processors": 4}
    if mode is NetworkMode.OVERLAY:
        fields |= {"role": HostRole.SWARM_MANAGER, "advertise_address": "10.30.0.11"}
    host = drawing.place(Host, None, **fields)
    nic = {"addresses": ("10.30.0.11/24",), "gateway": "10.30.0.1", "speed_mbps": 10_000}
    ethernet = drawing.place(PhysicalNic, host, name="Ethernet", **nic)
    attachable = {"attachable": True} if mode is NetworkMode.OVERLAY else {}
    network = drawing.place(ContainerNetwork, None if mode is NetworkMode.OVERLAY else host, mode=mode, **attachable)
    if MODES[mode].needs_uplink:
        drawing.connect(network, ethernet)
    container = drawing.place(isolation, host, name="app01")
    drawing.connect(container, network)
    return drawing, Parts(host, network, container, mode, isolation)


_ENGINES = {
    OsRelease.WS2016: "17.06",
    OsRelease.WS2019: "20.10",
    OsRelease.WS2022: "25.0.5",
    OsRelease.WS2025: "27.3",
}


def _plain(drawing: Drawing, parts: Parts) -> None:
    pass


def _ports(drawing: Drawing, parts: Parts) -> None:
    ports = ({"host_port": 8080, "container_port": 80}, {"host_port": 8053, "container_port": 53, "protocol": "udp"})
    drawing.set(drawing.link(parts.container).id, ports=ports)


def _fixed(drawing: Drawing, parts: Parts) -> None:
    network = drawing.topology.find(parts.network, ContainerNetwork)
    assert network is not None
    if network.subnets:
        drawing.set(drawing.link(parts.container).id, ip=network.subnets[0].network[77])
    drawing.set(drawing.link(parts.container).id, mac="00-15-5D-77-00-01", aliases=("app", "shop.example"))


def _options(drawing: Drawing, parts: Parts) -> None:
    drawing.set(
        parts.container,
        hostname="app",
        memory_mb=1024,
        cpus=1.5,
        dns_servers=("10.30.0.53",),
        environment=({"name": "PRICE", "value": '5$ "or" `less`; 50%'}, {"name": "EMPTY", "value": ""}),
        command=("cmd", "/c", "ping -t localhost"),
    )
    if parts.mode is not NetworkMode.OVERLAY:
        drawing.set(parts.network, dns_servers=("10.30.0.53", "10.30.0.54"), dns_suffix="shop.example")
    if parts.mode in (NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE):
        drawing.set(parts.network, vlan=30)
    if parts.mode is NetworkMode.L2BRIDGE:
        drawing.set(parts.network, outbound_nat=True, outbound_nat_exceptions=("10.30.0.0/24",))


def _neighbours(drawing: Drawing, parts: Parts) -> None:
    other = HyperVContainer if parts.isolation is WindowsContainer else WindowsContainer
    for kind in (parts.isolation, other):
        drawing.connect(drawing.place(kind, parts.host), parts.network)


def _two_networks(drawing: Drawing, parts: Parts) -> None:
    second = NetworkMode.INTERNAL if parts.mode is NetworkMode.NAT else NetworkMode.NAT
    drawing.connect(parts.container, drawing.place(ContainerNetwork, parts.host, mode=second))


def _drawn_switch(drawing: Drawing, parts: Parts) -> None:
    drawn = drawing.place(VSwitch, parts.host, name="Uplink", switch_type="external")
    ethernet = drawing.place(PhysicalNic, parts.host, name="Ethernet 2", speed_mbps=10_000)
    drawing.connect(drawn, ethernet)
    second = drawing.place(ContainerNetwork, parts.host, mode=NetworkMode.TRANSPARENT, switch=drawn)
    drawing.connect(drawing.place(parts.isolation, parts.host, name="lan01"), second)


VARIANTS: dict[str, Callable[[Drawing, Parts], None]] = {
    "plain": _plain,
    "ports": _ports,
    "fixed": _fixed,
    "options": _options,
    "neighbours": _neighbours,
    "two-networks": _two_networks,
    "drawn-switch": _drawn_switch,
}


def generated() -> Iterator[tuple[str, Topology]]:
    """Yield the designs that no rule calls an error, each with a name that says how it came about."""
    for mode, release, isolation, variant in product(NetworkMode, RELEASES, ISOLATIONS, VARIANTS):
        drawing, parts = _base(mode, release, isolation)
        try:
            VARIANTS[variant](drawing, parts)
        except ChangeError:
            continue
        if not any(judged.severity is Severity.ERROR for judged in judge(drawing.topology)):
            kind = "process" if isolation is WindowsContainer else "hyperv"
            yield f"{mode.value}-{release.value}-{kind}-{variant}", drawing.topology
