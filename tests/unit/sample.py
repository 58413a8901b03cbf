"""A small design for unit tests: one host with an adapter, two networks, both kinds of containers, and the wire."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface
from typing import cast

from designer.model.annotations import Placement, placement_id
from designer.model.base import EntityBase
from designer.model.entities import Entity
from designer.model.fabric import AddressRange, Client, Segment, SegmentSubnet
from designer.model.hosts import DaemonSettings, Host, PhysicalNic
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, PortMapping, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer

HOST, NIC, NAT, CORP = EntityId("host"), EntityId("nic"), EntityId("nat0"), EntityId("corp")
WEB, API, LAN, CLIENT = EntityId("web01"), EntityId("api01"), EntityId("lan"), EntityId("client")
WEB_NAT, API_CORP, CORP_NIC = EntityId("web-nat"), EntityId("api-corp"), EntityId("corp-nic")


def eid(text: str) -> EntityId:
    return EntityId(text)


def ip(text: str) -> IPv4Address:
    return IPv4Address(text)


def subnet(prefix: str, gateway: str | None = None, vni: int | None = None) -> Subnet:
    return Subnet(prefix=IPv4Interface(prefix), gateway=IPv4Address(gateway) if gateway is not None else None, vni=vni)


def placed(element: EntityId, x: float, y: float, part: str = "") -> Placement:
    return Placement(id=placement_id(element, part), element=element, part=part, x=x, y=y)


def sample_entities() -> list[EntityBase]:
    wire = SegmentSubnet(
        prefix=IPv4Interface("10.0.0.0/24"),
        router=ip("10.0.0.1"),
        dhcp=AddressRange(first=ip("10.0.0.100"), last=ip("10.0.0.199")),
    )
    return [
        Host(id=HOST, name="HOST01", os=OsRelease.WS2019, daemon=DaemonSettings(default_nat=False)),
        PhysicalNic(
            id=NIC, name="Ethernet", parent=HOST, addresses=(IPv4Interface("10.0.0.11/24"),), gateway=ip("10.0.0.1")
        ),
        ContainerNetwork(id=NAT, name="nat0", parent=HOST, subnets=(subnet("172.16.0.0/20", "172.16.0.1"),)),
        ContainerNetwork(
            id=CORP,
            name="corp",
            parent=HOST,
            mode=NetworkMode.TRANSPARENT,
            subnets=(subnet("10.0.0.0/24", "10.0.0.1"),),
        ),
        WindowsContainer(id=WEB, name="web01", parent=HOST),
        HyperVContainer(id=API, name="api01", parent=HOST),
        Segment(id=LAN, name="Corporate LAN", subnets=(wire,)),
        Client(id=CLIENT, name="client01", addresses=(IPv4Interface("10.0.0.50/24"),)),
        Uplink(id=CORP_NIC, source=CORP, target=NIC),
        Cable(id=eid("nic-lan"), source=NIC, target=LAN),
        Cable(id=eid("client-lan"), source=CLIENT, target=LAN),
        Attachment(
            id=WEB_NAT,
            source=WEB,
            target=NAT,
            ip=ip("172.16.0.10"),
            ports=(PortMapping(host_port=8080, container_port=80),),
        ),
        Attachment(id=API_CORP, source=API, target=CORP, ip=ip("10.0.0.21")),
        placed(HOST, 100, 100),
        placed(WEB, 20, 40),
        placed(API, 20, 140, "utility-vm"),
    ]


def design(*entities: EntityBase) -> Topology:
    """Return a design of exactly these entities."""
    return Topology.of_entities(cast(list[Entity], list(entities)))


def sample(*more: EntityBase, without: tuple[str, ...] = ()) -> Topology:
    """Return the sample design, with more entities, without some; entities of the same id take the place of its own."""
    entities = {entity.id: entity for entity in (*sample_entities(), *more)}
    return design(*(entity for entity_id, entity in entities.items() if entity_id not in without))
