"""Rules about flows to containers behind NAT."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.links import Attachment
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

SQL: dict[str, Any] = {"port": 1433}


def on_one_host(os: str = "ws2022") -> Drawn:
    return (
        design()
        .host("HOST01", os=os)
        .network("nat0", subnet="172.16.0.0/20")
        .network("nat1", subnet="172.16.16.0/20")
        .container("web01", on="nat0")
        .container("db01", on="nat1")
    )


def on_two_hosts() -> Drawn:
    """Two hosts on one physical network, with a nat network each."""
    drawn = design().segment("LAN", prefix="10.0.0.0/24").client("PC", cable="LAN", addresses=("10.0.0.50/24",))
    for number in (1, 2):
        drawn = (
            drawn.host(f"HOST0{number}")
            .nic(f"Ethernet{number}", cable="LAN", addresses=(f"10.0.0.1{number}/24",))
            .network(f"nat{number}", subnet=f"172.16.{16 * number}.0/20")
        )
    return drawn.container("db01", on="nat2", ports=({"host_port": 1500, "container_port": 1433},))


LOCAL = design().host("HOST01", os="ws2016").network("nat0", subnet="172.16.0.0/20")
PUBLISHING: dict[str, Any] = {"on": "nat0", "ports": ({"host_port": 8080, "container_port": 80},)}

EXAMPLES = [
    Example(
        "NAT008",
        on_one_host().flow("web01", "db01", **SQL),
        on_one_host().container("web02", on="nat1").flow("web02", "db01", **SQL),
        fixable=True,
    ),
    Example(
        "NAT009",
        on_two_hosts().flow("PC", "db01", **SQL),
        on_two_hosts().flow("PC", "db01", address="published", port=1500),
        fixable=True,
    ),
    Example(
        "NAT011",
        LOCAL.container("web01", **PUBLISHING).flow("HOST01", "web01", address="localhost", port=8080),
        LOCAL.container("web01", **PUBLISHING).flow("HOST01", "web01"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def after_fix(rule: str, drawn: Drawn) -> tuple[Flow, Drawn]:
    (judged,) = found(rule, drawn)
    assert judged.finding.fix is not None
    topology = drawn.topology.apply(judged.finding.fix)
    return topology.of(Flow)[0], Drawn(tuple(topology.entities.values()))


def test_the_source_moves_to_the_network_of_the_target() -> None:
    _, drawn = after_fix("NAT008", on_one_host().flow("web01", "db01", **SQL))
    links = drawn.topology.links_of(EntityId("web01"), Attachment)
    assert [link.target for link in links] == ["nat1"]


def test_a_published_port_of_the_same_host_is_another_matter() -> None:
    assert not found("NAT008", on_one_host().flow("web01", "db01", address="published"))


def test_a_container_on_both_networks_reaches_both() -> None:
    assert not found("NAT008", on_one_host().attached("web01", "nat1").flow("web01", "db01", **SQL))


def test_the_flow_goes_to_the_port_that_is_published_already() -> None:
    flow, drawn = after_fix("NAT009", on_two_hosts().flow("PC", "db01", **SQL))
    assert (flow.address, flow.port) == ("published", 1500)
    assert len(drawn.topology.of(Attachment)[0].ports) == 1


def test_a_port_is_published_where_there_is_none() -> None:
    flow, drawn = after_fix("NAT009", on_two_hosts().flow("HOST01", "db01", port=22))
    mapped = {port.container_port: port.host_port for port in drawn.topology.of(Attachment)[0].ports}
    assert flow.address == "published"
    assert mapped[22] == flow.port


def test_a_ping_cannot_be_published() -> None:
    (judged,) = found("NAT009", on_two_hosts().flow("PC", "db01", protocol="icmp"))
    assert judged.finding.fix is None


def test_a_host_reaches_its_own_containers() -> None:
    assert not found("NAT009", on_two_hosts().flow("HOST02", "db01", **SQL))


def test_localhost_works_from_2019_on() -> None:
    newer = design().host("HOST01", os="ws2019").network("nat0", subnet="172.16.0.0/20")
    drawn = newer.container("web01", **PUBLISHING).flow("HOST01", "web01", address="localhost", port=8080)
    assert not found("NAT011", drawn)


def test_instead_of_localhost_the_port_of_the_container_is_used() -> None:
    bad = LOCAL.container("web01", **PUBLISHING).flow("HOST01", "web01", address="localhost", port=8080)
    flow, _ = after_fix("NAT011", bad)
    assert (flow.address, flow.port) == ("own", 80)
