"""Container hosts and what stands in them below the networks: adapters, teams, switches, host vNICs, WinNAT."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from designer.model.addressing import IpAddress, IpInterface, MacAddress, PortNumber, Protocol, VlanId
from designer.model.base import Element, Text, Value
from designer.model.releases import RELEASES, OsRelease, column_of_build, release_of_build

_VERSION = re.compile(r"v?\d+\.\d+\S*")


def checked_version(text: str) -> str:
    """Return the version of an engine as it was written; empty when it is not stated.

    Raises:
        ValueError: the text has no major and minor version.
    """
    if text and not _VERSION.fullmatch(text):
        message = f"“{text}” is not a version of Docker Engine; write it like 25.0.5, or leave it out"
        raise ValueError(message)
    return text


class Machine(StrEnum):
    """What a host runs on."""

    BARE_METAL = "bare-metal"
    HYPERV_VM = "hyperv-vm"
    VMWARE_VM = "vmware-vm"
    AZURE_VM = "azure-vm"
    OTHER_VM = "other-vm"


class HostRole(StrEnum):
    """What a host is in a cluster."""

    STANDALONE = "standalone"
    SWARM_MANAGER = "swarm-manager"
    SWARM_WORKER = "swarm-worker"
    KUBERNETES_NODE = "kubernetes-node"


class ListeningPort(Value):
    """A port that a service of the host itself occupies."""

    port: PortNumber
    protocol: Protocol = "tcp"
    service: Text = ""


class DaemonSettings(Value):
    """The network part of daemon.json.

    Attributes:
        default_nat: false stands for ``"bridge": "none"``: Docker makes no network named nat.
        fixed_cidr: prefix of the default nat network; None lets HNS choose.
        isolation: ``exec-opts`` isolation; None leaves the default of the edition.
        dns: DNS servers for all endpoints.
        other_keys: further keys that the file has, as text.
    """

    default_nat: bool = True
    fixed_cidr: IpInterface | None = None
    isolation: Literal["process", "hyperv"] | None = None
    dns: tuple[IpAddress, ...] = ()
    mtu: int | None = None
    other_keys: tuple[Text, ...] = ()


class Host(Element):
    """A Windows machine with the Containers feature, HNS and a container engine.

    Attributes:
        os: Windows release.
        build: build number when it differs from the one that the release shipped with.
        update_revision: UBR, the fourth part of the version.
        memory_mb: memory in MiB, None when unknown.
        swarm: name of the swarm that the host belongs to; hosts with equal names form one swarm.
        vxlan_port: data path port of the swarm (UDP).
        swarm_pools: pools that the swarm cuts overlay subnets from (``--default-addr-pool``); empty for Docker's own.
        swarm_ingress: whether the swarm has the ingress network that ``docker swarm init`` makes.
        linux_nodes: whether the swarm has Linux nodes too, which a design does not draw.
        engine_os: what the engine runs containers of; Docker Desktop can be switched to Linux.
        service_flags: flags that the docker service starts dockerd with, such as ``-H npipe://``.
        sharing_service: whether SharedAccess, on which ics and newer nat networks stand, can run.
        blocked_ports: ports that a firewall closes towards this host, by policy.
        opened_ports: ports that an inbound rule of the host's own firewall opens to its containers.
        nsx: whether NSX is active on the VMware host below, which takes UDP 4789.
        outer_nat_prefix: internal prefix of the NAT that this virtual machine stands behind.
        script_steps: ids of rules whose step on the machine an exported script may run.
    """

    title: ClassVar[str] = "Host"
    kind: Literal["host"] = "host"
    os: OsRelease = OsRelease.WS2022
    build: Annotated[int, Field(ge=1, le=99_999)] | None = None
    update_revision: Annotated[int, Field(ge=0)] | None = None
    edition: Literal["standard", "datacenter", "pro", "enterprise", "home"] = "datacenter"
    machine: Machine = Machine.BARE_METAL
    nested_virtualization: bool = False
    mac_spoofing: bool = False
    promiscuous_mode: bool = False
    memory_mb: Annotated[int, Field(ge=1)] | None = None
    processors: Annotated[int, Field(ge=1)] | None = None
    containers_feature: bool = True
    hyperv_role: bool = True
    ipv6_enabled: bool = True
    system_drive: Annotated[str, Field(pattern="^[A-Za-z]:$")] = "C:"
    engine_version: Annotated[Text, AfterValidator(checked_version)] = ""
    production: bool = False
    role: HostRole = HostRole.STANDALONE
    swarm: Text = ""
    advertise_address: IpAddress | None = None
    vxlan_port: PortNumber = 4789
    daemon: DaemonSettings = DaemonSettings()
    listening: tuple[ListeningPort, ...] = ()
    swarm_pools: tuple[IpInterface, ...] = ()
    swarm_ingress: bool = True
    linux_nodes: bool = False
    engine_os: Literal["windows", "linux"] = "windows"
    service_flags: tuple[Text, ...] = ()
    sharing_service: bool = True
    blocked_ports: tuple[ListeningPort, ...] = ()
    opened_ports: tuple[ListeningPort, ...] = ()
    nsx: bool = False
    outer_nat_prefix: IpInterface | None = None
    script_steps: tuple[Text, ...] = ()

    @property
    def build_number(self) -> int:
        """The build that the rules compare: the given one, else the one of the release."""
        return self.build or RELEASES[self.os].build

    @property
    def column(self) -> OsRelease:
        """The release whose column of the mode tables applies."""
        return column_of_build(self.build) if self.build else RELEASES[self.os].column

    @property
    def release(self) -> OsRelease:
        """The release that its build makes it: the given one, unless the build is that of another of its kind."""
        return self.os if self.build is None else release_of_build(self.build, is_server=self.is_server)

    @property
    def is_server(self) -> bool:
        """Whether the release is a Windows Server."""
        return RELEASES[self.os].is_server

    @property
    def is_vm(self) -> bool:
        """Whether the host is a virtual machine."""
        return self.machine is not Machine.BARE_METAL


class SwitchPort(Value):
    """How the port of the physical switch behind an adapter is set: access with one VLAN, or trunk with a list."""

    mode: Literal["access", "trunk"] = "access"
    vlan: VlanId | None = None
    allowed: tuple[VlanId, ...] = ()


class PhysicalNic(Element):
    """An adapter of a host; in a virtual machine its synthetic adapter. Its parent is a host or a SET team.

    Attributes:
        name: the Name of Get-NetAdapter, which the ``interface`` option takes.
        speed_mbps: link speed in megabits per second.
        addresses: what the administrator set; with an external switch on it they move to ``vEthernet (…)``.
        dhcp: whether the host's address comes from DHCP.
        lbfo_team: whether the "adapter" is a legacy LBFO team.
    """

    title: ClassVar[str] = "Network adapter"
    kind: Literal["nic"] = "nic"
    media: Literal["ethernet", "wifi", "vpn"] = "ethernet"
    link_up: bool = True
    speed_mbps: Annotated[int, Field(ge=0)] | None = None
    model: Text = ""
    mac: MacAddress | None = None
    addresses: tuple[IpInterface, ...] = ()
    gateway: IpAddress | None = None
    dhcp: bool = False
    switch_port: SwitchPort | None = None
    lbfo_team: bool = False
    mtu: Annotated[int, Field(ge=68, le=65_535)] = 1500


class SetTeam(Element):
    """A Switch Embedded Team: the adapters in it are the uplink of one external switch."""

    title: ClassVar[str] = "SET team"
    kind: Literal["set_team"] = "set_team"
    mode: Literal["switch-independent", "static", "lacp"] = "switch-independent"
    algorithm: Literal["dynamic", "hyper-v-port"] = "dynamic"


class SwitchType(StrEnum):
    """SwitchType of Get-VMSwitch."""

    EXTERNAL = "external"
    INTERNAL = "internal"
    PRIVATE = "private"


class VSwitch(Element):
    """A Hyper-V switch made by the administrator; the ones that HNS makes follow from the networks.

    Attributes:
        allow_management_os: whether an external switch gives the host a vNIC.
        visible_to_docker: false for a switch made after hns and docker started.
    """

    title: ClassVar[str] = "Virtual switch"
    kind: Literal["vswitch"] = "vswitch"
    switch_type: SwitchType = SwitchType.EXTERNAL
    allow_management_os: bool = True
    visible_to_docker: bool = True
    bandwidth_mode: Literal["default", "weight", "absolute", "none"] = "default"


class PortVlan(Value):
    """What Set-VMNetworkAdapterVlan sets beside an access VLAN: a trunk, or a part of a private VLAN.

    Attributes:
        native: VLAN of untagged frames on a trunk.
        allowed: VLANs that the trunk carries.
        primary: primary VLAN of a private VLAN.
        secondary: secondary VLANs: one for isolated and community ports, a list for a promiscuous one.
    """

    mode: Literal["trunk", "isolated", "community", "promiscuous"] = "trunk"
    native: VlanId | None = None
    allowed: tuple[VlanId, ...] = ()
    primary: VlanId | None = None
    secondary: tuple[VlanId, ...] = ()


class HostVNic(Element):
    """A vNIC of the host on a switch: ``vEthernet (…)``. Its parent is a host or a compartment.

    Attributes:
        role: management vNIC, or the host's leg in a container network (host endpoint).
        vlan: access VLAN; None for untagged.
        port_vlan: a trunk or private VLAN instead of an access VLAN.
        isolation: port isolation mode of Set-VMNetworkAdapterIsolation.
        forwarding: whether IP forwarding is on at this interface.
        minimum_bandwidth_weight: share of the switch in mode weight, 1 to 100.
        minimum_bandwidth_bits_per_second: guaranteed rate on a switch in mode absolute.
    """

    title: ClassVar[str] = "Host vNIC"
    kind: Literal["host_vnic"] = "host_vnic"
    role: Literal["management", "host-endpoint"] = "management"
    addresses: tuple[IpInterface, ...] = ()
    gateway: IpAddress | None = None
    mac: MacAddress | None = None
    vlan: VlanId | None = None
    port_vlan: PortVlan | None = None
    isolation: Literal["none", "vlan", "native-virtual-subnet", "external-virtual-subnet"] = "none"
    forwarding: bool = False
    minimum_bandwidth_weight: Annotated[int, Field(ge=0, le=100)] | None = None
    minimum_bandwidth_bits_per_second: Annotated[int, Field(ge=0)] | None = None


class StaticMapping(Value):
    """A mapping made with Add-NetNatStaticMapping."""

    protocol: Literal["tcp", "udp"] = "tcp"
    external_port: PortNumber
    internal_address: IpAddress
    internal_port: PortNumber


class WinNat(Element):
    """A NAT of the host (New-NetNat). The one that HNS makes for a nat network follows from the network.

    Attributes:
        internal_prefix: what is translated.
        owner: ``user`` for one made by hand.
    """

    title: ClassVar[str] = "WinNAT"
    kind: Literal["winnat"] = "winnat"
    internal_prefix: IpInterface | None = None
    owner: Literal["hns", "user"] = "user"
    mappings: tuple[StaticMapping, ...] = ()
