"""Which fields the inspector shows for each kind, in which order, in which words: a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from designer.model.annotations import DesignInfo, Note
from designer.model.base import EntityBase
from designer.model.fabric import Client, Router, Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.links import Attachment, Backend, Cable, Reference, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.releases import RELEASES
from designer.model.services import Service
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form.

    Attributes:
        path: the attribute; a dot leads into a nested value.
        label: the words above the editor.
        section: title of the part of the form that can be folded; empty for the part that is always open.
        hint: what an empty editor shows: an example, or what happens when it stays empty.
        words: how the values of an enumeration are called; others are shown as they are.
        is_text: whether it is prose in the family of the window; else values in the family for addresses.
    """

    path: str
    label: str
    section: str = ""
    hint: str = ""
    words: Mapping[Any, str] = field(default_factory=dict)
    is_text: bool = False

    @property
    def name(self) -> str:
        """The top-level attribute, which findings name."""
        return self.path.partition(".")[0]


def _name(hint: str = "") -> FieldSpec:
    return FieldSpec("name", "Name", hint=hint, is_text=True)


_REMARK = FieldSpec("remark", "Remark", "Remark", "For people; scripts carry it as a comment at most.", is_text=True)
_MTU_HINT = "1500"
_DEFAULT = "the default"
_RELEASE_WORDS = {release: facts.title for release, facts in RELEASES.items()}
_EMPTY_CHOICE = {None: "The default"}

_HOST = (
    _name(),
    FieldSpec("os", "Windows release", words=_RELEASE_WORDS),
    FieldSpec(
        "machine",
        "Runs on",
        words={
            "bare-metal": "Bare metal",
            "hyperv-vm": "Hyper-V virtual machine",
            "vmware-vm": "VMware virtual machine",
            "azure-vm": "Azure virtual machine",
            "other-vm": "Another virtual machine",
        },
    ),
    FieldSpec("engine_version", "Docker engine", hint="17.06"),
    FieldSpec(
        "role",
        "Role",
        words={
            "standalone": "Standalone",
            "swarm-manager": "Swarm manager",
            "swarm-worker": "Swarm worker",
            "kubernetes-node": "Kubernetes node",
        },
    ),
    FieldSpec("containers_feature", "Containers feature", "Windows"),
    FieldSpec("hyperv_role", "Hyper-V role", "Windows"),
    FieldSpec(
        "edition",
        "Edition",
        "Windows",
        words={
            "standard": "Standard",
            "datacenter": "Datacenter",
            "pro": "Pro",
            "enterprise": "Enterprise",
            "home": "Home",
        },
    ),
    FieldSpec("build", "Build", "Windows", "that of the release"),
    FieldSpec("update_revision", "Update revision (UBR)", "Windows", "unknown"),
    FieldSpec("ipv6_enabled", "IPv6", "Windows"),
    FieldSpec("system_drive", "System drive", "Windows"),
    FieldSpec("sharing_service", "Internet Connection Sharing can run", "Windows"),
    FieldSpec("production", "In production", "Windows"),
    FieldSpec("script_steps", "Rules whose step the script may run", "Windows", "none"),
    FieldSpec("nested_virtualization", "Nested virtualization", "Machine"),
    FieldSpec("mac_spoofing", "MAC address spoofing allowed", "Machine"),
    FieldSpec("promiscuous_mode", "Promiscuous mode allowed", "Machine"),
    FieldSpec("nsx", "VMware NSX is active below", "Machine"),
    FieldSpec("outer_nat_prefix", "Prefix of the NAT around the machine", "Machine", "none"),
    FieldSpec("memory_mb", "Memory (MiB)", "Machine", "unknown"),
    FieldSpec("processors", "Processors", "Machine", "unknown"),
    FieldSpec("daemon.default_nat", "Docker makes its own nat network", "Docker daemon"),
    FieldSpec("daemon.fixed_cidr", "Prefix of the default nat (fixed-cidr)", "Docker daemon", "HNS chooses"),
    FieldSpec(
        "daemon.isolation",
        "Default isolation",
        "Docker daemon",
        words=_EMPTY_CHOICE | {"process": "Process", "hyperv": "Hyper-V"},
    ),
    FieldSpec("daemon.dns", "DNS servers", "Docker daemon", "10.0.0.2, 10.0.0.3"),
    FieldSpec("daemon.mtu", "MTU", "Docker daemon", _DEFAULT),
    FieldSpec(
        "engine_os",
        "Containers of the engine",
        "Docker daemon",
        words={"windows": "Windows", "linux": "Linux (Docker Desktop)"},
    ),
    FieldSpec("service_flags", "Flags of the docker service", "Docker daemon", "none"),
    FieldSpec("daemon.other_keys", "Other keys of daemon.json", "Docker daemon", "none"),
    FieldSpec("swarm", "Swarm", "Swarm", "name; hosts with equal names form one swarm", is_text=True),
    FieldSpec("advertise_address", "Advertised address", "Swarm", "10.0.0.11"),
    FieldSpec("vxlan_port", "VXLAN port (UDP)", "Swarm"),
    FieldSpec("swarm_pools", "Pools of overlay subnets", "Swarm", "those of Docker"),
    FieldSpec("swarm_ingress", "The swarm has its ingress network", "Swarm"),
    FieldSpec("linux_nodes", "The swarm has Linux nodes too", "Swarm"),
    FieldSpec("listening", "Ports that services of the host use", "Ports in use"),
    FieldSpec("blocked_ports", "Ports that a firewall closes", "Ports in use"),
    FieldSpec("opened_ports", "Ports open to containers", "Ports in use"),
    _REMARK,
)

