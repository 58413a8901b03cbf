"""The table of rules: complete metadata, unique ids, pages."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import designer.rules
from designer.errors import UnknownNameError
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.workloads import ContainerBase, HyperVContainer, WindowsContainer
from designer.rules.catalogue import catalogue, rule_of
from designer.rules.design import Design
from designer.rules.registry import RULES, Finding, FixClass, Severity, kinds_of, parse_page, rule, undecidable, whole
from tests.unit.rules.examples import Example

GOOD_PAGE = """Title.

    Why: because.
    Bad: this.
    Good: that.
    """

UNDECIDABLE = {"foreign_inputs", "live_only"}

PREFIXES = [
    "HST",
    "ISO",
    "CMP",
    "SWI",
    "SET",
    "NAT",
    "IPA",
    "VLN",
    "VSI",
    "PRT",
    "DNS",
    "MAC",
    "VMH",
    "AZR",
    "OVL",
    "SWM",
    "DKR",
    "CPS",
    "NAM",
    "MHM",
    "HOT",
    "IPV",
    "MTU",
    "ACL",
    "QOS",
    "LBL",
    "TOP",
]


def register(rule_id: str, *, sources: tuple[str, ...] = ("a source",), page: str = GOOD_PAGE) -> None:
    def check(_design: Design, _host: Host) -> Iterator[Finding]:
        yield from ()

    check.__doc__ = page
    rule(rule_id, Severity.INFO, subject=Host, fix=FixClass.NONE, sources=sources)(check)


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="IPA002 is used twice"):
        register("IPA002")


@pytest.mark.parametrize("rule_id", ["ipa900", "IPA1", "IPAX01", ""])
def test_an_odd_id_is_refused(rule_id: str) -> None:
    with pytest.raises(ValueError, match="no rule id"):
        register(rule_id)


@pytest.mark.parametrize("sources", [(), ("",)])
def test_a_rule_without_source_is_refused(sources: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no source"):
        register("ZZZ999", sources=sources)
    assert "ZZZ999" not in RULES


@pytest.mark.parametrize("missing", ["Why", "Bad", "Good"])
def test_a_page_without_a_part_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match="Why, Bad and Good"):
        register("ZZZ999", page=re.sub(f" *{missing}: .*\n", "", GOOD_PAGE))
    assert "ZZZ999" not in RULES


def test_the_page_is_the_docstring() -> None:
    page = parse_page("ZZZ999", GOOD_PAGE)
    assert page == ("Title", "because.", "this.", "that.")


def test_the_catalogue_is_sorted_and_has_every_family_decidable_today() -> None:
    ids = [found.id for found in catalogue()]
    assert ids == sorted(set(ids))
    assert len(ids) >= 290
    assert {rule_id[:3] for rule_id in ids} == set(PREFIXES)


def test_an_undecidable_rule_has_its_reason_and_never_finds() -> None:
    unseen = [found for found in catalogue() if not found.decidable]
    assert {found.id[:3] for found in unseen} >= {"CPS", "HOT"}
    for found in unseen:
        assert found.reason.endswith(".")
        assert kinds_of(found.subject) == ()  # type: ignore[arg-type]  # no index among them
    assert not any(found.reason for found in catalogue() if found.decidable)


def test_a_part_is_the_rule_itself_with_another_subject() -> None:
    rules = whole(rule_of("IPV001"))
    assert [found.id for found in rules] == ["IPV001", "IPV001"]
    assert {found.title for found in rules} == {rule_of("IPV001").title}
    subjects = [kinds_of(found.subject) for found in rules]  # type: ignore[arg-type]  # no index among them
    assert not set(subjects[0]) & set(subjects[1])


def test_an_undecidable_rule_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs the reason"):
        undecidable("ZZZ999", Severity.INFO, reason="", fix=FixClass.NONE, sources=("a source",))


def test_every_rule_has_a_title_a_page_and_a_source() -> None:
    for found in catalogue():
        assert found.title
        assert not found.title.endswith(".")
        assert found.why
        assert found.bad
        assert found.good
        assert all(found.sources)


def test_a_rule_is_found_by_its_id_in_any_case() -> None:
    assert rule_of("ipa002").id == "IPA002"
    with pytest.raises(UnknownNameError, match="Did you mean “IPA"):
        rule_of("IPA02")


def test_a_base_class_stands_for_its_kinds() -> None:
    assert kinds_of(ContainerBase) == (WindowsContainer, HyperVContainer)
    assert kinds_of((Host, ContainerBase)) == (Host, WindowsContainer, HyperVContainer)


def test_a_finding_names_each_element_once() -> None:
    twice = (EntityId("web01"), EntityId("nat0"), EntityId("nat0"))
    assert Finding(twice, "web01 has nat0 twice.").elements == ("web01", "nat0")


def test_every_module_of_rules_is_imported_by_name() -> None:
    names = {module.name for module in pkgutil.iter_modules(designer.rules.__path__)}
    modules = {_module_of(asked) for found in catalogue() if found.decidable for asked in whole(found)}
    with_rules = {name for name in names if f"designer.rules.{name}" in modules}
    assert with_rules | UNDECIDABLE == set(designer.rules.__all__)


def _module_of(found: object) -> str:
    return str(getattr(found, "check").__module__)  # noqa: B009 the check of a rule is any callable


def test_every_rule_has_an_example() -> None:
    tried: set[str] = set()
    for name in set(designer.rules.__all__) - UNDECIDABLE:
        module = importlib.import_module(f"tests.unit.rules.test_{name}")
        examples: list[Example] = module.EXAMPLES
        tried |= {example.rule for example in examples}
    tried |= {"LBL006"}
    assert {found.id for found in catalogue() if found.decidable} == tried


def test_every_quick_rule_has_an_example_with_a_fix_and_no_other_rule_has_one() -> None:
    fixable: set[str] = set()
    for name in set(designer.rules.__all__) - UNDECIDABLE:
        module = importlib.import_module(f"tests.unit.rules.test_{name}")
        examples: list[Example] = module.EXAMPLES
        fixable |= {example.rule for example in examples if example.fixable}
    quick = {found.id for found in catalogue() if found.decidable and found.fix_class is FixClass.QUICK}
    assert quick == fixable
