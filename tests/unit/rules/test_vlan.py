"""Rules about VLANs and virtual subnets."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host(role="swarm-manager")
TRUNK = design().host().nic(switch_port={"mode": "trunk", "allowed": (20,)})
ACCESS = design().host().nic(switch_port={"mode": "access", "vlan": 10})
TWO = ({"prefix": "10.1.0.0/24", "vni": 4097}, {"prefix": "10.2.0.0/24", "vni": 4098})
ONE = ({"prefix": "10.1.0.0/24", "vni": 4097}, {"prefix": "10.2.0.0/24"})


def overlay(name: str, vni: int, prefix: str = "10.1.0.0/24") -> dict[str, Any]:
    return {"mode": "overlay", "name": name, "attachable": True, "subnets": ({"prefix": prefix, "vni": vni},)}


VNIC = design().host()
GOOD_VNIC = VNIC.vnic("v", port_vlan={"mode": "trunk", "native": 0, "allowed": (10,)})
GOOD_VNIC = GOOD_VNIC.vnic("w", port_vlan={"mode": "promiscuous", "primary": 10, "secondary": (20, 30)})


EXAMPLES = [
    Example("VLN001", HOST.network(vlan=20), HOST.network(mode="transparent", vlan=20), fixable=True),
    Example(
        "VLN002", HOST.network(mode="transparent", vlan=5000), HOST.network(mode="transparent", vlan=50), fixable=True
    ),
    Example(
        "VLN003",
        ACCESS.network(mode="transparent", vlan=20, uplink="Ethernet"),
        TRUNK.network(mode="transparent", vlan=20, uplink="Ethernet"),
    ),
    Example("VLN006", VNIC.vnic("v", port_vlan={"mode": "trunk", "allowed": (10,)}), GOOD_VNIC, fixable=True),
    Example("VLN007", VNIC.vnic("v", port_vlan={"mode": "isolated", "primary": 10}), GOOD_VNIC, fixable=True),
    Example(
        "VLN008", VNIC.vnic("v", vlan=10, isolation="native-virtual-subnet"), VNIC.vnic("v", vlan=10), fixable=True
    ),
    Example(
        "VLN005",
        design().host(machine="hyperv-vm").nic().network(mode="transparent", vlan=20, uplink="Ethernet"),
        design()
        .host(machine="hyperv-vm")
        .nic(switch_port={"mode": "trunk", "allowed": (20,)})
        .network(mode="transparent", vlan=20, uplink="Ethernet"),
    ),
    Example("VSI001", HOST.network(vsid=5000), HOST.network(mode="l2tunnel", vsid=5000), fixable=True),
    Example("VSI002", HOST.network("a", **overlay("a", 100)), HOST.network("a", **overlay("a", 4100)), fixable=True),
    Example(
        "VSI003",
        HOST.network("a", **overlay("a", 4100)).network("b", **overlay("b", 4100, "10.2.0.0/24")),
        HOST.network("a", **overlay("a", 4100)).network("b", **overlay("b", 4101, "10.2.0.0/24")),
        fixable=True,
    ),
    Example(
        "VSI004", HOST.network(mode="overlay", subnets=ONE), HOST.network(mode="overlay", subnets=TWO), fixable=True
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_the_trunk_of_an_adapter_needs_a_list() -> None:
    check(Example("VLN006", design().host().nic(switch_port={"mode": "trunk"}), TRUNK, fixable=True))


def test_in_a_machine_only_the_rule_for_machines_speaks() -> None:
    inside = design().host(machine="hyperv-vm").nic(switch_port={"mode": "access"})
    assert not found("VLN003", inside.network(mode="transparent", vlan=20, uplink="Ethernet"))
