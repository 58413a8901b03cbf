"""Who reaches whom."""

from __future__ import annotations

from designer.model.identity import EntityId
from designer.simulate.drops import DROPS
from designer.simulate.matrix import Cell, Reach, matrix
from designer.simulate.world import World
from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import one_host, with_route
from tests.unit.simulate.test_l2bridge import custom


def cells(drawn: Drawn) -> dict[tuple[str, str], Cell]:
    found = matrix(World(drawn.topology))
    return {(cell.source, cell.target): cell for row in found.rows for cell in row}


def nat() -> Drawn:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    return drawn.container("C2", on="nat0", ip="172.16.0.11", ports=({"host_port": 8080, "container_port": 81},))


def test_every_sender_meets_every_target() -> None:
    found = matrix(World(nat().balancer("LB", vip="10.9.9.9").topology))

    assert found.sources == ("C", "C2", "HOST1", "X")
    assert set(found.targets) == {"C", "C2", "HOST1", "LB", "X"}
    assert all([cell.target for cell in row] == list(found.targets) for row in found.rows)


def test_each_kind_of_cell() -> None:
    found = cells(nat())

    assert found["C", "C"].reach is Reach.SELF
    assert (found["C", "C2"].reach, found["C", "C2"].port, found["C", "C2"].row) == (Reach.YES, 81, "N1")
    assert (found["X", "C2"].reach, found["X", "C2"].port, found["X", "C2"].code) == (Reach.PUBLISHED, 8080, "")
    assert (found["X", "C"].reach, found["X", "C"].code) == (Reach.NO, "D-NOROUTE")
    assert found["X", "HOST1"].reach is Reach.YES
    one_way = cells(custom())["C", "X"]
    assert (one_way.reach, one_way.code) == (Reach.ONE_WAY, "D-NORETURN")
    assert cells(with_route(custom(), "10.244.1.0/24", "10.0.0.11"))["C", "X"].reach is Reach.YES


def test_every_cell_says_why() -> None:
    for cell in cells(custom()).values():
        assert (cell.reach in (Reach.NO, Reach.ONE_WAY)) is (cell.code in DROPS)
        assert cell.sentence or cell.reach is Reach.SELF


def test_equal_names_are_told_apart() -> None:
    drawn = nat().host("HOST2").network("nat2").container("twin", on="nat2")
    twin = drawn.topology[EntityId("twin")].evolve(id="twin2", parent="HOST1")
    drawn = drawn.also(twin)

    found = matrix(World(drawn.topology))

    assert found.names[EntityId("twin")] == "HOST2/twin"
    assert found.names[EntityId("twin2")] == "HOST1/twin"
