"""Container networks and load balancers."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, MacAddress, PortNumber, VirtualSubnetId, VlanId
from designer.model.base import Element, Text, Value
from designer.model.identity import EntityId


class NetworkMode(StrEnum):
    """The connectivity mode of a network: Docker's driver name."""

    NAT = "nat"
    TRANSPARENT = "transparent"
    L2BRIDGE = "l2bridge"
    L2TUNNEL = "l2tunnel"
    OVERLAY = "overlay"
    INTERNAL = "internal"
    PRIVATE = "private"
    ICS = "ics"


class Subnet(Value):
    """One IP subnet of a container network.

    Attributes:
        prefix: the subnet; host bits are kept as they were given, so that a rule can point at them.
        gateway: default gateway of the containers; None leaves it to HNS.
        vni: VXLAN network identifier of an overlay subnet.
        ip_blocks: IP blocks (IpSubnets of HNS) that a CNI plug-in cuts from the subnet for this host.
    """

    prefix: IpInterface
    gateway: IpAddress | None = None
    vni: VirtualSubnetId | None = None
    ip_blocks: tuple[IpInterface, ...] = ()

    @property
    def network(self) -> IpNetwork:
        """The prefix without host bits."""
        return self.prefix.network


class MacRange(Value):
    """A pool of MAC addresses, both ends included."""

    first: MacAddress
    last: MacAddress


class DriverOption(Value):
    """An ``-o key=value`` that the model has no field for."""

    key: Text
    value: Text


class ContainerNetwork(Element):
    """A Docker network and the HNS network behind it. Its parent is a host; an overlay spans hosts and has none.

    Attributes:
        mode: connectivity mode.
        driver_name: what a command or file asks for where that is no driver of Windows, such as ``bridge``; empty for
            the name of the mode.
        subnets: empty means that HNS, DHCP or the swarm chooses.
        predefined: Docker's own network named nat, which exists without a command.
        switch: an administrator's switch that the network uses; None lets HNS make one.
        outbound_nat: translate what leaves an l2bridge network.
        outbound_nat_exceptions: destinations that are not translated.
        gateway_dns: false stands for ``disable_gatewaydns``.
        internal_flag: ``docker network create --internal``.
        hns_name: ``networkname`` option; empty for Docker's id.
        ipv4_disabled: ``--ipv4=false``.
        ipam_driver: ``--ipam-driver``; empty for the one of Windows.
        ipam_options: ``--ipam-opt``.
        mtu: MTU that the endpoints are given inside the containers or by an HNS policy; None for the default.
        cni_port_mappings: whether the CNI configuration of a Kubernetes node lists the capability portMappings.
        scope: ``--scope``; a swarm-scoped network of a local driver serves the services of a swarm on this host.
        ingress: whether it is the routing-mesh network of a swarm (``--ingress``).
    """

    title: ClassVar[str] = "Container network"
    kind: Literal["network"] = "network"
    mode: NetworkMode = NetworkMode.NAT
    driver_name: Text = ""
    subnets: tuple[Subnet, ...] = ()
    predefined: bool = False
    switch: EntityId | None = None
    vlan: VlanId | None = None
    vsid: VirtualSubnetId | None = None
    dns_servers: tuple[IpAddress, ...] = ()
    dns_suffix: Text = ""
    mac_pools: tuple[MacRange, ...] = ()
    outbound_nat: bool = False
    outbound_nat_exceptions: tuple[IpInterface, ...] = ()
    gateway_dns: bool = True
    attachable: bool = False
    internal_flag: bool = False
    ipv6_flag: bool = False
    ip_range: IpInterface | None = None
    aux_addresses: tuple[IpAddress, ...] = ()
    encrypted: bool = False
    hns_name: Text = ""
    options: tuple[DriverOption, ...] = ()
    ipv4_disabled: bool = False
    ipam_driver: Text = ""
    ipam_options: tuple[DriverOption, ...] = ()
    mtu: Annotated[int, Field(ge=68, le=65_535)] | None = None
    cni_port_mappings: bool = True
    scope: Literal["local", "swarm"] = "local"
    ingress: bool = False

    def references(self) -> tuple[EntityId, ...]:
        """Return the administrator's switch, if the network uses one."""
        return (self.switch,) if self.switch else ()


class LoadBalancer(Element):
    """A VIP that HNS spreads over back ends. Its parent is a network, a host or the canvas.

    Attributes:
        vip: address that clients use; None for a published port only.
        source_vip: address that connections to the back ends come from; overlay networks need one.
        direct_server_return: answers bypass the load balancer (DSR).
        preserve_destination: back ends see the VIP as the destination.
        local_backends_only: only back ends on the host of the load balancer answer (external policy “local”).
    """

    title: ClassVar[str] = "Load balancer"
    kind: Literal["load_balancer"] = "load_balancer"
    vip: IpAddress | None = None
    protocol: Literal["tcp", "udp"] = "tcp"
    port: PortNumber = 80
    target_port: PortNumber = 80
    source_vip: IpAddress | None = None
    direct_server_return: bool = False
    session_affinity: bool = False
    preserve_destination: bool = False
    local_backends_only: bool = False