_NIC = (
    _name("the Name of Get-NetAdapter"),
    FieldSpec("addresses", "Addresses", hint="10.0.0.11/24"),
    FieldSpec("gateway", "Default gateway", hint="10.0.0.1"),
    FieldSpec("dhcp", "Address by DHCP"),
    FieldSpec("speed_mbps", "Speed (Mbit/s)", hint="10000"),
    FieldSpec("link_up", "Link is up"),
    FieldSpec("media", "Media", "Adapter", words={"ethernet": "Ethernet", "wifi": "Wi-Fi", "vpn": "VPN"}),
    FieldSpec("mac", "MAC address", "Adapter", "00-15-5D-01-02-03"),
    FieldSpec("mtu", "MTU", "Adapter", _MTU_HINT),
    FieldSpec("model", "Model", "Adapter", "as Windows names it", is_text=True),
    FieldSpec("lbfo_team", "Is a legacy LBFO team", "Adapter"),
    FieldSpec(
        "switch_port.mode",
        "Port mode",
        "Port of the physical switch",
        words={None: "Unknown", "access": "Access", "trunk": "Trunk"},
    ),
    FieldSpec("switch_port.vlan", "VLAN of the port", "Port of the physical switch", "untagged"),
    FieldSpec("switch_port.allowed", "Allowed VLANs", "Port of the physical switch", "10, 20"),
    _REMARK,
)

_TEAM = (
    _name(),
    FieldSpec(
        "mode",
        "Teaming mode",
        words={"switch-independent": "Switch independent", "static": "Static", "lacp": "LACP"},
    ),
    FieldSpec("algorithm", "Load balancing", words={"dynamic": "Dynamic", "hyper-v-port": "Hyper-V port"}),
    _REMARK,
)

_SWITCH = (
    _name(),
    FieldSpec(
        "switch_type",
        "Switch type",
        words={"external": "External", "internal": "Internal", "private": "Private"},
    ),
    FieldSpec("allow_management_os", "Gives the host a vNIC"),
    FieldSpec("visible_to_docker", "Made before hns and docker started"),
    FieldSpec(
        "bandwidth_mode",
        "Minimum bandwidth mode",
        words={"default": "Default", "weight": "Weight", "absolute": "Absolute", "none": "None"},
    ),
    _REMARK,
)

