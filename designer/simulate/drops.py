"""Why packets are dropped: the codes of the verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Drop(NamedTuple):
    """One reason.

    Attributes:
        meaning: what it means, in a few words.
        place: where it happens.
        rules: ids of the rules that predict it.
    """

    meaning: str
    place: str
    rules: tuple[str, ...] = ()


DROPS: Mapping[str, Drop] = MappingProxyType(
    {
        "D-NONE": Drop("the container has no endpoint", "container", ("TOP001",)),
        "D-NOGW": Drop("the stack has no default route", "container stack", ("OVL013", "IPA002")),
        "D-PROTO": Drop("a protocol other than TCP, UDP, ICMP and IGMP", "firewall of the target", ("ACL006",)),
        "D-ISO-DENY": Drop("nothing unasked is let in before version 1709", "firewall of the target", ("ACL005",)),
        "D-ACL": Drop("an access list blocks it", "VFP, Windows Firewall or NSG", ("ACL001", "ACL002", "ACL003")),
        "D-FW": Drop("the firewall of the host blocks it", "host firewall", ("PRT020",)),
        "D-NATX": Drop("two nat prefixes are isolated from each other", "host stack", ("NAT008",)),
        "D-NOROUTE": Drop("no route to the destination", "router", ("NAT009", "IPA028", "AZR003")),
        "D-NORETURN": Drop("the answer has no route back", "physical router", ("IPA028", "TOP010")),
        "D-NOHOSTLEG": Drop("the host has no interface in the subnet of the containers", "switch", ("IPA024",)),
        "D-MAP": Drop("the port is not mapped, or cannot be", "HNS", ("PRT001", "PRT002", "PRT003")),
        "D-LOOPBACK": Drop("a published port is not translated for its own host", "host stack", ("NAT011",)),
        "D-SPOOF": Drop("a MAC address that the outer switch does not know", "outer switch", ("VMH001", "VMH002")),
        "D-AZURE": Drop(
            "the fabric does not carry the mode, or has no route", "cloud fabric", ("AZR001", "AZR002", "AZR003")
        ),
        "D-TRUNK": Drop("the physical port does not carry the VLAN", "physical port", ("VLN003", "VLN005")),
        "D-VLAN": Drop("the ports are in different VLANs", "switch", ("VLN004",)),
        "D-NOLINK": Drop("no uplink, no cable or no link", "adapter", ("SWI017", "SWI002")),
        "D-DHCP": Drop("no DHCP server gives an address", "physical network", ("IPA013",)),
        "D-ARP": Drop("nobody owns the address of the next hop", "physical network", ("IPA012",)),
        "D-INTERNAL": Drop("an internal switch has no way out", "switch"),
        "D-PRIVATE": Drop("a private switch has no port for the host and no way out", "switch"),
        "D-VNI": Drop("another virtual subnet", "VFP", ("VSI006",)),
        "D-PEER": Drop("the nodes do not know each other's containers", "VFP", ("OVL005",)),
        "D-4789": Drop("VXLAN is blocked", "host firewall or network", ("OVL005", "VMH004")),
        "D-HOSTROUTE": Drop("the host has no leg in the overlay network", "VFP", ("OVL014", "OVL015")),
        "D-ICMP": Drop("VFP does not translate ICMP", "VFP NAT", ("OVL012",)),
        "D-MTU": Drop("the encapsulated packet is too large", "wire", ("MTU001", "MTU003")),
        "D-MESH": Drop("the node has no routing mesh", "node", ("PRT015",)),
        "D-LB": Drop("the load balancer has no back end", "VFP", ("LBL010",)),
        "D-IPV6": Drop("the mode has no IPv6", "stack", ("IPV001", "IPV002", "IPV003")),
        "D-TTL": Drop("the packet circles until its hop limit ends it", "any router", ("TOP011",)),
        "D-NAME": Drop("nothing answers for the name", "name lookup", ("DNS005", "DNS006")),
    }
)
"""Every code with its meaning, its place and the rules that predict it."""
