"""Rules about names of containers and the servers that resolve them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().nic().network("nat0", subnet="172.16.0.0/20", gateway="172.16.0.1")
CORP = HOST.network("corp", mode="transparent", uplink="Ethernet")


EXAMPLES = [
    Example(
        "DNS005",
        CORP.container(on="corp", aliases=("api",)).container("db01", on="nat0"),
        CORP.container(on="nat0", aliases=("api",)),
        fixable=True,
    ),
    Example(
        "DNS006",
        design().host().network(gateway_dns=False).container("db01", on="nat0", aliases=("db",)),
        design().host().network(gateway_dns=False).container("db01", on="nat0"),
        fixable=True,
    ),
    Example(
        "DNS007",
        HOST.network("inside", mode="internal", subnet="172.31.0.0/24", dns_servers=("10.0.0.2",)),
        HOST.network("inside", mode="internal", subnet="172.31.0.0/24", dns_servers=("172.31.0.2",)),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_a_container_with_a_way_out_may_ask_any_server() -> None:
    inside = HOST.network("inside", mode="internal", subnet="172.31.0.0/24")
    closed = inside.container("web01")
    entities = tuple(
        entity.evolve(dns_servers=("10.0.0.2",)) if entity.id == "web01" else entity for entity in closed.entities
    )
    alone = replace(closed, entities=entities).attached("web01", "inside")
    assert len(found("DNS007", alone)) == 1
    assert not found("DNS007", alone.attached("web01", "nat0"))


def test_a_cluster_resolves_names_itself() -> None:
    node = design().host(role="kubernetes-node").network("pod", mode="l2bridge", subnet="10.244.1.0/24")
    assert not found("DNS005", node.container(on="pod", aliases=("api",)))
