from __future__ import annotations

from designer.graph.queries import Fabric
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer


def i(text: str) -> EntityId:
    return EntityId(text)


def host_with_corp() -> list[object]:
    return [
        Host(id=i("h"), name="HOST01"),
        PhysicalNic(id=i("nic"), name="Ethernet", parent=i("h")),
        ContainerNetwork(id=i("corp"), name="corp", parent=i("h"), mode=NetworkMode.TRANSPARENT),
        ContainerNetwork(id=i("nat"), name="nat0", parent=i("h")),
        Uplink(id=i("up"), source=i("corp"), target=i("nic")),
        WindowsContainer(id=i("web"), name="web01", parent=i("h")),
        HyperVContainer(id=i("api"), name="api01", parent=i("h")),
        Attachment(id=i("web-nat"), source=i("web"), target=i("nat")),
        Attachment(id=i("api-corp"), source=i("api"), target=i("corp")),
        Segment(id=i("lan"), name="LAN"),
        Client(id=i("pc"), name="client01"),
        Cable(id=i("c1"), source=i("nic"), target=i("lan")),
        Cable(id=i("c2"), source=i("pc"), target=i("lan")),
    ]


def fabric(*more: object) -> Fabric:
    return Fabric(Topology.of_entities([*host_with_corp(), *more]))  # type: ignore[list-item] # all are entities


def test_a_transparent_container_shares_the_wire_with_the_client() -> None:
    assert fabric().neighbours(i("api")) >= {"pc", "h", "lan"}
    assert fabric().segments_of(i("api")) == ("lan",)


def test_a_nat_container_meets_only_its_host() -> None:
    assert "pc" not in fabric().neighbours(i("web"))
    assert "h" in fabric().neighbours(i("web"))
    assert fabric().segments_of(i("web")) == ()


def test_a_path_leads_through_the_host() -> None:
    assert fabric().path(i("web"), i("pc")) == ("web", "h", "pc")
    assert fabric().path(i("web"), i("missing")) == ()


def test_containers_on_different_vlans_do_not_hear_each_other() -> None:
    tagged = [
        VSwitch(id=i("sw"), name="sw", parent=i("h")),
        *(
            ContainerNetwork(
                id=i(f"v{vlan}"), name=f"v{vlan}", parent=i("h"), mode=NetworkMode.L2BRIDGE, switch=i("sw"), vlan=vlan
            )
            for vlan in (10, 20)
        ),
        *(WindowsContainer(id=i(f"w{vlan}"), name=f"w{vlan}", parent=i("h")) for vlan in (10, 20)),
        *(Attachment(id=i(f"a{vlan}"), source=i(f"w{vlan}"), target=i(f"v{vlan}")) for vlan in (10, 20)),
    ]
    assert "w20" not in fabric(*tagged).neighbours(i("w10"))


def test_an_overlay_joins_containers_of_two_hosts_but_not_the_wire() -> None:
    second = [
        Host(id=i("h2"), name="HOST02"),
        PhysicalNic(id=i("nic2"), name="Ethernet", parent=i("h2")),
        WindowsContainer(id=i("far"), name="far", parent=i("h2")),
        ContainerNetwork(id=i("over"), name="over", mode=NetworkMode.OVERLAY),
        Attachment(id=i("far-over"), source=i("far"), target=i("over")),
        Attachment(id=i("web-over"), source=i("web"), target=i("over")),
        Uplink(id=i("up2"), source=i("over"), target=i("nic2")),
        Cable(id=i("c3"), source=i("nic2"), target=i("lan")),
    ]
    connected = fabric(*second)
    assert "far" in connected.neighbours(i("web"))
    assert "pc" not in connected.neighbours(i("far"))


def test_two_uplinks_of_one_switch_into_one_network_are_a_loop() -> None:
    loop = [
        VSwitch(id=i("sw"), name="sw", parent=i("h")),
        PhysicalNic(id=i("n1"), name="Ethernet 2", parent=i("h")),
        PhysicalNic(id=i("n2"), name="Ethernet 3", parent=i("h")),
        Uplink(id=i("u1"), source=i("sw"), target=i("n1")),
        Uplink(id=i("u2"), source=i("sw"), target=i("n2")),
        Cable(id=i("k1"), source=i("n1"), target=i("lan")),
        Cable(id=i("k2"), source=i("n2"), target=i("lan")),
    ]
    assert fabric().loops() == ()
    assert fabric(*loop).loops() == (("lan", "n1", "n2", "sw"),)


def test_routers_join_domains_for_packets_and_part_them_for_frames() -> None:
    routed = [
        Segment(id=i("lan2"), name="LAN 2"),
        Client(id=i("pc2"), name="client02"),
        Router(id=i("r"), name="router"),
        *(
            Cable(id=i(f"x{end}{wire}"), source=i(end), target=i(wire))
            for end, wire in (("r", "lan"), ("r", "lan2"), ("pc2", "lan2"))
        ),
    ]
    connected = fabric(*routed)
    assert connected.path(i("pc"), i("pc2")) == ("pc", "r", "pc2")
    assert "pc2" not in connected.neighbours(i("pc"))
    assert any({"pc2", "r", "lan2"} == domain for domain in connected.broadcast_domains())
