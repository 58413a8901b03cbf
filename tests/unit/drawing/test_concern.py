from __future__ import annotations

from designer.drawing.concern import Concern
from designer.editing.commands import delete, move, rename
from designer.model.changes import ChangeSet
from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from tests.unit.sample import CLIENT, HOST, LAN, WEB, WEB_NAT, eid, placed, sample


def concern(topology: Topology, change: ChangeSet) -> Concern:
    return Concern.of(topology, topology.apply(change), change)


def test_an_element_concerns_its_host_and_what_it_is_linked_with() -> None:
    topology = sample()

    assert concern(topology, rename(topology, WEB, "other")).collected == {HOST}
    assert concern(topology, rename(topology, LAN, "other")).collected == {HOST, CLIENT, LAN}
    assert concern(topology, delete(topology, [WEB_NAT])).collected == {HOST}


def test_a_move_is_only_laid_out_anew() -> None:
    topology = sample(placed(WEB, 400, 300), without=("web01@",))
    found = concern(topology, move(topology, {PartKey(WEB): (8.0, 8.0)}))

    assert found.collected == set()
    assert found.placed == found.everything == {HOST}
    assert found.moved == set()


def test_what_stands_on_the_canvas_may_have_another_place_there() -> None:
    topology = sample()

    assert concern(topology, move(topology, {PartKey(HOST): (8.0, 8.0)})).moved == {HOST}


def test_an_overlay_concerns_the_hosts_that_it_reaches_and_does_not_hear_of_its_links() -> None:
    topology = sample(
        Host(id=eid("h2"), name="HOST02"),
        WindowsContainer(id=eid("w2"), name="w2", parent=eid("h2")),
        ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY),
        Attachment(id=eid("a1"), source=WEB, target=eid("ov")),
        Attachment(id=eid("a2"), source=eid("w2"), target=eid("ov")),
    )

    assert concern(topology, rename(topology, eid("ov"), "other")).collected == {HOST, eid("h2"), eid("ov")}
    assert concern(topology, delete(topology, [eid("a2")])).collected == {eid("h2")}
