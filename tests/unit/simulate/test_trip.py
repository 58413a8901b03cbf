"""What is recorded under way."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest

from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.simulate.frames import Frame, fixed
from designer.simulate.trip import Trip
from designer.simulate.world import World
from tests.unit.simulate.paths import one_host, packet

BEFORE = Frame(fixed(IPv4Address("172.16.0.10")), fixed(IPv4Address("192.0.2.50")), target_port=80)
AFTER = BEFORE._replace(source=fixed(IPv4Address("10.0.0.11")), source_port=61001)


@pytest.fixture
def trip() -> Trip:
    return Trip(World(one_host().topology), packet("HOST1", "X"))


def test_a_translation_is_reversed_at_its_place_only(trip: Trip) -> None:
    trip.record("here", BEFORE, AFTER)

    found = trip.recorded("here", AFTER.answer())
    assert found is not None
    assert found.flow == BEFORE.answer().flow
    assert trip.recorded("there", AFTER.answer()) is None
    assert trip.recorded("here", BEFORE.answer()) is None


def test_hosts_that_were_looked_at(trip: Trip) -> None:
    assert trip.machine(None) is None
    assert trip.machine(EntityId("HOST1")) is not None
    assert trip.touched == {"HOST1"}


def test_ports_of_translations_differ(trip: Trip) -> None:
    assert trip.new_port() != trip.new_port()


def test_only_known_reasons(trip: Trip) -> None:
    with pytest.raises(AssertionError):
        trip.drop(PartKey(EntityId("HOST1")), "D-WHATEVER", "", BEFORE, "")


def test_parts_that_nothing_draws_are_not_named(trip: Trip) -> None:
    assert trip.drop(PartKey(EntityId("LAN"), "router"), "D-ARP", "", BEFORE, "").hop.part == ""
    assert trip.drop(PartKey(EntityId("C"), "compartment"), "D-ARP", "", BEFORE, "").hop.part == "compartment"


def test_rows_without_a_source_are_inferred(trip: Trip) -> None:
    assert trip.drop(PartKey(EntityId("C")), "D-ARP", "", BEFORE, "T4").hop.inferred
    assert not trip.drop(PartKey(EntityId("C")), "D-ARP", "", BEFORE, "T5").hop.inferred
