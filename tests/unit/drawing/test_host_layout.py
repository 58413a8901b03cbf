from __future__ import annotations

from designer.drawing.layout import arrange
from designer.drawing.scene import Scene
from designer.model.annotations import Note
from designer.model.base import EntityBase
from designer.model.hosts import Host, HostVNic, VSwitch
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import PartKey
from designer.model.workloads import Compartment
from tests.unit.sample import CORP, HOST, NAT, NIC, WEB, eid, placed, sample


def scene(*more: EntityBase, without: tuple[str, ...] = ()) -> Scene:
    return Scene.build(sample(*more, without=("web01@", "api01@utility-vm", *without)))


def box(found: Scene, element: str) -> tuple[float, float, float, float]:
    return found.rect(PartKey(eid(element)))


def test_an_adapter_stands_under_the_right_end_of_its_bar() -> None:
    found = scene()
    bar, nic = box(found, CORP), box(found, NIC)

    assert nic[0] + nic[2] == bar[0] + bar[2]
    assert nic[1] > bar[1] + bar[3]


def test_an_administrators_switch_lies_under_the_networks_on_it() -> None:
    network = ContainerNetwork(id=eid("t"), name="t", parent=HOST, mode=NetworkMode.TRANSPARENT, switch=eid("s"))
    found = scene(
        VSwitch(id=eid("s"), name="s", parent=HOST), network, Attachment(id=eid("x"), source=WEB, target=eid("t"))
    )
    bar, switch = box(found, "t"), box(found, "s")

    assert switch[1] > bar[1] + bar[3]
    assert switch[0] <= bar[0]
    assert switch[0] + switch[2] >= bar[0] + bar[2]


def test_load_balancers_stand_above_the_workloads_and_notes_at_the_right() -> None:
    found = scene(LoadBalancer(id=eid("lb"), name="lb", parent=HOST), Note(id=eid("n"), name="n", parent=HOST))

    assert box(found, "lb")[1] < box(found, WEB)[1]
    assert box(found, "n")[0] > box(found, CORP)[0]


def test_a_placed_bar_stretches_over_what_plugs_into_it_but_not_over_its_neighbour() -> None:
    alone = scene(placed(NAT, 500, 400), placed(WEB, 1000, 100))
    wide = box(alone, NAT)
    crowded = scene(placed(NAT, 500, 400), placed(WEB, 1000, 100), placed(CORP, 800, 400))
    narrow = box(crowded, NAT)

    assert wide[0] + wide[2] >= box(alone, WEB)[0] + box(alone, WEB)[2]
    assert narrow[0] + narrow[2] < box(crowded, CORP)[0]


def test_an_empty_host_has_room_for_its_first_things() -> None:
    found = Scene.build(sample(Host(id=eid("h2"), name="HOST02")))

    assert box(found, "h2")[2:] == (560, 160)


def test_an_adapter_without_networks_stands_alone() -> None:
    found = scene(without=("nat0", "corp", "web-nat", "api-corp", "corp-nic"))

    assert box(found, NIC)[1] > box(found, HOST)[1] + 36


def test_an_unplaced_switch_covers_what_plugs_into_it_as_a_placed_one_does() -> None:
    pod, vnic = Compartment(id=eid("c"), name="pod", parent=HOST), HostVNic(id=eid("v"), name="v", parent=eid("c"))
    link = Attachment(id=eid("x"), source=eid("v"), target=eid("s"))
    topology = sample(VSwitch(id=eid("s"), name="s", parent=HOST), pod, vnic, link, without=("host@",))
    automatic = Scene.build(topology)
    kept = Scene.build(topology.apply(arrange(topology)))

    assert box(kept, "s") == box(automatic, "s")
