"""What each connectivity mode permits, by release, with the source of each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from designer.model.hosts import SwitchType
from designer.model.networks import NetworkMode
from designer.model.releases import RELEASES, OsRelease


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


_MULTI_SUBNET = "MicrosoftDocs/Virtualization-Documentation container-networking/multi-subnet.md"
_ADVANCED = "MicrosoftDocs/Virtualization-Documentation container-networking/advanced.md"
_ARCHITECTURE = "MicrosoftDocs/Virtualization-Documentation container-networking/architecture.md"
_SWARM = "MicrosoftDocs/Virtualization-Documentation manage-containers/swarm-mode.md"
_OVERLAY_DRIVER = "moby/moby daemon/libnetwork/drivers/windows/overlay/ov_network_windows.go"
_OVERLAY_ENDPOINT = "moby/libnetwork drivers/windows/overlay/ov_endpoint_windows.go"
_OLD_WINDOWS_DRIVER = "moby/libnetwork drivers/windows/windows.go"
_PUBLISH_THREAD = "moby/moby#27529"
_INTERNAL_THREAD = "moby/libnetwork#2231"
_HCN_GLOBALS = "microsoft/hcsshim hcn/hcnglobals.go"
_SIXEYED = "blog.sixeyed.com, Published Ports On Windows Containers Don't Do Loopback"
_PARITY = "kubernetes.io blog, Windows Networking at Parity with Linux for Kubernetes"

COLUMNS: tuple[OsRelease, ...] = (
    OsRelease.WS2016,
    OsRelease.WS1709,
    OsRelease.WS1803,
    OsRelease.WS2019,
    OsRelease.WS2022,
    OsRelease.WS2025,
)
"""The releases that have a column of their own, oldest first."""

_Row = tuple[tuple[OsRelease, Cell], ...]


def _yes(note: str, source: str) -> Cell:
    return Cell(Support.YES, note, source)


def _no(note: str, source: str) -> Cell:
    return Cell(Support.NO, note, source)


def _limited(note: str, source: str) -> Cell:
    return Cell(Support.LIMITED, note, source)


def _always(cell: Cell) -> _Row:
    return ((OsRelease.WS2016, cell),)


def _since(release: OsRelease, before: Cell, after: Cell) -> _Row:
    return ((OsRelease.WS2016, before), (release, after))


_NAT, _TRANSPARENT, _L2BRIDGE, _L2TUNNEL = (
    NetworkMode.NAT,
    NetworkMode.TRANSPARENT,
    NetworkMode.L2BRIDGE,
    NetworkMode.L2TUNNEL,
)
_OVERLAY, _INTERNAL, _PRIVATE, _ICS = (
    NetworkMode.OVERLAY,
    NetworkMode.INTERNAL,
    NetworkMode.PRIVATE,
    NetworkMode.ICS,
)
_WS1709, _WS2019, _WS2022 = OsRelease.WS1709, OsRelease.WS2019, OsRelease.WS2022

_ROWS: dict[Feature, dict[NetworkMode, _Row]] = {
    Feature.AVAILABLE: {
        _NAT: _always(_yes("on every host", _TOPOLOGIES)),
        _TRANSPARENT: _always(_limited("not in an Azure VM", _TOPOLOGIES)),
        _L2BRIDGE: _always(_yes("on a wired adapter", _TOPOLOGIES)),
        _L2TUNNEL: _always(_limited("on Azure only", _TOPOLOGIES)),
        _OVERLAY: (
            (OsRelease.WS2016, _limited("needs KB4015217 and Engine 1.13", _SWARM)),
            (_WS1709, _yes("in a swarm or with CNI", _SWARM)),
            (_WS2019, _limited("needs KB4489899", _SWARM)),
            (_WS2022, _yes("in a swarm or with CNI", _SWARM)),
        ),
        _INTERNAL: _always(_limited("undocumented driver", _INTERNAL_THREAD)),
        _PRIVATE: _always(_limited("undocumented driver", _INTERNAL_THREAD)),
        _ICS: _since(
            _WS1709,
            _no("HNS has no ICS networks yet", "docker/for-win#4058"),
            _limited("undocumented driver", _WINDOWS_DRIVER),
        ),
    },
    Feature.STATIC_ADDRESS: {
        _NAT: _since(_WS1709, _limited("the container must be stopped", _ADVANCED), _yes("from the subnet", _ADVANCED)),
        _TRANSPARENT: _always(_limited("needs the subnet and gateway of the physical network", "moby/moby#34777")),
        _L2BRIDGE: _always(_yes("from the given prefix", _ADVANCED)),
        _L2TUNNEL: _always(_limited("only addresses that the fabric assigned to the adapter", _TOPOLOGIES)),
        _OVERLAY: _always(_limited("on attachable networks, with the mask of the subnet", _OVERLAY_DRIVER)),
        _INTERNAL: _always(_yes("from the subnet (inferred)", _INTERNAL_THREAD)),
        _PRIVATE: _always(_yes("from the subnet (inferred)", _INTERNAL_THREAD)),
        _ICS: _always(_no("ICS assigns the addresses (inferred)", _INTERNAL_THREAD)),
    },
    Feature.DHCP: {
        _NAT: _always(_no("HNS assigns", _TOPOLOGIES)),
        _TRANSPARENT: _always(_yes("from the physical network", _TOPOLOGIES)),
        _L2BRIDGE: _always(_no("HNS assigns", _ADVANCED)),
        _L2TUNNEL: _always(_no("the Azure plug-in assigns", _TOPOLOGIES)),
        _OVERLAY: _always(_no("the swarm assigns", _TOPOLOGIES)),
        _INTERNAL: _always(_no("HNS assigns", _INTERNAL_THREAD)),
        _PRIVATE: _always(_no("HNS assigns", _INTERNAL_THREAD)),
        _ICS: _always(_no("ICS assigns (inferred)", _INTERNAL_THREAD)),
    },
    Feature.SEVERAL_NETWORKS: {
        _NAT: _since(
            _WS1709,
            _limited("all inside the one WinNAT prefix", _ADVANCED),
            _yes("each with a prefix of its own", _ADVANCED),
        ),
        _TRANSPARENT: _always(_limited("each on an adapter of its own", _ADVANCED)),
        _L2BRIDGE: _since(
            _WS1709,
            _limited("each on an adapter of its own", _ADVANCED),
            _yes("layered on one adapter", "microsoft/SDN Kubernetes/windows/start-kubelet.ps1"),
        ),
        _L2TUNNEL: _always(_limited("each on an adapter of its own", _ADVANCED)),
        _OVERLAY: _always(_yes("layered on one adapter", "microsoft/SDN#277")),
        _INTERNAL: _always(_yes("a switch each", _INTERNAL_THREAD)),
        _PRIVATE: _always(_yes("a switch each", _INTERNAL_THREAD)),
        _ICS: _always(_limited("the Default Switch", "docker/for-win#4058")),
    },
    Feature.SEVERAL_SUBNETS: {
        _NAT: _always(_no("one subnet", _MULTI_SUBNET)),
        _TRANSPARENT: _always(_no("one subnet", _MULTI_SUBNET)),
        _L2BRIDGE: _since(_WS2022, _no("one subnet", _MULTI_SUBNET), _yes("any number", _MULTI_SUBNET)),
        _L2TUNNEL: _since(_WS2022, _no("one subnet", _MULTI_SUBNET), _yes("any number", _MULTI_SUBNET)),
        _OVERLAY: _since(
            _WS2022,
            _limited("through Docker, with one VNI for each", _OVERLAY_DRIVER),
            _yes("any number", _MULTI_SUBNET),
        ),
        _INTERNAL: _always(_no("one subnet", _MULTI_SUBNET)),
        _PRIVATE: _always(_no("one subnet", _MULTI_SUBNET)),
        _ICS: _always(_no("one subnet", _MULTI_SUBNET)),
    },
    Feature.VLAN: {
        _NAT: _always(_no("no VLAN option", _ADVANCED)),
        _TRANSPARENT: _always(_yes("an access port for the network", _ADVANCED)),
        _L2BRIDGE: _always(_yes("one VLAN for the network", _ADVANCED)),
        _L2TUNNEL: _always(_no("the fabric decides (inferred)", _TOPOLOGIES)),
        _OVERLAY: _always(_no("no VLAN option", _ADVANCED)),
        _INTERNAL: _always(_no("none documented", _ADVANCED)),
        _PRIVATE: _always(_no("none documented", _ADVANCED)),
        _ICS: _always(_no("none documented", _ADVANCED)),
    },
    Feature.VSID: {
        _NAT: _always(_no("no VSID option", _ADVANCED)),
        _TRANSPARENT: _always(_no("accepted, no documented effect", _WINDOWS_DRIVER)),
        _L2BRIDGE: _always(_no("no VSID option", _ADVANCED)),
        _L2TUNNEL: _always(_limited("belongs to the fabric", "microsoft/SDN Kubernetes/wincni/example/l2tunnel.conf")),
        _OVERLAY: _always(_yes("one VNI for each subnet", _OVERLAY_DRIVER)),
        _INTERNAL: _always(_no("none documented", _ADVANCED)),
        _PRIVATE: _always(_no("none documented", _ADVANCED)),
        _ICS: _always(_no("none documented", _ADVANCED)),
    },
    Feature.OUTBOUND_NAT: {
        _NAT: _always(_no("WinNAT always translates", _ADVANCED)),
        _TRANSPARENT: _always(_no("nothing is translated", _ADVANCED)),
        _L2BRIDGE: _since(
            _WS1709, _no("refused up to build 16236", _OLD_WINDOWS_DRIVER), _yes("as an option", _ADVANCED)
        ),
        _L2TUNNEL: _since(
            _WS1709,
            _no("refused up to build 16236", _OLD_WINDOWS_DRIVER),
            _yes("as an endpoint policy", "microsoft/SDN Kubernetes/wincni/example/l2tunnel.conf"),
        ),
        _OVERLAY: _since(
            _WS1709,
            _no("a second endpoint on nat leads outside", _OVERLAY_ENDPOINT),
            _limited("VFP translates by itself, no option; no ICMP", _TOPOLOGIES),
        ),
        _INTERNAL: _always(_no("nothing leaves the host", _INTERNAL_THREAD)),
        _PRIVATE: _always(_no("nothing leaves the switch", _INTERNAL_THREAD)),
        _ICS: _always(_no("ICS translates (inferred)", _INTERNAL_THREAD)),
    },
    Feature.PUBLISH_PORTS: {
        _NAT: _always(_yes("WinNAT mapping", _PUBLISH_THREAD)),
        _TRANSPARENT: _always(_no("refused, 0x803b0016", _PUBLISH_THREAD)),
        _L2BRIDGE: _since(_WS1709, _no("refused", _PUBLISH_THREAD), _yes("VFP NAT", _PUBLISH_THREAD)),
        _L2TUNNEL: _since(_WS1709, _no("refused", _PUBLISH_THREAD), _yes("VFP NAT", _WINDOWS_DRIVER)),
        _OVERLAY: _since(
            _WS1709,
            _no("not on the overlay endpoint", _OVERLAY_ENDPOINT),
            _yes("mode host, VFP NAT", _OVERLAY_ENDPOINT),
        ),
        _INTERNAL: _always(_no("no way in", _PUBLISH_THREAD)),
        _PRIVATE: _always(_no("no way in", _PUBLISH_THREAD)),
        _ICS: _always(_no("no way in (inferred)", _PUBLISH_THREAD)),
    },
    Feature.PUBLISHED_ON_LOCALHOST: {
        _NAT: _since(_WS2019, _no("WinNAT does no loopback", _SIXEYED), _yes("works", _SIXEYED)),
    },
    Feature.DOCKER_DNS: {
        _NAT: _always(_yes("on this host", _TOPOLOGIES)),
        _TRANSPARENT: _always(_no("only a DNS server outside", _TOPOLOGIES)),
        _L2BRIDGE: _always(_no("only kube-dns or a DNS server outside", _TOPOLOGIES)),
        _L2TUNNEL: _always(_no("only kube-dns or a DNS server outside", _TOPOLOGIES)),
        _OVERLAY: _always(_yes("in the whole swarm", _TOPOLOGIES)),
        _INTERNAL: _always(_no("the endpoint does not ask for it", _WINDOWS_DRIVER)),
        _PRIVATE: _always(_no("the endpoint does not ask for it", _WINDOWS_DRIVER)),
        _ICS: _always(_no("never started", "moby/moby daemon/libnetwork/network_windows.go")),
    },
    Feature.IPV6: {
        _NAT: _always(_no("IPv4 only", _ARCHITECTURE)),
        _TRANSPARENT: _since(
            _WS2022, _no("not documented", _ARCHITECTURE), _limited("self-assigned addresses only", _ARCHITECTURE)
        ),
        _L2BRIDGE: _since(
            _WS2022, _no("IPv4 only", _ARCHITECTURE), _limited("dual stack, not by Docker", _HCN_GLOBALS)
        ),
        _L2TUNNEL: _since(
            _WS2022, _no("IPv4 only (inferred)", _ARCHITECTURE), _limited("as l2bridge (inferred)", _TOPOLOGIES)
        ),
        _OVERLAY: _always(_no("IPv4 only", _ARCHITECTURE)),
        _INTERNAL: _always(_no("IPv4 only (inferred)", _ARCHITECTURE)),
        _PRIVATE: _always(_no("IPv4 only (inferred)", _ARCHITECTURE)),
        _ICS: _always(_no("IPv4 only (inferred)", _ARCHITECTURE)),
    },
    Feature.LOAD_BALANCING: {
        _L2BRIDGE: _since(_WS1709, _no("user-space proxy only", _PARITY), _yes("by VFP in the kernel", _PARITY)),
        _L2TUNNEL: _since(
            _WS1709, _no("user-space proxy only (inferred)", _TOPOLOGIES), _yes("by VFP (inferred)", _TOPOLOGIES)
        ),
        _OVERLAY: _since(_WS1709, _no("DNS round robin only", _SWARM), _yes("by VFP, with a source VIP", _SWARM)),
    },
    Feature.ROUTING_MESH: {
        _OVERLAY: (
            (OsRelease.WS2016, _no("publish in mode host", _SWARM)),
            (_WS1709, _yes("ingress network", "techcommunity, Docker's routing mesh available with version 1709")),
            (_WS2019, _limited("needs KB4580390 after KB4551853", "moby/moby#40998")),
            (_WS2022, _yes("ingress network", _SWARM)),
        ),
    },
}

_ABSENT: dict[Feature, Cell] = {
    Feature.PUBLISHED_ON_LOCALHOST: _no("only nat maps ports of the host by WinNAT", _SIXEYED),
    Feature.LOAD_BALANCING: _no("HNS balances load with VFP only", _ARCHITECTURE),
    Feature.ROUTING_MESH: _no("the mesh is part of overlay", _SWARM),
}
"""The cell of the modes that a row does not name."""


def _table() -> Mapping[tuple[NetworkMode, Feature, OsRelease], Cell]:
    cells: dict[tuple[NetworkMode, Feature, OsRelease], Cell] = {}
    for feature in Feature:
        for mode in NetworkMode:
            row = _ROWS[feature].get(mode) or _always(_ABSENT[feature])
            for column in COLUMNS:
                cells[mode, feature, column] = [cell for first, cell in row if _age(first) <= _age(column)][-1]
    return MappingProxyType(cells)


def _age(release: OsRelease) -> int:
    return RELEASES[release].build


TABLE = _table()
"""Every mode, feature and column with its cell; frozen."""


def support(mode: NetworkMode, feature: Feature, release: OsRelease) -> Cell:
    """Return what a release does about a feature of a mode; Windows 10 and 11 take the column of their server."""
    return TABLE[mode, feature, RELEASES[release].column]


def has(mode: NetworkMode, feature: Feature, release: OsRelease) -> bool:
    """Whether a release has a feature of a mode, with limits or without."""
    return support(mode, feature, release).support is not Support.NO
