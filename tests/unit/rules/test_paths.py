"""Rules about the ways that packets take."""

from __future__ import annotations

import pytest

from designer.model.changes import ChangeSet, Edit
from designer.rules.runner import judge
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = (
    design().host().network("nat0", subnet="172.16.0.0/24").network("inside", mode="internal", subnet="172.17.0.0/24")
)


def span(start: str) -> dict[str, str]:
    return {"first": f"{start}.100", "last": f"{start}.199"}


def looped(second: str) -> Drawn:
    drawn = (
        design()
        .segment("LAN", "10.0.0.0/24", dhcp=span("10.0.0"))
        .segment("DMZ", "10.1.0.0/24", dhcp=span("10.1.0"))
        .host()
    )
    drawn = drawn.nic("E1", cable="LAN").nic("E2", cable=second)
    drawn = drawn.network("t1", mode="transparent", uplink="E1").network("t2", mode="transparent", uplink="E2")
    return drawn.container(on=("t1", "t2"), forwards=True)


def routers(back: str) -> Drawn:
    drawn = design().segment("LAN", "10.0.0.0/24")
    drawn = drawn.router(
        "R1", "LAN", addresses=("10.0.0.1/24",), routes=({"destination": "10.5.0.0/16", "next_hop": "10.0.0.2"},)
    )
    return drawn.router(
        "R2", "LAN", addresses=("10.0.0.2/24",), routes=({"destination": back, "next_hop": "10.0.0.1"},)
    )


def site(prefix: str) -> Drawn:
    drawn = design().segment("LAN", "10.0.0.0/24").host(role="swarm-manager").nic(cable="LAN")
    return drawn.network("ov", mode="overlay", attachable=True, subnet=prefix, uplink="Ethernet")


EXAMPLES = [
    Example(
        "MHM005",
        HOST.container(on=("nat0", "inside"), forwards=True),
        HOST.container(on=("nat0", "inside")),
    ),
    Example("TOP008", looped("LAN"), looped("DMZ")),
    Example("TOP011", routers("10.0.0.0/8"), routers("10.7.0.0/16")),
    Example("IPA035", site("10.0.0.0/16"), site("10.244.0.0/16")),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_an_l2bridge_network_may_be_in_the_subnet_of_its_adapter() -> None:
    drawn = design().segment("LAN", "10.0.0.0/24").host().nic(cable="LAN", addresses=("10.0.0.11/24",))
    assert not found("IPA035", drawn.network("b", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet"))
    assert found("IPA035", drawn.network("b", mode="l2bridge", subnet="10.0.0.0/8", uplink="Ethernet"))


def test_a_router_on_the_destination_ends_the_way() -> None:
    ended = routers("10.0.0.0/8").topology
    second = next(router for router in ended.elements() if router.id == "R2")
    fresh = second.evolve(addresses=("10.0.0.2/24", "10.5.0.1/16"))
    assert "TOP011" not in {judged.rule.id for judged in judge(ended.apply(ChangeSet("", (Edit(second, fresh),))))}  # type: ignore[arg-type]  # a router is an entity
