"""Routers that are drawn and routers that follow, clients, and what physical ports let through."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.fabric import Segment
from designer.model.hosts import PhysicalNic
from designer.model.identity import EntityId
from designer.simulate.fabric import ANY_VLAN, build_wire, implied_router, same_vlan, vlan_on_wire
from designer.simulate.world import World
from tests.unit.rules.designs import design
from tests.unit.simulate.paths import walk

SEGMENT = Segment.model_validate(
    {"id": "LAN", "name": "LAN", "subnets": ({"prefix": "10.0.0.0/24", "router": "10.0.0.1", "vlan": 10},)}
)


def nic(port: dict[str, Any] | None) -> PhysicalNic:
    return PhysicalNic.model_validate({"id": "n", "name": "n", "switch_port": port})


@pytest.mark.parametrize(
    ("port", "tag", "vlan"),
    [
        (None, None, ANY_VLAN),
        (None, 20, 20),
        ({"mode": "access", "vlan": 10}, None, 10),
        ({"mode": "access", "vlan": 99}, None, ANY_VLAN),
        ({"mode": "trunk", "vlan": 10, "allowed": (20,)}, None, 10),
        ({"mode": "trunk", "allowed": (20,)}, 20, 20),
    ],
)
def test_the_vlan_of_a_frame_on_the_wire(port: dict[str, Any] | None, tag: int | None, vlan: int) -> None:
    assert vlan_on_wire(nic(port), tag, SEGMENT) == vlan


@pytest.mark.parametrize("port", [{"mode": "access", "vlan": 20}, {"mode": "trunk", "allowed": (30,)}])
def test_a_tag_that_a_port_does_not_carry(port: dict[str, Any]) -> None:
    with pytest.raises(LookupError):
        vlan_on_wire(nic(port), 20, SEGMENT)


def test_vlans_that_meet() -> None:
    assert same_vlan(10, 10)
    assert same_vlan(None, None)
    assert same_vlan(10, ANY_VLAN)
    assert not same_vlan(10, 20)
    assert not same_vlan(10, None)


def test_a_router_follows_from_the_subnets_unless_it_is_drawn() -> None:
    drawn = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1")
    alone = build_wire(drawn.topology, drawn.topology.of(Segment)[0])
    with_router = drawn.router("R", cable="LAN", addresses=("10.0.0.1/24",)).topology
    there = build_wire(with_router, with_router.of(Segment)[0])

    assert [port.owner for ports in alone.stations.values() for port in ports] == ["LAN"]
    assert [port.owner for ports in there.stations.values() for port in ports] == ["R"]
    assert implied_router(SEGMENT).outside


def test_a_router_between_subnets_of_one_physical_network() -> None:
    subnets = ({"prefix": "10.0.0.0/24", "router": "10.0.0.1"}, {"prefix": "10.1.0.0/24", "router": "10.1.0.1"})
    drawn = design().segment("LAN", subnets=subnets).client("A", cable="LAN", addresses=("10.0.0.5/24",))
    drawn = drawn.client("B", cable="LAN", addresses=("10.1.0.5/24",))

    found = walk(drawn, "A", "B")

    assert found.works
    assert "The router of “LAN” forwards it: hop limit 127." in [hop.text for hop in found.hops]


def test_clients_in_different_vlans_of_one_physical_network() -> None:
    subnets = ({"prefix": "10.0.0.0/25", "vlan": 10}, {"prefix": "10.0.0.128/25", "vlan": 20})
    drawn = design().segment("LAN", subnets=subnets).client("A", cable="LAN", addresses=("10.0.0.5/24",))
    drawn = drawn.client("B", cable="LAN", addresses=("10.0.0.200/24",))

    assert walk(drawn, "A", "B").code == "D-VLAN"


def test_a_client_without_address_takes_one_of_the_wire() -> None:
    drawn = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1").client("A", cable="LAN")
    drawn = drawn.client("B", cable="LAN", addresses=("10.0.0.5/24",))

    assert walk(drawn, "B", "A").hops[-1].header == "I[10.0.0.5>A] T[50000>80]"
    assert World(drawn.topology).wire(EntityId("LAN")) is not None
