"""The order of the layers of VFP."""

from __future__ import annotations

from tests.unit.simulate.paths import walk
from tests.unit.simulate.test_balancing import bridged
from tests.unit.simulate.test_l2bridge import bridged as plain


def texts(found: object) -> list[str]:
    return [hop.text for hop in found.hops if "VFP" in hop.text]  # type: ignore[attr-defined]


def test_out_access_list_then_balancer_then_mac_address() -> None:
    found = walk(bridged(False, ("D",), {"source_vip": "10.0.0.200"}), "C", "LB")

    first, second, third = texts(found)[1:4]
    assert "the access list of VFP lets it pass" in first
    assert "VFP balances 10.96.0.10 to D" in second
    assert "the access list of VFP" in third or "MAC address" in third


def test_out_translation_then_the_host_sends() -> None:
    found = walk(plain(network={"outbound_nat": True}), "C", "X")

    names = [hop.text for hop in found.hops]
    nat = next(number for number, text in enumerate(names) if "OutboundNAT" in text)
    assert "access list" in names[nat - 1]
    assert names[nat + 1].startswith("HOST1, compartment 1")


def test_in_mac_address_and_access_list() -> None:
    found = walk(plain(), "X", "C")

    assert texts(found) == [
        "Port of C in the switch “bridge1”: VFP finds C by its IP address and writes its MAC address; the access list "
        "of VFP lets it pass."
    ]


def test_answers_are_translated_back_where_the_request_was_translated() -> None:
    reply = walk(plain(network={"outbound_nat": True}), "C", "X").reply

    assert reply is not None
    assert "VFP at “NIC1” knows the connection and translates the answer back: it is for 10.0.0.20." in texts(reply)
