"""Rules about hosts that are virtual machines, and Azure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check

CORP: dict[str, Any] = {"mode": "transparent", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1", "uplink": "Ethernet"}
TUNNEL: dict[str, Any] = CORP | {"mode": "l2tunnel"}
METAL = design().host().nic().network("corp", **CORP)
AZURE = design().host(machine="azure-vm").nic(addresses=("10.0.0.4/24", "10.0.0.5/24")).network("t", **TUNNEL)


def vmware(**fields: Any) -> Drawn:
    host = design().host(machine="vmware-vm", role="swarm-manager", **fields).nic()
    return host.network("ov", mode="overlay", attachable=True).container(on="ov")


EXAMPLES = [
    Example(
        "VMH001",
        design().host(machine="hyperv-vm").nic().network("corp", **CORP),
        design().host(machine="hyperv-vm", mac_spoofing=True).nic().network("corp", **CORP),
    ),
    Example(
        "VMH002",
        design().host(machine="vmware-vm").nic().network("corp", **CORP),
        design().host(machine="vmware-vm", promiscuous_mode=True).nic().network("corp", **CORP),
    ),
    Example(
        "VMH003",
        design().host(machine="hyperv-vm", mac_spoofing=True).network("nat0"),
        design().host(machine="hyperv-vm").network("nat0"),
        fixable=True,
    ),
    Example("VMH004", vmware(nsx=True), vmware(nsx=False)),
    Example("VMH005", design().host(machine="other-vm").nic().network("corp", **CORP), METAL),
    Example("AZR001", design().host(machine="azure-vm").nic().network("corp", **CORP), METAL, fixable=True),
    Example("AZR002", design().host().nic().network("t", **TUNNEL), AZURE, fixable=True),
    Example("AZR004", AZURE.container(on="t", ip="10.0.0.30"), AZURE.container(on="t", ip="10.0.0.5")),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
