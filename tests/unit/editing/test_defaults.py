from __future__ import annotations

from ipaddress import IPv4Interface

import pytest

from designer.editing.commands import set_fields
from designer.editing.defaults import NAMES, default_fields, default_name, flow_fields, image_tag, next_service_port
from designer.model.addressing import IpAddress
from designer.model.annotations import Note
from designer.model.base import Element
from designer.model.entities import ELEMENT_TYPES
from designer.model.fabric import Segment, SegmentSubnet
from designer.model.hosts import Host, HostRole, ListeningPort, WinNat
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer
from tests.unit.sample import API, CLIENT, HOST, LAN, NAT, WEB, eid, ip, sample


def subnets(mode: NetworkMode, **fields: object) -> tuple[Subnet, ...]:
    found = default_fields(sample(), ContainerNetwork, HOST, {"mode": mode} | fields).get("subnets", ())
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize(
    ("mode", "prefix", "gateway"),
    [
        (NetworkMode.NAT, "172.16.16.0/20", ip("172.16.16.1")),
        (NetworkMode.L2BRIDGE, "10.0.0.0/24", ip("10.0.0.1")),
        (NetworkMode.L2TUNNEL, "10.0.0.0/24", ip("10.0.0.1")),
        (NetworkMode.OVERLAY, "10.0.1.0/24", ip("10.0.1.1")),
        (NetworkMode.INTERNAL, "192.168.32.0/24", ip("192.168.32.1")),
        (NetworkMode.PRIVATE, "192.168.32.0/24", None),
    ],
)
def test_a_network_starts_with_a_legal_subnet(mode: NetworkMode, prefix: str, gateway: IpAddress | None) -> None:
    (subnet,) = subnets(mode)
    assert (subnet.prefix, subnet.gateway) == (IPv4Interface(prefix), gateway)
    assert (subnet.vni is not None) is (mode is NetworkMode.OVERLAY)


@pytest.mark.parametrize("mode", [NetworkMode.TRANSPARENT, NetworkMode.ICS])
def test_others_choose_themselves(mode: NetworkMode) -> None:
    assert subnets(mode) == ()


def test_a_bridge_on_a_host_without_an_address_has_a_prefix_that_small_routers_do_not_hand_out() -> None:
    topology = sample(Host(id=eid("h2"), name="h2"))
    found = default_fields(topology, ContainerNetwork, eid("h2"), {"mode": NetworkMode.L2BRIDGE})["subnets"]
    assert isinstance(found, tuple)
    assert found[0].prefix == IPv4Interface("192.168.32.0/24")


def test_given_fields_are_left_alone() -> None:
    assert default_fields(sample(), ContainerNetwork, HOST, {"subnets": ()}) == {}
    assert default_fields(sample(), HyperVContainer, HOST, {"image": "mine"}) == {}
    assert default_fields(sample(), Segment, None, {"subnets": ()}) == {}
    assert default_fields(sample(), WinNat, HOST, {"internal_prefix": None}) == {}


@pytest.mark.parametrize(
    ("os", "build", "tag"),
    [
        (OsRelease.WS2016, None, ("ltsc2016", 14393)),
        (OsRelease.WS2019, None, ("ltsc2019", 17763)),
        (OsRelease.WS2022, None, ("ltsc2022", 20348)),
        (OsRelease.WS2025, None, ("ltsc2025", 26100)),
        (OsRelease.WS23H2, None, ("ltsc2022", 20348)),
        (OsRelease.WIN10, None, ("ltsc2019", 17763)),
        (OsRelease.WIN10, 14393, ("ltsc2016", 14393)),
    ],
)
def test_the_image_fits_the_host(os: OsRelease, build: int | None, tag: tuple[str, int]) -> None:
    assert image_tag(Host(id=eid("h"), name="h", os=os, build=build)) == tag


def test_a_container_on_a_host_gets_image_and_build() -> None:
    fields = default_fields(sample(), HyperVContainer, HOST, {})
    assert fields == {"image": "mcr.microsoft.com/windows/servercore:ltsc2019", "image_build": 17763}
    assert default_fields(sample(), HyperVContainer, LAN, {}) == {}


def test_a_physical_network_starts_with_a_subnet_and_its_router() -> None:
    subnet = SegmentSubnet(prefix=IPv4Interface("192.168.32.0/24"), router=ip("192.168.32.1"))
    assert default_fields(sample(), Segment, None, {}) == {"subnets": (subnet,)}


