"""Rules about load balancers and what carries them."""

from __future__ import annotations

import pytest

from designer.rules.balancing import NEARLY
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().network("b", mode="l2bridge", subnet="10.0.0.0/24").container("w", on="b")
SWARM = design().host(role="swarm-manager")


def many(number: int) -> Drawn:
    drawn = HOST
    for position in range(number):
        drawn = drawn.balancer(f"lb{position}", to="w", port=position + 1)
    return drawn


def overlay(prefix: str) -> Drawn:
    drawn = SWARM.network("ov", mode="overlay", attachable=True, subnet=prefix, gateway="10.9.3.1")
    return drawn.container("w", on="ov", ip="10.9.3.9").balancer(to="w", vip="10.9.3.90", source_vip="10.9.3.91")


EXAMPLES = [
    Example(
        "LBL009",
        HOST.balancer(to="w", preserve_destination=True),
        HOST.balancer(to="w", preserve_destination=True, direct_server_return=True),
        fixable=True,
    ),
    Example(
        "LBL010",
        HOST.host("HOST02").balancer(to="w", parent="HOST02", local_backends_only=True),
        HOST.balancer(to="w", parent="HOST01", local_backends_only=True),
    ),
    Example("IPA031", overlay("10.9.0.0/16"), overlay("10.9.3.0/24"), fixable=True),
    Example("LBL007", many(NEARLY), many(NEARLY - 1), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_addresses_in_two_places_keep_a_large_subnet() -> None:
    spread = overlay("10.9.0.0/16").container("far", on="ov", ip="10.9.7.9")
    assert found("IPA031", spread)[0].finding.fix is None


def test_a_service_with_a_virtual_ip_wants_a_small_subnet_too() -> None:
    drawn = design().host(role="swarm-manager").network("ov", mode="overlay", subnet="10.9.0.0/16")
    (judged,) = found("IPA031", drawn.service("web", on="ov").service("shop", on="ov"))
    assert judged.finding.fix is not None
    assert found("IPA031", drawn.service("web", on="ov", replicas=300))[0].finding.fix is None
    assert not found("IPA031", drawn.service("web", on="ov", endpoint_mode="dnsrr"))
