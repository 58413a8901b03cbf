from __future__ import annotations

import pytest

from designer.errors import StaleChangeError, StructureError
from designer.model.annotations import Placement
from designer.model.base import Link
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host, PhysicalNic, VSwitch
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork
from designer.model.topology import FEW, MAX_DEPTH, Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from tests.unit.sample import API, CLIENT, CORP, HOST, LAN, NAT, NIC, WEB, WEB_NAT, design, eid, sample


def change(*edits: Edit) -> ChangeSet:
    return ChangeSet("Test", edits)


def test_look_ups_find_by_id_type_parent_and_link_end() -> None:
    topology = sample()
    assert topology[WEB].id == WEB
    assert topology.get(eid("missing")) is None
    assert topology.get(None) is None
    assert topology.find(WEB, WindowsContainer) is not None
    assert topology.find(WEB, HyperVContainer) is None
    assert [host.id for host in topology.of(Host)] == [HOST]
    assert [child.id for child in topology.children(None)] == [CLIENT, HOST, LAN]
    assert [network.id for network in topology.children(HOST, ContainerNetwork)] == [CORP, NAT]
    assert [link.id for link in topology.links_of(WEB)] == [WEB_NAT]
    assert topology.links_of(WEB, Cable) == ()
    assert {type(referrer) for referrer in topology.referrers(WEB)} == {Attachment, Placement}
    placement = topology.placement(API, "utility-vm")
    assert placement is not None
    assert (placement.x, placement.y) == (20, 140)
    assert topology.placement(API) is None


def test_elements_and_links_are_all_that_a_person_sees() -> None:
    topology = sample()
    assert {element.id for element in topology.elements()} == {HOST, NIC, NAT, CORP, WEB, API, LAN, CLIENT}
    assert len(list(topology.links())) == 5
    assert all(isinstance(link, Link) for link in topology.links())


def test_descendants_come_after_their_container_and_ancestors_from_inside_out() -> None:
    inner = WindowsContainer(id=eid("in"), name="in", parent=eid("c"))
    topology = sample(Compartment(id=eid("c"), name="c", parent=HOST), inner)
    order = [element.id for element in topology.descendants(HOST)]
    assert order.index(eid("c")) < order.index(eid("in"))
    assert [outer.id for outer in topology.ancestors(eid("in"))] == ["c", HOST]


def test_equal_entities_make_equal_designs_in_any_order() -> None:
    entities = list(sample().entities.values())
    again = Topology.of_entities(reversed(entities))
    assert again == sample()
    assert hash(again) == hash(sample())
    assert again != sample(without=("client-lan",))


def test_a_change_leaves_the_old_design_alone_and_is_undone_exactly() -> None:
    before = sample()
    web = before.find(WEB, WindowsContainer)
    assert web is not None
    edit = change(Edit(web, web.evolve(name="web02")))
    after = before.apply(edit)
    assert after != before
    assert before.find(WEB, WindowsContainer) == web
    assert after.apply(edit.inverse()) == before


def test_sorted_look_ups_follow_small_and_large_changes() -> None:
    topology = sample()
    assert topology.of(Host)
    for count in (3, FEW + 1):
        hosts = [Host(id=eid(f"{number:03}"), name=f"h{number}") for number in range(count)]
        grown = topology.apply(change(*(Edit(None, host) for host in hosts)))
        assert grown.of(Host) == (*hosts, topology[HOST])
        shrunk = grown.apply(change(Edit(hosts[1], None), Edit(hosts[0], hosts[0].evolve(name="other"))))
        assert [host.name for host in shrunk.of(Host)][:2] == ["other", "h2"]
        assert shrunk.of(Host) == Topology.of_entities(shrunk.entities.values()).of(Host)


def test_an_entity_may_change_its_kind_and_keeps_its_links() -> None:
    topology = sample()
    assert len(topology.of(WindowsContainer)) == 1
    web = topology.find(WEB, WindowsContainer)
    assert web is not None
    other = HyperVContainer(id=WEB, name="web01", parent=HOST)
    after = topology.apply(change(Edit(web, other)))
    assert after.of(WindowsContainer) == ()
    assert other in after.of(HyperVContainer)
    assert [link.id for link in after.links_of(WEB)] == [WEB_NAT]


def test_a_stale_change_is_refused() -> None:
    topology = sample()
    host = topology.find(HOST, Host)
    assert host is not None
    stale = change(Edit(host.evolve(name="old"), host.evolve(name="new")))
    with pytest.raises(StaleChangeError, match="Test"):
        topology.apply(stale)
    with pytest.raises(StaleChangeError):
        topology.apply(change(Edit(None, host)))


@pytest.mark.parametrize("left", [HOST, NAT, WEB])
def test_what_still_holds_or_joins_something_cannot_go_alone(left: str) -> None:
    topology = sample()
    with pytest.raises(StructureError, match="still contains"):
        topology.apply(change(Edit(topology[eid(left)], None)))


def test_unsound_structure_is_refused() -> None:
    twice = Host(id=eid("h"), name="one")
    with pytest.raises(StructureError, match="twice"):
        design(twice, twice)
    with pytest.raises(StructureError, match="refers to"):
        design(twice, Uplink(id=eid("u"), source=eid("h"), target=eid("gone")))
    with pytest.raises(StructureError, match="no element"):
        design(PhysicalNic(id=eid("n"), name="n", parent=eid("gone")))
    cable = Cable(id=eid("c"), source=eid("h"), target=eid("h"))
    with pytest.raises(StructureError, match="no element"):
        design(twice, cable, PhysicalNic(id=eid("n"), name="n", parent=eid("c")))


def test_circles_of_containment_are_refused() -> None:
    with pytest.raises(StructureError, match="contain itself"):
        design(*(Compartment(id=eid(a), name=a, parent=eid(b)) for a, b in ("ab", "bc", "ca")))
    topology = design(*(Compartment(id=eid(a), name=a, parent=b) for a, b in (("a", None), ("b", eid("a")))))
    top = topology.find(eid("a"), Compartment)
    assert top is not None
    with pytest.raises(StructureError, match="contain itself"):
        topology.apply(change(Edit(top, top.evolve(parent=eid("b")))))


def chain(prefix: str, length: int) -> list[Compartment]:
    return [
        Compartment(id=eid(f"{prefix}{number}"), name="c", parent=eid(f"{prefix}{number - 1}") if number else None)
        for number in range(length)
    ]


def test_nesting_ends_somewhere() -> None:
    design(*chain("a", MAX_DEPTH + 1))
    for entities in (chain("a", MAX_DEPTH + 2), list(reversed(chain("a", 5000)))):
        with pytest.raises(StructureError, match="inside more than"):
            design(*entities)


def test_moving_a_deep_container_into_a_deep_container_is_refused() -> None:
    topology = design(*chain("a", 20), *chain("b", 20))
    top = topology.find(eid("b0"), Compartment)
    assert top is not None
    with pytest.raises(StructureError, match="inside more than"):
        topology.apply(change(Edit(top, top.evolve(parent=eid("a19")))))
    assert topology.apply(change(Edit(top, top.evolve(parent=eid("a5")))))


def test_references_without_links_count_as_well() -> None:
    switch = VSwitch(id=eid("sw"), name="sw", parent=HOST)
    network = ContainerNetwork(id=eid("n"), name="n", parent=HOST, switch=eid("sw"))
    topology = sample(switch, network)
    assert topology.referrers(eid("sw")) == (network,)
    with pytest.raises(StructureError):
        topology.apply(change(Edit(switch, None)))
