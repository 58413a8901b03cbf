"""What the palette offers, in the order of the stack: a table without Qt and without the model."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One row of the palette.

    Attributes:
        key: unique; the kind of element that is placed, with its mode or type: ``network:nat``.
        icon: name of its icon.
        layer: token of the colour of its layer.
        description: one sentence: what it is.
        example: one sentence: when to use it.
        words: more words that the filter finds it by.
        policy: whether it is no element of its own but belongs on an attachment.
    """

    key: str
    title: str
    group: str
    icon: str
    layer: str
    description: str
    example: str
    words: str = ""
    policy: bool = False

    def matches(self, text: str) -> bool:
        """Whether every word of a filter occurs in its names; case does not matter."""
        own = f"{self.title} {self.group} {self.words}".casefold()
        return all(word in own for word in text.casefold().split())

    def payload(self) -> bytes:
        """Return what a drag out of the palette carries."""
        return json.dumps({"key": self.key}).encode()


def _network(mode: str, title: str, icon: str, description: str, example: str, words: str = "") -> PaletteEntry:
    layer = "overlay" if mode == "overlay" else "switching"
    return PaletteEntry(f"network:{mode}", title, "Networks", icon, layer, description, example, words)


ENTRIES: tuple[PaletteEntry, ...] = (
    PaletteEntry(
        "windows_container",
        "Windows container",
        "Workloads",
        "windows-container",
        "windows",
        "A container with process isolation: on the host's kernel, in a network compartment, on a host vNIC.",
        "For images of the host's own build; starts in seconds.",
        words="process isolation docker",
    ),
    PaletteEntry(
        "hyperv_container",
        "Hyper-V container",
        "Workloads",
        "hyperv-container",
        "hyperv",
        "A container with Hyper-V isolation: in a utility VM with its own kernel, on a synthetic vmNIC.",
        "For images of another build, and where tenants must not share a kernel.",
        words="isolation utility vm vmnic",
    ),
    PaletteEntry(
        "compartment",
        "Compartment",
        "Workloads",
        "compartment",
        "windows",
        "A network compartment drawn by hand: its own interfaces, addresses, routes and ports.",
        "For containers that share one network, such as a pod. A lone container gets its compartment by itself.",
        words="pod namespace",
    ),
    _network(
        "nat",
        "NAT network",
        "switch-internal",
        "An internal switch behind WinNAT: containers reach out with the host's address; published ports lead in.",
        "The default of Docker on Windows; for development and single hosts.",
    ),
    _network(
        "transparent",
        "Transparent network",
        "switch-external",
        "An external switch: containers stand on the physical network, with addresses of it, fixed or by DHCP.",
        "For servers that must be seen with an address of their own.",
    ),
    _network(
        "l2bridge",
        "L2 bridge network",
        "switch-external",
        "An external switch that shows the host's MAC to the outside; addresses are those of the physical subnet.",
        "For Kubernetes nodes and SDN, and where the physical network takes one MAC for each port.",
        "bridge vfp",
    ),
    _network(
        "l2tunnel",
        "L2 tunnel network",
        "switch-external",
        "All traffic, even between containers of one host, goes to the platform's virtual switch.",
        "In Azure, so that its policies hold for containers too.",
        "azure",
    ),
    _network(
        "overlay",
        "Overlay network",
        "network-overlay",
        "One network over several hosts, carried in VXLAN between them.",
        "For a swarm or a cluster: containers on different hosts reach each other directly.",
        "vxlan swarm",
    ),
    _network(
        "internal",
        "Internal network",
        "switch-internal",
        "An internal switch without translation: containers and the host reach each other, nothing leaves.",
        "For back ends that only the host and its containers may reach.",
    ),
    _network(
        "private",
        "Private network",
        "switch-private",
        "A private switch: containers reach each other, not the host and nothing outside.",
        "For tiers that must be cut off.",
    ),
    _network(
        "ics",
        "ICS network",
        "switch-internal",
        "An internal switch behind Internet Connection Sharing, as the Default Switch of Windows 10 and 11 has it.",
        "On client machines; not for servers.",
        "default switch internet connection sharing",
    ),
    PaletteEntry(
        "vswitch:external",
        "External switch",
        "Switching",
        "switch-external",
        "switching",
        "A Hyper-V switch on an adapter or SET team, made by the administrator.",
        "When the switch must exist before the network, or several networks share it.",
    ),
    PaletteEntry(
        "vswitch:internal",
        "Internal switch",
        "Switching",
        "switch-internal",
        "switching",
        "A Hyper-V switch that connects the host and what is on it, without an adapter.",
        "With a WinNAT of your own.",
    ),
    PaletteEntry(
        "vswitch:private",
        "Private switch",
        "Switching",
        "switch-private",
        "switching",
        "A Hyper-V switch without the host and without an adapter.",
        "To cut workloads off from everything else.",
    ),
    PaletteEntry(
        "host_vnic",
        "Host vNIC",
        "Switching",
        "host-vnic",
        "windows",
        "A vNIC of the host on a switch: vEthernet (…), with its addresses.",
        "For a second management address, or the host's leg in a container network.",
        words="vethernet management",
    ),
    PaletteEntry(
        "winnat",
        "WinNAT",
        "Address translation",
        "winnat",
        "translation",
        "A NAT made with New-NetNat. HNS makes the one of a nat network by itself.",
        "For an internal switch of your own.",
        words="netnat translation",
    ),
    PaletteEntry(
        "host",
        "Host",
        "Host and hardware",
        "host",
        "hardware",
        "A Windows machine with the Containers feature and a container engine.",
        "Everything else stands in it; start here.",
        words="server node windows",
    ),
    PaletteEntry(
        "nic",
        "Network adapter",
        "Host and hardware",
        "nic",
        "hardware",
        "A physical adapter of a host; in a virtual machine its synthetic adapter.",
        "What external switches and networks stand on.",
        words="ethernet nic wifi",
    ),
    PaletteEntry(
        "set_team",
        "SET team",
        "Host and hardware",
        "set-team",
        "hardware",
        "A Switch Embedded Team: several adapters as the uplink of one external switch.",
        "For redundancy and bandwidth.",
        words="teaming",
    ),
    PaletteEntry(
        "segment",
        "Physical network",
        "Outside",
        "segment",
        "hardware",
        "One layer 2 domain with its subnets, VLANs, router, DHCP and DNS servers.",
        "What adapters, routers and clients are cabled to.",
        words="lan vlan subnet azure vnet",
    ),
    PaletteEntry(
        "router",
        "Router",
        "Outside",
        "router",
        "hardware",
        "A router or layer 3 switch between physical networks.",
        "To lead from one subnet to another.",
    ),
    PaletteEntry(
        "client",
        "Client",
        "Outside",
        "client",
        "hardware",
        "A machine outside that talks to the containers, or the internet.",
        "To ask who can reach what.",
        words="internet browser",
    ),
    PaletteEntry(
        "service",
        "Swarm service",
        "Swarm and load balancing",
        "service",
        "overlay",
        "Tasks that a swarm places on its nodes and keeps running, behind one virtual IP or one name.",
        "For what must run on several nodes, and be reached by a port of any of them.",
        words="replicas tasks stack ingress routing mesh vip dnsrr",
    ),
    PaletteEntry(
        "load_balancer",
        "Load balancer",
        "Swarm and load balancing",
        "load-balancer",
        "overlay",
        "A VIP that HNS spreads over back ends.",
        "One address for several containers.",
        words="vip policies",
    ),
    PaletteEntry(
        "acl",
        "Access list",
        "Policies",
        "acl",
        "switching",
        "What an attachment lets in and out.",
        "Select a container or its line to a network, then choose this.",
        words="acl firewall rule",
        policy=True,
    ),
    PaletteEntry(
        "qos",
        "Bandwidth limit",
        "Policies",
        "qos",
        "switching",
        "A cap on what an attachment sends.",
        "Select a container or its line to a network, then choose this.",
        words="qos cap",
        policy=True,
    ),
    PaletteEntry(
        "note",
        "Note",
        "Teaching",
        "note",
        "translation",
        "Text on the canvas.",
        "To say why something is as it is.",
        words="text comment",
    ),
)

ENTRY: dict[str, PaletteEntry] = {entry.key: entry for entry in ENTRIES}
"""The entries by key."""
