"""Rules that no design can show: which of them a script asks the machine about, and which only an error explains."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "HOT001": "Assert-Stopped",
        "HOT002": "Assert-Stopped",
        "HOT003": "Assert-Stopped",
        "HOT004": "Assert-DockerName",
        "HOT005": "Assert-DockerName",
        "HST004": "Assert-Service",
        "LBL011": "Add-TakenName",
        "NAT015": "Assert-DefaultNat",
        "OVL002": "Assert-SwarmManager",
        "SWI022": "Assert-SwitchName",
    }
)
"""Rule id and the function of a script whose message names it."""

EXPLAINED: Mapping[str, str] = MappingProxyType(
    {
        "ACL008": "no script sets tiered or network-wide access lists",
        "CMP001": "Docker gives each container its compartment",
        "CMP004": "Docker connects the utility VM to a port of the switch",
        "CMP005": "Docker gives a Windows container a vNIC of the host",
        "CMP014": "Docker makes one endpoint for each container and network",
        "CPS001": "an export to Compose names the driver of each network",
        "CPS002": "an export to Compose writes one of the two",
        "CPS003": "an export to Compose writes the subnet",
        "CPS004": "an export to Compose writes no such key",
        "CPS005": "an export to Compose quotes each port",
        "CPS006": "an export to Compose declares each network that it makes",
        "CPS007": "an export to Compose writes one ipam configuration",
        "CPS009": "an export to Compose writes no version",
        "DKR021": "scripts connect further networks one by one",
        "IPA033": "it is about what inspect shows",
        "IPA034": "the swarm takes the length from the subnet",
        "ISO010": "scripts write process or hyperv",
        "MTU004": "no script sets policies InterfaceParameters",
        "NAM008": "an export to Compose makes keys that it can have",
        "NAM009": "scripts take Docker's own network from HNS, not through Docker",
        "NAT017": "what HNS had before the engine came is not on the machine any more",
        "PRT008": "scripts publish single ports",
        "SWI023": "HNS reports it when it makes the first network that needs VFP",
        "VSI006": "the swarm gives all hosts the same identifiers",
    }
)
"""Rule id and why no script asks: it avoids the cause, or the machine cannot tell beforehand."""
