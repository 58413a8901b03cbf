"""Rules about compartments and shared networks."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().network("net", subnet="10.1.0.0/24")

WEB, API = ({"port": 80},), ({"port": 8080},)

EXAMPLES = [
    Example(
        "CMP011",
        design()
        .host()
        .compartment("pod", pod=True)
        .container("a", parent="pod", listening=WEB)
        .container("b", parent="pod", listening=WEB),
        design()
        .host()
        .compartment("pod", pod=True)
        .container("a", parent="pod", listening=WEB)
        .container("b", parent="pod", listening=API),
    ),
    Example(
        "CMP016",
        design().host().compartment("a", number=1).compartment("b", number=1),
        design().host().compartment("a", number=1).compartment("b", number=2),
        fixable=True,
    ),
    Example(
        "CMP002",
        HOST.compartment("one", number=1).container(parent="one", on="net"),
        HOST.compartment("two", number=2).container(parent="two", on="net"),
        fixable=True,
    ),
    Example(
        "CMP003",
        HOST.compartment("c2", on="net").container("web01", parent="c2").container("app01", parent="c2"),
        HOST.compartment("c2", on="net", pod=True).container("web01", parent="c2").container("app01", parent="c2"),
        fixable=True,
    ),
    Example(
        "CMP006",
        HOST.compartment("c2").container("api01", hyperv=True, parent="c2", on="net"),
        HOST.compartment("c2").container("api01", hyperv=True, on="net"),
        fixable=True,
    ),
    Example(
        "CMP007",
        HOST.compartment("pod", on="net", pod=True)
        .container("web01", parent="pod")
        .container("api01", hyperv=True, parent="pod"),
        HOST.compartment("pod", on="net", pod=True).container("web01", parent="pod").container("app01", parent="pod"),
        fixable=True,
    ),
    Example(
        "CMP012",
        design()
        .host(os="ws2016")
        .network("net")
        .compartment("pod", on="net", pod=True)
        .container("web01", parent="pod", image_build=14393)
        .container("app01", parent="pod", image_build=14393),
        HOST.compartment("pod", on="net", pod=True).container("web01", parent="pod").container("app01", parent="pod"),
    ),
    Example(
        "CMP013",
        HOST.container("app01", on="net").host("HOST02").container("web01", shares_network_of="app01"),
        HOST.container("app01", on="net").container("web01", shares_network_of="app01"),
    ),
    Example("CMP015", HOST.container(on="net").compartment("c2"), HOST.compartment("c2", on="net")),
    Example(
        "CMP017",
        HOST.compartment("c3", number=3, on="net").vnic("leg", role="host-endpoint", parent="c3"),
        HOST.vnic("leg", role="host-endpoint"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_a_shared_network_has_one_set_of_ports() -> None:
    drawn = design().host().network().container("a", on="nat0", listening=WEB)
    assert found("CMP011", drawn.container("b", shares_network_of="a", listening=WEB))
    assert not found("CMP011", drawn.container("b", on="nat0", listening=WEB))
