"""Names, leases and IP versions come before the first frame."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.rules.designs import Drawn, design
from tests.unit.simulate.paths import Case, host, one_host, outside, walk

ISOLATIONS = pytest.mark.parametrize("hyperv", [False, True], ids=["P", "H"])
NODE: dict[str, Any] = {"role": "swarm-manager", "swarm": "s"}


def named(mode: str = "nat", hyperv: bool = False, **network: Any) -> Drawn:
    """Return C and C2 (host name db, alias data) on one network."""
    drawn = host(outside(), **NODE)
    uplink = "" if mode in ("nat", "internal", "ics") else "NIC1"
    drawn = drawn.network(
        "net", mode=mode, subnet="10.0.0.0/24" if mode == "transparent" else "172.16.0.0/24", uplink=uplink, **network
    )
    drawn = drawn.container("C", on="net", hyperv=hyperv)
    return drawn.container("C2", on="net", hyperv=hyperv, hostname="db", aliases=("data",))


@ISOLATIONS
@pytest.mark.parametrize("mode", ["nat", "overlay"])
@pytest.mark.parametrize("name", ["C2", "c2", "db", "data"])
def test_docker_answers_for_names_of_its_network(mode: str, hyperv: bool, name: str) -> None:
    found = walk(named(mode, hyperv), "C", "C2", name=name)

    assert found.works
    assert f"asks Docker's resolver at {'172.16.0.1' if mode == 'nat' else 'gateway of net'}" in found.hops[1].text
    assert found.hops[2].text == f"The resolver knows “{name}” on “net” and answers C2."


def test_a_lookup_on_nat_is_on_its_row() -> None:
    assert walk(named(), "C", "C2", name="db").hops[1].path == "N3"


@pytest.mark.parametrize("mode", ["transparent", "internal", "ics"])
def test_networks_without_resolver(mode: str) -> None:
    found = Case("", named(mode), "C", "C2", "D-NAME", packet={"name": "C2"}).check()

    assert "Docker has no resolver on its networks" in found.sentence


def test_a_name_of_another_network_and_a_resolver_that_is_off() -> None:
    drawn = named().network("net2", subnet="172.17.0.0/24").container("E", on="net2")

    Case("N3", drawn, "C", "E", "D-NAME", packet={"name": "E"}).check()
    Case("", named(gateway_dns=False), "C", "C2", "D-NAME", packet={"name": "C2"}).check()


@pytest.mark.parametrize("given", [{"dns_servers": ("10.0.0.53",)}, {}])
def test_names_of_what_is_no_container_are_asked_of_dns_servers(given: dict[str, Any]) -> None:
    drawn = named("transparent", gateway="10.0.0.1", **given)

    found = walk(drawn, "C", "X", name="www.example.com")

    assert found.code == ("" if given else "D-NAME")
    assert not given or "asks the DNS server 10.0.0.53 for “www.example.com”" in found.hops[1].text


V6 = {
    ("nat", "ws2022"): "D-IPV6",
    ("overlay", "ws2022"): "D-IPV6",
    ("internal", "ws2022"): "D-IPV6",
    ("l2bridge", "ws2019"): "D-IPV6",
    ("l2bridge", "ws2022"): "",
    ("transparent", "ws2019"): "D-IPV6",
    ("transparent", "ws2022"): "",
}


@ISOLATIONS
@pytest.mark.parametrize(("mode", "os"), V6)
def test_ipv6_by_mode_and_release(mode: str, os: str, hyperv: bool) -> None:
    drawn = host(outside(), os=os, **NODE)
    uplink = "" if mode in ("nat", "internal") else "NIC1"
    subnets: tuple[dict[str, Any], ...] = ({"prefix": "10.0.0.0/24", "gateway": "10.0.0.1"},)
    if mode == "l2bridge":
        subnets = (*subnets, {"prefix": "2001:db8::/64", "gateway": "2001:db8::1"})
    drawn = drawn.network("net", mode=mode, subnets=subnets, uplink=uplink)
    drawn = drawn.container("C", on="net", ip="10.0.0.20", hyperv=hyperv).container(
        "C2", on="net", ip="10.0.0.21", hyperv=hyperv
    )

    found = walk(drawn, "C", "C2", ip_version=6)

    assert found.code == V6[mode, os]
    if mode == "transparent" and os == "ws2022":
        assert found.hops[-1].header == "I[fe80::(C)>fe80::(C2)] T[50000>80]"


def test_ipv6_that_is_off_or_missing() -> None:
    drawn = design().segment("LAN", prefix="2001:db8::/64").client("Y", cable="LAN", addresses=("2001:db8::9/64",))
    drawn = drawn.client("Z", cable="LAN", addresses=("2001:db8::8/64",)).client(
        "W", cable="LAN", addresses=("10.0.0.9/24",)
    )
    drawn = drawn.host("HOST1", ipv6_enabled=False).nic("NIC1", cable="LAN", addresses=("2001:db8::7/64",))

    assert walk(drawn, "Y", "Z", ip_version=6).works
    assert walk(drawn, "Y", "W", ip_version=6).code == "D-IPV6"
    assert "switched off on HOST1" in walk(drawn, "Y", "HOST1", ip_version=6).sentence


def test_a_lease_needs_a_link() -> None:
    drawn = one_host().nic("NIC3").network("corp", mode="transparent", uplink="NIC3").container("C", on="corp")

    Case("T9", drawn, "C", "X", "D-NOLINK").check()
