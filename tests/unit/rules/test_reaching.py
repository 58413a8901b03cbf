"""Rules about flows that do not reach what they are for."""

from __future__ import annotations

from typing import Any

import pytest

from designer.rules.runner import judge
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Also, Example, check, found

CORP: dict[str, Any] = {"subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}


def site(*, mode: str = "transparent", cable: str = "LAN", **network: Any) -> Drawn:
    """Return a client and a host with app01 on an external network; LAN has a router."""
    return (
        design()
        .segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1")
        .client("PC", cable="LAN", addresses=("10.0.0.50/24",), gateway="10.0.0.1")
        .host("HOST01")
        .nic("Ethernet", cable=cable, addresses=("10.0.0.11/24",), gateway="10.0.0.1")
        .network("corp", mode=mode, uplink="Ethernet", **(CORP | network))
        .container("app01", on="corp", ip="10.0.0.21")
    )


def routed(*, back: bool) -> Drawn:
    """Return l2bridge containers with a prefix of their own, and a client behind a router that knows it or not."""
    routes = ({"destination": "192.168.7.0/24", "next_hop": "10.0.0.11"},) if back else ()
    return (
        design()
        .segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1")
        .segment("FAR", prefix="10.9.0.0/24", router="10.9.0.1")
        .router("Router", cable="LAN", addresses=("10.0.0.1/24", "10.9.0.1/24"), routes=routes)
        .cabled("Router", "FAR")
        .client("PC", cable="FAR", addresses=("10.9.0.50/24",), gateway="10.9.0.1")
        .host("HOST01")
        .nic("Ethernet", cable="LAN", addresses=("10.0.0.11/24",), gateway="10.0.0.1")
        .network("pods", mode="l2bridge", uplink="Ethernet", subnet="192.168.7.0/24", gateway="192.168.7.1")
        .vnic("leg", on="pods", role="host-endpoint", addresses=("192.168.7.2/24",), forwarding=True)
        .container("app01", on="pods", ip="192.168.7.20")
    )


def tagged(vlan: int | None) -> Drawn:
    return site(vlan=20).vnic("management", on="corp", vlan=vlan, addresses=("10.0.0.12/24",)).flow("app01", "HOST01")


EXAMPLES = [
    Example("VLN004", tagged(None), tagged(20), fixable=True),
    Example("TOP007", site(cable="").flow("app01", "PC"), site().flow("app01", "PC")),
    Example("TOP009", site(cable="").flow("PC", "app01"), site().flow("PC", "app01")),
    Example(
        "TOP010",
        routed(back=False).flow("app01", "PC"),
        routed(back=True).flow("app01", "PC"),
        also=(Also("IPA028", "the network lacks the route back, which is why the answer of the flow is lost"),),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_a_vlan_of_the_network_alone_leaves_the_host_untagged() -> None:
    (judged,) = found("VLN004", site(vlan=20).flow("HOST01", "app01"))
    assert judged.finding.fix is None
    assert not found("VLN004", site(vlan=20).flow("PC", "app01"))


def test_one_finding_for_all_flows_that_leave_a_host() -> None:
    drawn = site(cable="").container("app02", on="corp").flow("app01", "PC").flow("app02", "PC")
    (judged,) = found("TOP007", drawn)
    assert judged.finding.elements == ("HOST01", "app01>PC", "app02>PC")
    assert "and 1 more leaves it" in judged.finding.message


def test_an_adapter_in_a_team_connects_a_host() -> None:
    drawn = design().segment("LAN").client("PC", cable="LAN").host("HOST01").team("Team")
    drawn = drawn.nic("Ethernet", cable="LAN", parent="Team").flow("HOST01", "PC")
    assert not found("TOP007", drawn)


def test_what_another_rule_says_of_a_flow_is_not_said_twice() -> None:
    nat = design().host("HOST01").network("nat0", subnet="172.16.0.0/20").network("nat1", subnet="172.16.16.0/20")
    drawn = nat.container("web01", on="nat0").container("db01", on="nat1").flow("web01", "db01")
    told = {judged.rule.id for judged in judge(drawn.topology) if "web01>db01" in judged.finding.elements}
    assert told == {"NAT008"}


def test_the_drop_names_the_rules_that_predict_it() -> None:
    (judged,) = found("TOP009", site(cable="").flow("PC", "app01"))
    assert judged.finding.elements[0] == "PC>app01"
    assert " See " in judged.finding.message
    assert "does not arrive (D-" in judged.finding.message


def test_a_service_that_runs_nowhere_is_no_matter_of_the_rules_on_other_things() -> None:
    drawn = (
        design().segment("LAN").client("PC", cable="LAN").service("shop", ports=({"published": 8080, "target": 80},))
    )
    (judged,) = found("TOP009", drawn.flow("PC", "shop", address="published", port=8080))
    assert judged.finding.message == (
        "“PC” to “shop” (tcp 8080) does not arrive (D-LB): shop has no task: no node of the swarm runs one."
    )
    (judged,) = found("TOP009", drawn.flow("shop", "PC"))
    assert judged.finding.message.endswith(
        "(D-NONE): shop has no task, so nothing sends: no node of the swarm runs one."
    )
