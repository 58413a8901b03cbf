"""Realistic designs of a wished size: racks of hosts on physical networks, with containers on all common modes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from itertools import islice
from typing import cast

from designer.drawing.layout import arrange
from designer.model.base import Element, EntityBase
from designer.model.entities import Entity
from designer.model.fabric import Client, Segment, SegmentSubnet
from designer.model.hosts import DaemonSettings, Host, HostVNic, PhysicalNic
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, PortMapping, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

HOSTS_IN_RACK = 8
"""Hosts on one physical network."""


@dataclass(frozen=True, slots=True)
class _Rack:
    """A physical network and its numbers."""

    number: int
    prefix: IPv4Network

    @property
    def segment(self) -> EntityId:
        """The id of the physical network."""
        return EntityId(f"lan{self.number}")

    @property
    def router(self) -> IPv4Address:
        """The address of the router."""
        return self.prefix[1]


def _rack(rack: _Rack) -> Iterator[EntityBase]:
    subnet = SegmentSubnet(prefix=IPv4Interface(rack.prefix), router=rack.router)
    yield Segment(id=rack.segment, name=f"LAN {rack.number}", subnets=(subnet,))
    for index in range(2):
        client = EntityId(f"pc{rack.number}.{index}")
        address = IPv4Interface((rack.prefix[2 + index], 24))
        yield Client(id=client, name=f"client{rack.number}-{index}", addresses=(address,), gateway=rack.router)
        yield Cable(id=EntityId(f"{client}-lan"), source=client, target=rack.segment)
    for index in range(HOSTS_IN_RACK):
        yield from _host(rack, index)


def _host(rack: _Rack, index: int) -> Iterator[EntityBase]:
    host = EntityId(f"h{rack.number}.{index}")
    yield Host(
        id=host,
        name=f"HOST{rack.number * HOSTS_IN_RACK + index:05d}",
        os=OsRelease.WS2022,
        engine_version="24.0.7",
        memory_mb=65_536,
        processors=16,
        daemon=DaemonSettings(default_nat=False),
    )
    own = IPv4Interface((rack.prefix[10 + index], 24))
    for number, name in enumerate(("Ethernet", "Ethernet 2")):
        nic = EntityId(f"{host}.n{number}")
        addresses = (own,) if number == 0 else ()
        gateway = rack.router if number == 0 else None
        yield PhysicalNic(
            id=nic, name=name, parent=host, addresses=addresses, gateway=gateway, speed_mbps=10_000, dhcp=number == 1
        )
        yield Cable(id=EntityId(f"{nic}-lan"), source=nic, target=rack.segment)
    yield from _networks(rack, host)
    yield from _containers(rack, host, index)


def _networks(rack: _Rack, host: EntityId) -> Iterator[EntityBase]:
    nat = IPv4Network("172.16.0.0/20")
    inner = Subnet(prefix=IPv4Interface(nat), gateway=nat[1])
    wire = Subnet(prefix=IPv4Interface(rack.prefix), gateway=rack.router)
    local = Subnet(prefix=IPv4Interface("192.168.100.0/24"), gateway=IPv4Address("192.168.100.1"))
    for name, mode, subnet in (
        ("nat0", NetworkMode.NAT, inner),
        ("corp", NetworkMode.TRANSPARENT, wire),
        ("back", NetworkMode.INTERNAL, local),
    ):
        yield ContainerNetwork(id=EntityId(f"{host}.{name}"), name=name, mode=mode, parent=host, subnets=(subnet,))
    uplink = EntityId(f"{host}.corp-up")
    yield Uplink(id=uplink, source=EntityId(f"{host}.corp"), target=EntityId(f"{host}.n0"))
    yield HostVNic(id=EntityId(f"{host}.v"), name="vEthernet (back)", parent=host)
    yield Attachment(id=EntityId(f"{host}.v-back"), source=EntityId(f"{host}.v"), target=EntityId(f"{host}.back"))


def _containers(rack: _Rack, host: EntityId, index: int) -> Iterator[EntityBase]:
    pod = EntityId(f"{host}.pod")
    yield Compartment(id=pod, name="pod", parent=host, pod=True)
    yield Attachment(id=EntityId(f"{pod}-nat"), source=pod, target=EntityId(f"{host}.nat0"))
    for number in range(14):
        kind = HyperVContainer if number % 4 == 3 else WindowsContainer
        in_pod = number in (0, 1)
        container = EntityId(f"{host}.c{number}")
        yield kind(
            id=container,
            name=f"app{rack.number:03d}{index}{number:02d}",
            parent=pod if in_pod else host,
            image="mcr.microsoft.com/windows/servercore:ltsc2022",
            image_build=20_348,
            memory_mb=1024,
        )
        if not in_pod:
            yield from _attached(rack, container, host, index, number)


def _attached(rack: _Rack, container: EntityId, host: EntityId, index: int, number: int) -> Iterator[EntityBase]:
    on_wire = number % 2 == 0
    port = PortMapping(host_port=8000 + number, container_port=80)
    yield Attachment(
        id=EntityId(f"{container}-a"),
        source=container,
        target=EntityId(f"{host}.{'corp' if on_wire else 'nat0'}"),
        ip=rack.prefix[30 + index * 16 + number] if on_wire else IPv4Address("172.16.1.0") + number,
        ports=() if on_wire else (port,),
    )
    if number % 3 == 0:
        yield Attachment(id=EntityId(f"{container}-b"), source=container, target=EntityId(f"{host}.back"))


def entities() -> Iterator[EntityBase]:
    """Yield entities rack after rack, without end (65 536 racks); a link follows both its ends."""
    for number in range(65_536):
        yield from _rack(_Rack(number, IPv4Network(((10 << 24) + (number << 8), 24))))


@cache
def design(elements: int) -> Topology:
    """Return a design of so many elements, and about as many links; every element has its place on the canvas."""
    found: list[EntityBase] = []
    count = 0
    for entity in entities():
        count += isinstance(entity, Element)
        if count > elements:
            break
        found.append(entity)
    topology = Topology.of_entities(cast(list[Entity], found))
    return topology.apply(arrange(topology))


def container_ids(topology: Topology) -> list[EntityId]:
    """Return the ids of the first containers of a design, a few hundred at most."""
    return [found.id for found in islice(topology.of(WindowsContainer), 400)]
