"""Findings that somebody lives with: what they are taken out of, how they come back, when they are stale."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from designer.editing.removal import delete
from designer.errors import ChangeError
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.registry import Judged, Severity
from designer.rules.runner import judge
from designer.rules.suppressing import Sifted, about, names, sift, suppress, suppress_all, unsuppress, unsuppress_all
from designer.storage.codec import decode, encode
from designer.storage.document import Document
from tests.property.strategies import topologies
from tests.unit.rules.designs import design

TWO = (
    design()
    .host(blocked_ports=({"port": 8080}, {"port": 8081}))
    .network()
    .container("web", on="nat0", ports=({"host_port": 8080, "container_port": 80},))
    .container("api", on="nat0", ports=({"host_port": 8081, "container_port": 80},))
    .topology
)
"""A design in which one rule finds two things."""
RULE, HOST = "PRT020", EntityId("HOST01")


def of_rule(topology: Topology) -> list[Judged]:
    return [found for found in judge(topology) if found.rule.id == RULE]


def with_host(topology: Topology, **fields: object) -> Topology:
    host = topology.find(HOST, Host)
    assert host is not None
    return topology.apply(ChangeSet("Edit", (Edit(host, host.evolve(**fields)),)))


def sifted(topology: Topology) -> Sifted:
    return sift(topology, judge(topology))


def test_a_design_without_suppressions_keeps_all_its_findings_in_order() -> None:
    assert sifted(TWO) == (tuple(judge(TWO)), (), ())
    assert len(of_rule(TWO)) == 2


def test_one_finding_is_suppressed_and_the_other_of_its_rule_stays() -> None:
    first, second = of_rule(TWO)
    after = TWO.apply(suppress(TWO, first, "  Opened by\nthe group policy. ", author=" Ada "))
    found = sifted(after)
    (suppression,) = after.of(Suppression)
    assert (suppression.reason, suppression.author) == ("Opened by the group policy.", "Ada")
    assert found.suppressed == ((first, suppression),)
    assert first not in found.active
    assert second in found.active
    assert found.active == tuple(judged for judged in judge(TWO) if judged != first)


def test_a_rule_is_suppressed_everywhere() -> None:
    change = suppress(TWO, of_rule(TWO)[0], "No firewall here.", "rule")
    after = TWO.apply(change)
    assert change.label == "Suppress PRT020 everywhere in this design"
    assert [judged for judged, _ in sifted(after).suppressed] == of_rule(TWO)


def test_the_reason_of_the_finding_itself_is_the_one_that_is_told() -> None:
    first, second = of_rule(TWO)
    after = TWO.apply(suppress(TWO, first, "No firewall here.", "rule"))
    after = after.apply(suppress(after, first, "Opened by hand."))
    assert [(judged, found.reason) for judged, found in sifted(after).suppressed] == [
        (first, "Opened by hand."),
        (second, "No firewall here."),
    ]
    assert sifted(after).stale == ()


def test_several_are_suppressed_in_one_step() -> None:
    change = suppress_all(TWO, of_rule(TWO), "Opened by hand.")
    assert change.label == "Suppress 2 problems"
    after = TWO.apply(change)
    assert len(sifted(after).suppressed) == 2
    assert after.apply(change.inverse()) == TWO
    assert (
        suppress_all(TWO, of_rule(TWO), "No firewall.", "rule").edits
        == suppress(TWO, of_rule(TWO)[1], "No firewall.", "rule").edits
    )


def test_suppressing_again_changes_the_reason() -> None:
    first = of_rule(TWO)[0]
    after = TWO.apply(suppress(TWO, first, "Opened by hand."))
    after = after.apply(suppress(after, first, "Opened by the group policy."))
    assert [found.reason for found in after.of(Suppression)] == ["Opened by the group policy."]


@pytest.mark.parametrize("words", [{"reason": "half\0"}, {"reason": "fine", "author": "a" * 201}])
def test_words_that_no_file_can_hold_are_refused(words: dict[str, str]) -> None:
    with pytest.raises(ChangeError, match="PRT020 cannot be suppressed with these words: "):
        suppress(TWO, of_rule(TWO)[0], **words)  # type: ignore[arg-type]  # reason and author


@pytest.mark.parametrize("reason", ["", " \n", "x" * 1001])
def test_a_reason_is_needed(reason: str) -> None:
    with pytest.raises(ChangeError, match="why it is right to live with PRT020"):
        suppress(TWO, of_rule(TWO)[0], reason)


def test_what_is_suppressed_comes_back() -> None:
    after = TWO.apply(suppress(TWO, of_rule(TWO)[0], "Opened by hand."))
    (suppression,) = after.of(Suppression)
    change = unsuppress(after, suppression)
    assert change.label == f"Stop suppressing PRT020 at {names(after, suppression)}"
    assert after.apply(change) == TWO


def test_a_suppression_whose_finding_is_gone_is_stale_and_can_be_removed() -> None:
    after = TWO.apply(suppress_all(TWO, of_rule(TWO), "Opened by hand."))
    after = after.apply(suppress(after, of_rule(TWO)[0], "No firewall here.", "rule"))
    mended = with_host(after, blocked_ports=())
    found = sifted(mended)
    assert not found.suppressed
    assert [suppression.elements for suppression in found.stale] == [(), *sorted(about(one)[1] for one in of_rule(TWO))]
    change = unsuppress_all(mended, found.stale)
    assert change.label == "Remove 3 suppressions"
    assert not mended.apply(change).of(Suppression)


def test_a_suppression_of_a_rule_that_was_not_asked_is_not_stale() -> None:
    after = TWO.apply(suppress(TWO, of_rule(TWO)[0], "Opened by hand."))
    assert sift(after, (), rules=["NAT001"]).stale == ()
    assert sift(after, (), rules=["prt020"]).stale == after.of(Suppression)


def test_a_suppression_goes_with_the_element_that_it_is_about() -> None:
    after = TWO.apply(suppress(TWO, of_rule(TWO)[0], "Opened by hand."))
    assert not after.apply(delete(after, [of_rule(TWO)[0].finding.elements[0]])).of(Suppression)


def test_suppressions_are_kept_in_the_file() -> None:
    after = TWO.apply(suppress(TWO, of_rule(TWO)[0], "Opened by hand.", author="Ada"))
    read = decode(encode(Document(after)), "a design").topology
    assert sifted(read).suppressed == sifted(after).suppressed


def test_what_the_script_takes_care_of_is_a_hint() -> None:
    after = with_host(TWO, script_steps=(RULE,))
    hints = [judged for judged in sifted(after).active if judged.rule.id == RULE]
    assert [judged.severity for judged in hints] == [Severity.INFO] * 2
    assert all(judged.finding.message.endswith("The exported script takes care of this.") for judged in hints)
    assert list(sifted(after).active) == sorted(sifted(after).active, key=lambda judged: judged.order)


@settings(max_examples=25)
@given(topologies())
def test_nothing_is_lost_and_nothing_is_told_twice(drawn: Topology) -> None:
    topology = drawn.apply(unsuppress_all(drawn, drawn.of(Suppression)))
    judgement = judge(topology)
    half = judgement[::2]
    some = topology.apply(suppress_all(topology, half, "Known.")) if half else topology
    found = sifted(some)
    told = [about(one) for one in found.active] + [about(one) for one, _ in found.suppressed]
    assert sorted(told) == sorted(about(one) for one in judgement)
    assert not found.stale
    assert {about(one) for one, _ in found.suppressed} == {about(one) for one in half}
