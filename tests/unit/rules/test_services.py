"""Rules about services of a swarm."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.services import Service
from designer.rules.runner import judge, rejudge
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

OVERLAY: dict[str, Any] = {"mode": "overlay", "attachable": True, "subnet": "10.100.0.0/24"}
MESH = ({"published": 8080, "target": 80},)
ON_NODE = ({"published": 8080, "target": 80, "mode": "host"},)


def swarm(*releases: str, **fields: Any) -> Drawn:
    """Return a swarm whose first node is the manager, with an overlay network over all of them."""
    drawn = design()
    for number, release in enumerate(releases, start=1):
        role = "swarm-manager" if number == 1 else "swarm-worker"
        drawn = drawn.host(f"NODE{number}", os=release, role=role, **fields).nic(f"Ethernet{number}")
    drawn = drawn.network("web-net", **OVERLAY)
    for number in range(1, len(releases) + 1):
        drawn = drawn.uplink("web-net", f"Ethernet{number}")
    return drawn


TWO = swarm("ws2022", "ws2022")
OLD = swarm("ws2022", "ws2016")
ON: dict[str, Any] = {"on": "web-net"}
ANYWHERE: dict[str, Any] = ON | {"image_build": 14393, "isolation": "hyperv"}
"""A service whose image runs on every node."""

EXAMPLES = [
    Example(
        "PRT014",
        TWO.service("web", **ON, endpoint_mode="dnsrr", ports=MESH),
        TWO.service("web", **ON, endpoint_mode="dnsrr", ports=ON_NODE),
        fixable=True,
    ),
    Example(
        "PRT015",
        OLD.service("web", **ANYWHERE, ports=MESH),
        OLD.service("web", **ANYWHERE, endpoint_mode="dnsrr", ports=ON_NODE),
        fixable=True,
    ),
    Example(
        "PRT016",
        TWO.service("web", **ON, replicas=3, ports=ON_NODE),
        TWO.service("web", **ON, replicas=2, ports=ON_NODE),
        fixable=True,
    ),
    Example(
        "PRT017",
        TWO.service("web", **ON, ports=MESH).service("shop", **ON, ports=MESH),
        TWO.service("web", **ON, ports=MESH).service("shop", **ON, ports=({"published": 8081},)),
        fixable=True,
    ),
    Example(
        "OVL008",
        OLD.service("web", **ANYWHERE),
        OLD.service("web", **ANYWHERE, constraints=("node.hostname == NODE1",)),
        fixable=True,
    ),
    Example(
        "SWM003",
        swarm("ws2022", linux_nodes=True).service("web", **ON),
        swarm("ws2022", linux_nodes=True).service("web", **ON, constraints=("node.platform.os==windows",)),
        fixable=True,
    ),
    Example(
        "SWM004",
        TWO.network("p0", mode="private", scope="swarm", parent="NODE1"),
        TWO.network("p0", mode="internal", scope="swarm", parent="NODE1"),
        fixable=True,
    ),
    Example(
        "SWM005",
        swarm("ws2022", swarm_ingress=False).service("web", **ON, ports=MESH),
        swarm("ws2022").service("web", **ON, ports=MESH),
        fixable=True,
    ),
    Example(
        "CPS008",
        TWO.network("i0", mode="internal", parent="NODE1").service("web", on="i0"),
        TWO.network("i0", mode="internal", parent="NODE1", scope="swarm").service("web", on="i0"),
        fixable=True,
    ),
    Example("NAM007", TWO.service("web shop", **ON), TWO.service("web-shop", **ON), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def fixed(example: Drawn, rule: str) -> Service:
    """Return the service “web” after the fix of the only finding of a rule."""
    (judged,) = found(rule, example)
    assert judged.finding.fix is not None
    service = example.topology.apply(judged.finding.fix).find(EntityId("web"), Service)
    assert service is not None
    return service


def test_a_service_with_more_tasks_than_nodes_gets_ports_that_the_engine_chooses() -> None:
    service = fixed(TWO.service("web", **ON, replicas=5, endpoint_mode="dnsrr", ports=MESH), "PRT014")
    assert [(port.mode, port.published) for port in service.ports] == [("host", 0)]


def test_what_the_mesh_of_a_2016_swarm_published_is_published_on_the_nodes() -> None:
    service = fixed(OLD.service("web", **ANYWHERE, ports=MESH), "PRT015")
    assert (service.endpoint_mode, service.ports[0].mode, service.ports[0].published) == ("dnsrr", "host", 8080)


def test_the_mesh_reaches_nodes_that_the_service_does_not_run_on() -> None:
    bad = OLD.service("web", **ANYWHERE, ports=MESH, constraints=("node.hostname == NODE1",))
    assert found("PRT015", bad)
    assert not found("OVL008", bad)


def test_no_node_that_meets_the_constraints_leaves_no_fix() -> None:
    nowhere = TWO.service("web", **ON, ports=ON_NODE, constraints=("node.hostname == NODE9",))
    (judged,) = found("PRT016", nowhere)
    assert judged.finding.fix is None


def test_a_service_can_take_its_own_port_twice() -> None:
    (judged,) = found("PRT017", TWO.service("web", **ON, ports=MESH * 2))
    assert judged.finding.elements == ("web",)


@pytest.mark.parametrize("name", ["shop_1", "a", "web--01", "x" * 63])
def test_names_that_the_swarm_takes(name: str) -> None:
    assert not found("NAM007", TWO.service(name, **ON))


@pytest.mark.parametrize("name", ["-web", "web_", "wéb", "web.01", "x" * 64, "…"])
def test_names_that_the_swarm_refuses(name: str) -> None:
    (judged,) = found("NAM007", TWO.service(name, **ON))
    assert judged.finding.fix is not None
    assert not found("NAM007", Drawn(tuple(TWO.service(name).topology.apply(judged.finding.fix).entities.values())))


def test_two_ingress_networks() -> None:
    drawn = swarm("ws2022", swarm_ingress=False).network("mesh", mode="overlay", ingress=True)
    assert not found("SWM005", drawn.service("web", **ON, ports=MESH))
    (judged,) = found("SWM005", drawn.network("mesh2", mode="overlay", ingress=True))
    assert judged.finding.elements == ("mesh2", "mesh")
    (judged,) = found("SWM005", swarm("ws2022").network("mesh", mode="overlay", ingress=True))
    assert judged.finding.elements == ("mesh", "NODE1")


def test_a_host_elsewhere_changes_what_a_service_can_do() -> None:
    """Without a link between them: the service finds its nodes by the name of the swarm."""
    drawn = TWO.service("web", **ON, endpoint_mode="dnsrr", replicas=2, ports=ON_NODE)
    before = judge(drawn.topology)
    node = drawn.topology.find(EntityId("NODE2"), Host)
    assert node is not None
    change = ChangeSet("Leave the swarm", (Edit(node, node.evolve(role="standalone")),))
    after = rejudge(drawn.topology.apply(change), change, before)
    assert "PRT016" not in {judged.rule.id for judged in before}
    assert "PRT016" in {judged.rule.id for judged in after}


def test_the_virtual_ip_of_a_published_service_is_told_of_once() -> None:
    bad = OLD.service("web", **ANYWHERE, ports=MESH)

    assert found("PRT015", bad)
    assert not found("OVL008", bad)