_VNIC = (
    _name("vEthernet (…)"),
    FieldSpec("role", "Role", words={"management": "Management", "host-endpoint": "The host's leg in a network"}),
    FieldSpec("addresses", "Addresses", hint="10.0.0.11/24"),
    FieldSpec("gateway", "Default gateway", hint="10.0.0.1"),
    FieldSpec("vlan", "VLAN", hint="untagged"),
    FieldSpec("mac", "MAC address", hint="Windows chooses"),
    FieldSpec("forwarding", "IP forwarding"),
    FieldSpec(
        "port_vlan.mode",
        "Instead of an access VLAN",
        "Port of the switch",
        words={
            None: "Nothing",
            "trunk": "Trunk",
            "isolated": "Private VLAN, isolated",
            "community": "Private VLAN, community",
            "promiscuous": "Private VLAN, promiscuous",
        },
    ),
    FieldSpec("port_vlan.native", "Native VLAN", "Port of the switch", "untagged"),
    FieldSpec("port_vlan.allowed", "Allowed VLANs", "Port of the switch", "10, 20"),
    FieldSpec("port_vlan.primary", "Primary VLAN", "Port of the switch", "none"),
    FieldSpec("port_vlan.secondary", "Secondary VLANs", "Port of the switch", "none"),
    FieldSpec(
        "isolation",
        "Port isolation",
        "Port of the switch",
        words={
            "none": "None",
            "vlan": "By VLAN",
            "native-virtual-subnet": "Native virtual subnet",
            "external-virtual-subnet": "External virtual subnet",
        },
    ),
    FieldSpec("minimum_bandwidth_weight", "Bandwidth share (1 to 100)", "Bandwidth", "none"),
    FieldSpec("minimum_bandwidth_bits_per_second", "Guaranteed bandwidth (bits/s)", "Bandwidth", "none"),
    _REMARK,
)

_WINNAT = (
    _name(),
    FieldSpec("internal_prefix", "Internal prefix", hint="172.16.0.0/20"),
    FieldSpec("owner", "Made by", words={"hns": "HNS", "user": "The administrator"}),
    FieldSpec("mappings", "Static mappings"),
    _REMARK,
)

_NETWORK = (
    _name(),
    FieldSpec(
        "mode",
        "Connectivity mode",
        words={
            "nat": "NAT",
            "transparent": "Transparent",
            "l2bridge": "L2 bridge",
            "l2tunnel": "L2 tunnel",
            "overlay": "Overlay",
            "internal": "Internal",
            "private": "Private",
            "ics": "ICS",
        },
    ),
    FieldSpec("subnets", "Subnets"),
    FieldSpec("switch", "Switch", words={None: "HNS makes one"}),
    FieldSpec("dns_servers", "DNS servers", "DNS", "those of the host"),
    FieldSpec("dns_suffix", "DNS suffix", "DNS", "contoso.local"),
    FieldSpec("gateway_dns", "DNS at the gateway", "DNS"),
    FieldSpec("vlan", "VLAN", "VLAN and VSID", "untagged"),
    FieldSpec("vsid", "Virtual subnet (VSID)", "VLAN and VSID", "none"),
    FieldSpec("outbound_nat", "Translate what leaves (OutboundNAT)", "Policies"),
    FieldSpec("outbound_nat_exceptions", "Not translated", "Policies", "10.0.0.0/8"),
    FieldSpec("encrypted", "Encrypted", "Policies"),
    FieldSpec("ip_range", "Address pool", "Addresses", "the whole subnet"),
    FieldSpec("aux_addresses", "Reserved addresses", "Addresses", "none"),
    FieldSpec("mac_pools", "MAC pools", "Addresses", "00-15-5D-52-C0-00 - 00-15-5D-52-CF-FF"),
    FieldSpec("mtu", "MTU of the endpoints", "Policies", _DEFAULT),
    FieldSpec("cni_port_mappings", "CNI has the portMappings capability", "Policies"),
    FieldSpec("ipv6_flag", "IPv6 (--ipv6)", "Docker"),
    FieldSpec("driver_name", "Driver as a command names it", "Docker", "that of the mode"),
    FieldSpec("ipv4_disabled", "No IPv4 (--ipv4=false)", "Docker"),
    FieldSpec("ipam_driver", "IPAM driver", "Docker", "that of Windows"),
    FieldSpec("ipam_options", "IPAM options", "Docker"),
    FieldSpec("predefined", "Docker's own nat network", "Docker"),
    FieldSpec(
        "scope", "Known to", "Docker", words={"local": "This host (local)", "swarm": "The whole swarm (--scope swarm)"}
    ),
    FieldSpec("attachable", "Attachable", "Docker"),
    FieldSpec("ingress", "Routing mesh of the swarm (--ingress)", "Docker"),
    FieldSpec("internal_flag", "Internal (--internal)", "Docker"),
    FieldSpec("hns_name", "Name in HNS", "Docker", "Docker's id"),
    FieldSpec("options", "Other driver options", "Docker"),
    _REMARK,
)