def test_a_winnat_starts_with_the_prefix_of_the_nat_network() -> None:
    assert default_fields(sample(), WinNat, HOST, {})["internal_prefix"] == IPv4Interface("172.16.0.0/20")
    bare = sample(without=(NAT, "web-nat"))
    assert default_fields(bare, WinNat, HOST, {})["internal_prefix"] == IPv4Interface("172.16.0.0/20")


def test_every_kind_has_a_name_to_start_with() -> None:
    kinds: set[type[Element]] = set(ELEMENT_TYPES)
    assert kinds - set(NAMES) == {ContainerNetwork, Note}
    assert default_name(ContainerNetwork, {}) == "nat0"
    assert default_name(ContainerNetwork, {"mode": "l2bridge"}) == "l2bridge0"
    assert default_name(Note, {}) == "Note 1"


def test_the_first_nat_network_of_windows_server_2016_is_dockers_own() -> None:
    old = Host(id=eid("old"), name="OLD", os=OsRelease.WS2016)
    topology = sample(old)
    assert default_fields(topology, ContainerNetwork, old.id, {}) == {"name": "nat", "predefined": True}
    assert "subnets" in default_fields(topology, ContainerNetwork, old.id, {"name": "mine"})
    own = ContainerNetwork(id=eid("own"), name="nat", parent=old.id, predefined=True)
    assert "predefined" not in default_fields(sample(old, own), ContainerNetwork, old.id, {})


def swarm(*releases: OsRelease, name: str = "") -> Topology:
    nodes = (
        Host(id=eid(f"n{number}"), name=f"N{number}", os=os, role=HostRole.SWARM_MANAGER, swarm=name)
        for number, os in enumerate(releases)
    )
    return Topology.of_entities(nodes)


def test_a_service_starts_with_what_its_oldest_node_runs() -> None:
    found = default_fields(swarm(OsRelease.WS2022, OsRelease.WS2019), Service, None, {})
    assert found == {
        "image": "mcr.microsoft.com/windows/servercore:ltsc2019",
        "image_build": 17763,
        "ports": (ServicePort(published=8080),),
    }
    alone = default_fields(sample(), Service, None, {})
    assert set(alone) == {"ports"}, "without a swarm nothing is known of its nodes"


def test_a_service_names_its_swarm_only_where_there_are_several() -> None:
    both = Topology.of_entities(
        (*swarm(OsRelease.WS2022, name="blue").of(Host), Host(id=eid("g"), name="G", role=HostRole.SWARM_MANAGER))
    )
    assert "swarm" not in default_fields(swarm(OsRelease.WS2022, name="blue"), Service, None, {})
    assert default_fields(both.apply(set_fields(both, [eid("g")], swarm="green")), Service, None, {})["swarm"] == "blue"


def test_a_service_on_windows_server_2016_has_no_virtual_ip_and_publishes_on_its_nodes() -> None:
    old, new = swarm(OsRelease.WS2016), swarm(OsRelease.WS2019)
    found = default_fields(old, Service, None, {})
    assert (found["endpoint_mode"], found["ports"]) == ("dnsrr", (ServicePort(published=8080, mode="host"),))
    service = Service(id=eid("s"), name="s")
    assert next_service_port(old, service).mode == "host"
    assert next_service_port(new, service).mode == "ingress"
    assert next_service_port(new, service.evolve(endpoint_mode="dnsrr")).mode == "host"


def test_a_service_publishes_a_port_that_nothing_on_its_nodes_has() -> None:
    nodes = swarm(OsRelease.WS2022)
    other = Service(id=eid("o"), name="o", ports=(ServicePort(published=8080),))
    busy = nodes.apply(set_fields(nodes, [eid("n0")], listening=(ListeningPort(port=8081),)))
    found = next_service_port(Topology.of_entities((*busy.of(Host), other)), Service(id=eid("s"), name="s"))
    assert found.published == 8082


def test_traffic_starts_with_what_the_target_offers_and_the_source_can_use() -> None:
    topology = sample()
    assert flow_fields(topology, CLIENT, WEB) == {"address": "published", "port": 8080}
    assert flow_fields(topology, CLIENT, API) == {"address": "own", "port": 80}
    beside = Attachment(id=eid("api-nat"), source=API, target=NAT)
    assert flow_fields(sample(beside), API, WEB) == {"address": "own", "port": 80}
    shop = Service(id=eid("shop"), name="shop", ports=(ServicePort(published=8443, target=443),))
    assert flow_fields(sample(shop), CLIENT, shop.id) == {"address": "published", "port": 8443}
