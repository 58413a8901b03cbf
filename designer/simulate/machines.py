"""What the simulator knows of one host: its stacks and interfaces, its switches, its translations."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.model.addressing import IpNetwork, overlaps
from designer.model.fabric import Segment
from designer.model.hosts import Host, PhysicalNic
from designer.model.identity import EntityId
from designer.model.links import Cable
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import (
    HostRealisation,
    PartKey,
    SwitchPart,
)
from designer.model.topology import Topology
from designer.simulate.frames import Address
from designer.simulate.stations import Port, Stack

GATEWAY_ON_HOST = frozenset({NetworkMode.NAT, NetworkMode.ICS, NetworkMode.INTERNAL})


@dataclass(frozen=True, slots=True)
class Published:
    """A port of a host that leads to a container.

    Attributes:
        port: the endpoint that has the mapping; None for a mapping made by hand with Add-NetNatStaticMapping.
        address: where it leads.
    """

    port: Port | None
    address: Address
    target_port: int


@dataclass(slots=True)
class Machine:
    """A host with everything on it, by what it is looked for.

    Attributes:
        stacks: IP stacks by their part; compartment 1 is the host's own.
        stack_of: the stack of each container, compartment and the host.
        on_switch: the interfaces on each switch.
        adapters: the adapter under each switch that has one.
        wires: the physical network that each adapter is cabled to.
        published: host ports by protocol and number, in the order in which HNS would meet them.
        read: entities outside the host that all this follows from.
    """

    topology: Topology
    host: Host
    parts: HostRealisation
    own: PartKey
    stacks: dict[PartKey, Stack] = field(default_factory=dict)
    stack_of: dict[EntityId, PartKey] = field(default_factory=dict)
    on_switch: dict[PartKey, list[Port]] = field(default_factory=dict)
    switches: dict[PartKey, SwitchPart] = field(default_factory=dict)
    adapters: dict[PartKey, PhysicalNic | None] = field(default_factory=dict)
    wires: dict[EntityId, Segment] = field(default_factory=dict)
    published: dict[tuple[str, int], list[Published]] = field(default_factory=dict)
    read: list[tuple[EntityId, object]] = field(default_factory=list)

    @property
    def stack(self) -> Stack:
        """The stack of the host itself: compartment 1."""
        return self.stacks[self.own]

    def ports_of(self, workload: EntityId) -> tuple[Port, ...]:
        """Return the interfaces of the stack of a container, a compartment or the host."""
        key = self.stack_of.get(workload)
        return self.stacks[key].ports if key is not None else ()

    def main_port(self) -> Port | None:
        """Return the interface that carries the host's address to the outside: with a gateway, else with an address."""
        ports = [port for port in self.stack.ports if port.addresses and not port.leg and not _is_inner(port)]
        return min(ports, key=lambda port: port.gateway is None, default=None)

    def leg(self, network: EntityId) -> Port | None:
        """Return the interface of the host in a container network: the gateway of nat, ics and internal networks."""
        return next(
            (port for port in self.stack.ports if port.network is not None and port.network.id == network), None
        )

    def management_port(self, switch: PartKey) -> Port | None:
        """Return the interface of the host on a switch; its address is the provider address of overlay networks."""
        here = (port for port in self.stack.ports if port.switch == switch and port.addresses and not port.leg)
        return next(here, None)

    def wire_of(self, nic: PhysicalNic) -> Segment | None:
        """Return the physical network that an adapter is cabled to."""
        return self.wires.get(nic.id)

    def is_custom(self, network: ContainerNetwork, subnet: IpNetwork | None) -> bool:
        """Whether an l2bridge subnet is not one of the wire under it, so that the host has to route for it."""
        switch = self.parts.switch_of(network.id)
        nic = self.adapters.get(switch.key) if switch is not None else None
        if subnet is None or nic is None:
            return False
        segment = self.wire_of(nic)
        known = [address.network for address in nic.addresses]
        known += [found.prefix.network for found in segment.subnets] if segment is not None else []
        return bool(known) and not any(overlaps(subnet, prefix) for prefix in known)


def wire_of(topology: Topology, nic: EntityId) -> Segment | None:
    """Return the physical network that an adapter, router or client is cabled to first."""
    ends = (topology.find(cable.target, Segment) for cable in topology.links_of(nic, Cable))
    return next((segment for segment in ends if segment is not None), None)


def _is_inner(port: Port) -> bool:
    """Whether an interface of the host is its leg in a network that stays inside."""
    return port.mode in GATEWAY_ON_HOST
