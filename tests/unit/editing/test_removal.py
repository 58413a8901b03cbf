from __future__ import annotations

from designer.editing.removal import delete
from designer.model.annotations import Note
from designer.model.hosts import VSwitch
from designer.model.links import Reference, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from tests.unit.sample import CORP, HOST, LAN, NAT, NIC, WEB, WEB_NAT, eid, placed, sample


def deleted(topology: Topology, *ids: str) -> Topology:
    change = delete(topology, [eid(found) for found in ids])
    after = topology.apply(change)
    assert after.apply(change.inverse()) == topology
    return after


def test_a_network_goes_with_its_links() -> None:
    after = deleted(sample(), NAT)
    assert NAT not in after
    assert WEB_NAT not in after
    assert WEB in after


def test_a_container_goes_with_its_placements_and_a_host_with_everything_in_it() -> None:
    assert eid("api01@utility-vm") not in deleted(sample(), "api01")
    assert {entity.id for entity in deleted(sample(), HOST).elements()} == {LAN, "client"}


def test_the_label_names_one_and_counts_several() -> None:
    topology = sample()
    assert delete(topology, [NAT]).label == "Delete nat0"
    assert delete(topology, [NAT, WEB, NAT]).label == "Delete 2 items"
    assert delete(topology, [WEB_NAT]).label == "Delete web01 – nat0"


def test_nothing_to_delete_is_no_change() -> None:
    assert not delete(sample(), [])
    assert not delete(sample(), [eid("missing"), eid("web01@")])


def test_what_refers_to_a_deleted_element_forgets_it() -> None:
    topology = sample(
        VSwitch(id=eid("sw"), name="sw", parent=HOST),
        ContainerNetwork(id=eid("n"), name="n", parent=HOST, mode=NetworkMode.TRANSPARENT, switch=eid("sw")),
        WindowsContainer(id=eid("b"), name="b", parent=HOST, shares_network_of=WEB),
    )
    after = deleted(topology, "sw", WEB)
    network, sharer = after.find(eid("n"), ContainerNetwork), after.find(eid("b"), WindowsContainer)
    assert network is not None
    assert sharer is not None
    assert (network.switch, sharer.shares_network_of) == (None, None)


def test_a_call_out_to_a_link_goes_with_the_link() -> None:
    topology = sample(
        Note(id=eid("note"), name="Note"),
        Reference(id=eid("r1"), source=eid("note"), target=WEB_NAT),
        Reference(id=eid("r2"), source=eid("note"), target=eid("r1")),
    )
    after = deleted(topology, HOST)
    assert eid("note") in after
    assert eid("r1") not in after
    assert eid("r2") not in after


def test_a_host_takes_the_places_of_its_parts_of_overlay_networks_along() -> None:
    over = ContainerNetwork(id=eid("over"), name="over", mode=NetworkMode.OVERLAY)
    uplink = Uplink(id=eid("u"), source=eid("over"), target=NIC)
    topology = sample(over, uplink, placed(eid("over"), 1, 2, f"vnic:{HOST}"), placed(eid("over"), 3, 4))
    after = deleted(topology, HOST)
    assert after.placement(eid("over"), f"vnic:{HOST}") is None
    assert after.placement(eid("over")) is not None


def test_links_alone_can_go() -> None:
    after = deleted(sample(), WEB_NAT, "corp-nic")
    assert CORP in after
    assert len(list(after.links())) == 3
