"""Verdicts in one sentence."""

from __future__ import annotations

from tests.unit.simulate.paths import one_host, walk
from tests.unit.simulate.test_l2bridge import custom
from tests.unit.simulate.test_mesh import PUBLISHED, swarm


def test_verdicts() -> None:
    drawn = one_host().network("nat0", subnet="172.16.0.0/24").container("C", on="nat0", ip="172.16.0.10")

    assert walk(drawn, "C", "X").sentence == "C reaches X at port 80/tcp, and the answer comes back."
    assert walk(drawn, "C", "X", protocol="icmp").sentence == "C reaches X with ICMP, and the answer comes back."
    assert walk(drawn, "X", "C").sentence.startswith("Dropped (D-NOROUTE): R has no route to 172.16.0.10")
    reply = walk(drawn, "C", "X").reply
    assert reply is not None
    assert reply.sentence == "The answer reaches C."


def test_a_lost_answer_is_told_with_the_verdict() -> None:
    found = walk(custom(), "C", "X")

    assert found.sentence.startswith(
        "C reaches X at port 80/tcp, but the answer is lost. Dropped (D-NORETURN): R has no"
    )


def test_who_answers_for_a_service_is_named() -> None:
    found = walk(swarm(), "X", "web", 8080, **PUBLISHED)

    assert found.sentence == "X reaches web (web.1 on HOST1) at port 8080/tcp, and the answer comes back."