_COMPARTMENT = (
    _name(),
    FieldSpec("number", "Compartment id", hint="Windows gives one; 1 is the host's own"),
    FieldSpec("pod", "A pod: its containers belong together"),
    _REMARK,
)

_CONTAINER = (
    _name(),
    FieldSpec("image", "Image", hint="mcr.microsoft.com/windows/servercore:ltsc2022"),
    FieldSpec("image_build", "Build of the image", hint="unknown"),
    FieldSpec("image_revision", "Revision of the image", "Container", "unknown"),
    FieldSpec("command", "Command", "Container", "that of the image"),
    FieldSpec("hostname", "Host name", "Container", "Docker chooses"),
    FieldSpec("environment", "Environment variables", "Container"),
    FieldSpec("explicit_isolation", "State the isolation in the command", "Container"),
    FieldSpec("linux_options", "Options that only Linux has", "Container", "none"),
    FieldSpec("listening", "Ports that its programs open", "Network"),
    FieldSpec("forwards", "Passes packets between its networks", "Network"),
    FieldSpec("legacy_links", "Legacy links (--link)", "Network", "none"),
    FieldSpec("network_none", "No network (--network none)", "Network"),
    FieldSpec("network_host", "The network of the host (--network host)", "Network"),
    FieldSpec("shares_network_of", "Uses the network of", "Network", words={None: "Its own"}),
    FieldSpec("dns_servers", "DNS servers", "Network", "those of the network"),
    FieldSpec("dns_options", "DNS options", "Network", "none"),
    FieldSpec("memory_mb", "Memory limit (MiB)", "Limits", "none"),
    FieldSpec("cpus", "Processor limit (CPUs)", "Limits", "none"),
    _REMARK,
)

_SERVICE = (
    _name(),
    FieldSpec("image", "Image", hint="mcr.microsoft.com/windows/servercore:ltsc2022"),
    FieldSpec(
        "mode", "Mode", words={"replicated": "Replicated: a number of tasks", "global": "Global: one task on each node"}
    ),
    FieldSpec("replicas", "Replicas", hint="1"),
    FieldSpec(
        "endpoint_mode",
        "Endpoint mode",
        words={"vip": "VIP: one address for all tasks", "dnsrr": "DNS round robin: the addresses of the tasks"},
    ),
    FieldSpec("ports", "Published ports"),
    FieldSpec("swarm", "Swarm", "Placement", "the only one of the design", is_text=True),
    FieldSpec("constraints", "Constraints", "Placement", "node.platform.os == windows"),
    FieldSpec(
        "isolation",
        "Isolation",
        "Tasks",
        words={"default": "That of each node", "process": "Process", "hyperv": "Hyper-V"},
    ),
    FieldSpec("image_build", "Build of the image", "Tasks", "unknown"),
    FieldSpec("command", "Command", "Tasks", "that of the image"),
    FieldSpec("environment", "Environment variables", "Tasks"),
    _REMARK,
)

_BALANCER = (
    _name(),
    FieldSpec("vip", "Address (VIP)", hint="none: a published port only"),
    FieldSpec("protocol", "Protocol", words={"tcp": "TCP", "udp": "UDP"}),
    FieldSpec("port", "Port"),
    FieldSpec("target_port", "Port of the back ends"),
    FieldSpec("source_vip", "Source address (source VIP)", "Policies", "none"),
    FieldSpec("direct_server_return", "Direct server return (DSR)", "Policies"),
    FieldSpec("session_affinity", "Session affinity", "Policies"),
    FieldSpec("preserve_destination", "Back ends see the VIP", "Policies"),
    FieldSpec("local_backends_only", "Back ends on this host only", "Policies"),
    _REMARK,
)

_SEGMENT = (
    _name(),
    FieldSpec("subnets", "Subnets"),
    FieldSpec("dns_servers", "DNS servers", hint="10.0.0.2"),
    FieldSpec("azure_vnet", "Azure virtual network"),
    FieldSpec("mtu", "MTU", hint=_MTU_HINT),
    _REMARK,
)

