"""Which adapter a network or switch can stand on, and when the choice is left to a person."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.hosts import Host, VSwitch
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.rules.adapters import bind, free_adapters, only_choice, unbound
from designer.rules.design import Design
from tests.unit.rules.designs import Drawn, design

ONE = design().host().nic("E1")
CORP: dict[str, Any] = {"mode": "transparent"}
POD: dict[str, Any] = {"mode": "l2bridge", "subnet": "10.244.1.0/24"}
TRUNK = {"mode": "trunk", "allowed": (20,)}


def chosen(drawn: Drawn, name: str = "corp") -> str | None:
    found = Design(drawn.topology)
    upper = drawn.topology.find(EntityId(name), ContainerNetwork | VSwitch)  # type: ignore[arg-type]  # a union
    host = drawn.topology.find(EntityId("HOST01"), Host)
    assert host is not None
    assert upper is not None
    choice = only_choice(found, host, upper)
    return choice.name if choice is not None else None


@pytest.mark.parametrize(
    ("drawn", "choice"),
    [
        (ONE.network("corp", **CORP), "E1"),
        (ONE.nic("VPN", media="vpn").network("corp", **CORP), "E1"),
        (ONE.nic("E2").network("corp", **CORP), None),
        (ONE.network("corp", **CORP).network("lab", **CORP), None),
        (ONE.network("corp", **POD).network("lab", **POD), "E1"),
        (ONE.network("corp", **CORP).switch("s1"), None),
        (ONE.nic("E2", lbfo_team=True).network("corp", **CORP), "E1"),
        (design().host().nic("E1", switch_port=TRUNK).network("corp", vlan=20, **CORP), "E1"),
        (design().host().nic("E1", switch_port=TRUNK).network("corp", vlan=30, **CORP), None),
        (design().host(machine="hyperv-vm").nic("E1").network("corp", vlan=20, **CORP), None),
        (design().host(machine="azure-vm").nic("E1").network("corp", **POD), None),
        (ONE.network("corp", **CORP).container(on="corp", forwards=True), None),
        (ONE.network("corp", **POD).vnic("leg", on="corp"), None),
        (ONE.network("corp", **POD).vnic("leg", on="corp", forwarding=True), "E1"),
    ],
)
def test_the_choice_is_made_only_where_nothing_speaks_against_it(drawn: Drawn, choice: str | None) -> None:
    assert chosen(drawn) == choice


def test_addresses_and_prefixes_on_the_wire_speak_against_it() -> None:
    wired = design().segment("LAN").client("PC", cable="LAN", addresses=("10.0.0.50/24",)).host().nic("E1", cable="LAN")
    corp = wired.network("corp", **CORP)
    assert chosen(corp.container(on="corp", ip="10.0.0.51")) == "E1"
    assert chosen(corp.container(on="corp", ip="10.0.0.50")) is None
    other = design().segment("LAN").host("HOST02").nic("E2", cable="LAN").network("pod2", uplink="E2", **POD)
    assert chosen(other.host().nic("E1", cable="LAN").network("corp", **POD)) is None


def test_an_adapter_that_is_taken_is_not_free_and_binds_nothing_more() -> None:
    drawn = ONE.network("corp", uplink="E1", **CORP).network("lab", **CORP)
    found = Design(drawn.topology)
    host, lab = drawn.topology.find(EntityId("HOST01"), Host), drawn.topology.find(EntityId("lab"), ContainerNetwork)
    assert host is not None
    assert lab is not None
    assert free_adapters(found, host) == []
    assert list(unbound(found, lab)) == [host]
    after = drawn.topology.apply(bind(found, lab, found.adapters(EntityId("corp"))[0]))
    assert list(unbound(Design(after), lab)) == []
