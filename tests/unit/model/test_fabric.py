from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface, IPv6Interface

import pytest
from pydantic import ValidationError

from designer.model.fabric import Client, Route, Router, Segment, SegmentSubnet
from tests.unit.sample import eid


def test_a_segment_keeps_host_bits_for_a_rule_to_point_at() -> None:
    segment = Segment.model_validate({"id": "s", "name": "LAN", "subnets": [{"prefix": "10.0.0.7/24", "vlan": 10}]})
    assert segment.subnets == (SegmentSubnet(prefix=IPv4Interface("10.0.0.7/24"), vlan=10),)
    assert str(segment.subnets[0].prefix.network) == "10.0.0.0/24"


def test_addresses_are_parsed_at_the_border() -> None:
    route = Route.model_validate({"destination": "0.0.0.0/0", "next_hop": "10.0.0.1"})
    router = Router(id=eid("r"), name="r", addresses=(IPv6Interface("fd00::1/64"),), routes=(route,))
    assert router.routes[0].next_hop == IPv4Address("10.0.0.1")
    with pytest.raises(ValidationError):
        Client.model_validate({"id": "c", "name": "c", "gateway": "10.0.0.300"})
