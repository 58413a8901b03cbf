from __future__ import annotations

from ipaddress import IPv4Interface
from typing import Any

import pytest

from designer.drawing import looks
from designer.drawing.looks import Border, Shape
from designer.drawing.theme import Layer
from designer.model.annotations import Note
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, Machine, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.realisation import HostVNicPart, PartKey, realise
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.workloads import HyperVContainer, WindowsContainer
from tests.unit.sample import CORP, HOST, LAN, NAT, NIC, WEB, eid, ip, sample, subnet


def test_a_host_names_release_build_machine_engine_and_modes() -> None:
    host = Host(id=HOST, name="HOST01", os=OsRelease.WS2016, engine_version="17.06", machine=Machine.BARE_METAL)
    networks = [
        ContainerNetwork(id=eid(mode), name=mode, parent=HOST, mode=NetworkMode(mode))
        for mode in ("transparent", "nat")
    ]

    look = looks.host_look(host, networks)

    assert look.fact == "Windows Server 2016 · 14393 · bare metal"
    assert look.detail == "Docker 17.06 · nat + transparent"
    assert (look.shape, look.border) == (Shape.ZONE, Border.BAND)


def test_zones_differ_by_their_border() -> None:
    container = HyperVContainer(id=eid("api"), name="api01", parent=HOST)
    overlay = ContainerNetwork(
        id=eid("ov"), name="ov", mode=NetworkMode.OVERLAY, subnets=(subnet("10.0.0.0/24", vni=4097),)
    )
    zones = [
        looks.compartment_look(1),
        looks.utility_vm_look(container),
        looks.band_look(overlay),
        looks.team_look(SetTeam(id=eid("t"), name="Team1", parent=HOST)),
    ]

    assert [look.border for look in zones] == [Border.DASHED, Border.DOUBLE, Border.LONG_DASHED, Border.THIN]
    assert zones[0].title == "Compartment 1 · host"
    assert zones[1].title == "Utility VM · api01"
    assert "VNI 4097" in zones[2].fact


@pytest.mark.parametrize(
    ("mode", "fact", "icon", "layer"),
    [
        ("nat", "internal", "switch-internal", Layer.SWITCHING),
        ("transparent", "external", "switch-external", Layer.SWITCHING),
        ("private", "private", "switch-private", Layer.SWITCHING),
        ("overlay", "overlay", "network-overlay", Layer.OVERLAY),
    ],
)
def test_a_network_is_the_bar_of_its_switch(mode: str, fact: str, icon: str, layer: Layer) -> None:
    look = looks.network_look(ContainerNetwork(id=eid("n"), name="n", parent=HOST, mode=NetworkMode(mode)))

    assert (look.shape, look.fact, look.icon, look.layer) == (Shape.BAR, fact, icon, layer)


def test_a_network_on_a_vlan_says_so() -> None:
    network = ContainerNetwork(id=eid("n"), name="n", parent=HOST, mode=NetworkMode.TRANSPARENT, vlan=20)

    assert looks.network_look(network).fact == "external · VLAN 20"


@pytest.mark.parametrize(
    ("mode", "subnets", "giver"),
    [
        (NetworkMode.NAT, (), "HNS"),
        (NetworkMode.TRANSPARENT, (), "DHCP"),
        (NetworkMode.TRANSPARENT, (subnet("10.0.0.0/24"),), "HNS"),
        (NetworkMode.OVERLAY, (), "the swarm"),
    ],
)
def test_the_mode_says_who_gives_an_address(mode: NetworkMode, subnets: tuple[Subnet, ...], giver: str) -> None:
    network = ContainerNetwork(id=NAT, name="some", mode=mode, subnets=subnets)

    assert looks.address_giver(network) == giver


def test_the_vnic_of_a_translated_network_has_its_address_from_hns() -> None:
    part = HostVNicPart(PartKey(NAT, "vnic"), "vEthernet (nat)", PartKey(NAT), NAT, ())
    nat = ContainerNetwork(id=NAT, name="nat", mode=NetworkMode.NAT)
    corp = ContainerNetwork(id=CORP, name="corp", mode=NetworkMode.TRANSPARENT)

    assert looks.vnic_look(part, nat).fact == "address from HNS"
    assert looks.vnic_look(part, corp).fact == "no address"
    assert looks.vnic_look(part).fact == "no address"


