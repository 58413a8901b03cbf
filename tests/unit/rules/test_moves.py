"""Quick fixes that move workloads to another network."""

from __future__ import annotations

from typing import Any

from designer.model.changes import ChangeSet
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend
from designer.model.networks import LoadBalancer
from designer.rules.design import Design
from designer.rules.moves import alone_on_nat, one_for_each, onto
from tests.unit.rules.designs import Drawn, design

NETS = (
    design()
    .host()
    .nic()
    .network("nat0", subnet="172.16.0.0/20")
    .network("b", mode="l2bridge", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet")
)
MAPPED: dict[str, Any] = {"ports": ({"host_port": 8080},)}
LB = EntityId("LB")


def moved(drawn: Drawn) -> ChangeSet | None:
    found = Design(drawn.topology)
    balancer = drawn.topology.find(LB, LoadBalancer)
    assert balancer is not None
    return onto(
        found, balancer, [backend.target for backend in found.backends(LB)], found.networks_on(EntityId("HOST01"))
    )


def targets(drawn: Drawn, change: ChangeSet | None) -> dict[str, str]:
    assert change is not None
    return {link.source: link.target for link in drawn.topology.apply(change).of(Attachment)}


def test_a_bare_container_moves_to_the_only_network_that_balances() -> None:
    drawn = NETS.container("w", on="nat0").balancer(to="w")
    assert targets(drawn, moved(drawn)) == {"w": "b"}


def test_what_has_ports_or_an_address_of_its_network_stays() -> None:
    assert moved(NETS.container("w", on="nat0", **MAPPED).balancer(to="w")) is None
    assert moved(NETS.container("w", on="nat0", ip="172.16.0.9").balancer(to="w")) is None


def test_of_two_networks_none_is_chosen() -> None:
    drawn = NETS.nic("E2").network("c", mode="l2bridge", subnet="10.5.0.0/24", uplink="E2")
    assert moved(drawn.container("w", on="nat0").balancer(to="w")) is None


def test_a_full_network_takes_nobody() -> None:
    drawn = design().host().nic().network("nat0").network("b", mode="l2bridge", subnet="10.0.0.0/30", uplink="Ethernet")
    assert moved(drawn.container("x", on="b").container("w", on="nat0").balancer(to="w")) is None


def test_each_network_gets_a_load_balancer_with_an_address_there() -> None:
    drawn = (
        NETS.nic("E2")
        .network("c", mode="l2bridge", subnet="10.5.0.0/24", gateway="10.5.0.1", uplink="E2")
        .container("w1", on="b")
        .container("w2", on="c")
        .balancer(to=("w1", "w2"), vip="10.0.0.90")
    )
    found = Design(drawn.topology)
    balancer = drawn.topology.find(LB, LoadBalancer)
    assert balancer is not None
    networks = [network for network in found.networks_on(EntityId("HOST01")) if network.id in ("b", "c")]
    change = one_for_each(found, balancer, found.backends(LB), networks)
    assert change is not None
    after = drawn.topology.apply(change)
    names = {found.id: found for found in after.of(LoadBalancer)}
    by_target = {backend.target: names[backend.source] for backend in after.of(Backend)}
    assert by_target[EntityId("w1")].id == LB
    other = by_target[EntityId("w2")]
    assert other.id != LB
    assert str(other.vip).startswith("10.5.0.")
    assert other.name != balancer.name


def alone(drawn: Drawn) -> ChangeSet | None:
    found = Design(drawn.topology)
    return alone_on_nat(found, found.attachments(EntityId("w")))


def test_the_nat_network_stays_and_takes_the_ports() -> None:
    drawn = NETS.container("w", on=("b", "nat0"), **MAPPED)
    change = alone(drawn)
    assert change is not None
    (link,) = drawn.topology.apply(change).of(Attachment)
    assert link.target == "nat0"
    assert [port.host_port for port in link.ports] == [8080]


def test_a_container_that_something_reaches_keeps_its_networks() -> None:
    drawn = NETS.container("w", on=("nat0", "b"), **MAPPED)
    assert alone(drawn) is not None
    assert alone(drawn.client("PC").flow("PC", "w")) is None
    assert alone(drawn.balancer(to="w")) is None
    assert alone(NETS.container("w", on=("b", "nat0"), ip="10.0.0.9")) is None
