"""Rules about the adapters under external switches: media, addresses, link, legacy teams (SWI)."""

from __future__ import annotations

from typing import Any

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host().nic("Ethernet")
LAPTOP = design().host(os="win11", edition="pro").nic("Wi-Fi", media="wifi").nic("Ethernet")

CORP: dict[str, Any] = {"mode": "transparent", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}

EXAMPLES = [
    Example(
        "SWI013",
        LAPTOP.network("corp", uplink="Wi-Fi", **CORP),
        LAPTOP.network("corp", uplink="Ethernet", **CORP),
        fixable=True,
    ),
    Example(
        "SWI016",
        design().host().nic(addresses=("10.0.0.11/24",)).network("corp", uplink="Ethernet", **CORP),
        HOST.network("corp", uplink="Ethernet", **CORP),
    ),
    Example(
        "SWI017",
        design().host().nic(link_up=False).network("corp", uplink="Ethernet", **CORP),
        HOST.network("corp", uplink="Ethernet", **CORP),
    ),
    Example(
        "SWI019",
        design().host().nic(lbfo_team=True).switch("s1", uplink="Ethernet"),
        HOST.switch("s1", uplink="Ethernet"),
        severity=Severity.ERROR,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_lbfo_before_2022_is_a_warning() -> None:
    bad = design().host(os="ws2019").nic(lbfo_team=True).switch("s1", uplink="Ethernet")
    check(Example("SWI019", bad, design().host(os="ws2019").nic().switch("s1", uplink="Ethernet")))
