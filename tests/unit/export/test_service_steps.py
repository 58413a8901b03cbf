from __future__ import annotations

import pytest

from designer.errors import ExportError
from designer.export.plan import plan
from designer.export.service_statements import CreateService, RemoveIngress
from designer.export.service_steps import service_networks, services_of
from designer.export.statements import CreateNetwork, EnterSwarm, Remark
from designer.model.hosts import Host, HostRole
from designer.model.identity import EntityId
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, services

WORKER = EntityId("host-2")


def host(identity: EntityId) -> Host:
    found = services().find(identity, Host)
    assert found is not None
    return found


def evolved(element: str, **values: object) -> Topology:
    return Topology.of_entities(
        each.evolve(**values) if each.id == element else each for each in services().entities.values()
    )


def test_only_the_manager_that_founds_the_swarm_makes_its_services() -> None:
    assert [each.name for each in services_of(services(), host(HOST))] == ["agent", "shop"]
    assert services_of(services(), host(WORKER)) == ()
    assert [each.name for each in service_networks(services(), host(HOST))] == ["mesh"]


def test_a_service_has_all_that_the_design_says() -> None:
    agent, shop = (each for each in plan(services(), HOST).statements if isinstance(each, CreateService))

    assert (agent.replicas, agent.endpoint_mode, agent.isolation) == (None, "dnsrr", "process")
    assert (shop.replicas, shop.networks, shop.constraints) == (
        3,
        (("mesh", ("store",)),),
        ("node.platform.os == windows",),
    )
    assert shop.settings != agent.settings


def test_what_a_service_cannot_have_is_said() -> None:
    reasons = [
        each.reason for each in plan(evolved("shop-mesh", ip="10.90.1.9"), HOST).statements if isinstance(each, Remark)
    ]

    assert any("the swarm chooses addresses" in reason for reason in reasons)


def test_a_mesh_of_its_own_takes_the_place_of_dockers() -> None:
    script = plan(services(), HOST)
    kinds = [type(each) for each in script.statements]

    assert kinds.index(RemoveIngress) < kinds.index(CreateNetwork)
    assert [each.name for each in script.statements if isinstance(each, CreateNetwork) and each.ingress] == ["entry"]
    assert not any(isinstance(each, RemoveIngress) for each in plan(services(), WORKER).statements)


def test_a_network_of_the_swarm_with_a_local_driver_says_its_scope() -> None:
    networks = {each.name: each for each in plan(services(), HOST).statements if isinstance(each, CreateNetwork)}

    assert {name: each.swarm_scope for name, each in networks.items()} == {"entry": False, "local": True, "mesh": False}


def test_a_worker_makes_no_network_of_the_swarm() -> None:
    topology = evolved("local", parent=WORKER)
    worker = plan(topology, WORKER)

    assert not any(isinstance(each, CreateNetwork) for each in worker.statements)
    assert any("local belongs to the swarm" in each.reason for each in worker.statements)
    manager = plan(evolved("host-2", role=HostRole.SWARM_MANAGER, name="HOST00"), HOST)
    assert any(
        "local belongs to the swarm" in each.reason or isinstance(each, CreateNetwork) for each in manager.statements
    )


def test_pools_are_set_where_the_swarm_is_founded() -> None:
    (founding,) = (each for each in plan(services(), HOST).statements if isinstance(each, EnterSwarm))
    (joining,) = (each for each in plan(services(), WORKER).statements if isinstance(each, EnterSwarm))

    assert (list(map(str, founding.pools)), joining.pools) == (["10.80.0.0/16"], ())
    assert any("address pools" in each.reason for each in plan(services(), WORKER).statements)


def test_aliases_that_docker_would_change_are_refused() -> None:
    with pytest.raises(ExportError, match="aliases of service “shop”"):
        plan(evolved("mesh", name="Mesh"), HOST)
