"""What is outside the hosts: physical networks, routers, clients."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from designer.model.addressing import IpAddress, IpInterface, VlanId
from designer.model.base import Element, Value


class AddressRange(Value):
    """Addresses from first to last, both included."""

    first: IpAddress
    last: IpAddress


class SegmentSubnet(Value):
    """One IP subnet on a physical network.

    Attributes:
        prefix: the subnet; host bits are kept as they were given.
        router: address of the router that leads out of it, if there is one.
        vlan: the VLAN it is on; None on an untagged network.
        dhcp: addresses that a DHCP server hands out; None without such a server.
    """

    prefix: IpInterface
    router: IpAddress | None = None
    vlan: VlanId | None = None
    dhcp: AddressRange | None = None


class Segment(Element):
    """A physical network: one layer 2 domain with its subnets, VLANs, router, DHCP and DNS servers."""

    title: ClassVar[str] = "Physical network"
    kind: Literal["segment"] = "segment"
    subnets: tuple[SegmentSubnet, ...] = ()
    dns_servers: tuple[IpAddress, ...] = ()
    azure_vnet: bool = False
    mtu: Annotated[int, Field(ge=68, le=65_535)] = 1500


class Route(Value):
    """One route of a router."""

    destination: IpInterface
    next_hop: IpAddress


class Router(Element):
    """A router or layer 3 switch between physical networks."""

    title: ClassVar[str] = "Router"
    kind: Literal["router"] = "router"
    addresses: tuple[IpInterface, ...] = ()
    routes: tuple[Route, ...] = ()


class Client(Element):
    """A machine outside that talks to the containers, or the internet."""

    title: ClassVar[str] = "Client"
    kind: Literal["client"] = "client"
    addresses: tuple[IpInterface, ...] = ()
    gateway: IpAddress | None = None
    internet: bool = False
