"""When HNS makes no mapping for a published port."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulate.paths import Case, one_host, walk

ON_WIRE = {"mode": "l2bridge", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1", "uplink": "NIC1"}


@pytest.mark.parametrize(
    ("host", "network", "words"),
    [
        ({}, {"subnet": "172.16.0.0/24", "internal_flag": True}, "made with --internal"),
        ({"role": "kubernetes-node"}, ON_WIRE | {"cni_port_mappings": False}, "lacks the capability portMappings"),
        ({"os": "ws2016"}, ON_WIRE, "a l2bridge network on HOST1 publishes no ports"),
    ],
)
def test_ports_that_are_not_mapped(host: dict[str, Any], network: dict[str, Any], words: str) -> None:
    drawn = one_host(**host).network("net", **network)
    ip = "10.0.0.20" if "uplink" in network else "172.16.0.10"
    drawn = drawn.container("C", on="net", ip=ip, ports=({"host_port": 8080},))

    found = walk(drawn, "X", "C", 8080, address="published")

    assert found.code == "D-MAP"
    assert words in found.sentence


def test_a_mapping_that_works_goes_before_one_that_cannot() -> None:
    drawn = one_host().network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("A", on="corp", ip="10.0.0.20", ports=({"host_port": 8080},))
    drawn = drawn.network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ports=({"host_port": 8080},))

    Case("N8", drawn, "X", "C", port=8080, packet={"address": "published"}).check()
