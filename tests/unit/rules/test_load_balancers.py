"""Rules about load balancers: networks, releases, VIPs (LBL)."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found, ids_of

HOST = design().host().network("nat0", subnet="172.16.0.0/20").nic()

HOST = HOST.network("b", mode="l2bridge", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet")

SWARM = design().host(role="swarm-manager").nic().network("ov", mode="overlay", attachable=True, subnet="10.9.0.0/24")

SWARM = SWARM.uplink("ov", "Ethernet")

RS4 = design().host(os="ws1803").nic().network("b", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet")


EXAMPLES = [
    Example(
        "LBL001",
        HOST.container("other", on="b").container("w", on="nat0").balancer(to="w", vip="10.0.0.90"),
        HOST.container("other", on="nat0").container("w", on="b").balancer(to="w", vip="10.0.0.90"),
        fixable=True,
    ),
    Example(
        "LBL002",
        HOST.nic("E2")
        .network("c", mode="l2bridge", subnet="10.5.0.0/24", uplink="E2")
        .container("w1", on="b")
        .container("w2", on="c")
        .balancer(to=("w1", "w2")),
        HOST.container("w1", on="b").container("w2", on="b").balancer(to=("w1", "w2")),
        fixable=True,
    ),
    Example(
        "LBL003",
        SWARM.container("w", on="ov").balancer(to="w", vip="10.9.0.90"),
        SWARM.container("w", on="ov").balancer(to="w", vip="10.9.0.90", source_vip="10.9.0.91"),
        fixable=True,
    ),
    Example(
        "LBL004",
        RS4.container("w", image_build=17134, on="b").balancer(to="w", direct_server_return=True),
        HOST.container("w", on="b").balancer(to="w", direct_server_return=True),
        fixable=True,
    ),
    Example(
        "LBL005",
        RS4.container("w", image_build=17134, on="b").balancer(to="w", session_affinity=True),
        HOST.container("w", on="b").balancer(to="w", session_affinity=True),
        fixable=True,
    ),
    Example(
        "LBL008",
        HOST.container("w", on="b").balancer("l1", to="w", vip="10.0.0.90").balancer("l2", to="w", vip="10.0.0.90"),
        HOST.container("w", on="b").balancer("l1", to="w", vip="10.0.0.90").balancer("l2", to="w", vip="10.0.0.91"),
        fixable=True,
    ),
]

EXAMPLES += [
    Example(
        "LBL008",
        HOST.container("w", on="b", ip="10.0.0.60").balancer(to="w", vip="10.0.0.60"),
        HOST.container("w", on="b", ip="10.0.0.60").balancer(to="w", vip="10.0.0.61"),
        fixable=True,
    ),
    Example(
        "LBL008",
        HOST.container("w", on="b").balancer(to="w", vip="10.0.0.1"),
        HOST.container("w", on="b").balancer(to="w", vip="10.0.0.90"),
        fixable=True,
    ),
    Example(
        "LBL008",
        HOST.vnic("leg", on="b", addresses=("10.0.0.2/24",)).container("w", on="b").balancer(to="w", vip="10.0.0.2"),
        HOST.vnic("leg", on="b", addresses=("10.0.0.2/24",)).container("w", on="b").balancer(to="w", vip="10.0.0.90"),
        fixable=True,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=ids_of(EXAMPLES))
def test_rule(example: Example) -> None:
    check(example)


def test_more_back_ends_than_hns_takes() -> None:
    names = tuple(f"web{number}" for number in range(1025))
    many = HOST
    for name in names:
        many = many.container(name)
    check(Example("LBL006", many.balancer(to=names), many.balancer(to=names[:1024])))


def test_vfp_balances_nothing_on_2016() -> None:
    def balanced(release: str) -> Drawn:
        drawn = design().host(os=release).nic().network("b", subnet="10.0.0.0/24", mode="l2bridge", uplink="Ethernet")
        return drawn.container("w", on="b").balancer("l1", to="w", vip="10.250.0.1")

    (told,) = found("LBL001", balanced("ws2016"))
    assert "version 1709" in told.finding.message
    assert not found("LBL001", balanced("ws1709"))
