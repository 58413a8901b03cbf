"""The segments that depend on the isolation, access lists by mode (the last row of the verdict matrix), and private."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import OLD, Case, host, one_host, outside, places, walk

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
BLOCK_OUT = {"action": "block", "direction": "out"}
BLOCK_IN = {"action": "block", "direction": "in"}


def two(mode: str, hyperv: bool, first: Any = (), second: Any = (), **fields: Any) -> Drawn:
    """Return C and C2 on one network of a mode, with access lists."""
    node = {"role": "swarm-manager", "swarm": "s"} if mode == "overlay" else {}
    if mode == "l2tunnel":
        node = {"machine": "azure-vm"}
    drawn = host(outside(), **node | fields)
    options: dict[str, Any] = {"subnet": "172.16.0.0/24", "gateway": "172.16.0.1"}
    if mode not in ("nat", "internal", "private", "ics", "overlay"):
        options = {"subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}
    uplink = "" if mode in ("nat", "internal", "private", "ics") else "NIC1"
    drawn = drawn.network("net", mode=mode, uplink=uplink, **options)
    prefix = options["subnet"].removesuffix("0/24")
    drawn = drawn.container("C", on="net", ip=f"{prefix}20", hyperv=hyperv, acls=first)
    return drawn.container("C2", on="net", ip=f"{prefix}21", hyperv=hyperv, acls=second)


def test_a_windows_container_leaves_by_its_compartment_and_host_vnic() -> None:
    found = walk(two("nat", False), "C", "C2")

    assert places(found) == ["C", "C:compartment", "C|net", "net:switch", "C2|net", "C2:compartment"]
    assert "Windows Firewall of the compartment of C: outbound traffic is allowed." in [hop.text for hop in found.hops]
    assert "The host vNIC of C2, in its compartment." in [hop.text for hop in found.hops]


def test_a_hyperv_container_leaves_by_its_utility_vm_and_vmnic() -> None:
    found = walk(two("nat", True), "C", "C2")

    assert places(found) == ["C", "C:utility-vm", "C|net", "net:switch", "C2|net", "C2:utility-vm"]
    assert "The vmNIC of C goes over the VMBus to the switch of the host." in [hop.text for hop in found.hops]
    assert "The firewall in the utility VM: inbound TCP is allowed." in [hop.text for hop in found.hops]


ENFORCED = [
    ("nat", False, "host", True),
    ("nat", False, "switch", False),
    ("nat", True, "host", False),
    ("nat", True, "switch", False),
    ("transparent", False, "host", True),
    ("transparent", False, "switch", False),
    ("transparent", True, "host", False),
    ("transparent", True, "switch", False),
    *((mode, False, by, True) for mode in ("l2bridge", "l2tunnel", "overlay") for by in ("host", "switch")),
    *((mode, True, by, by == "switch") for mode in ("l2bridge", "l2tunnel", "overlay") for by in ("host", "switch")),
]
WARNINGS = {
    (True, "nat"): "ACL001",
    (True, "transparent"): "ACL001",
    (False, "nat"): "ACL003",
    (False, "transparent"): "ACL003",
}


@pytest.mark.parametrize(("mode", "hyperv", "by", "works"), ENFORCED)
@pytest.mark.parametrize("end", ["source", "target"])
def test_who_enforces_access_lists(mode: str, hyperv: bool, by: str, works: bool, end: str) -> None:
    rule = (BLOCK_OUT if end == "source" else BLOCK_IN) | {"enforced_by": by}
    drawn = two(mode, hyperv, (rule,) if end == "source" else (), (rule,) if end == "target" else ())

    found = walk(drawn, "C", "C2")

    assert found.code == ("D-ACL" if works else "")
    assert bool(found.warnings) is not works
    if not works:
        assert {name for name, _ in found.warnings} == {WARNINGS.get((hyperv, mode), "ACL002")}


def test_where_an_access_list_stops_the_packet() -> None:
    switch = walk(two("l2bridge", False, (BLOCK_OUT | {"enforced_by": "switch"},)), "C", "C2")
    firewall = walk(two("l2bridge", False, (BLOCK_OUT | {"enforced_by": "host"},)), "C", "C2")

    assert (switch.where, switch.hops[-1].part) == ("net", "switch")
    assert (firewall.where, firewall.hops[-1].part) == ("C", "compartment")


def test_answers_pass_access_lists_by_the_recorded_connection() -> None:
    drawn = two("l2bridge", False, (BLOCK_IN,), (BLOCK_OUT,))

    assert walk(drawn, "C", "C2").works
    assert walk(drawn, "C2", "C").code == "D-ACL"


@ISOLATIONS
@pytest.mark.parametrize("os", [OLD, "ws2022"])
def test_v_private_networks(hyperv: bool, os: str) -> None:
    drawn = two("private", hyperv, os=os)

    Case("V1", drawn, "C", "C2", headers={"net:switch": "E[C2<-C] I[172.16.0.20>172.16.0.21] T[50000>80]"}).check()
    for source, target in (("C", "HOST1"), ("C", "X"), ("HOST1", "C"), ("X", "C")):
        Case("V2", drawn, source, target, "D-PRIVATE").check()


def test_a_network_on_a_switch_of_the_administrator() -> None:
    drawn = one_host().switch("ext", uplink="NIC1")
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", switch="ext")
    drawn = drawn.container("C", on="corp", ip="10.0.0.20")

    found = walk(drawn, "C", "X")

    assert places(found)[:6] == ["C", "C:compartment", "C|corp", "ext", "NIC1", "LAN"]
