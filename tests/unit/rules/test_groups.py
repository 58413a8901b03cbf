"""Groups of entities with one key, kept from edit to edit."""

from __future__ import annotations

from collections.abc import Hashable

from designer.model.identity import EntityId
from designer.rules.design import Design
from designer.rules.groups import Groups, group_of, keys_of
from designer.rules.ports import HOST_PORTS
from tests.unit.rules.designs import design

TWICE = ({"host_port": 8080, "container_port": 80}, {"host_port": 8080, "container_port": 81})
DRAWN = (
    design()
    .host("HOST01")
    .network("nat0")
    .container("web01", on="nat0", ports=TWICE)
    .container("web02", on="nat0", ports=({"host_port": 8080},))
    .container("web03", on="nat0")
)
KEY = (EntityId("HOST01"), "tcp", 8080)


def test_an_entity_counts_once_for_each_time_it_has_the_key() -> None:
    found = Design(DRAWN.topology)
    groups = Groups.of(found, HOST_PORTS)
    assert groups.members(KEY) == ("web01|nat0", "web01|nat0", "web02|nat0")
    assert list(groups.keys(2)) == [KEY]
    assert [link.id for link in group_of(found, groups, KEY).members] == ["web01|nat0", "web02|nat0"]


def test_an_entity_moves_from_group_to_group() -> None:
    found = Design(DRAWN.topology)
    groups = Groups.of(found, HOST_PORTS)
    before = keys_of(found, HOST_PORTS, EntityId("web01|nat0"))
    assert before == [KEY, KEY]
    other: Hashable = (EntityId("HOST01"), "tcp", 9000)
    after = groups.moved(EntityId("web01|nat0"), before, [other])
    assert after.members(KEY) == ("web02|nat0",)
    assert after.members(other) == ("web01|nat0",)
    assert groups.members(KEY) == ("web01|nat0", "web01|nat0", "web02|nat0")
    assert set(after.keys(1)) == {KEY, other}


def test_what_is_gone_or_of_another_kind_has_no_key() -> None:
    found = Design(DRAWN.topology)
    assert keys_of(found, HOST_PORTS, EntityId("gone")) == []
    assert keys_of(found, HOST_PORTS, EntityId("nat0")) == []
    assert keys_of(found, HOST_PORTS, EntityId("web03|nat0")) == []
