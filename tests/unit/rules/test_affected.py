"""What an edit can affect."""

from __future__ import annotations

from typing import Any

from designer.model.changes import ChangeSet, Edit
from designer.model.identity import EntityId
from designer.rules.affected import Affected, affected, neighbourhood
from designer.rules.design import Design
from designer.rules.registry import Reach
from tests.unit.rules.designs import Drawn, design

DRAWN = (
    design()
    .segment("LAN", "10.0.0.0/24")
    .host("HOST01")
    .nic("Ethernet", cable="LAN")
    .network("corp", mode="transparent", uplink="Ethernet")
    .container("web01", on="corp")
    .network("nat0")
    .container("app01", on="nat0")
    .host("HOST02")
    .nic("Ethernet 2", cable="LAN")
    .host("HOST03")
)


def edited(drawn: Drawn, name: str, /, **fields: Any) -> Affected:
    before = drawn.topology
    entity = before[EntityId(name)]
    change = ChangeSet("Edit", (Edit(entity, entity.evolve(**fields)),))
    return affected(Design(before), Design(before.apply(change)), change)


def test_the_thing_itself_and_what_it_is_linked_to() -> None:
    found = edited(DRAWN, "web01", memory_mb=512)
    assert found.by_reach[Reach.SELF] == {"web01"}
    assert found.by_reach[Reach.LINKS] == {"web01", "web01|corp", "corp"}
    assert "HOST01" in found.by_reach[Reach.HOST]
    assert found.hosts == {"HOST01"}
    assert not found.renamed


def test_a_wire_concerns_all_that_it_carries() -> None:
    found = edited(DRAWN, "LAN", mtu=9000)
    assert {"corp", "web01|corp", "Ethernet"} <= found.by_reach[Reach.WIRE]
    assert "nat0" not in found.by_reach[Reach.WIRE]


def test_a_host_concerns_all_that_stands_in_it() -> None:
    found = edited(DRAWN, "HOST01", os="ws2016")
    assert {"web01", "app01", "corp", "nat0", "web01|corp", "Ethernet"} <= found.by_reach[Reach.SELF]
    assert "HOST02" not in found.by_reach[Reach.SELF]


def test_a_new_name_changes_no_truth() -> None:
    found = edited(DRAWN, "HOST01", name="HOST09")
    assert found.renamed
    assert found.old_names == {"HOST01"}
    assert found.by_reach[Reach.SELF] == {"HOST01"}


def test_hosts_on_one_wire_are_neighbours() -> None:
    found = neighbourhood((Design(DRAWN.topology),), edited(DRAWN, "app01", memory_mb=512))
    assert {"HOST01", "HOST02", "LAN"} <= found
    assert found.isdisjoint({"HOST03", None})


def test_an_edit_outside_all_hosts_is_near_everything_there() -> None:
    found = neighbourhood((Design(DRAWN.topology),), edited(DRAWN, "LAN", mtu=9000))
    assert {None, "LAN", "HOST01", "HOST02"} <= found
    assert "HOST03" not in found
