from __future__ import annotations

import pytest

from designer.editing.commands import (
    add_several,
    connect,
    declare_flow,
    default_address,
    place,
    reconnect,
    rename,
    set_fields,
)
from designer.errors import ChangeError
from designer.model.base import Element, Link
from designer.model.changes import ChangeSet
from designer.model.flows import Flow
from designer.model.hosts import Host, PhysicalNic
from designer.model.identity import counting_ids
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from tests.unit.sample import API, API_CORP, CLIENT, CORP, HOST, LAN, NAT, NIC, WEB, WEB_NAT, eid, ip, sample, subnet


def added(change: ChangeSet) -> Element:
    return next(edit.after for edit in change.edits if isinstance(edit.after, Element))


def joined(change: ChangeSet) -> Link:
    return next(edit.after for edit in change.edits if isinstance(edit.after, Link))


def test_a_new_element_has_a_name_a_place_and_a_label() -> None:
    topology = sample()
    change = place(topology, WindowsContainer, HOST, 24, 48, counting_ids())
    web = added(change)
    assert (web.id, web.name, web.parent) == ("windows_container-1", "web02", HOST)
    placement = topology.apply(change).placement(web.id)
    assert placement is not None
    assert (placement.x, placement.y) == (24, 48)
    assert change.label == "Add web02"


def test_given_fields_win_over_defaults() -> None:
    change = place(
        sample(), ContainerNetwork, HOST, 0, 0, name="corp", mode=NetworkMode.TRANSPARENT, subnets=("10.9.0.0/24",)[:0]
    )
    network = added(change)
    assert isinstance(network, ContainerNetwork)
    assert (network.name, network.mode, network.subnets) == ("corp-2", NetworkMode.TRANSPARENT, ())


def test_fifty_new_things_have_fifty_names() -> None:
    topology = Topology()
    topology = topology.apply(place(topology, Host, None, 0, 0))
    host = topology.of(Host)[0].id
    for _ in range(50):
        topology = topology.apply(place(topology, ContainerNetwork, host, 0, 0))
    networks = topology.of(ContainerNetwork)
    assert len({network.name for network in networks}) == 50
    assert len({network.subnets[0].network for network in networks}) == 50


def test_what_cannot_stand_there_is_refused() -> None:
    with pytest.raises(ChangeError, match="canvas"):
        place(sample(), WindowsContainer, None, 0, 0)
    with pytest.raises(ChangeError, match="overlay"):
        place(sample(), ContainerNetwork, None, 0, 0)
    assert place(sample(), ContainerNetwork, None, 0, 0, mode=NetworkMode.OVERLAY)
    with pytest.raises(ChangeError, match="name"):
        place(sample(), Host, None, 0, 0, name="")


def test_several_are_named_after_a_pattern() -> None:
    topology = sample()
    change = add_several(topology, WindowsContainer, HOST, 10, 20, "web{01..03}", step=(100, 0))
    after = topology.apply(change)
    names = [edit.after.name for edit in change.edits if isinstance(edit.after, Element)]
    assert names == ["web02", "web03", "web04"]
    places = [placement for edit in change.edits if (placement := after.placement(edit.id)) is not None]
    assert [(placement.x, placement.y) for placement in places] == [(10, 20), (110, 20), (210, 20)]
    assert change.label == "Add 3 items"
    with pytest.raises(ChangeError, match="too many"):
        add_several(topology, WindowsContainer, HOST, 0, 0, "web{1..100000}")


def test_the_kind_and_direction_of_a_link_follow_from_its_ends() -> None:
    topology = sample(without=("client-lan", "corp-nic"))
    for a, b, kind, source in ((NAT, API, Attachment, API), (NIC, CORP, Uplink, CORP), (LAN, CLIENT, Cable, CLIENT)):
        link = joined(connect(topology, a, b))
        assert type(link) is kind
        assert link.source == source
    assert connect(topology, NAT, API).label == "Connect api01 to nat0"


def test_what_cannot_be_linked_is_refused_with_the_reason() -> None:
    with pytest.raises(ChangeError, match="already"):
        connect(sample(), WEB, NAT)
    with pytest.raises(ChangeError, match="nat"):
        connect(sample(), NAT, NIC)


def test_hns_chooses_the_address_on_a_nat_network_and_the_design_on_the_wire() -> None:
    nat, corp = joined(connect(sample(), API, NAT)), joined(connect(sample(), WEB, CORP))
    assert isinstance(nat, Attachment)
    assert isinstance(corp, Attachment)
    assert nat.ip is None
    assert corp.ip == ip("10.0.0.2")
    given = joined(connect(sample(), WEB, CORP, ip="10.0.0.20"))
    assert isinstance(given, Attachment)
    assert given.ip == ip("10.0.0.20")


