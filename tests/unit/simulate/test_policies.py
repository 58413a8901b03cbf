"""Which access list entry decides, and what the default policies let in."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.hosts import Host
from designer.simulate.policies import is_blocked
from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import NOW, OLD, one_host, walk


def guarded(*acls: dict[str, Any], os: str = NOW) -> Drawn:
    """Return C and C2 on l2bridge, C2 with an access list."""
    drawn = one_host(os=os).network("b", mode="l2bridge", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    return drawn.container("C", on="b", ip="10.0.0.20").container("C2", on="b", ip="10.0.0.21", acls=acls)


ALLOW, BLOCK = {"action": "allow"}, {"action": "block"}


@pytest.mark.parametrize(
    ("acls", "code"),
    [
        ((), ""),
        ((BLOCK,), "D-ACL"),
        ((ALLOW | {"priority": 100}, BLOCK | {"priority": 200}), ""),
        ((BLOCK | {"priority": 100}, ALLOW | {"priority": 200}), "D-ACL"),
        ((ALLOW | {"priority": 100}, BLOCK | {"priority": 100}), "D-ACL"),
        ((BLOCK | {"direction": "out"},), ""),
        ((BLOCK | {"protocol": "udp"},), ""),
        ((BLOCK | {"protocol": "tcp"},), "D-ACL"),
        ((BLOCK | {"remote_addresses": ("10.0.0.0/28",)},), ""),
        ((BLOCK | {"remote_addresses": ("10.0.0.16/28",)},), "D-ACL"),
        ((BLOCK | {"local_ports": ({"first": 80, "last": 90},)},), "D-ACL"),
        ((BLOCK | {"local_ports": ({"first": 81, "last": 90},)},), ""),
        ((BLOCK | {"remote_ports": ({"first": 80, "last": 80},)},), ""),
    ],
)
def test_the_first_fitting_entry_decides(acls: tuple[dict[str, Any], ...], code: str) -> None:
    assert walk(guarded(*acls), "C", "C2").code == code


@pytest.mark.parametrize("protocol", ["tcp", "udp", "icmp", "igmp"])
def test_what_the_default_policy_lets_in(protocol: str) -> None:
    assert walk(guarded(), "C", "C2", protocol=protocol).works


@pytest.mark.parametrize("protocol", ["gre", "esp", "sctp"])
def test_what_it_does_not_let_in(protocol: str) -> None:
    assert walk(guarded(), "C", "C2", protocol=protocol).code == "D-PROTO"
    assert walk(guarded(os=OLD), "C", "C2", protocol=protocol).code == ""


def test_ports_that_a_firewall_closes() -> None:
    host = Host.model_validate(
        {"id": "H", "name": "H", "blocked_ports": ({"port": 80}, {"port": 53, "protocol": "any"})}
    )

    assert is_blocked(host, "tcp", 80)
    assert not is_blocked(host, "udp", 80)
    assert is_blocked(host, "udp", 53)
