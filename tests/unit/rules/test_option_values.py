"""Options that say something else than the fields of a network."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, DriverOption
from designer.rules.option_values import SHIM, VXLAN_IDS, contradicted
from tests.unit.rules.designs import design


def stated(key: str, value: str, **fields: Any) -> str | None:
    drawn = design().host().nic("E1").nic("E2").network("net", **fields)
    network = drawn.topology.find(EntityId("net"), ContainerNetwork)
    assert network is not None
    return contradicted(drawn.topology, network, DriverOption(key=key, value=value))


@pytest.mark.parametrize(
    ("key", "value", "fields", "expected"),
    [
        ("vlanid", "20", {"vlan": 30}, "30"),
        ("vlanid", "30", {"vlan": 30}, None),
        ("vlanid", "20", {}, None),
        ("vsid", "5000", {"vsid": 5001}, "5001"),
        ("networkname", "corp", {"hns_name": "lab"}, "lab"),
        ("networkname", "CORP", {"hns_name": "corp"}, None),
        ("dnssuffix", "a.example.com", {"dns_suffix": "b.example.com"}, "b.example.com"),
        ("dnsservers", "10.0.0.2, 10.0.0.1", {"dns_servers": ("10.0.0.1", "10.0.0.2")}, None),
        ("dnsservers", "10.0.0.3", {"dns_servers": ("10.0.0.1",)}, "10.0.0.1"),
        ("enable_outboundnat", "false", {"outbound_nat": True}, "true"),
        ("enable_outboundnat", "T", {"outbound_nat": True}, None),
        ("disable_gatewaydns", "0", {"gateway_dns": False}, "true"),
        ("interface", "E2", {"mode": "transparent", "uplink": "E1"}, "E1"),
        ("interface", "e1", {"mode": "transparent", "uplink": "E1"}, None),
        ("routingdomain", "x", {"vlan": 30}, None),
    ],
)
def test_what_the_design_says_instead(key: str, value: str, fields: dict[str, Any], expected: str | None) -> None:
    assert stated(SHIM + key, value, **fields) == expected


def test_vxlan_ids_follow_from_the_subnets() -> None:
    subnets = ({"prefix": "10.1.0.0/24", "vni": 4097}, {"prefix": "10.2.0.0/24", "vni": 4098})
    assert stated(VXLAN_IDS, "4098,4097", mode="overlay", subnets=subnets) is None
    assert stated(VXLAN_IDS, "4098", mode="overlay", subnets=subnets) == "4097,4098"
