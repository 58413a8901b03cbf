"""Questions to what is known of a host."""

from __future__ import annotations

from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.simulate.machines import wire_of
from tests.unit.simulate.paths import one_host
from tests.unit.simulate.test_building import machine
from tests.unit.simulate.test_l2bridge import bridged, custom


def test_the_main_interface_is_the_one_with_a_gateway() -> None:
    drawn = one_host().nic("A", cable="WAN", addresses=("192.0.2.11/24",)).network("nat0", subnet="172.16.0.0/24")
    main = machine(drawn).main_port()

    assert main is not None
    assert main.addresses[0].text == "10.0.0.11"


def test_the_leg_of_the_host_in_a_network() -> None:
    found = machine(one_host().network("nat0", subnet="172.16.0.0/24"))
    leg = found.leg(EntityId("nat0"))

    assert leg is not None
    assert leg.addresses[0].text == "172.16.0.1"
    assert found.leg(EntityId("other")) is None


def test_subnets_that_are_not_on_the_wire() -> None:
    for drawn, name, expected in ((custom(), "pods1", True), (bridged(), "bridge1", False)):
        network = drawn.topology.find(EntityId(name), ContainerNetwork)
        assert network is not None
        assert machine(drawn).is_custom(network, network.subnets[0].network) is expected
        assert not machine(drawn).is_custom(network, None)


def test_the_wire_behind_a_cable() -> None:
    topology = one_host().topology
    segment = wire_of(topology, EntityId("NIC1"))

    assert segment is not None
    assert segment.name == "LAN"
    assert wire_of(topology, EntityId("HOST1")) is None
