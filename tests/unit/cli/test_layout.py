"""Placing from the command line."""

from __future__ import annotations

from pathlib import Path

from designer import api
from designer.model.annotations import Placement
from designer.model.identity import EntityId
from designer.model.topology import Topology
from tests.unit.cli.conftest import Designer

SEED = api.examples()[0]


def unplaced() -> bytes:
    topology = api.load(SEED).topology
    rest = (entity for entity in topology.entities.values() if not isinstance(entity, Placement))
    return api.to_bytes(api.Document(Topology.of_entities(rest)))


def test_what_has_no_position_gets_one(designer: Designer, tmp_path: Path) -> None:
    path = tmp_path / "placed.cnd"

    assert designer("layout", "-", "-o", path, given=unplaced()).code == 0

    placed = {found.element for found in api.load(path).topology.of(Placement)}
    assert {"host01", "nat", "web01", "api01", "lan", "client"} <= placed


def test_a_position_is_kept_unless_everything_is_placed(designer: Designer, tmp_path: Path) -> None:
    topology = api.load(SEED).topology
    moved = Placement(id=EntityId("lan@"), element=EntityId("lan"), x=1234.0, y=777.0)
    rest = [entity for entity in topology.entities.values() if not isinstance(entity, Placement)]
    path = tmp_path / "a.cnd"
    api.save(api.Document(Topology.of_entities([*rest, moved])), path)

    designer("layout", path, "-o", tmp_path / "kept.cnd")
    designer("layout", path, "-o", tmp_path / "anew.cnd", "--all")

    assert api.load(tmp_path / "kept.cnd").topology.placement(EntityId("lan")) == moved
    assert api.load(tmp_path / "anew.cnd").topology.placement(EntityId("lan")) != moved


def test_the_same_design_gives_the_same_bytes(designer: Designer) -> None:
    first, second = (designer("layout", "-", "-o", "-", given=unplaced()) for _ in range(2))

    assert first.out == second.out
