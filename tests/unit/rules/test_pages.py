"""The pages of rules: text, Markdown, the reference."""

from __future__ import annotations

import re

import pytest

from designer.export.preflight_rules import CHECKS
from designer.rules.catalogue import catalogue, rule_of
from designer.rules.pages import CAUGHT, FAMILIES, Caught, as_markdown, as_text, by_family, link_of, reference, sentence
from designer.rules.registry import Rule
from designer.rules.runner import INTERNAL

every_rule = pytest.mark.parametrize("rule", catalogue(), ids=[rule.id for rule in catalogue()])


@every_rule
def test_a_page_has_everything_that_is_known_of_a_rule(rule: Rule) -> None:
    text, markdown = as_text(rule), as_markdown(rule)

    assert text.startswith(f"{rule.id}: {rule.title}\n")
    for part in (f"Why: {rule.why}", f"Bad: {rule.bad}", f"Good: {rule.good}", f"Severity: {rule.severity}"):
        assert part in text
    for part in (rule.why, rule.bad, rule.good, rule.title, *rule.sources, rule.reason):
        assert part in text
        assert sentence(part).casefold() in markdown.replace("\\", "").casefold()
    assert (f"Not decided from a design: {rule.reason}" in text) is not rule.decidable


def test_releases_are_named() -> None:
    assert "Releases: Windows Server 2016\n" in as_text(rule_of("PRT002"))
    assert "Releases: all releases\n" in as_text(rule_of("IPA002"))


def test_every_undecidable_rule_says_where_it_is_caught_and_no_other_does() -> None:
    assert set(CAUGHT) == {rule.id for rule in catalogue() if not rule.decidable}
    assert all(CAUGHT.values())
    assert {rule for rule, places in CAUGHT.items() if Caught.PREFLIGHT in places} == set(CHECKS) & set(CAUGHT)
    page = as_markdown(rule_of("HST004"))
    assert f"- Caught {Caught.PREFLIGHT}." in page
    assert f"- Caught {Caught.EXPLAIN}." in page
    assert "Caught" not in as_text(rule_of("IPA002"))


def test_every_family_has_a_name_and_every_name_a_family() -> None:
    assert list(by_family(catalogue())) == list(FAMILIES)


def test_a_fault_of_the_program_has_a_page_too() -> None:
    assert "Family:   The program itself" in as_text(INTERNAL)


def test_the_reference_has_every_rule_once_and_a_link_to_each() -> None:
    page = reference(catalogue())
    headings = re.findall(r"^### (\w{6}): ", page, re.M)
    anchors = {re.sub(r"[^\w\- ]", "", line.casefold()).strip().replace(" ", "-") for line in _headings(page)}

    assert sorted(headings) == [rule.id for rule in catalogue()]
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) == anchors


def _headings(page: str) -> list[str]:
    return [line.removeprefix("### ").replace("\\", "") for line in page.splitlines() if line.startswith("### ")]


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("moby/moby#27529", "https://github.com/moby/moby/issues/27529"),
        ("moby/moby: daemon/network.go", "https://github.com/moby/moby/blob/HEAD/daemon/network.go"),
        ("inferred from docker/for-win#1397", "https://github.com/docker/for-win/issues/1397"),
        ("inferred from flannel-io/flannel", "https://github.com/flannel-io/flannel"),
        ("inferred from TCP/IP and Ethernet", ""),
        ("IEEE 802.1Q", ""),
        ("techcommunity, L2bridge Container Networking", ""),
    ],
)
def test_a_source_in_a_repository_is_a_link(source: str, link: str) -> None:
    assert link_of(source) == link


def test_a_name_keeps_its_small_letters_at_the_beginning() -> None:
    assert sentence("the engine refuses") == "The engine refuses"
    assert [sentence(text) for text in ("nat, overlay", "l2bridge needs", "--internal is", "")] == [
        "nat, overlay",
        "l2bridge needs",
        "--internal is",
        "",
    ]
