"""Rules about networks that a CNI plug-in makes on Kubernetes nodes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

NODE = design().host(role="kubernetes-node")
SWARM = design().host(role="swarm-manager")


def blocks(*subnets: dict[str, Any]) -> Drawn:
    return NODE.network("pod", mode="l2bridge", subnets=subnets)


def overlay(host: Drawn, vni: int) -> Drawn:
    subnets = ({"prefix": "10.9.0.0/24", "vni": vni},)
    return host.network("ov", mode="overlay", attachable=True, subnets=subnets).container(on="ov")


FIRST = {"prefix": "10.244.1.0/24", "gateway": "10.244.1.1", "ip_blocks": ("10.244.1.0/26",)}
SECOND = {"prefix": "10.244.2.0/24", "gateway": "10.244.2.1"}
PUBLISHED: dict[str, Any] = {"on": "nat0", "ports": ({"host_port": 8080},)}

EXAMPLES = [
    Example(
        "PRT021",
        NODE.network(cni_port_mappings=False).container(**PUBLISHED),
        NODE.network().container(**PUBLISHED),
        fixable=True,
    ),
    Example("VSI007", overlay(NODE, 70_000), overlay(SWARM, 70_000), fixable=True),
    Example("IPA029", blocks(FIRST, SECOND | {"ip_blocks": ("10.244.2.0/26",)}), blocks(FIRST, SECOND), fixable=True),
    Example("IPA030", blocks(FIRST | {"ip_blocks": ("10.245.0.0/26",)}), blocks(FIRST), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_docker_needs_no_capability() -> None:
    assert not found("PRT021", design().host().network(cni_port_mappings=False).container(**PUBLISHED))
