from __future__ import annotations

from designer.editing.convert import convert_isolation
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from tests.unit.sample import API, HOST, NAT, WEB, WEB_NAT, eid, placed, sample


def test_isolation_changes_and_everything_else_stays() -> None:
    topology = sample()
    change = convert_isolation(topology, [WEB])
    after = topology.apply(change)
    before, web = topology.find(WEB, WindowsContainer), after.find(WEB, HyperVContainer)
    assert before is not None
    assert web is not None
    assert web.model_dump(exclude={"kind"}) == before.model_dump(exclude={"kind"})
    assert [link.id for link in after.links_of(WEB)] == [WEB_NAT]
    assert change.label == "Change isolation of web01"
    assert after.apply(change.inverse()) == topology


def test_twice_is_back() -> None:
    topology = sample()
    after = topology.apply(convert_isolation(topology, [WEB, API]))
    assert after.apply(convert_isolation(after, [WEB, API])) == topology


def test_the_zone_around_it_keeps_its_place() -> None:
    topology = sample()
    after = topology.apply(convert_isolation(topology, [API]))
    zone = after.placement(API, "compartment")
    assert zone is not None
    assert (zone.x, zone.y) == (20, 140)
    assert after.placement(API, "utility-vm") is None


def test_a_container_that_gets_a_vm_leaves_its_compartment_and_not_its_place() -> None:
    topology = sample(
        Compartment(id=eid("c"), name="c", parent=HOST),
        WindowsContainer(id=eid("in"), name="in", parent=eid("c")),
        placed(eid("c"), 100, 200),
        placed(eid("in"), 10, 20),
    )
    after = topology.apply(convert_isolation(topology, [eid("in")]))
    inner, placement = after.find(eid("in"), HyperVContainer), after.placement(eid("in"))
    assert inner is not None
    assert placement is not None
    assert (inner.parent, placement.x, placement.y) == (HOST, 110, 220)


def test_what_has_no_isolation_stays() -> None:
    assert not convert_isolation(sample(), [NAT, eid("missing")])
