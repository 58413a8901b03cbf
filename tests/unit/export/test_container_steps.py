from __future__ import annotations

from ipaddress import ip_address

from designer.export.container_steps import container_statements, joined_networks, placed_containers
from designer.export.plan import plan
from designer.export.script import Risk, Statement
from designer.export.statements import ConnectContainer, CreateContainer, Remark, StartContainer
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from tests.unit.export.designs import HOST, attached, container, design, engine, network, pods, second_manager


def made(topology: Topology, name: str) -> CreateContainer:
    statements = plan(topology, HOST).statements
    return next(each for each in statements if isinstance(each, CreateContainer) and each.name == name)


def statements_of(topology: Topology, name: str) -> list[Statement]:
    host = topology.find(HOST, Host)
    assert host is not None
    placed = next(each for each in placed_containers(topology, host) if each.container.name == name)
    return list(container_statements(placed))


def test_a_container_is_created_connected_and_started_in_that_order() -> None:
    kinds = [type(each) for each in statements_of(engine(), "web01")]

    assert kinds == [CreateContainer, ConnectContainer, StartContainer]


def test_it_is_created_on_the_network_with_its_published_ports() -> None:
    assert made(engine(), "web01").network == "front"
    assert [network.name for _, network in joined_networks(engine(), EntityId("web01"))] == ["front", "back"]


def test_isolation_follows_the_kind_unless_the_engine_decides() -> None:
    assert made(engine(), "web01").isolation == "process"
    assert made(engine(), "api01").isolation == "hyperv"
    assert made(engine(), "job01").isolation == ""


def test_containers_of_a_compartment_share_the_network_of_the_first() -> None:
    first, second = made(pods(), "pod-a"), made(pods(), "pod-b")

    assert (first.network, first.ip, len(first.ports)) == ("nat0", ip_address("172.31.0.10"), 1)
    assert (second.network, second.ports) == ("container:pod-a", ())


def test_a_hyperv_container_shares_no_compartment() -> None:
    compartment = Compartment(id=EntityId("cell"), name="cell", parent=HOST)
    own = HyperVContainer(id=EntityId("api01"), name="api01", parent=compartment.id)
    topology = design(compartment, own, container("web01", parent=compartment.id))

    assert [each.shares_with for each in placed_containers(topology, Host(id=HOST, name="HOST01"))] == [None, None]


def test_a_lender_is_created_before_its_borrower() -> None:
    names = [each.container.name for each in placed_containers(pods(), Host(id=HOST, name="HOST01"))]

    assert names.index("lender") < names.index("borrower")
    assert made(pods(), "borrower").network == "container:lender"


def test_lenders_in_a_circle_end() -> None:
    topology = design(container("a", shares_network_of=EntityId("b")), container("b", shares_network_of=EntityId("a")))

    assert len(placed_containers(topology, Host(id=HOST, name="HOST01"))) == 2


def test_a_container_without_a_network_has_none() -> None:
    assert made(pods(), "alone").network == "none"


def test_what_docker_cannot_set_is_a_remark() -> None:
    topology = design(
        network("a", NetworkMode.NAT, "172.31.0.0/24"),
        network("b", NetworkMode.INTERNAL, "172.31.1.0/24"),
        container("web01"),
        container("borrower", shares_network_of=EntityId("web01")),
        attached("web01", "a", mac="00-15-5D-00-00-01", gateway="172.31.0.1"),
        attached("web01", "b", mac="00-15-5D-00-00-02", gateway="172.31.1.99"),
        attached("borrower", "b"),
    )

    texts = [
        each.reason
        for name in ("web01", "borrower")
        for each in statements_of(topology, name)
        if isinstance(each, Remark)
    ]
    assert len(texts) == 3
    assert "never 172.31.1.99" in texts[0]
    assert "cannot set the MAC address 00-15-5D-00-00-02" in texts[1]
    assert "it uses the network of web01" in texts[2]


def test_dns_servers_of_container_and_attachment_join() -> None:
    server = ip_address("10.0.0.1")
    topology = design(
        network("a", NetworkMode.NAT),
        WindowsContainer(id=EntityId("c"), name="c", parent=HOST, dns_servers=(server,)),
        attached("c", "a", dns_servers=("10.0.0.2", "10.0.0.1")),
    )

    assert [str(each) for each in made(topology, "c").dns_servers] == ["10.0.0.1", "10.0.0.2"]


def test_the_first_container_on_an_overlay_moves_an_adapter() -> None:
    topology = second_manager()
    starts = [each for each in plan(topology, EntityId("manager-b")).statements if isinstance(each, StartContainer)]

    assert [each.risk for each in starts] == [Risk.CUTS_CONNECTION]
