"""Which nodes run the tasks of a service, and with which interfaces."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.services import Service
from designer.simulate.tasks import ingress_port, make_task, mesh_nodes, task_nodes
from designer.simulate.trip import Trip
from designer.simulate.world import World
from tests.unit.simulate.paths import packet
from tests.unit.simulate.test_mesh import swarm


@pytest.mark.parametrize(
    ("fields", "nodes"),
    [
        ({}, ["HOST1"]),
        ({"replicas": 2}, ["HOST1", "HOST2"]),
        ({"replicas": 9}, ["HOST1", "HOST2"]),
        ({"replicas": 0}, []),
        ({"mode": "global"}, ["HOST1", "HOST2"]),
        ({"constraints": ("node.hostname == host2",)}, ["HOST2"]),
        ({"swarm": "other"}, []),
    ],
)
def test_the_nodes_that_run_a_task(fields: dict[str, Any], nodes: list[str]) -> None:
    topology = swarm(fields).topology

    assert [node.name for node in task_nodes(topology, topology.of(Service)[0])] == nodes


def test_the_mesh_is_on_every_node() -> None:
    topology = swarm({"constraints": ("node.hostname == host2",)}).topology

    assert [node.name for node in mesh_nodes(topology, topology.of(Service)[0])] == ["HOST1", "HOST2"]


@pytest.mark.parametrize(("isolation", "kind"), [("default", "container host vNIC"), ("hyperv", "vmNIC")])
def test_a_task_has_an_interface_on_each_network(isolation: str, kind: str) -> None:
    topology = swarm({"isolation": isolation}).topology
    service = topology.of(Service)[0]
    trip = Trip(World(topology), packet("web", "X"))
    task = make_task(trip, service, task_nodes(topology, service)[0])

    assert [(port.network_name, port.kind.value, port.addresses[0].text) for port in task.ports] == [
        ("net1", kind, "web.1")
    ]
    assert trip.stack_of(task.ports[0]) is task


def test_a_task_behind_the_mesh_is_on_the_ingress_network_too() -> None:
    topology = swarm().topology
    service = topology.of(Service)[0]
    trip = Trip(World(topology), packet("X", "web"))
    port = ingress_port(trip, service, task_nodes(topology, service)[0])

    assert port.network_name == "ingress"
    assert [found.network_name for found in trip.stack_of(port).ports] == ["net1", "ingress"]
