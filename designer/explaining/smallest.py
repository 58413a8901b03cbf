"""The smallest design that can ask the rules about one mode on one release: a host, a network, a container on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_interface
from types import MappingProxyType
from typing import Any, Self

from designer.model.entities import Entity
from designer.model.fabric import AddressRange, Client, Segment, SegmentSubnet
from designer.model.hosts import Host, HostRole, Machine, PhysicalNic
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import RELEASES, OsRelease
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer

HOST, NIC, NETWORK, CONTAINER = EntityId("host"), EntityId("adapter"), EntityId("network"), EntityId("container")
LINK, UPLINK, SEGMENT, CLIENT = EntityId("endpoint"), EntityId("uplink"), EntityId("segment"), EntityId("client")
SECOND = EntityId("second")

_ON_THE_WIRE = ("10.0.0.0/24", "10.0.0.1")
_OWN = ("172.20.0.0/24", "172.20.0.1")
_SUBNETS: Mapping[NetworkMode, tuple[str, str]] = MappingProxyType(
    {mode: _ON_THE_WIRE if MODES[mode].needs_uplink else _OWN for mode in NetworkMode}
    | {NetworkMode.OVERLAY: ("10.5.0.0/24", "10.5.0.1")}
)
_VNI = 4100
_OLD_ENGINE, _NEW_ENGINE = "20.10.9", "27.1.1"


def subnet(prefix: str, gateway: str = "", vni: int | None = None) -> Subnet:
    """Return a subnet as it is written."""
    return Subnet(prefix=ip_interface(prefix), gateway=ip_address(gateway) if gateway else None, vni=vni)


@dataclass(frozen=True, slots=True)
class Smallest:
    """A design in the making; every method returns the next one."""

    entities: Mapping[EntityId, Entity]

    @classmethod
    def of(cls, mode: NetworkMode, release: OsRelease) -> Self:
        """Return a design in which everything works: the wire, its adapter, a network in that mode, a container."""
        overlay = mode is NetworkMode.OVERLAY
        network = ContainerNetwork(
            id=NETWORK,
            name="network",
            mode=mode,
            parent=None if overlay else HOST,
            subnets=(subnet(*_SUBNETS[mode], vni=_VNI if overlay else None),),
            attachable=overlay,
        )
        container = WindowsContainer(
            id=CONTAINER, name="container", parent=HOST, image="servercore", image_build=RELEASES[release].build
        )
        made = cls(MappingProxyType({})).add(*_wire(), _host(mode, release), _adapter(), network, container)
        made = made.add(Cable(id=EntityId("cable"), source=NIC, target=SEGMENT))
        made = made.add(Attachment(id=LINK, source=CONTAINER, target=NETWORK))
        return made.add(Uplink(id=UPLINK, source=NETWORK, target=NIC)) if MODES[mode].needs_uplink else made

    @property
    def mode(self) -> NetworkMode:
        """The mode that the design is about."""
        return self.network.mode

    @property
    def network(self) -> ContainerNetwork:
        """The network that the design is about."""
        network = self.entities[NETWORK]
        assert isinstance(network, ContainerNetwork)
        return network

    @property
    def topology(self) -> Topology:
        """The design."""
        return Topology.of_entities(self.entities.values())

    def add(self, *entities: Entity) -> Self:
        """Add entities, or put them in the place of those with their ids."""
        return replace(self, entities=MappingProxyType({**self.entities} | {each.id: each for each in entities}))

    def without(self, *ids: EntityId) -> Self:
        """Remove entities."""
        return replace(
            self, entities=MappingProxyType({key: each for key, each in self.entities.items() if key not in ids})
        )

    def change(self, entity_id: EntityId, **fields: Any) -> Self:
        """Change fields of an entity."""
        return self.add(self.entities[entity_id].evolve(**fields))

    def hyperv(self) -> Self:
        """Put a Hyper-V container in the place of the Windows container."""
        return self.add(HyperVContainer(id=CONTAINER, name="container", parent=HOST, image="servercore"))


def _host(mode: NetworkMode, release: OsRelease) -> Host:
    overlay = mode is NetworkMode.OVERLAY
    return Host(
        id=HOST,
        name="host",
        os=release,
        engine_version=_OLD_ENGINE if RELEASES[release].build < RELEASES[OsRelease.WS2019].build else _NEW_ENGINE,
        machine=Machine.AZURE_VM if mode is NetworkMode.L2TUNNEL else Machine.BARE_METAL,
        role=HostRole.SWARM_MANAGER if overlay else HostRole.STANDALONE,
        advertise_address=ip_address("10.0.0.11") if overlay else None,
    )


def _adapter() -> PhysicalNic:
    return PhysicalNic(
        id=NIC,
        name="Ethernet",
        parent=HOST,
        addresses=(ip_interface("10.0.0.11/24"),),
        gateway=ip_address("10.0.0.1"),
    )


def _wire() -> tuple[Entity, ...]:
    prefix, router = _ON_THE_WIRE
    dhcp = AddressRange(first=ip_address("10.0.0.100"), last=ip_address("10.0.0.199"))
    lan = SegmentSubnet(prefix=ip_interface(prefix), router=ip_address(router), dhcp=dhcp)
    return (
        Segment(id=SEGMENT, name="LAN", subnets=(lan,)),
        Client(id=CLIENT, name="client", addresses=(ip_interface("10.0.0.50/24"),), gateway=ip_address(router)),
        Cable(id=EntityId("client cable"), source=CLIENT, target=SEGMENT),
    )
