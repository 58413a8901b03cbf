"""Rules about ACLs, QoS and load balancers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host().network("nat0", subnet="172.16.0.0/20").nic()
HOST = HOST.network("b", mode="l2bridge", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="Ethernet")
SWARM = design().host(role="swarm-manager").nic().network("ov", mode="overlay", attachable=True, subnet="10.9.0.0/24")
SWARM = SWARM.uplink("ov", "Ethernet")
OLD = design().host(os="ws2016").nic().network("b", mode="l2bridge", subnet="10.0.0.0/24", uplink="Ethernet")


def acl(**fields: Any) -> dict[str, Any]:
    return {"acls": ({"action": "block"} | fields,)}


TEAM = design().host().team("Team").nic("E1", parent="Team")

EXAMPLES = [
    Example(
        "ACL001",
        HOST.container("other", on="b").container(hyperv=True, on="nat0", **acl()),
        HOST.container("other", on="nat0").container(hyperv=True, on="b", **acl()),
        fixable=True,
    ),
    Example(
        "ACL002",
        HOST.container(hyperv=True, on="b", **acl(enforced_by="host")),
        HOST.container(hyperv=True, on="b", **acl(enforced_by="switch")),
        fixable=True,
    ),
    Example(
        "ACL003",
        HOST.container(on="nat0", **acl(enforced_by="switch")),
        HOST.container(on="nat0", **acl(enforced_by="host")),
        fixable=True,
    ),
    Example(
        "ACL004",
        OLD.container(image_build=14393, on="b", **acl(local_ports=({"first": 80, "last": 90},))),
        HOST.container(on="b", **acl(local_ports=({"first": 80, "last": 90},))),
        fixable=True,
    ),
    Example(
        "ACL007",
        HOST.container(on="b", acls=({"action": "allow", "priority": 100}, {"action": "block", "priority": 100})),
        HOST.container(on="b", acls=({"action": "allow", "priority": 100}, {"action": "block", "priority": 200})),
        fixable=True,
    ),
    Example(
        "QOS005",
        SWARM.container(on="ov", outbound_limit_bytes_per_second=1_000_000),
        HOST.container(on="b", outbound_limit_bytes_per_second=1_000_000),
    ),
    Example("QOS006", TEAM.switch("s", uplink="Team", bandwidth_mode="weight"), TEAM.switch("s", uplink="Team")),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
