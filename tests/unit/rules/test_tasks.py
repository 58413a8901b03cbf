"""What the rules about containers say of the tasks of a service."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.services import Service
from designer.rules.tasks import runs_in_vm
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found


def swarm(*releases: str, **fields: Any) -> Drawn:
    """Return a swarm with an overlay network that nothing brings to the nodes but tasks."""
    drawn = design()
    for number, release in enumerate(releases, start=1):
        role = "swarm-manager" if number == 1 else "swarm-worker"
        drawn = drawn.host(f"NODE{number}", os=release, role=role, **fields)
    return drawn.network("ov", mode="overlay", attachable=True, subnet="10.100.0.0/24")


def service(drawn: Drawn, on: str = "ov", **fields: Any) -> Drawn:
    return drawn.service("web", on=on, **({"image_build": 20348} | fields))


def published(number: int, **fields: Any) -> dict[str, Any]:
    return {"ports": ({"published": number, "target": 80} | fields,)}


ONE, TWO = swarm("ws2022"), swarm("ws2022", "ws2022")
OLD: dict[str, Any] = {"endpoint_mode": "dnsrr", "image_build": 14393}
ONLY_FIRST: dict[str, Any] = {"constraints": ("node.hostname == NODE1",)}
NAT = TWO.network("nat0", parent="NODE1", subnet="172.16.0.0/20", scope="swarm")

EXAMPLES = [
    Example("ISO001", service(swarm("ws2022", "ws2019")), service(swarm("ws2022", "ws2019"), **ONLY_FIRST)),
    Example("ISO002", service(ONE, image_build=17763), service(ONE, image_build=20348), fixable=True),
    Example(
        "ISO004",
        service(ONE, isolation="hyperv", image_build=26100),
        service(ONE, isolation="hyperv", image_build=17763),
    ),
    Example(
        "OVL003",
        service(swarm("ws2016", update_revision=693), **OLD),
        service(swarm("ws2016", update_revision=1066), **OLD),
    ),
    Example(
        "OVL013",
        service(swarm("ws2016", daemon={"default_nat": False}), **OLD),
        service(swarm("ws2016"), **OLD),
        fixable=True,
    ),
    Example("PRT011", service(ONE, **published(7946)), service(ONE, **published(8080)), fixable=True),
    Example("PRT012", service(ONE, **published(50_000)), service(ONE, **published(8080)), fixable=True),
    Example("PRT018", service(ONE, **published(0)), service(ONE, **published(8080)), fixable=True),
    Example(
        "PRT020",
        service(swarm("ws2022", blocked_ports=({"port": 8080},)), **published(8080)),
        service(swarm("ws2022", blocked_ports=({"port": 8080},)), **published(8081)),
    ),
    Example("TOP012", service(NAT, on="nat0", replicas=2), service(NAT, on="nat0", replicas=1)),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


@pytest.mark.parametrize(
    ("release", "wish", "daemon", "in_vm"),
    [
        ("ws2022", "default", None, False),
        ("ws2022", "default", "hyperv", True),
        ("ws2022", "process", "hyperv", False),
        ("win11", "default", None, True),
        ("win11", "process", None, False),
    ],
)
def test_the_node_decides_the_isolation_that_a_service_leaves_open(
    release: str, wish: str, daemon: str | None, *, in_vm: bool
) -> None:
    host = Host.model_validate({"id": "h", "name": "h", "os": release, "daemon": {"isolation": daemon}})
    asked = Service.model_validate({"id": "s", "name": "s", "isolation": wish})
    assert runs_in_vm(asked, host) is in_vm


def test_an_old_image_gets_no_fix_where_a_node_has_no_hyper_v() -> None:
    (judged,) = found("ISO002", service(swarm("ws2022", hyperv_role=False), image_build=17763))
    assert judged.finding.fix is None


def test_tasks_that_may_meet_on_a_node_take_any_port_of_it() -> None:
    assert not found("PRT018", service(ONE, replicas=2, **published(0, mode="host")))


def test_the_mesh_is_closed_on_a_node_without_a_task() -> None:
    drawn = swarm("ws2022", "ws2022", blocked_ports=({"port": 8080},))
    meshed = service(drawn, **published(8080), **ONLY_FIRST)
    assert [judged.finding.elements for judged in found("PRT020", meshed)] == [("web", "NODE1"), ("web", "NODE2")]
    assert len(found("PRT020", service(drawn, **published(8080, mode="host"), **ONLY_FIRST))) == 1


def test_a_network_that_an_uplink_brings_to_a_node_speaks_for_itself() -> None:
    drawn = swarm("ws2016", update_revision=693).nic("Ethernet", parent="NODE1").uplink("ov", "Ethernet")
    (judged,) = found("OVL003", service(drawn, **OLD))
    assert judged.finding.elements[0] == EntityId("ov")