_ATTACHMENT = (
    FieldSpec("ip", "IP address", hint="HNS, DHCP or the swarm chooses"),
    FieldSpec("ports", "Published ports"),
    FieldSpec("acls", "Access list"),
    FieldSpec("outbound_limit_bytes_per_second", "Bandwidth limit (bytes/s)", hint="none"),
    FieldSpec("inbound_limit_bytes_per_second", "Inbound limit (bytes/s)", "Endpoint", "none"),
    FieldSpec("mac", "MAC address", "Endpoint", "HNS chooses"),
    FieldSpec("gateway", "Default gateway", "Endpoint", "that of the subnet"),
    FieldSpec("dns_servers", "DNS servers", "Endpoint", "those of the network"),
    FieldSpec("aliases", "Aliases", "Endpoint", "none"),
    FieldSpec("while_running", "Connected while the container runs", "Endpoint"),
    FieldSpec("name", "Label", "Endpoint", "none", is_text=True),
)

_LABEL = (FieldSpec("name", "Label", hint="none", is_text=True),)

_FLOW = (
    FieldSpec(
        "protocol",
        "Protocol",
        words={
            "tcp": "TCP",
            "udp": "UDP",
            "icmp": "ICMP (ping)",
            "igmp": "IGMP (multicast)",
            "gre": "GRE",
            "esp": "ESP",
            "sctp": "SCTP",
        },
    ),
    FieldSpec("port", "Port", hint="the first that the target publishes or opens, else 80"),
    FieldSpec(
        "address",
        "Sent to",
        words={
            "own": "The target’s own address",
            "published": "A published port of its host",
            "localhost": "A published port at 127.0.0.1",
        },
    ),
    FieldSpec("ip_version", "IP version", "Packets", words={4: "IPv4", 6: "IPv6"}),
    FieldSpec("ipsec", "Protected by IPsec", "Packets"),
    *_LABEL,
)

FORMS: dict[type[EntityBase], tuple[FieldSpec, ...]] = {
    Host: _HOST,
    PhysicalNic: _NIC,
    SetTeam: _TEAM,
    VSwitch: _SWITCH,
    HostVNic: _VNIC,
    WinNat: _WINNAT,
    ContainerNetwork: _NETWORK,
    Compartment: _COMPARTMENT,
    WindowsContainer: _CONTAINER,
    HyperVContainer: _CONTAINER,
    Service: _SERVICE,
    LoadBalancer: _BALANCER,
    Segment: _SEGMENT,
    Router: (
        _name(),
        FieldSpec("addresses", "Addresses", hint="10.0.0.1/24, 10.0.1.1/24"),
        FieldSpec("routes", "Routes"),
        _REMARK,
    ),
    Client: (
        _name(),
        FieldSpec("addresses", "Addresses", hint="10.0.0.50/24"),
        FieldSpec("gateway", "Default gateway", hint="10.0.0.1"),
        FieldSpec("internet", "Stands for the internet"),
        _REMARK,
    ),
    Note: (
        _name(),
        FieldSpec("text", "Text", is_text=True),
        FieldSpec(
            "shape",
            "Shape",
            words={"note": "Note", "callout": "Call-out", "rectangle": "Rectangle", "ellipse": "Ellipse"},
        ),
        _REMARK,
    ),
    Attachment: _ATTACHMENT,
    Uplink: _LABEL,
    Cable: _LABEL,
    Backend: _LABEL,
    Reference: _LABEL,
    Flow: _FLOW,
    DesignInfo: (
        FieldSpec("title", "Title", hint="What this design is about", is_text=True),
        FieldSpec("description", "Description", is_text=True),
        FieldSpec("author", "Author", is_text=True),
    ),
}
"""The form of each kind."""


def common_fields(kinds: frozenset[type[EntityBase]]) -> tuple[FieldSpec, ...]:
    """Return the fields that all kinds of a selection share, in the order of the first form; never the name."""
    if len(kinds) == 1:
        return FORMS[next(iter(kinds))]
    forms = [FORMS[kind] for kind in sorted(kinds, key=lambda kind: kind.__name__)]
    return tuple(spec for spec in forms[0] if all(spec in form for form in forms[1:]))
