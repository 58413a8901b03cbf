"""What each connectivity mode permits, by release, with the source of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from designer.model.hosts import SwitchType
from designer.model.networks import NetworkMode


class Feature(StrEnum):
    """A property of a mode that changes from release to release."""

    AVAILABLE = "available"
    STATIC_ADDRESS = "static address"
    DHCP = "DHCP"
    SEVERAL_NETWORKS = "several networks on a host"
    SEVERAL_SUBNETS = "several subnets in a network"
    VLAN = "VLAN"
    VSID = "VSID"
    OUTBOUND_NAT = "OutboundNAT"
    PUBLISH_PORTS = "published ports"
    PUBLISHED_ON_LOCALHOST = "published ports on the host's localhost"
    DOCKER_DNS = "Docker DNS"
    IPV6 = "IPv6"
    LOAD_BALANCING = "HNS load balancing"
    ROUTING_MESH = "routing mesh"


class Support(StrEnum):
    """Whether a mode has a feature on a release."""

    YES = "yes"
    NO = "no"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: the verdict, a few words, and the source."""

    support: Support
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class ModeFacts:
    """What holds for a mode on every release.

    Attributes:
        hns_type: type of the HNS network.
        switch: type of the Hyper-V switch that HNS makes.
        uses_vfp: whether policies are enforced by VFP (else by WinNAT and Windows Firewall).
        host_vnic: whether the host has a vNIC on that switch.
        spans_hosts: whether one network reaches over several hosts.
        subnet_required: whether endpoints cannot be made without a subnet.
    """

    title: str
    hns_type: str
    switch: SwitchType
    uses_vfp: bool
    host_vnic: bool
    spans_hosts: bool
    subnet_required: bool
    source: str

    @property
    def needs_uplink(self) -> bool:
        """Whether the switch stands on an adapter or SET team."""
        return self.switch is SwitchType.EXTERNAL


_TOPOLOGIES = "MicrosoftDocs/Virtualization-Documentation container-networking/network-drivers-topologies.md"
_WINDOWS_DRIVER = "moby/moby daemon/libnetwork/drivers/windows/windows.go"

MODES: dict[NetworkMode, ModeFacts] = {
    NetworkMode.NAT: ModeFacts(
        "NAT",
        "NAT",
        SwitchType.INTERNAL,
        uses_vfp=False,
        host_vnic=True,
        spans_hosts=False,
        subnet_required=False,
        source=_TOPOLOGIES,
    ),
    NetworkMode.TRANSPARENT: ModeFacts(
        "Transparent",
        "Transparent",
        SwitchType.EXTERNAL,
        uses_vfp=False,
        host_vnic=True,
        spans_hosts=False,
        subnet_required=False,
        source=_TOPOLOGIES,
    ),
    NetworkMode.L2BRIDGE: ModeFacts(
        "L2 bridge",
        "L2Bridge",
        SwitchType.EXTERNAL,
        uses_vfp=True,
        host_vnic=True,
        spans_hosts=False,
        subnet_required=True,
        source=_TOPOLOGIES,
    ),
    NetworkMode.L2TUNNEL: ModeFacts(
        "L2 tunnel",
        "L2Tunnel",
        SwitchType.EXTERNAL,
        uses_vfp=True,
        host_vnic=True,
        spans_hosts=False,
        subnet_required=True,
        source=_TOPOLOGIES,
    ),
    NetworkMode.OVERLAY: ModeFacts(
        "Overlay",
        "Overlay",
        SwitchType.EXTERNAL,
        uses_vfp=True,
        host_vnic=True,
        spans_hosts=True,
        subnet_required=False,
        source=_TOPOLOGIES,
    ),
    NetworkMode.INTERNAL: ModeFacts(
        "Internal",
        "Internal",
        SwitchType.INTERNAL,
        uses_vfp=False,
        host_vnic=True,
        spans_hosts=False,
        subnet_required=False,
        source="moby/libnetwork#2231",
    ),
    NetworkMode.PRIVATE: ModeFacts(
        "Private",
        "Private",
        SwitchType.PRIVATE,
        uses_vfp=False,
        host_vnic=False,
        spans_hosts=False,
        subnet_required=False,
        source="moby/libnetwork#2231",
    ),
    NetworkMode.ICS: ModeFacts(
        "ICS",
        "ICS",
        SwitchType.INTERNAL,
        uses_vfp=False,
        host_vnic=True,
        spans_hosts=False,
        subnet_required=False,
        source=_WINDOWS_DRIVER,
    ),
}
