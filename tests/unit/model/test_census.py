from __future__ import annotations

from designer.model.census import containers_on, host_of, networks_on, take_census, uplinks_of
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam
from designer.model.links import Attachment, Backend, Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.workloads import Compartment, WindowsContainer
from tests.unit.sample import API, CORP, HOST, LAN, NAT, NIC, WEB, eid, sample

OVERLAY = ContainerNetwork(id=eid("over"), name="app", mode=NetworkMode.OVERLAY)
FAR = (Host(id=eid("h2"), name="HOST02"), WindowsContainer(id=eid("far"), name="far", parent=eid("h2")))


def test_an_element_stands_on_the_host_around_it() -> None:
    topology = sample(
        Compartment(id=eid("c"), name="c", parent=HOST), WindowsContainer(id=eid("in"), name="in", parent=eid("c"))
    )
    for element in (HOST, WEB, eid("in")):
        found = host_of(topology, element)
        assert found is not None
        assert found.id == HOST
    assert host_of(topology, LAN) is None
    assert host_of(topology, eid("missing")) is None


def test_an_overlay_exists_where_something_joins_it() -> None:
    join = Attachment(id=eid("j"), source=eid("far"), target=eid("over"))
    topology = sample(OVERLAY, *FAR, join)
    assert [network.id for network in networks_on(topology, HOST)] == [CORP, NAT]
    assert [network.id for network in networks_on(topology, eid("h2"))] == ["over"]


def test_an_uplink_brings_an_overlay_to_a_host_and_a_load_balancer_does_not() -> None:
    balancer = LoadBalancer(id=eid("lb"), name="lb", parent=eid("over"))
    backend = Backend(id=eid("b"), source=eid("lb"), target=WEB)
    assert OVERLAY not in networks_on(sample(OVERLAY, balancer, backend), HOST)
    assert OVERLAY in networks_on(sample(OVERLAY, Uplink(id=eid("u"), source=eid("over"), target=NIC)), HOST)


def test_containers_are_found_in_compartments_too() -> None:
    topology = sample(
        Compartment(id=eid("c"), name="c", parent=HOST), WindowsContainer(id=eid("in"), name="a", parent=eid("c"))
    )
    assert [container.id for container in containers_on(topology, HOST)] == ["in", API, WEB]


def test_uplinks_are_adapters_and_teams_of_that_host() -> None:
    topology = sample(
        OVERLAY,
        *FAR,
        PhysicalNic(id=eid("n2"), name="Ethernet", parent=eid("h2")),
        Uplink(id=eid("u1"), source=eid("over"), target=NIC),
        Uplink(id=eid("u2"), source=eid("over"), target=eid("n2")),
    )
    assert [nic.id for nic in uplinks_of(topology, eid("over"), HOST)] == [NIC]
    assert [nic.id for nic in uplinks_of(topology, eid("over"), eid("h2"))] == ["n2"]


def test_a_census_sorts_everything_by_kind() -> None:
    topology = sample(
        SetTeam(id=eid("team"), name="Team", parent=HOST),
        PhysicalNic(id=eid("m1"), name="Ethernet 2", parent=eid("team")),
        HostVNic(id=eid("v"), name="vNIC", parent=HOST),
    )
    census = take_census(topology, HOST)
    assert [nic.id for nic in census.nics] == [NIC, "m1"]
    assert [vnic.id for vnic in census.vnics] == ["v"]
    assert census.uplinks == {CORP: [NIC]}
    assert [nic.id for nic in census.adapters([eid("team")])] == ["m1"]
