"""Rules about overlay networks and swarms."""

from __future__ import annotations

from typing import Any

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check

NET: dict[str, Any] = {"mode": "overlay", "attachable": True, "subnet": "10.100.0.0/24"}
BARE: dict[str, Any] = {"mode": "overlay", "attachable": True}


def node(name: str = "HOST01", **fields: Any) -> dict[str, Any]:
    return {"name": name, "role": "swarm-manager", "swarm": "blue"} | fields


ALONE = design().host().nic().network("ov", **NET).uplink("ov", "Ethernet")
NODE = design().host("HOST01", **node()).nic()
SWARM = NODE.network("ov", **NET).uplink("ov", "Ethernet").container(on="ov")


def on(**fields: Any) -> Drawn:
    return design().host("HOST01", **node(**fields)).nic().network("ov", **NET).uplink("ov", "Ethernet")


EXAMPLES = [
    Example("OVL001", ALONE.container(on="ov"), SWARM, fixable=True),
    Example("OVL003", on(os="ws2016", update_revision=693), on(os="ws2016", update_revision=1066)),
    Example("OVL004", on(engine_version="1.12.6"), on(engine_version="17.06")),
    Example(
        "OVL007",
        NODE.network("ov", mode="overlay").uplink("ov", "Ethernet").container(on="ov"),
        SWARM,
        fixable=True,
    ),
    Example("OVL009", SWARM.network("o2", encrypted=True, **BARE), SWARM.network("o2", **BARE), fixable=True),
    Example("OVL010", SWARM.network("o2", ipv6_flag=True, **BARE), SWARM.network("o2", **BARE), fixable=True),
    Example("OVL011", SWARM.network("o2", subnet="0.0.0.0/0", **BARE), SWARM.network("o2", **BARE), fixable=True),
    Example("OVL013", on(os="ws2016", daemon={"default_nat": False}), on(os="ws2016"), fixable=True),
    Example("OVL017", on(vxlan_port=7789), on(vxlan_port=4789), fixable=True),
    Example(
        "OVL018",
        SWARM.network("o2", options=({"key": "com.docker.network.windowsshim.vlanid", "value": "7"},), **BARE),
        SWARM.network("o2", **BARE),
        fixable=True,
    ),
    Example(
        "SWM001",
        design().host("HOST01", **node()).nic("A", addresses=("10.0.0.1/24",)).nic("B", addresses=("10.1.0.1/24",)),
        design()
        .host("HOST01", **node(advertise_address="10.0.0.1"))
        .nic("A", addresses=("10.0.0.1/24",))
        .nic("B", addresses=("10.1.0.1/24",)),
        fixable=True,
    ),
    Example("SWM002", design().host("HOST01", **node(role="swarm-worker")), SWARM),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_two_managers_are_worth_a_remark() -> None:
    bad = design().host("HOST01", **node()).host("HOST02", **node("HOST02"))
    check(Example("SWM002", bad, SWARM, severity=Severity.INFO))
