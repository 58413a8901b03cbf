"""Findings by what they are about, kept from edit to edit."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.changes import ChangeSet, Edit
from designer.model.identity import EntityId
from designer.rules.catalogue import rule_of
from designer.rules.design import Design
from designer.rules.ledger import Entry, Ledger, Place
from designer.rules.registry import Finding, Judged
from tests.unit.rules.designs import design

DRAWN = Design(
    design()
    .host("HOST01")
    .network("nat0")
    .container("web01", on="nat0")
    .host("HOST02")
    .network("nat1")
    .segment("LAN")
    .topology
)
HOST01, HOST02, NAT0, NAT1, WEB01, LAN = map(EntityId, ("HOST01", "HOST02", "nat0", "nat1", "web01", "LAN"))


def judged(rule_id: str, *elements: EntityId) -> Judged:
    return Judged(rule_of(rule_id), Finding(elements, "It is so."), elements[0], (0, rule_id))


def place(found: Judged) -> Place:
    return found.rule.id, found.subject


def places(found: Iterable[tuple[Place, Entry]]) -> list[Place]:
    return list(dict.fromkeys(each for each, _ in found))


GATEWAY, NAMES, WIRE = judged("IPA002", NAT0, WEB01), judged("HST007", NAT1), judged("TOP005", LAN)
LEDGER = Ledger.of(DRAWN, {place(each): [each] for each in (GATEWAY, NAMES, WIRE)})


def test_entries_are_found_by_their_elements() -> None:
    assert places(LEDGER.about((WEB01, NAT0))) == [place(GATEWAY)]
    assert places(LEDGER.about((HOST01,))) == []


def test_entries_are_near_the_hosts_they_stand_on_and_those_outside_near_themselves() -> None:
    assert places(LEDGER.near((HOST01, LAN))) == [place(GATEWAY), place(WIRE)]
    assert places(LEDGER.near((HOST02, None))) == [place(NAMES), place(WIRE)]
    assert places(LEDGER.near((HOST02,))) == [place(NAMES)]


def test_entering_takes_the_place_of_what_was_found_before() -> None:
    moved = judged("IPA002", NAT0, NAT1)
    after = LEDGER.entered(DRAWN, place(GATEWAY), [moved])
    assert after.at(place(GATEWAY)) == (moved,)
    assert places(after.about((WEB01,))) == []
    assert places(after.near((HOST02,))) == [place(NAMES), place(GATEWAY)]
    assert LEDGER.at(place(GATEWAY)) == (GATEWAY,)


def test_nothing_stays_of_a_place_without_findings() -> None:
    after = LEDGER
    for each in (GATEWAY, NAMES, WIRE):
        after = after.entered(DRAWN, place(each), [])
    assert after == Ledger.of(DRAWN, {})


def test_quick_fixes_are_counted() -> None:
    quick = [each for each in (GATEWAY, NAMES, WIRE) if each.rule.fix_class.value == "quick"]
    assert LEDGER.quick == len(quick) > 0
    assert LEDGER.entered(DRAWN, place(quick[0]), []).quick == LEDGER.quick - 1


def test_what_moved_to_another_host_is_entered_anew() -> None:
    assert LEDGER.holds(DRAWN, place(GATEWAY), [GATEWAY])
    assert not LEDGER.holds(DRAWN, place(GATEWAY), [judged("IPA002", NAT0)])
    assert not LEDGER.holds(DRAWN, place(GATEWAY), [])
    assert LEDGER.holds(DRAWN, ("IPA003", NAT0), [])
    network = DRAWN.topology[NAT0]
    moved = DRAWN.topology.apply(ChangeSet("Move", (Edit(network, network.evolve(parent=HOST02)),)))
    assert not LEDGER.holds(Design(moved), place(GATEWAY), [GATEWAY])
