"""Rules about the subnets of l2bridge and l2tunnel networks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from designer.model.hosts import Host
from designer.rules.registry import Severity
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = design().segment("LAN", "10.0.0.0/24").host().nic(cable="LAN", addresses=("10.0.0.11/24",), gateway="10.0.0.1")
POD: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.244.1.0/24", "gateway": "10.244.1.1", "uplink": "Ethernet"}
ROUTED = design().segment("LAN", "10.0.0.0/24")
ROUTED = ROUTED.router(cable="LAN", routes=({"destination": "10.244.0.0/16", "next_hop": "10.0.0.11"},))
ROUTED = ROUTED.host().nic(cable="LAN", addresses=("10.0.0.11/24",))
LEG: dict[str, Any] = {"role": "host-endpoint", "addresses": ("10.244.1.2/24",)}


def azure(drawn: Drawn) -> Drawn:
    """Return the design with its host in Azure."""
    hosts = tuple(found.evolve(machine="azure-vm") if isinstance(found, Host) else found for found in drawn.entities)
    return replace(drawn, entities=hosts)


EXAMPLES = [
    Example("AZR003", azure(HOST).network("pod", **POD), azure(ROUTED).network("pod", **POD)),
    Example(
        "IPA023",
        HOST.network("pod", mode="l2bridge", uplink="Ethernet"),
        HOST.network("pod", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet"),
        fixable=True,
    ),
    Example(
        "IPA024",
        HOST.network("pod", **POD).container(on="pod"),
        HOST.network("pod", **POD).vnic("leg", on="pod", forwarding=True, **LEG).container(on="pod"),
        fixable=True,
    ),
    Example(
        "IPA025",
        HOST.network("pod", **POD).vnic("leg", on="pod", **LEG),
        HOST.network("pod", **POD).vnic("leg", on="pod", forwarding=True, **LEG),
        fixable=True,
    ),
    Example(
        "IPA027",
        HOST.network("pod", **POD)
        .host("HOST02")
        .nic("E2", cable="LAN", addresses=("10.0.0.12/24",))
        .network("pod2", **(POD | {"uplink": "E2"})),
        HOST.network("pod", **POD)
        .host("HOST02")
        .nic("E2", cable="LAN", addresses=("10.0.0.12/24",))
        .network("pod2", **(POD | {"subnet": "10.244.2.0/24", "gateway": "10.244.2.1", "uplink": "E2"})),
        fixable=True,
    ),
    Example("IPA028", HOST.network("pod", **POD), ROUTED.network("pod", **POD), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_with_outbound_nat_a_missing_route_in_azure_is_a_warning() -> None:
    told = found("AZR003", azure(HOST).network("pod", outbound_nat=True, **POD))
    assert [judged.severity for judged in told] == [Severity.WARNING]
