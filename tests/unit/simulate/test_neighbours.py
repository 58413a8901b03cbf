"""Who answers an ARP request, and why nobody does."""

from __future__ import annotations

from tests.unit.rules.designs import design
from tests.unit.simulate.paths import Case, one_host, walk


def test_vlans_on_one_switch() -> None:
    drawn = one_host().switch("ext", uplink="NIC1")
    for number in (20, 30):
        options = {"mode": "transparent", "gateway": "10.0.0.1", "vlan": number, "switch": "ext"}
        drawn = drawn.network(f"v{number}", subnet="10.0.0.0/24", **options)  # type: ignore[arg-type]  # fields of it
    drawn = drawn.container("C", on="v20", ip="10.0.0.20").container("E", on="v30", ip="10.0.0.30")

    Case("T2", drawn, "C", "E", "D-VLAN").check()


def test_another_host_is_found_by_its_cable() -> None:
    drawn = design().segment("LAN", prefix="10.0.0.0/24")
    for number in (1, 2, 3):
        drawn = drawn.host(f"H{number}").nic(f"N{number}", cable="LAN", addresses=(f"10.0.0.1{number}/24",))

    found = walk(drawn, "H1", "H3", None)

    assert found.works
    assert found.touched == {"H1", "H3"}


def test_a_plain_address_is_looked_for_on_every_host_of_the_wire() -> None:
    from ipaddress import IPv4Address

    drawn = one_host().host("HOST2").nic("NIC2", cable="LAN", addresses=("10.0.0.12/24",))
    drawn = drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", uplink="NIC2")
    drawn = drawn.container("D", on="corp", ip="10.0.0.30")

    found = walk(drawn, "HOST1", IPv4Address("10.0.0.30"))

    assert found.works
    assert found.hops[-1].element == "D"
    assert walk(drawn, "HOST1", IPv4Address("10.0.0.31")).code == "D-ARP"
