"""Rules about flows that a firewall or access list decides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

SQL: dict[str, Any] = {"port": 1433}
MAPPED: dict[str, Any] = {"ports": ({"host_port": 1433, "container_port": 1433},)}


def pair(os: str, *, hyperv: bool = False, host: dict[str, Any] | None = None, **fields: Any) -> Drawn:
    """Return web01 and db01 on one nat network; the fields are those of db01."""
    drawn = design().host("HOST01", os=os, **(host or {})).network("nat0", subnet="172.16.0.0/20")
    return drawn.container("web01", on="nat0").container("db01", on="nat0", hyperv=hyperv, **fields)


OPEN = {"opened_ports": ({"port": 1433},)}
GRE: dict[str, Any] = {"protocol": "gre"}

EXAMPLES = [
    Example(
        "ACL005",
        pair("ws2016").flow("web01", "db01", **SQL),
        pair("ws2016", **MAPPED).flow("web01", "db01", **SQL),
        fixable=True,
    ),
    Example(
        "ACL006",
        pair("ws2022").flow("web01", "db01", **GRE),
        pair("ws2022", hyperv=True).flow("web01", "db01", **GRE),
    ),
    Example(
        "ACL009",
        pair("ws2022").flow("web01", "db01", ipsec=True),
        pair("ws2022").flow("web01", "db01"),
    ),
    Example(
        "PRT022",
        pair("ws2022").flow("web01", "HOST01", **SQL),
        pair("ws2022", host=OPEN).flow("web01", "HOST01", **SQL),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


@pytest.mark.parametrize(
    ("revision", "words"), [(None, "may drop"), (351, "may drop"), (576, "drops"), (1066, "drops"), (2000, "may drop")]
)
def test_the_update_decides_how_sure_it_is(revision: int | None, words: str) -> None:
    drawn = pair("ws2016", host={"update_revision": revision}).flow("web01", "db01", **SQL)
    (judged,) = found("ACL005", drawn)
    assert f") {words} what comes" in judged.finding.message


def test_a_ping_passes_and_hyper_v_isolation_lets_all_in() -> None:
    assert not found("ACL005", pair("ws2016").flow("web01", "db01", protocol="icmp"))
    assert not found("ACL005", pair("ws2016", hyperv=True).flow("web01", "db01", **SQL))
    assert not found("ACL005", pair("ws1709").flow("web01", "db01", **SQL))


def test_a_transparent_network_publishes_nothing() -> None:
    drawn = design().host("HOST01", os="ws2016").nic().network("corp", mode="transparent", uplink="Ethernet")
    drawn = drawn.container("web01", on="corp").container("db01", on="corp").flow("web01", "db01", **SQL)
    (judged,) = found("ACL005", drawn)
    assert judged.finding.fix is None
    assert "New-NetFirewallRule" in judged.finding.script_step


def test_containers_of_one_compartment_meet_without_a_firewall() -> None:
    drawn = design().host("HOST01", os="ws2016").network("nat0").compartment("pod", on="nat0", pod=True)
    drawn = drawn.container("a", parent="pod").container("b", parent="pod").flow("a", "b", **SQL)
    assert not found("ACL005", drawn)


def test_an_access_list_lets_every_protocol_in() -> None:
    entry = {"direction": "in", "protocol": "any", "enforced_by": "host"}
    assert not found("ACL006", pair("ws2022", acls=(entry,)).flow("web01", "db01", **GRE))


def test_ipsec_between_machines_is_no_matter_of_containers() -> None:
    drawn = design().client("PC").host("HOST01").flow("PC", "HOST01", ipsec=True)
    assert not found("ACL009", drawn)


def test_the_resolver_of_docker_answers_without_a_rule() -> None:
    assert not found("PRT022", pair("ws2022").flow("web01", "HOST01", protocol="udp", port=53))
    assert found("PRT022", pair("ws2022").flow("web01", "HOST01", protocol="udp", port=54))


def test_another_host_is_reached_like_anything_outside() -> None:
    assert not found("PRT022", pair("ws2022").host("HOST02").flow("web01", "HOST02", **SQL))
