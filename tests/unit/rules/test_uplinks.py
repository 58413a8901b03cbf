"""Rules about what external switches stand on."""

from __future__ import annotations

from typing import Any

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().nic("Ethernet")
TWO = HOST.nic("Ethernet 2")
CORP: dict[str, Any] = {"mode": "transparent", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}

EXAMPLES = [
    Example(
        "SWI001",
        HOST.switch("s1", uplink="Ethernet").switch("s2", uplink="Ethernet"),
        TWO.switch("s1", uplink="Ethernet").switch("s2", uplink="Ethernet 2"),
    ),
    Example("SWI002", HOST.switch("s1"), HOST.switch("s1", uplink="Ethernet"), fixable=True),
    Example(
        "SWI011",
        TWO.network("b", mode="l2bridge", subnet="10.1.0.0/24", uplink="Ethernet").network("corp", **CORP),
        TWO.network("b", mode="l2bridge", subnet="10.1.0.0/24", uplink="Ethernet").network(
            "corp", uplink="Ethernet 2", **CORP
        ),
        fixable=True,
    ),
    Example(
        "OVL006",
        design()
        .network("ov", mode="overlay", attachable=True)
        .host(role="swarm-manager")
        .nic("Ethernet")
        .network("corp", uplink="Ethernet", **CORP)
        .container(on="ov")
        .container("app01", on="corp"),
        design()
        .network("ov", mode="overlay", attachable=True)
        .host(role="swarm-manager")
        .nic("Ethernet")
        .uplink("ov", "Ethernet")
        .container(on="ov"),
    ),
    Example(
        "SWI003",
        HOST.switch("s1", switch_type="internal", uplink="Ethernet"),
        HOST.switch("s1", uplink="Ethernet"),
        fixable=True,
    ),
    Example("SWI008", HOST.network("nat0", uplink="Ethernet"), HOST.network("nat0"), fixable=True),
    Example(
        "SWI009",
        HOST.network("corp", uplink="Ethernet", **CORP).network(
            "bridge", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet"
        ),
        TWO.network("corp", uplink="Ethernet", **CORP).network(
            "bridge", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet 2"
        ),
    ),
    Example(
        "SWI010",
        HOST.network("b1", mode="l2bridge", subnet="10.1.0.0/24", uplink="Ethernet").network(
            "b2", mode="l2bridge", subnet="10.2.0.0/24", uplink="Ethernet"
        ),
        TWO.network("b1", mode="l2bridge", subnet="10.1.0.0/24", uplink="Ethernet").network(
            "b2", mode="l2bridge", subnet="10.2.0.0/24", uplink="Ethernet 2"
        ),
    ),
    Example(
        "SWI012",
        HOST.switch("s1", uplink="Ethernet", visible_to_docker=False)
        .vnic(on="s1")
        .network("corp", uplink="Ethernet", **CORP),
        HOST.switch("s1", uplink="Ethernet").network("corp", switch="s1", **CORP),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_a_network_on_a_host_without_adapter_has_no_uplink() -> None:
    good = HOST.network("corp", uplink="Ethernet", **CORP)
    check(Example("SWI002", design().host().network("corp", **CORP), good))


def test_the_only_adapter_of_a_host_is_no_choice_to_warn_of() -> None:
    good = HOST.network("corp", uplink="Ethernet", **CORP)
    check(Example("SWI011", HOST.network("corp", **CORP), good, severity=Severity.INFO, fixable=True))


def test_an_adapter_that_an_option_names_is_no_open_choice() -> None:
    option = {"key": "com.docker.network.windowsshim.interface", "value": "Ethernet 2"}
    assert not found("SWI011", TWO.network("corp", options=(option,), **CORP))
    assert found("SWI011", TWO.network("corp", **CORP))


def test_a_second_transparent_network_without_adapter_is_an_error() -> None:
    bad = TWO.network("corp", uplink="Ethernet", **CORP).network("lab", mode="transparent")
    good = TWO.network("corp", uplink="Ethernet", **CORP).network("lab", mode="transparent", uplink="Ethernet 2")
    check(Example("SWI011", bad, good, severity=Severity.ERROR, fixable=True))


def test_two_networks_on_a_team_are_judged_as_on_an_adapter() -> None:
    team = design().host().team("Team").nic("Ethernet", parent="Team")
    bad = team.network("corp", uplink="Team", **CORP).network("lab", mode="transparent", uplink="Team")
    good = team.network("corp", uplink="Team", **CORP).network("lab", mode="internal")
    check(Example("SWI009", bad, good))


def test_a_switch_that_docker_does_not_see_is_not_told_of_twice() -> None:
    bad = HOST.switch("s1", uplink="Ethernet", visible_to_docker=False).network("corp", uplink="Ethernet", **CORP)

    assert found("SWI012", bad)
    assert not found("SWI001", bad)
    assert found("SWI001", bad.switch("s2", uplink="Ethernet"))


def test_l2bridge_networks_share_an_adapter_from_1709_on() -> None:
    def layered(release: str) -> Drawn:
        drawn = design().host(os=release).nic("Ethernet")
        for name, subnet in (("b1", "10.1.0.0/24"), ("b2", "10.2.0.0/24")):
            drawn = drawn.network(name, mode="l2bridge", subnet=subnet, uplink="Ethernet")
        return drawn

    (told,) = found("SWI009", layered("ws2016"))
    assert told.severity is Severity.WARNING
    assert not found("SWI009", layered("ws1709"))
    assert found("SWI010", layered("ws1709"))
