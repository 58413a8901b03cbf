"""Rules about the room in subnets (IPA)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found

HOST = design().host()


FULL = HOST.network("nat0", subnet="172.16.0.0/29", gateway="172.16.0.1")

for _number in range(5):
    FULL = FULL.container(f"web{_number}", on="nat0")

EXAMPLES = [
    Example("IPA014", FULL.container("w5", on="nat0"), FULL, fixable=True),
    Example("IPA015", FULL, HOST.network("nat0", subnet="172.16.0.0/20").container(on="nat0")),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def swarm(prefix: str, **service: Any) -> Drawn:
    drawn = design().host("HOST01", role="swarm-manager").nic().network("ov", mode="overlay", subnet=prefix)
    return drawn.uplink("ov", "Ethernet").service("web", on="ov", **service)


def test_each_task_of_a_service_takes_an_address_and_a_virtual_ip_one_more() -> None:
    assert found("IPA014", swarm("10.9.0.0/29", replicas=4))
    assert not found("IPA014", swarm("10.9.0.0/29", replicas=3))
    assert not found("IPA014", swarm("10.9.0.0/29", replicas=4, endpoint_mode="dnsrr"))
    assert found("IPA015", swarm("10.9.0.0/29", replicas=3))
    assert not found("IPA014", swarm("10.9.0.0/29", mode="global", replicas=50))
