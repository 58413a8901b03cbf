"""Rules about Switch Embedded Teaming."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check

TEAM = design().host().team("Team").nic("Ethernet", parent="Team", speed_mbps=10000)
TWO = design().host().nic("E1").nic("E2")


def teamed(**fields: Any) -> Drawn:
    drawn = design().segment("LAN").host(**fields).team("Team").nic("E1", parent="Team", cable="LAN")
    drawn = drawn.nic("E2", parent="Team").switch("External", uplink="Team").vnic(on="External")
    return drawn.placed("Team", 0, 0).placed("E1", 0, 0)


EXAMPLES = [
    Example("SET001", design().host().team("Team"), TEAM),
    Example(
        "SET002",
        TEAM.nic("Ethernet 2", parent="Team", speed_mbps=1000),
        TEAM.nic("Ethernet 2", parent="Team", speed_mbps=10000),
    ),
    Example("SET003", TEAM.switch("s1", uplink="Ethernet"), TEAM.switch("s1", uplink="Team")),
    Example("SET004", teamed(machine="hyperv-vm"), teamed(), fixable=True),
    Example("SET005", design().host().team("Team", mode="lacp").nic(parent="Team"), TEAM, fixable=True),
    Example("SET006", TWO.switch("sw", uplink="E1").uplink("sw", "E2"), TWO.switch("sw", uplink="E1")),
    Example(
        "SET008",
        design().host(os="win10", edition="pro", build=17134).team("Team"),
        design().host(os="win10", edition="pro").team("Team"),
    ),
    Example("SET009", design().host(hyperv_role=False).team("Team").nic(parent="Team"), TEAM),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_nine_members_are_too_many() -> None:
    nine = TEAM
    for number in range(2, 10):
        nine = nine.nic(f"Ethernet {number}", parent="Team", speed_mbps=10000)
    check(Example("SET001", nine, TEAM))