def test_there_is_no_address_without_a_network_or_a_subnet() -> None:
    dhcp = ContainerNetwork(id=CORP, name="corp", parent=HOST, mode=NetworkMode.TRANSPARENT)
    assert default_address(sample(dhcp), CORP) is None
    assert default_address(sample(), NIC) is None


def test_a_reconnected_link_keeps_its_id_and_what_has_a_meaning() -> None:
    topology = sample()
    change = reconnect(topology, WEB_NAT, "target", CORP)
    link = topology.apply(change).find(WEB_NAT, Attachment)
    assert link is not None
    assert (link.source, link.target, link.ip) == (WEB, CORP, ip("10.0.0.2"))
    assert link.ports
    assert change.label == "Reconnect web01 – nat0"


def test_an_address_that_fits_the_new_network_stays_and_a_strange_gateway_goes() -> None:
    twin = ContainerNetwork(id=eid("twin"), name="twin", parent=HOST, subnets=(subnet("172.16.0.0/24"),))
    odd = sample().find(WEB_NAT, Attachment)
    assert odd is not None
    topology = sample(twin, odd.evolve(gateway="192.168.1.1"))
    link = topology.apply(reconnect(topology, WEB_NAT, "target", eid("twin"))).find(WEB_NAT, Attachment)
    assert link is not None
    assert (link.ip, link.gateway) == (ip("172.16.0.10"), None)


def test_an_end_that_does_not_fit_is_refused() -> None:
    topology = sample()
    with pytest.raises(ChangeError):
        reconnect(topology, WEB_NAT, "target", LAN)
    with pytest.raises(ChangeError, match="another kind"):
        reconnect(topology, eid("corp-nic"), "target", WEB)
    with pytest.raises(ChangeError, match="no longer"):
        reconnect(topology, eid("missing"), "target", WEB)
    assert not reconnect(topology, WEB_NAT, "source", WEB)
    assert reconnect(sample(without=(API_CORP,)), WEB_NAT, "source", API)


def test_renaming_says_both_names() -> None:
    topology = sample()
    change = rename(topology, NAT, "front")
    assert change.label == "Rename nat0 to front"
    assert topology.apply(change).find(NAT, ContainerNetwork) != topology.find(NAT, ContainerNetwork)
    assert not rename(topology, NAT, "nat0")
    with pytest.raises(ChangeError):
        rename(topology, NAT, "")
    with pytest.raises(ChangeError, match="no longer"):
        rename(topology, eid("missing"), "x")


def test_fields_are_set_on_all() -> None:
    topology = sample()
    change = set_fields(topology, [WEB, API], memory_mb="512")
    assert change.label == "Set memory mb of 2 items"
    after = topology.apply(change)
    assert [after.get(found) for found in (WEB, API)] == [topology[found].evolve(memory_mb=512) for found in (WEB, API)]
    with pytest.raises(ChangeError, match="speed"):
        set_fields(topology, [NIC], speed="fast")
    assert not set_fields(topology, [NIC], name=topology.of(PhysicalNic)[0].name)


def test_what_has_no_other_link_declares_traffic_as_it_was_drawn() -> None:
    topology = sample()
    change = connect(topology, CLIENT, WEB, counting_ids())
    flow = joined(change)
    assert flow == Flow(id=eid("flow-1"), source=CLIENT, target=WEB, address="published", port=8080)
    assert change.label == "Declare traffic from client01 to web01"
    back = joined(connect(topology, WEB, CLIENT))
    assert (type(back), back.source, back.target) == (Flow, WEB, CLIENT)


def test_several_flows_may_lead_from_one_to_another() -> None:
    topology = sample()
    once = topology.apply(declare_flow(topology, WEB, API, port=80))
    twice = once.apply(declare_flow(once, WEB, API, port=443, protocol="udp"))
    assert sorted((flow.protocol, flow.port) for flow in twice.of(Flow)) == [("tcp", 80), ("udp", 443)]


def test_traffic_is_refused_from_what_sends_nothing() -> None:
    with pytest.raises(ChangeError, match="sends nothing"):
        declare_flow(sample(), NAT, WEB)


def test_traffic_can_be_led_to_something_else_and_keeps_what_it_says() -> None:
    topology = sample()
    drawn = topology.apply(declare_flow(topology, CLIENT, WEB, counting_ids()))
    (moved,) = drawn.apply(reconnect(drawn, eid("flow-1"), "target", API)).of(Flow)
    assert (moved.id, moved.source, moved.target, moved.port) == ("flow-1", CLIENT, API, 8080)
    with pytest.raises(ChangeError):
        reconnect(drawn, eid("flow-1"), "target", NAT)


def test_services_added_together_publish_different_ports() -> None:
    topology = sample()
    after = topology.apply(add_several(topology, Service, None, 0, 0, "shop{1..3}"))
    assert sorted(service.ports[0].published for service in after.of(Service)) == [8080, 8081, 8082]
