"""Words of a command line become packets."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest

from designer.errors import QuestionError, UnknownNameError
from designer.simulate.asking import packet_from_words
from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import one_host


def drawing() -> Drawn:
    drawn = (
        one_host(listening=({"port": 3389},)).network("nat0").container("web", on="nat0", ports=({"host_port": 8080},))
    )
    return drawn.container("odd:80").balancer("LB", vip="10.9.9.9", port=443)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("web", ("web", 80, "tcp")),
        ("web:81", ("web", 81, "tcp")),
        ("web:53/udp", ("web", 53, "udp")),
        ("web:icmp", ("web", None, "icmp")),
        ("WEB", ("web", 80, "tcp")),
        ("HOST1/web:9", ("web", 9, "tcp")),
        ("HOST1", ("HOST1", 3389, "tcp")),
        ("LB", ("LB", 443, "tcp")),
        ("odd:80", ("odd:80", 80, "tcp")),
        ("10.0.0.50", (IPv4Address("10.0.0.50"), 80, "tcp")),
        ("10.0.0.50:53/udp", (IPv4Address("10.0.0.50"), 53, "udp")),
        ("[2001:db8::1]:443", (IPv6Address("2001:db8::1"), 443, "tcp")),
        ("2001:db8::1", (IPv6Address("2001:db8::1"), 80, "tcp")),
    ],
)
def test_targets(target: str, expected: tuple[object, ...]) -> None:
    packet = packet_from_words(drawing().topology, "X", target)

    assert (packet.target, packet.port, packet.protocol) == expected
    assert packet.ip_version == (6 if isinstance(packet.target, IPv6Address) else 4)


def test_a_published_port_is_the_one_of_the_host() -> None:
    packet = packet_from_words(drawing().topology, "X", "web", address="published", name="www")

    assert (packet.port, packet.address, packet.name) == (8080, "published", "www")


@pytest.mark.parametrize(
    ("source", "target", "error", "words"),
    [
        ("wep", "X", UnknownNameError, "There is no sender named “wep”. Did you mean “web”?"),
        ("X", "wep:80", UnknownNameError, "There is no target named “wep”. Did you mean “web”?"),
        ("LB", "X", UnknownNameError, "no sender named “LB”"),
        ("X", "web:0", QuestionError, "Port 0 in “web:0” is out of range"),
        ("X", "web:99999", QuestionError, "out of range"),
        ("X", "web:80/ftp", QuestionError, "“ftp” in “web:80/ftp” is no protocol. Known: tcp, udp"),
    ],
)
def test_mistakes(source: str, target: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        packet_from_words(drawing().topology, source, target)

    assert words in str(caught.value)


def test_a_name_that_is_not_unique() -> None:
    drawn = drawing()
    twin = drawn.topology["web"].evolve(id="web2")  # type: ignore[index]
    drawn = drawn.host("HOST2").also(twin.evolve(parent="HOST2"))

    with pytest.raises(QuestionError, match=r"2 elements are named “web”\. Say which: HOST1/web, HOST2/web"):
        packet_from_words(drawn.topology, "X", "web")
    assert packet_from_words(drawn.topology, "X", "HOST2/web").target == "web2"
