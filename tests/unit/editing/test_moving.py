from __future__ import annotations

import pytest

from designer.editing.moving import move, reparent, resize
from designer.errors import ChangeError
from designer.model.annotations import Placement
from designer.model.hosts import Host, VSwitch
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.model.workloads import Compartment, WindowsContainer
from tests.unit.sample import API, CORP, HOST, LAN, NAT, WEB, WEB_NAT, eid, placed, sample


def spot(topology: Topology, element: str, part: str = "") -> tuple[float, float]:
    placement = topology.placement(eid(element), part)
    assert isinstance(placement, Placement)
    return (placement.x, placement.y)


def two_hosts() -> Topology:
    return sample(
        Host(id=eid("h2"), name="HOST02"),
        VSwitch(id=eid("sw"), name="sw", parent=HOST),
        ContainerNetwork(id=eid("n"), name="n", parent=HOST, mode=NetworkMode.TRANSPARENT, switch=eid("sw")),
        ContainerNetwork(id=eid("over"), name="over", mode=NetworkMode.OVERLAY),
        Attachment(id=eid("web-over"), source=WEB, target=eid("over")),
        WindowsContainer(id=eid("b"), name="b", parent=HOST, shares_network_of=WEB),
        placed(NAT, 0, 0, f"vnic:{HOST}"),
    )


def test_parts_move_by_their_offsets() -> None:
    topology = sample()
    change = move(topology, {PartKey(WEB): (5, -5), PartKey(API, "utility-vm"): (1, 1)})
    after = topology.apply(change)
    assert spot(after, WEB) == (25, 35)
    assert spot(after, API, "utility-vm") == (21, 141)
    assert change.label == "Move 2 items"


def test_what_was_never_placed_starts_where_the_drawing_shows_it() -> None:
    topology = sample()
    after = topology.apply(move(topology, {PartKey(LAN): (10, 10)}, {PartKey(LAN): (300, 400)}))
    assert spot(after, LAN) == (310, 410)


def test_contents_of_a_moving_container_stay_in_their_place() -> None:
    topology = sample()
    change = move(topology, {PartKey(HOST): (50, 0), PartKey(WEB): (50, 0)})
    assert spot(topology.apply(change), WEB) == (20, 40)
    assert change.label == "Move HOST01"


def test_no_distance_is_no_change() -> None:
    assert not move(sample(), {PartKey(WEB): (0, 0)})
    assert not move(sample(), {})


def test_a_place_off_every_canvas_is_refused() -> None:
    with pytest.raises(ChangeError):
        move(sample(), {PartKey(WEB): (1e9, 0)})


def test_resizing_leaves_the_contents_where_they_are_on_the_canvas() -> None:
    topology = sample()
    change = resize(topology, PartKey(HOST), 90, 120, 700, 500)
    after = topology.apply(change)
    host = after.placement(HOST)
    assert host is not None
    assert (host.x, host.y, host.width, host.height) == (90, 120, 700, 500)
    assert spot(after, WEB) == (30, 20)
    assert change.label == "Resize HOST01"
    with pytest.raises(ChangeError):
        resize(topology, PartKey(HOST), 0, 0, 0, 10)


def test_a_container_goes_into_a_compartment() -> None:
    topology = sample(Compartment(id=eid("c"), name="c", parent=HOST))
    after = topology.apply(reparent(topology, WEB, eid("c"), 8, 9))
    web = after.find(WEB, WindowsContainer)
    assert web is not None
    assert web.parent == "c"
    assert spot(after, WEB) == (8, 9)
    assert WEB_NAT in after


def test_what_cannot_hold_it_says_why() -> None:
    topology = sample(Compartment(id=eid("c"), name="c", parent=HOST))
    with pytest.raises(ChangeError, match="utility VM"):
        reparent(topology, API, eid("c"), 0, 0)
    with pytest.raises(ChangeError, match="no longer"):
        reparent(topology, eid("missing"), HOST, 0, 0)


def test_the_same_container_is_only_a_move() -> None:
    topology = sample()
    assert not reparent(topology, WEB, HOST, 20, 40)
    assert reparent(topology, WEB, HOST, 21, 40)


def test_on_another_host_a_container_loses_what_only_the_old_one_has() -> None:
    topology = two_hosts()
    change = reparent(topology, WEB, eid("h2"), 0, 0)
    after = topology.apply(change)
    assert WEB_NAT not in after
    assert eid("web-over") in after
    sharer = after.find(eid("b"), WindowsContainer)
    assert sharer is not None
    assert sharer.shares_network_of is None
    assert after.apply(change.inverse()) == topology


def test_a_network_that_moves_loses_its_switch_and_its_endpoints() -> None:
    topology = two_hosts()
    after = topology.apply(reparent(topology, eid("n"), eid("h2"), 0, 0))
    network = after.find(eid("n"), ContainerNetwork)
    assert network is not None
    assert network.switch is None
    after = topology.apply(reparent(topology, NAT, eid("h2"), 0, 0))
    assert WEB_NAT not in after
    assert after.placement(NAT, f"vnic:{HOST}") is None


def test_a_switch_that_moves_is_forgotten_and_the_sharer_that_moves_forgets() -> None:
    topology = two_hosts()
    network = topology.apply(reparent(topology, eid("sw"), eid("h2"), 0, 0)).find(eid("n"), ContainerNetwork)
    assert network is not None
    assert network.switch is None
    sharer = topology.apply(reparent(topology, eid("b"), eid("h2"), 0, 0)).find(eid("b"), WindowsContainer)
    assert sharer is not None
    assert sharer.shares_network_of is None


def test_an_uplink_goes_with_the_network_that_moves() -> None:
    topology = two_hosts()
    assert eid("corp-nic") not in topology.apply(reparent(topology, CORP, eid("h2"), 0, 0))
