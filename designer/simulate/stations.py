"""What has an IP stack, and where its interfaces are plugged in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from designer.model.addressing import IpNetwork
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.simulate.frames import Address

ROUTER, TASK, OUTSIDE = "router", "task", "outside"
"""Parts that only the simulator knows: the router of a physical network, the task of a service, what is not drawn."""

UNDRAWN = (ROUTER, TASK, OUTSIDE)


class Kind(StrEnum):
    """What an interface is."""

    VNIC = "container host vNIC"
    VMNIC = "vmNIC"
    HOST_VNIC = "host vNIC"
    NIC = "adapter"
    ROUTER = "router"
    CLIENT = "client"


@dataclass(frozen=True, slots=True, eq=False)
class Port:
    """An IP interface.

    Attributes:
        key: what is drawn for it: an attachment, a host vNIC, an adapter, a router, a client.
        owner: the element whose interface it is.
        stack: the IP stack: a compartment, a utility VM, a router, a client.
        name: whose MAC address it has, in the words of Ethernet headers.
        title: what it is called in sentences.
        gateway: the next hop for everything that is on no subnet of the stack.
        host: the host that it is on; None outside the hosts.
        network: the container network that it belongs to.
        switch: the Hyper-V switch that it is plugged into.
        nic: the adapter itself, for an interface of the host that no switch has taken.
        segment: the physical network that a router or client is cabled to.
        vlan: VLAN of its port.
        leg: whether it is a host endpoint, the leg of the host in an l2bridge network with a subnet of its own.
        forwards: whether IP forwarding is on.
        dhcp: whether its address comes from a DHCP server of the wire.
        keys: what tells its addresses from others.
    """

    key: PartKey
    owner: EntityId
    stack: PartKey
    kind: Kind
    name: str
    title: str
    addresses: tuple[Address, ...] = ()
    gateway: Address | None = None
    host: EntityId | None = None
    network: ContainerNetwork | None = None
    switch: PartKey | None = None
    nic: EntityId | None = None
    segment: EntityId | None = None
    vlan: int | None = None
    attachment: Attachment | None = None
    leg: bool = False
    forwards: bool = False
    dhcp: bool = False
    keys: frozenset[Hashable] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the keys of the addresses, which are asked for often."""
        object.__setattr__(self, "keys", frozenset(address.key for address in self.addresses))

    @property
    def mode(self) -> NetworkMode | None:
        """The mode of its container network."""
        return self.network.mode if self.network is not None else None

    @property
    def network_name(self) -> str:
        """The name of its container network; empty without one."""
        return self.network.name if self.network is not None else ""

    @property
    def is_endpoint(self) -> bool:
        """Whether a workload has it."""
        return self.kind in (Kind.VNIC, Kind.VMNIC)

    @property
    def has_vfp(self) -> bool:
        """Whether VFP works at its switch port: for endpoints of l2bridge, l2tunnel and overlay."""
        return self.is_endpoint and self.network is not None and MODES[self.network.mode].uses_vfp

    @property
    def hides_mac(self) -> bool:
        """Whether VFP puts the MAC address of the host in the place of its own on the wire."""
        return self.has_vfp and self.network is not None and self.network.mode is not NetworkMode.OVERLAY

    def address(self, version: int) -> Address | None:
        """Return its first address of an IP version."""
        return next((address for address in self.addresses if address.version == version), None)

    def owns(self, address: Address) -> bool:
        """Whether an address is one of its own."""
        return address.key in self.keys

    def reach(self, target: Address) -> int:
        """Return how specifically its subnets hold an address; -1 when none does."""
        best = -1
        for address in self.addresses:
            best = max(best, address.reach(target))
        return best


@dataclass(frozen=True, slots=True)
class Route:
    """A route of a router: what it leads to, and the next hop."""

    prefix: IpNetwork
    next_hop: Address


@dataclass(frozen=True, slots=True)
class Stack:
    """An IP stack: its interfaces and routes.

    Attributes:
        key: the part that is drawn for it: a compartment, a utility VM, a router, a client.
        name: who has it, in sentences.
        host: the host whose own stack it is, or on which it is.
        is_host: whether it is compartment 1 of its host.
        outside: whether what it has no route to is handed to the world beyond the drawing.
    """

    key: PartKey
    owner: EntityId
    name: str
    ports: tuple[Port, ...]
    routes: tuple[Route, ...] = ()
    host: EntityId | None = None
    is_host: bool = False
    forwards: bool = False
    outside: bool = False

    @property
    def title(self) -> str:
        """What it is called at the beginning of a sentence."""
        if self.is_host:
            return f"{self.name}, compartment 1"
        if self.key.part == "utility-vm":
            return f"The stack in the utility VM of {self.name}"
        if self.host is not None:
            return f"The compartment of {self.name}"
        return self.name[:1].upper() + self.name[1:]

    def owns(self, address: Address) -> bool:
        """Whether an address is one of the stack's own."""
        key = address.key
        return any(key in port.keys for port in self.ports)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a stack sends a packet next: an interface and the address of the next hop."""

    port: Port
    next_hop: Address
    default: bool = False


def find_way(stack: Stack, target: Address) -> Way | None:
    """Return the way to an address: the longest prefix, else the first default gateway."""
    best, length = None, -1
    for port in stack.ports:
        reach = port.reach(target)
        if reach > length:
            best, length = Way(port, target), reach
    for route in stack.routes:
        if _holds(route.prefix, target) and route.prefix.prefixlen > length:
            through = max(stack.ports, key=lambda port: port.reach(route.next_hop), default=None)
            if through is not None and through.reach(route.next_hop) >= 0:
                best, length = Way(through, route.next_hop), route.prefix.prefixlen
    if best is not None:
        return best
    return next((Way(port, gateway, default=True) for port, gateway in gateways(stack.ports, target.version)), None)


def gateways(ports: Iterable[Port], version: int) -> list[tuple[Port, Address]]:
    """Return the default gateways of interfaces, those that are on a subnet first."""
    found = [(port, port.gateway) for port in ports if port.gateway is not None and port.gateway.version == version]
    return sorted(found, key=lambda way: way[0].reach(way[1]) < 0)


def gateway_is_off(port: Port, gateway: Address) -> bool:
    """Whether a gateway is on no subnet of its interface, as far as these are known."""
    return any(address.prefix is not None for address in port.addresses) and port.reach(gateway) < 0


def _holds(prefix: IpNetwork, target: Address) -> bool:
    if prefix.version != target.version:
        return False
    if target.ip is not None:
        return target.ip in prefix
    if target.prefix is not None:
        return target.prefix.subnet_of(prefix)  # type: ignore[arg-type]  # the versions are equal
    return prefix.prefixlen == 0
