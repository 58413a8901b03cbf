"""What is kept after an edit, and what an edit changes."""

from __future__ import annotations

import pytest

from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.simulate.building import build_machine
from designer.simulate.engine import trace
from designer.simulate.machines import Machine
from designer.simulate.world import World, hosts_changed_by
from tests.unit.simulate.paths import packet
from tests.unit.simulate.test_overlay import overlays

HOST1, HOST2 = EntityId("HOST1"), EntityId("HOST2")


def edit(topology: Topology, element: str, **fields: object) -> ChangeSet:
    before = topology[EntityId(element)]
    assert isinstance(before, EntityBase)
    return ChangeSet("Change", (Edit(before, before.evolve(**fields)),))


def test_only_machines_that_may_have_changed_are_made_anew() -> None:
    topology = overlays().topology
    world = World(topology)
    first, second = world.machine(HOST1), world.machine(HOST2)
    change = edit(topology, "D", image="other")
    after = topology.apply(change)

    kept = world.after(after, hosts_changed_by(topology, after, change))

    assert hosts_changed_by(topology, after, change) == {HOST2}
    assert first is not None
    assert kept.machine(HOST1).stacks is first.stacks  # type: ignore[union-attr]
    assert kept.machine(HOST2).stacks is not second.stacks  # type: ignore[union-attr]
    assert world.after(after, None).machine(HOST1).stacks is not first.stacks  # type: ignore[union-attr]


def test_a_change_of_what_spans_hosts_reaches_all_that_use_it() -> None:
    topology = overlays().topology
    world = World(topology)
    assert trace(world, packet("C", "D")).works
    change = edit(topology, "net1", mtu=1500)
    after = topology.apply(change)

    kept = world.after(after, hosts_changed_by(topology, after, change))

    assert trace(kept, packet("C", "D")).code == "D-MTU"


def test_nothing_is_looked_at_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def build(topology: Topology, host: Host) -> Machine:
        made.append(host.name)
        return build_machine(topology, host)

    monkeypatch.setattr("designer.simulate.world.build_machine", build)
    world = World(overlays().topology)
    trace(world, packet("C", "C2"))
    trace(world, packet("C2", "C"))

    assert made == ["HOST1"]


def test_the_hosts_of_a_link_are_those_of_its_ends() -> None:
    topology = overlays().topology
    link = topology[EntityId("NIC2|LAN")]
    change = ChangeSet("Unplug", (Edit(link, None),))

    assert hosts_changed_by(topology, topology.apply(change), change) == {HOST2}
    assert hosts_changed_by(topology, topology, edit(topology, "R", remark="x")) == frozenset()


def test_names() -> None:
    world = World(overlays().topology)

    assert world.name(EntityId("C")) == "C"
    assert world.name(EntityId("nothing")) == "nothing"
    assert world.machine(EntityId("nothing")) is None
    assert world.wire(EntityId("nothing")) is None
