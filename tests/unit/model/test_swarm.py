from __future__ import annotations

import pytest

from designer.model.hosts import Host
from designer.model.services import Service
from designer.model.swarm import in_swarm, nodes_of, swarm_names, swarm_of
from designer.model.topology import Topology


def host(name: str, role: str = "swarm-worker", swarm: str = "") -> Host:
    return Host.model_validate({"id": name, "name": name, "role": role, "swarm": swarm})


def service(**fields: object) -> Service:
    return Service.model_validate({"id": "s", "name": "shop"} | fields)


def names(topology: Topology, found: Service) -> list[str]:
    return [node.name for node in nodes_of(topology, found)]


PAIR = Topology.of_entities([host("N1", "swarm-manager"), host("N2"), host("ALONE", "standalone")])


def test_nodes_are_managers_and_workers() -> None:
    assert [in_swarm(found) for found in PAIR.of(Host)] == [False, True, True]
    assert names(PAIR, service()) == ["N1", "N2"]


def test_a_service_without_a_name_of_a_swarm_belongs_to_the_only_one() -> None:
    two = Topology.of_entities([host("N1", swarm="blue"), host("N2", swarm="green")])

    assert swarm_names(two) == ("blue", "green")
    assert swarm_of(two, service(swarm="green")) == "green"
    assert swarm_of(two, service()) is None
    assert swarm_of(two, service(swarm="red")) is None
    assert names(two, service(swarm="green")) == ["N2"]
    assert names(two, service()) == []


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("node.role == manager", ["N1"]),
        ("node.role!=manager", ["N2"]),
        ("node.hostname == n2", ["N2"]),
        ("node.platform.os == windows", ["N1", "N2"]),
        ("node.platform.os == linux", []),
        ("node.labels.disk == ssd", ["N1", "N2"]),
        ("nonsense", ["N1", "N2"]),
    ],
)
def test_constraints_choose_nodes(constraint: str, expected: list[str]) -> None:
    assert names(PAIR, service(constraints=[constraint])) == expected
