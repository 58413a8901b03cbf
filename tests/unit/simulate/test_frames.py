"""Headers in the notation of the packet paths."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address

import pytest

from designer.model.identity import EntityId
from designer.simulate.frames import Address, Frame, fixed

WEB, DB = fixed(IPv4Address("10.0.0.1")), fixed(IPv4Address("10.0.0.2"))
PACKET = Frame(WEB, DB, target_port=80)


@pytest.mark.parametrize(
    ("frame", "header"),
    [
        (PACKET, "I[10.0.0.1>10.0.0.2] T[50000>80]"),
        (PACKET.framed("db", "web"), "E[db<-web] I[10.0.0.1>10.0.0.2] T[50000>80]"),
        (PACKET.framed("db", "web", vlan=20), "E[db<-web v20] I[10.0.0.1>10.0.0.2] T[50000>80]"),
        (PACKET.framed("db", "web").forwarded(), "I[10.0.0.1>10.0.0.2] T[50000>80] TTL−1"),
        (PACKET.forwarded().framed("db", "R"), "E[db<-R] I[10.0.0.1>10.0.0.2] T[50000>80]"),
        (PACKET._replace(protocol="icmp"), "I[10.0.0.1>10.0.0.2] ICMP"),
        (
            Frame(DB, WEB, "udp", inner=PACKET.framed("db", "web"), vni=4100).framed("H2", "H1"),
            "O{E[H2<-H1] I[10.0.0.2>10.0.0.1] UDP[hash>4789] VNI=4100} E[db<-web] I[10.0.0.1>10.0.0.2] T[50000>80]",
        ),
        (PACKET.answer(), "I[10.0.0.2>10.0.0.1] T[80>50000]"),
    ],
)
def test_headers(frame: Frame, header: str) -> None:
    assert frame.header() == header


def test_an_answer_belongs_to_its_request() -> None:
    assert PACKET.answer().answer().flow == PACKET.flow
    assert PACKET.answer().flow != PACKET.flow


def test_how_specifically_a_subnet_holds_an_address() -> None:
    net, home = IPv4Network("10.0.0.0/24"), EntityId("net")
    known = fixed(IPv4Address("10.0.0.1"), net)

    assert known.reach(fixed(IPv4Address("10.0.0.9"))) == 24
    assert known.reach(fixed(IPv4Address("10.0.1.9"))) == -1
    assert known.reach(fixed(IPv6Address("2001:db8::1"))) == -1
    assert known.reach(Address("open", prefix=IPv4Network("10.0.0.0/28"))) == 24
    assert known.reach(Address("open", prefix=IPv4Network("10.0.0.0/16"))) == -1
    assert Address("a", home=home).reach(Address("b", home=home)) == 0
    assert Address("a", home=home).reach(Address("b", home=EntityId("other"))) == -1
    assert Address("a").reach(Address("b")) == -1


def test_open_addresses_are_told_apart_by_their_owner() -> None:
    home = EntityId("net")

    assert Address("web", owner=EntityId("a"), home=home).key != Address("web", owner=EntityId("b"), home=home).key
    assert fixed(IPv4Address("10.0.0.1"), home=home).key == WEB.key
