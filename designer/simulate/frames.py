"""Headers: what stands in a packet at one moment."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from ipaddress import IPv4Interface, IPv6Interface
from typing import NamedTuple

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, contains
from designer.model.identity import EntityId

SOURCE_PORT = 50_000
"""An example of a port that a stack chooses for a connection it opens."""

TRANSLATED_PORT = 61_000
"""An example of a port that a translation chooses; later translations take the next ones."""

HOP_LIMIT = 128
"""What Windows starts with."""

USUAL_MTU = 1500
"""What Ethernet carries, in bytes of an IP packet."""

VXLAN_BYTES = 50
"""What VXLAN adds to a packet: Ethernet 14, IPv4 20, UDP 8, VXLAN 8. Source: RFC 7348, moby/moby#33596."""


@dataclass(frozen=True, slots=True)
class Address:
    """An IP address, or the place of one that the design leaves open: its owner and the subnet it comes from.

    Attributes:
        text: how it is written: the address, or the name of its owner.
        ip: the address, None when it is open.
        prefix: the subnet, None when that is open as well.
        owner: whose it is; distinguishes open addresses.
        home: the network that an open address comes from.
        key: what is equal for equal addresses.
    """

    text: str
    ip: IpAddress | None = None
    prefix: IpNetwork | None = None
    owner: EntityId | None = None
    home: EntityId | None = None
    version: int = 4
    key: Hashable = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Make the key, which is asked for often, of what hashes fast."""
        key = (self.version, int(self.ip)) if self.ip is not None else (self.owner, self.home, self.version)
        object.__setattr__(self, "key", key)

    def reach(self, other: Address) -> int:
        """Return how specifically the subnet of this address holds another one: its prefix length, -1 outside."""
        if self.version != other.version:
            return -1
        if self.prefix is not None and other.ip is not None:
            return self.prefix.prefixlen if other.ip in self.prefix else -1
        if self.prefix is not None and other.prefix is not None:
            return self.prefix.prefixlen if contains(self.prefix, other.prefix) else -1
        return 0 if self.home is not None and self.home == other.home else -1


def fixed(ip: IpAddress, prefix: IpNetwork | None = None, home: EntityId | None = None) -> Address:
    """Return an address that the design states."""
    return Address(str(ip), ip, prefix, home=home, version=ip.version)


def of_interface(interface: IpInterface) -> Address:
    """Return an address with its subnet."""
    assert isinstance(interface, IPv4Interface | IPv6Interface)
    return fixed(interface.ip, interface.network)


LOCALHOST = Address("127.0.0.1", owner=EntityId("localhost"))
"""The loopback address of whoever uses it."""

FlowKey = tuple[Hashable, int, Hashable, int]


class Frame(NamedTuple):
    """The headers of a packet; an encapsulated packet has its own headers inside.

    Attributes:
        to: whose MAC address the frame is for; empty where there is no Ethernet header.
        by: whose MAC address it comes from.
        foreign: whether that MAC address is not one of the machine that sends the frame on to the wire.
        vlan: tag on the wire, or VLAN of the port inside a switch.
        decremented: whether a router has just decremented the hop limit.
        inner: the packet inside a VXLAN packet.
        vni: VXLAN network identifier of the inner packet, None when the design leaves it open.
    """

    source: Address
    target: Address
    protocol: str = "tcp"
    source_port: int = SOURCE_PORT
    target_port: int = 0
    ttl: int = HOP_LIMIT
    to: str = ""
    by: str = ""
    foreign: bool = False
    vlan: int | None = None
    decremented: bool = False
    inner: Frame | None = None
    vni: int | None = None

    def header(self) -> str:
        """Return the headers in the notation of the packet paths."""
        if self.inner is not None:
            vni = f"VNI={self.vni}" if self.vni is not None else "VNI=n"
            outer = f"{self._ethernet()}I[{self.source.text}>{self.target.text}] UDP[hash>4789] {vni}"
            return f"O{{{outer}}} {self.inner.header()}"
        transport = (
            f"T[{self.source_port}>{self.target_port}]"
            if self.protocol in ("tcp", "udp", "sctp")
            else self.protocol.upper()
        )
        less = " TTL−1" if self.decremented else ""
        return f"{self._ethernet()}I[{self.source.text}>{self.target.text}] {transport}{less}"

    def _ethernet(self) -> str:
        if not self.to:
            return ""
        tag = f" v{self.vlan}" if self.vlan is not None else ""
        return f"E[{self.to}<-{self.by}{tag}] "

    @property
    def flow(self) -> FlowKey:
        """What tells the connection apart from others."""
        return (self.source.key, self.source_port, self.target.key, self.target_port)

    def framed(self, to: str, by: str, *, foreign: bool = False, vlan: int | None = None) -> Frame:
        """Return the packet in an Ethernet frame."""
        return self._replace(to=to, by=by, foreign=foreign, vlan=vlan, decremented=False)

    def bare(self) -> Frame:
        """Return the packet without its Ethernet header."""
        return self._replace(to="", by="", foreign=False, vlan=None, decremented=False)

    def forwarded(self) -> Frame:
        """Return the packet after a router has taken it: no Ethernet header, hop limit one less."""
        return self._replace(to="", by="", foreign=False, vlan=None, ttl=self.ttl - 1, decremented=True)

    def answer(self) -> Frame:
        """Return the packet that answers this one."""
        return Frame(self.target, self.source, self.protocol, self.target_port, self.source_port)
