"""Transparent networks (rows T1 to T9): the wire, physical ports, outer switches, the fabric."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from designer.model.networks import ContainerNetwork
from tests.unit.rules.designs import Drawn, design
from tests.unit.simulate.paths import NOW, OLD, Case, host, one_host

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])


def wired(hyperv: bool = False, **fields: Any) -> Drawn:
    """Return C and C2 on corp of HOST1, and D on corp2 of HOST2, all on the LAN."""
    drawn = one_host(**fields).network(
        "corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1"
    )
    drawn = drawn.container("C", on="corp", ip="10.0.0.20", hyperv=hyperv)
    drawn = drawn.container("C2", on="corp", ip="10.0.0.21", hyperv=hyperv)
    drawn = host(drawn, 2, **fields)
    drawn = drawn.network("corp2", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC2")
    return drawn.container("D", on="corp2", ip="10.0.0.30", hyperv=hyperv)


def vlans(port: dict[str, Any] | None, hyperv: bool = False, **fields: Any) -> Drawn:
    """Return C in VLAN 20 of HOST1, with the router on a stick, and the physical port as given."""
    subnets = (
        {"prefix": "10.0.0.0/24", "router": "10.0.0.1"},
        {"prefix": "10.20.0.0/24", "router": "10.20.0.1", "vlan": 20},
    )
    drawn = design().segment("LAN", subnets=subnets).client("X", cable="LAN", addresses=("10.0.0.50/24",))
    drawn = drawn.host("HOST1", **fields)
    drawn = drawn.nic("NIC1", cable="LAN", addresses=("10.0.0.11/24",), gateway="10.0.0.1", switch_port=port)
    drawn = drawn.network("v20", mode="transparent", subnet="10.20.0.0/24", gateway="10.20.0.1", vlan=20, uplink="NIC1")
    return drawn.container("C", on="v20", ip="10.20.0.20", hyperv=hyperv)


def stack(name: str, hyperv: bool) -> str:
    return f"{name}:utility-vm" if hyperv else f"{name}:compartment"


@ISOLATIONS
def test_t1_same_network_never_reaches_the_wire(hyperv: bool) -> None:
    Case(
        "T1",
        wired(hyperv),
        "C",
        "C2",
        by=("C", stack("C", hyperv), "C|corp", "corp:switch", "C2|corp", stack("C2", hyperv)),
        headers={"corp:switch": "E[C2<-C] I[10.0.0.20>10.0.0.21] T[50000>80]"},
    ).check()


@ISOLATIONS
@pytest.mark.parametrize(("routed", "code"), [(True, ""), (False, "D-ARP")])
def test_t2_another_network_by_the_router(hyperv: bool, routed: bool, code: str) -> None:
    drawn = one_host().network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on="corp", ip="10.0.0.20", hyperv=hyperv)
    drawn = drawn.nic("NIC3", cable="LAN2")
    drawn = drawn.network("far", mode="transparent", subnet="10.9.0.0/24", gateway="10.9.0.1", uplink="NIC3")
    drawn = drawn.container("E", on="far", ip="10.9.0.20", hyperv=hyperv).segment("LAN2", prefix="10.9.0.0/24")
    if routed:
        drawn = drawn.router("R2", cable="LAN", addresses=("10.0.0.254/24", "10.9.0.1/24")).cabled("R2", "LAN2")
        drawn = _gateway(drawn, "10.0.0.254")
    start, end = ("C", "E") if routed else ("E", "C")
    headers = {"LAN2": "E[E<-R2] I[10.0.0.20>10.9.0.20] T[50000>80]"} if routed else {}

    Case("T2", drawn, start, end, code, headers=headers).check()


def _gateway(drawn: Drawn, gateway: str) -> Drawn:
    """Let the containers of corp use another router."""
    return replace(
        drawn,
        entities=tuple(
            entity.evolve(subnets=({"prefix": "10.0.0.0/24", "gateway": gateway},))
            if isinstance(entity, ContainerNetwork) and entity.id == "corp"
            else entity
            for entity in drawn.entities
        ),
    )


@ISOLATIONS
def test_t2_between_vlans_the_switch_tags(hyperv: bool) -> None:
    drawn = vlans({"mode": "trunk", "allowed": (20,)}, hyperv)

    Case(
        "T5",
        drawn,
        "C",
        "X",
        headers={
            "v20:switch": "E[10.20.0.1<-C v20] I[10.20.0.20>10.0.0.50] T[50000>80]",
            "NIC1": "E[10.20.0.1<-C v20] I[10.20.0.20>10.0.0.50] T[50000>80]",
            "X": "I[10.20.0.20>10.0.0.50] T[50000>80]",
        },
    ).check()


@ISOLATIONS
def test_t3_own_host(hyperv: bool) -> None:
    Case(
        "T3",
        wired(hyperv),
        "C",
        "HOST1",
        by=("C", stack("C", hyperv), "C|corp", "corp:switch", "corp:vnic:HOST1", "HOST1:compartment"),
        headers={"corp:switch": "E[HOST1<-C] I[10.0.0.20>10.0.0.11] T[50000>80]"},
        warns=("PRT022",),
    ).check()


@ISOLATIONS
def test_t3_another_vlan_goes_by_the_router(hyperv: bool) -> None:
    drawn = vlans({"mode": "trunk", "allowed": (20,)}, hyperv)

    found = Case("T3", drawn, "C", "HOST1").check()

    assert "The router of “LAN” forwards it: hop limit 127." in [hop.text for hop in found.hops]


def test_t3_a_host_without_a_vnic_on_its_only_switch() -> None:
    drawn = one_host().switch("ext", uplink="NIC1", allow_management_os=False)
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", switch="ext")

    Case("", drawn.container("C", on="corp", ip="10.0.0.20"), "C", "HOST1", "D-NOHOSTLEG").check()


@ISOLATIONS
def test_t4_from_the_host(hyperv: bool) -> None:
    Case(
        "T4",
        wired(hyperv),
        "HOST1",
        "C",
        by=("HOST1", "HOST1:compartment", "corp:vnic:HOST1", "corp:switch", "C|corp", stack("C", hyperv)),
        headers={"corp:vnic:HOST1": "E[C<-HOST1] I[10.0.0.11>10.0.0.20] T[50000>80]"},
    ).check()


@ISOLATIONS
def test_t5_outside_with_its_own_mac_address(hyperv: bool) -> None:
    Case(
        "T5",
        wired(hyperv),
        "C",
        "X",
        by=("C", stack("C", hyperv), "C|corp", "corp:switch", "NIC1", "LAN", "R", "WAN", "X"),
        headers={
            "LAN": "E[R<-C] I[10.0.0.20>192.0.2.50] T[50000>80]",
            "WAN": "E[X<-R] I[10.0.0.20>192.0.2.50] T[50000>80]",
        },
    ).check()


@ISOLATIONS
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"machine": "hyperv-vm"}, "D-SPOOF"),
        ({"machine": "hyperv-vm", "mac_spoofing": True}, ""),
        ({"machine": "vmware-vm"}, "D-SPOOF"),
        ({"machine": "vmware-vm", "promiscuous_mode": True}, ""),
        ({"machine": "azure-vm"}, "D-AZURE"),
        ({"machine": "other-vm"}, ""),
    ],
)
def test_t5_and_t7_in_virtual_machines(hyperv: bool, fields: dict[str, Any], code: str) -> None:
    drawn = wired(hyperv, **fields)
    out, back = Case("T5", drawn, "C", "X", code).check(), Case("T7", drawn, "X", "C", code).check()

    assert not code or out.where == back.where == "NIC1"
    assert ("VMH005" in {rule for rule, _ in out.warnings}) is (fields["machine"] == "other-vm")


@ISOLATIONS
@pytest.mark.parametrize(
    ("port", "code"),
    [
        (None, ""),
        ({"mode": "trunk", "allowed": (20,)}, ""),
        ({"mode": "trunk", "allowed": (30,)}, "D-TRUNK"),
        ({"mode": "access", "vlan": 20}, "D-TRUNK"),
    ],
)
def test_t5_and_t7_need_a_trunk_for_a_vlan(hyperv: bool, port: dict[str, Any] | None, code: str) -> None:
    drawn = vlans(port, hyperv)

    Case("T5", drawn, "C", "X", code).check()
    Case("T7", drawn, "X", "C", code).check()


@ISOLATIONS
def test_t6_another_host(hyperv: bool) -> None:
    Case(
        "T6",
        wired(hyperv),
        "C",
        "D",
        by=(
            *("C", stack("C", hyperv), "C|corp", "corp:switch", "NIC1", "LAN", "NIC2"),
            *("corp2:switch", "D|corp2", stack("D", hyperv)),
        ),
        headers={"LAN": "E[D<-C] I[10.0.0.20>10.0.0.30] T[50000>80]"},
    ).check()


@ISOLATIONS
@pytest.mark.parametrize(("os", "protocol", "code"), [(NOW, "tcp", ""), (NOW, "gre", "D-PROTO"), (OLD, "gre", "")])
def test_t7_from_outside(hyperv: bool, os: str, protocol: str, code: str) -> None:
    transport = "T[50000>80]" if protocol == "tcp" else "GRE"
    Case(
        "T7",
        wired(hyperv, os=os),
        "X",
        "C",
        "" if hyperv else code,
        headers={"LAN": f"E[C<-R] I[192.0.2.50>10.0.0.20] {transport}"},
        packet={"protocol": protocol},
    ).check()


@ISOLATIONS
def test_t8_no_port_can_be_published(hyperv: bool) -> None:
    drawn = one_host().network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    drawn = drawn.container("C", on="corp", ip="10.0.0.20", hyperv=hyperv, ports=({"host_port": 8080},))

    found = Case("T8", drawn, "X", "C", "D-MAP", port=8080, packet={"address": "published"}).check()

    assert found.where == "HOST1"


@ISOLATIONS
@pytest.mark.parametrize(
    ("dhcp", "fields", "code"),
    [
        (True, {}, ""),
        (False, {}, "D-DHCP"),
        (True, {"machine": "hyperv-vm"}, "D-SPOOF"),
    ],
)
def test_t9_dhcp(hyperv: bool, dhcp: bool, fields: dict[str, Any], code: str) -> None:
    scope = {"dhcp": {"first": "10.0.0.100", "last": "10.0.0.199"}} if dhcp else {}
    drawn = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1", **scope)
    drawn = host(drawn.client("X", cable="LAN", addresses=("10.0.0.50/24",)), **fields)
    drawn = drawn.network("corp", mode="transparent", uplink="NIC1").container("C", on="corp", hyperv=hyperv)

    found = Case("T9" if code else "T5", drawn, "C", "X", code).check()

    leases = [hop.header for hop in found.hops if hop.path == "T9"]
    assert leases == ["E[ff..<-C] I[0.0.0.0>255.255.255.255] T[68>67]"]
    assert code or found.hops[-1].header == "I[C>10.0.0.50] T[50000>80]"


def test_t9_a_target_without_a_lease() -> None:
    drawn = host(design().segment("LAN", prefix="10.0.0.0/24").client("X", cable="LAN", addresses=("10.0.0.50/24",)))
    drawn = drawn.network("corp", mode="transparent", uplink="NIC1").container("C", on="corp")

    Case("T9", drawn, "X", "C", "D-DHCP").check()


def test_no_cable_no_link_no_uplink() -> None:
    subnet: dict[str, Any] = {"mode": "transparent", "subnet": "10.0.0.0/24", "gateway": "10.0.0.1"}
    bare = design().host("HOST1").nic("NIC1", addresses=("10.0.0.11/24",))
    down = design().segment("LAN", prefix="10.0.0.0/24", router="10.0.0.1").host("HOST1")
    down = down.nic("NIC1", cable="LAN", link_up=False).client("X", cable="LAN", addresses=("10.0.0.50/24",))

    for drawn in (
        bare.network("corp", uplink="NIC1", **subnet)
        .container("C", on="corp", ip="10.0.0.20")
        .client("X", addresses=("10.0.0.50/24",)),
        bare.network("corp", **subnet)
        .container("C", on="corp", ip="10.0.0.20")
        .client("X", addresses=("10.0.0.50/24",)),
        down.network("corp", uplink="NIC1", **subnet).container("C", on="corp", ip="10.0.0.20"),
    ):
        Case("T5", drawn, "C", "X", "D-NOLINK").check()
        assert Case("T7", drawn, "X", "C", "D-NOLINK").check().hops


@pytest.mark.parametrize(("mtu", "warned"), [(1500, False), (1450, True)])
def test_a_wire_that_carries_less_than_containers_send(mtu: int, warned: bool) -> None:
    drawn = host(
        design().segment("LAN", prefix="10.0.0.0/24", mtu=mtu).client("X", cable="LAN", addresses=("10.0.0.50/24",))
    )
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", gateway="10.0.0.1", uplink="NIC1")
    found = Case("T5", drawn.container("C", on="corp", ip="10.0.0.20"), "C", "X").check()

    assert ("MTU005" in {rule for rule, _ in found.warnings}) is warned
