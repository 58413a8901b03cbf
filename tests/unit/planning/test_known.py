"""What is taken everywhere."""

from __future__ import annotations

from ipaddress import IPv4Network

from designer.planning.known import NEVER, PRIVATE_POOLS, span_of


def test_a_prefix_as_numbers() -> None:
    assert span_of(IPv4Network("0.0.1.0/24")) == (256, 511)


def test_pools_lie_outside_of_what_no_network_can_have() -> None:
    for first, last in map(span_of, PRIVATE_POOLS):
        assert all(last < other[0] or other[1] < first for other in NEVER)
