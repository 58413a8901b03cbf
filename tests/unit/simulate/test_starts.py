"""The first words of a story."""

from __future__ import annotations

import pytest

from tests.unit.simulate.paths import one_host, walk


@pytest.mark.parametrize(
    ("protocol", "words"),
    [
        ("tcp", "A program in C opens a TCP connection to 192.0.2.50, port 80 for X."),
        ("udp", "A program in C sends a UDP datagram to 192.0.2.50, port 80 for X."),
        ("icmp", "A program in C sends an ICMP echo request to 192.0.2.50 for X."),
        ("gre", "A program in C sends GRE to 192.0.2.50, port 80 for X."),
    ],
)
def test_what_the_sender_does(protocol: str, words: str) -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    found = walk(drawn, "C", "X", protocol=protocol)

    assert found.hops[0].text == words
    assert found.hops[0].element == "C"


def test_what_the_one_who_answers_does() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")
    found = walk(drawn, "C", "X")

    assert found.reply is not None
    assert (found.reply.hops[0].element, found.reply.hops[0].text) == ("X", "X answers 10.0.0.11.")
    assert {hop.path for hop in found.reply.hops} == {"N5"}


def test_a_container_without_network_says_why() -> None:
    none = one_host().container("C", network_none=True)

    assert "is set to have no network (none)" in walk(none, "C", "X").sentence
    assert "has no endpoint" in walk(one_host().container("C"), "C", "X").sentence
