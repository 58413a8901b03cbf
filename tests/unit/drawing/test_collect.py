from __future__ import annotations

from designer.drawing.collect import Collector, switch_part
from designer.drawing.parts import Parts, Role
from designer.drawing.scene import Scene
from designer.model.hosts import Host, HostVNic, SetTeam
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.model.workloads import Compartment, WindowsContainer
from tests.unit.sample import API, CORP, HOST, NAT, NIC, WEB, eid, sample


def collect(topology: Topology) -> Parts:
    return Collector(topology).collect()


def parent_of(parts: Parts, key: PartKey) -> PartKey | None:
    row = parts.parent(parts.row_of[key])
    return parts.nodes[row].key if row >= 0 else None


def test_containers_stand_in_compartments_and_utility_vms() -> None:
    parts = collect(sample())

    assert parent_of(parts, PartKey(WEB)) == PartKey(WEB, "compartment")
    assert parent_of(parts, PartKey(API)) == PartKey(API, "utility-vm")
    assert parent_of(parts, PartKey(WEB, "compartment")) == PartKey(HOST)


def test_the_zone_of_a_container_moves_with_it() -> None:
    parts = collect(sample())

    assert parts.nodes[parts.row_of[PartKey(WEB, "compartment")]].mover == PartKey(WEB)


def test_the_host_stack_holds_vnics_and_winnat_in_order() -> None:
    parts = collect(sample())
    stack = parts.row_of[PartKey(HOST, "compartment")]

    assert [parts.nodes[row].look.title for row in parts.children(stack)] == [
        "vEthernet (nat0)",
        "WinNAT",
        "vEthernet (corp)",
    ]
    assert {parts.nodes[row].mover for row in parts.children(stack)} == {PartKey(HOST, "compartment")}


def test_a_host_inside_a_host_is_a_zone_in_it() -> None:
    stray = Host(id=eid("stray"), name="STRAY", parent=HOST)
    lost = ContainerNetwork(id=eid("lost"), name="lost", parent=stray.id)
    topology = Topology.of_entities([*sample().entities.values(), stray, lost])
    parts = collect(topology)

    assert parent_of(parts, PartKey(stray.id)) == PartKey(HOST)
    assert parent_of(parts, PartKey(lost.id)) == PartKey(stray.id)
    assert len(Scene.build(topology).keys) == len(parts.nodes)


def test_a_container_that_shares_a_network_stands_in_the_same_compartment() -> None:
    parts = collect(sample(WindowsContainer(id=eid("s"), name="side", parent=HOST, shares_network_of=WEB)))

    assert parent_of(parts, PartKey(eid("s"))) == PartKey(WEB, "compartment")


def test_containers_that_share_in_a_circle_are_drawn_all_the_same() -> None:
    parts = collect(
        sample(
            WindowsContainer(id=eid("x"), name="x", parent=HOST, shares_network_of=eid("y")),
            WindowsContainer(id=eid("y"), name="y", parent=HOST, shares_network_of=eid("x")),
        )
    )

    assert {PartKey(eid("x")), PartKey(eid("y"))} <= set(parts.row_of)


def test_an_overlay_is_a_band_and_a_switch_on_each_host() -> None:
    overlay = ContainerNetwork(id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY)
    parts = collect(sample(overlay, Attachment(id=eid("a"), source=WEB, target=eid("ov"))))

    assert parts.nodes[0].role is Role.OVERLAY
    assert parent_of(parts, PartKey(eid("ov"), switch_part(HOST))) == PartKey(HOST)


def test_a_compartment_drawn_by_hand_holds_what_it_contains() -> None:
    parts = collect(
        sample(
            Compartment(id=eid("c"), name="pod", parent=HOST),
            WindowsContainer(id=eid("m"), name="m", parent=eid("c")),
            HostVNic(id=eid("v"), name="v", parent=eid("c")),
        )
    )

    assert parent_of(parts, PartKey(eid("m"))) == PartKey(eid("c"))
    assert parent_of(parts, PartKey(eid("v"))) == PartKey(eid("c"))


def test_a_host_compartment_drawn_by_hand_takes_the_host_stack() -> None:
    parts = collect(sample(Compartment(id=eid("c"), name="own", parent=HOST, number=1)))

    assert PartKey(HOST, "compartment") not in parts.row_of
    assert parent_of(parts, PartKey(NAT, f"vnic:{HOST}")) == PartKey(eid("c"))


def test_adapters_in_a_team_move_with_it() -> None:
    nic = sample()[NIC].evolve(parent=eid("t"))
    parts = collect(sample(SetTeam(id=eid("t"), name="Team1", parent=HOST), nic))

    assert parts.nodes[parts.row_of[PartKey(NIC)]].mover == PartKey(eid("t"))


def test_what_stands_in_a_network_is_drawn_beside_it() -> None:
    parts = collect(sample(LoadBalancer(id=eid("lb"), name="lb", parent=CORP)))

    assert parent_of(parts, PartKey(eid("lb"))) == PartKey(HOST)
