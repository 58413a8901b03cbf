"""The verdict matrix: every mode and isolation against every kind of destination, and how ways end."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any, get_args

import pytest

from designer.simulate.engine import FORWARDING
from designer.simulate.steps import Place
from tests.unit.rules.designs import Drawn, design
from tests.unit.simulate.paths import OLD, Case, host, one_host, outside, walk

NODE: dict[str, Any] = {"role": "swarm-manager", "swarm": "s"}
PREFIX = {"nat": "172.16", "internal": "172.16", "private": "172.16", "overlay": "172.16"}


def pair(mode: str, hyperv: bool, os: str = "ws2022") -> Drawn:
    """Return C and C2 on net, E on other of HOST1, D on far of HOST2, all of one mode; C2 publishes 8080."""
    fields: dict[str, Any] = {"os": os} | (NODE if mode == "overlay" else {})
    if mode == "l2tunnel":
        fields["machine"] = "azure-vm"
        drawn = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1", azure_vnet=True)
        drawn = drawn.client("X", cable="LAN", addresses=("10.0.0.50/24",))
    else:
        drawn = outside()
    drawn = _networks(host(drawn, **fields), mode, "1")
    port = ({"host_port": 8080},)
    drawn = drawn.container("C", on="net1", ip=_address(mode, 1, 20), hyperv=hyperv)
    drawn = drawn.container("C2", on="net1", ip=_address(mode, 1, 21), hyperv=hyperv, ports=port)
    drawn = drawn.container("E", on="other1", ip=_address(mode, 5, 22), hyperv=hyperv)
    drawn = _networks(host(drawn, 2, **fields), mode, "2")
    far = "net1" if mode == "overlay" else "net2"
    return drawn.container("D", on=far, ip=_address(mode, 1 if mode == "overlay" else 2, 30), hyperv=hyperv)


def _address(mode: str, number: int, last: int) -> str:
    return f"172.16.{number}.{last}" if mode in PREFIX else f"10.0.0.{last}"


def _networks(drawn: Drawn, mode: str, number: str) -> Drawn:
    nic = f"NIC{number}"
    if mode == "overlay":
        if number == "2":
            return drawn.uplink("net1", nic)
        drawn = drawn.network("net1", mode=mode, subnet="172.16.1.0/24", gateway="172.16.1.1", uplink=nic)
        return drawn.network("other1", mode=mode, subnet="172.16.5.0/24", gateway="172.16.5.1", uplink=nic)
    if mode in PREFIX:
        drawn = drawn.network(f"net{number}", mode=mode, subnet=f"172.16.{number}.0/24")
        return drawn.network("other1", mode=mode, subnet="172.16.5.0/24") if number == "1" else drawn
    on_wire: dict[str, Any] = {"mode": mode, "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}
    drawn = drawn.network(f"net{number}", uplink=nic, **on_wire)
    return drawn.nic("NIC9", cable="LAN").network("other1", uplink="NIC9", **on_wire) if number == "1" else drawn


ISOLATED = {"internal": "D-INTERNAL", "private": "D-PRIVATE"}

MATRIX: dict[str, tuple[str, str, dict[str, Any], dict[str, tuple[str, str]]]] = {
    "same network": (
        "C",
        "C2",
        {},
        {
            "nat": ("N1", ""),
            "transparent": ("T1", ""),
            "l2bridge": ("B1", ""),
            "l2tunnel": ("L1", ""),
            "overlay": ("O1", ""),
            "internal": ("I1", ""),
            "private": ("V1", ""),
        },
    ),
    "other network, same host": (
        "C",
        "E",
        {},
        {
            "nat": ("N2", "D-NATX"),
            "transparent": ("T2", ""),
            "l2bridge": ("B2", ""),
            "l2tunnel": ("L1", ""),
            "overlay": ("O4", "D-VNI"),
            "internal": ("I3", "D-INTERNAL"),
            "private": ("V2", "D-PRIVATE"),
        },
    ),
    "host": (
        "C",
        "HOST1",
        {},
        {
            "nat": ("N3", ""),
            "transparent": ("T3", ""),
            "l2bridge": ("B3", ""),
            "l2tunnel": ("L3", ""),
            "overlay": ("O5", "D-HOSTROUTE"),
            "internal": ("I2", ""),
            "private": ("V2", "D-PRIVATE"),
        },
    ),
    "external": (
        "C",
        "X",
        {},
        {
            "nat": ("N5", ""),
            "transparent": ("T5", ""),
            "l2bridge": ("B5", ""),
            "l2tunnel": ("L4", ""),
            "overlay": ("O6", ""),
            "internal": ("I3", "D-INTERNAL"),
            "private": ("V2", "D-PRIVATE"),
        },
    ),
    "other host's container": (
        "C",
        "D",
        {},
        {
            "nat": ("N6", "D-NOROUTE"),
            "transparent": ("T6", ""),
            "l2bridge": ("B7", ""),
            "l2tunnel": ("L2", ""),
            "overlay": ("O2", ""),
            "internal": ("I3", "D-INTERNAL"),
            "private": ("V2", "D-PRIVATE"),
        },
    ),
    "inbound published port": (
        "X",
        "C2",
        {"address": "published"},
        {
            "nat": ("N8", ""),
            "transparent": ("T8", "D-MAP"),
            "l2bridge": ("B9", ""),
            "l2tunnel": ("L5", ""),
            "overlay": ("O8", ""),
            "internal": ("I3", "D-MAP"),
            "private": ("V2", "D-MAP"),
        },
    ),
    "inbound to container IP": (
        "X",
        "C",
        {},
        {
            "nat": ("N9", "D-NOROUTE"),
            "transparent": ("T7", ""),
            "l2bridge": ("B11", ""),
            "l2tunnel": ("L5", ""),
            "overlay": ("O11", "D-HOSTROUTE"),
            "internal": ("I3", "D-INTERNAL"),
            "private": ("V2", "D-PRIVATE"),
        },
    ),
}
"""By destination: source, target, the rest of the packet, and by mode the row and the code of the drop."""

CELLS = [(name, mode) for name, (_, _, _, cells) in MATRIX.items() for mode in cells]


@pytest.mark.parametrize(("name", "mode"), CELLS)
@pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
def test_the_verdict_matrix(name: str, mode: str, hyperv: bool) -> None:
    source, target, packet, cells = MATRIX[name]
    row, code = cells[mode]
    port = 8080 if packet else 80

    Case(row, pair(mode, hyperv), source, target, code, port=port, packet=packet).check()


CHANGED_2016 = {
    ("inbound published port", "l2bridge"): "D-MAP",
    ("inbound published port", "l2tunnel"): "D-MAP",
    ("inbound published port", "overlay"): "D-MAP",
}


@pytest.mark.parametrize(("name", "mode"), CELLS)
@pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
def test_the_verdict_matrix_on_windows_server_2016(name: str, mode: str, hyperv: bool) -> None:
    source, target, packet, cells = MATRIX[name]
    code = CHANGED_2016.get((name, mode), cells[mode][1])
    port = 8080 if packet else 80

    found = walk(pair(mode, hyperv, OLD), source, target, port, **packet)

    assert found.code == code
    unasked = found.delivered and target in ("C", "C2", "D", "E") and not packet and not hyperv
    assert ("ACL005" in {rule for rule, _ in found.warnings}) is unasked


@pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
def test_z1_without_network(hyperv: bool) -> None:
    drawn = one_host().container("C", network_none=True, hyperv=hyperv).container("C2", hyperv=hyperv)

    for source in ("C", "C2"):
        found = Case("Z1", drawn, source, "X", "D-NONE").check()
        assert found.where == source
    Case("", drawn, "X", "C", "D-NONE").check()


def test_every_place_has_its_function() -> None:
    assert set(FORWARDING) == set(get_args(Place))


def test_an_address_that_another_machine_has() -> None:
    drawn = outside().client("Y", cable="LAN", addresses=("10.0.0.20/24",))
    drawn = drawn.client("Z", cable="WAN", addresses=("10.0.0.20/24",))

    found = walk(drawn, "X", "Z")

    assert (found.code, found.where) == ("D-ARP", "Y")
    assert "ends at Y, not at Z" in found.sentence


def test_ipsec_between_containers_is_warned_of() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0").container("C2", on="nat0")

    assert "ACL009" in {rule for rule, _ in walk(drawn, "C", "C2", ipsec=True).warnings}


def test_things_that_send_nothing() -> None:
    drawn = outside()

    for source in ("LAN", "nothing"):
        assert walk(drawn, source, "X").code == "D-NONE"
    for target in ("LAN", "nothing"):
        assert walk(drawn, "X", target).code == "D-ARP"


def test_only_what_is_on_the_way_is_looked_at() -> None:
    drawn = pair("nat", False)

    assert walk(drawn, "C", "C2").touched == {"HOST1"}
    assert walk(drawn, "C", IPv4Address("192.0.2.50")).touched == {"HOST1"}
    assert walk(drawn, "X", IPv4Address("192.0.2.1")).touched == set()


def test_the_same_packet_has_the_same_story() -> None:
    drawn = pair("overlay", True)

    assert walk(drawn, "C", "D") == walk(drawn, "C", "D")