def test_under_an_external_switch_the_address_is_on_the_vnic_and_not_on_the_adapter() -> None:
    realised = realise(sample(), HOST)
    vnic = next(part for part in realised.host_vnics if part.network == CORP)
    nic = sample().find(NIC, PhysicalNic)
    assert nic is not None

    assert looks.vnic_look(vnic).fact == "10.0.0.11"
    assert looks.nic_look(nic, is_uplink=True).fact == "uplink"
    assert looks.nic_look(nic, is_uplink=False).fact == "10.0.0.11"


def test_adapters_say_what_matters_most() -> None:
    plain = PhysicalNic(id=NIC, name="Ethernet", parent=HOST)

    assert looks.nic_look(plain.evolve(link_up=False)).fact == "link down"
    assert looks.nic_look(plain.evolve(speed_mbps=10_000), is_uplink=True).fact == "uplink, 10 Gbit/s"
    assert looks.nic_look(plain.evolve(dhcp=True, speed_mbps=100)).fact == "DHCP, 100 Mbit/s"
    assert looks.nic_look(plain).fact == "no address"


def test_winnat_shows_its_prefix() -> None:
    part = realise(sample(), HOST).winnats[0]

    assert looks.winnat_look(part, None).title == "WinNAT"
    assert looks.winnat_look(part, WinNat(id=eid("w"), name="MyNat", parent=HOST)).title == "MyNat"
    assert looks.winnat_look(part, None).fact == "172.16.0.0/20"


def test_containers_tell_their_isolation_or_that_they_have_no_network() -> None:
    web = WindowsContainer(id=WEB, name="web01", parent=HOST)

    assert looks.windows_container_look(web).fact == "Windows container"
    assert looks.windows_container_look(web.evolve(network_none=True)).fact == "no network"
    assert looks.hyperv_container_look(HyperVContainer(id=WEB, name="a", parent=HOST)).layer is Layer.HYPERV


def test_a_physical_network_lists_subnet_vlan_dhcp_and_router() -> None:
    segment = sample().find(LAN, Segment)
    assert segment is not None

    assert looks.segment_look(segment).fact == "10.0.0.0/24 · DHCP · router 10.0.0.1"
    assert looks.segment_look(Segment(id=LAN, name="L", azure_vnet=True)).fact == "Azure virtual network"


def test_the_outside_shows_addresses() -> None:
    addresses = (IPv4Interface("10.0.0.1/24"), IPv4Interface("10.1.0.1/24"))

    assert looks.router_look(Router(id=eid("r"), name="r", addresses=addresses)).fact == "10.0.0.1 +1"
    assert looks.client_look(Client(id=eid("c"), name="c", internet=True)).icon == "internet"
    balancer = LoadBalancer(id=eid("lb"), name="lb", parent=HOST, vip=ip("10.0.0.9"), port=443)
    assert looks.load_balancer_look(balancer).fact == "10.0.0.9:443/tcp"


def test_switches_vnics_and_notes_have_looks_of_their_own() -> None:
    switch = VSwitch(id=eid("s"), name="s", parent=HOST, switch_type=SwitchType.PRIVATE)

    assert looks.vswitch_look(switch).icon == "switch-private"
    assert looks.idle_vnic_look(HostVNic(id=eid("v"), name="v", parent=HOST)).fact == "no switch"
    assert looks.note_look(Note(id=eid("n"), name="n", text="Why")).shape is Shape.NOTE


@pytest.mark.parametrize(("speed", "text"), [(None, ""), (100, "100 Mbit/s"), (2500, "2.5 Gbit/s")])
def test_speeds_read_as_people_write_them(speed: int | None, text: str) -> None:
    assert looks.speed_text(speed) == text


@pytest.mark.parametrize(
    ("fields", "fact"),
    [
        ({"replicas": 3}, "3 replicas · vip"),
        ({"replicas": 1, "endpoint_mode": "dnsrr"}, "1 replica · dnsrr"),
        ({"mode": "global"}, "on each node · vip"),
    ],
)
def test_a_service_says_how_many_tasks_it_has_and_how_they_are_reached(fields: dict[str, Any], fact: str) -> None:
    look = looks.service_look(Service(id=eid("s"), name="shop", **fields))

    assert (look.fact, look.layer, look.icon, look.chips) == (fact, Layer.OVERLAY, "service", ())


def test_a_service_shows_what_it_publishes_on_chips() -> None:
    ports = (
        ServicePort(published=8080),
        ServicePort(target=53, protocol="udp", mode="host"),
        ServicePort(published=1),
        ServicePort(published=2),
    )
    look = looks.service_look(Service(id=eid("s"), name="shop", ports=ports))

    assert look.chips == ("8080 → 80/tcp · ingress", "any → 53/udp · host +2")
