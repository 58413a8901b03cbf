"""The story of a packet as text and as JSON."""

from __future__ import annotations

import json

import pytest

from designer import api
from tests.unit.cli.conftest import Designer

SEED = api.examples()[0]
MULTI_NODE = SEED.with_name("multi-node.cnd")
BROKEN = SEED.with_name("broken.cnd")


def test_a_packet_that_arrives(designer: Designer) -> None:
    result = designer("trace", SEED, "--from", "Client", "--to", "web01", "--address", "published")

    lines = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert lines[0] == "Client reaches web01 at port 8080/tcp, and the answer comes back."
    assert lines[2:5] == [
        "Request: delivered",
        "   1  -    A program in Client opens a TCP connection to 10.0.0.11, port 8080 for web01.",
        "           I[10.0.0.50>10.0.0.11] T[50000>8080]",
    ]
    assert "Answer: delivered" in lines
    assert lines[-1] == "~ follows from code or from how networks work; no source states it."


def test_a_packet_that_is_dropped(designer: Designer) -> None:
    result = designer("trace", MULTI_NODE, "--from", "web01", "--to", "db01:80")

    lines = result.out.splitlines()
    assert result.code == 1
    assert lines[0].startswith("Dropped (D-ACL): VFP blocks it at the port of db01")
    assert "Request: dropped (D-ACL)" in lines
    assert "D-ACL: an access list blocks it (VFP, Windows Firewall or NSG)." in lines
    assert "Rules that predict it: ACL001, ACL002, ACL003. See: designer rules ACL001" in lines
    assert "Answer" not in result.out


def test_a_lost_answer_is_a_drop_too(designer: Designer) -> None:
    result = designer("trace", BROKEN, "--from", "app01", "--to", "api01")

    assert result.code == 1
    assert "Answer: dropped (D-NORETURN)" in result.out
    assert "Warning TOP010: The packet arrives, but not the answer." in result.out


def test_json(designer: Designer) -> None:
    result = designer("trace", SEED, "--from", "api01", "--to", "Client:443/udp", "--format", "json")

    found = json.loads(result.out)
    assert (result.code, found["outcome"], found["works"], found["code"], found["where"]) == (
        0,
        "delivered",
        True,
        "",
        "client",
    )
    assert found["hops"][3] == {
        "element": "api01-corp",
        "part": "",
        "place": "api01 on corp",
        "text": "The vmNIC of api01 goes over the VMBus to the switch of the host.",
        "header": "E[Client<-api01] I[10.0.0.21>10.0.0.50] T[50000>443]",
        "path": "T5",
        "inferred": False,
    }
    assert [hop["place"] for hop in found["hops"][1:3]] == ["api01 (utility vm)"] * 2
    assert found["reply"]["outcome"] == "delivered"
    assert found["touched"] == ["host01"]


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("Klient", "web01", "There is no sender named “Klient”. Did you mean “Client”?"),
        ("Client", "wed01:80", "There is no target named “wed01”. Did you mean “web01”?"),
        ("Client", "web01:80/http", "“http” in “web01:80/http” is no protocol."),
    ],
)
def test_mistakes(designer: Designer, source: str, target: str, words: str) -> None:
    result = designer("trace", SEED, "--from", source, "--to", target)

    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_addresses_names_versions_and_standard_input(designer: Designer) -> None:
    given = SEED.read_bytes()

    assert designer("trace", "-", "--from", "HOST01/web01", "--to", "8.8.8.8:53/udp", given=given).code == 0
    assert designer("trace", "-", "--from", "web01", "--to", "HOST01:icmp", given=given).code == 0
    lookup = designer("trace", "-", "--from", "web01", "--to", "app01", "--name", "app01", given=given)
    assert (lookup.code, "D-NAME" in lookup.out) == (1, True)
    assert "D-IPV6" in designer("trace", "-", "--from", "web01", "--to", "app01", "--ip-version", "6", given=given).out


def test_names_that_steer_a_terminal(designer: Designer) -> None:
    content = SEED.read_bytes().replace(b'"HOST01"', '"\\u001b[31mH\u202e"'.encode())

    result = designer("trace", "-", "--from", "web01", "--to", "Client", given=content)

    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
