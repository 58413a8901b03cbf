"""The words of the catalogue itself."""

from __future__ import annotations

import re

import pytest

from designer.explaining.explain import explain
from designer.explaining.own_words import in_catalogue, in_drops
from designer.explaining.reading import Reading
from designer.rules.catalogue import catalogue

CODE = re.compile(r"0x803b00[0-9a-f]{2}", re.I)


def test_a_rule_that_is_named_is_explained() -> None:
    found = in_catalogue(Reading.of("what is nat002?"), catalogue())

    assert list(found) == ["NAT002"]
    assert found["NAT002"].why == "The text names NAT002."


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.id)
def test_codes_and_titles_of_a_page_lead_to_it(rule: object) -> None:
    from designer.rules.registry import Rule

    assert isinstance(rule, Rule)
    for text in (rule.id, *CODE.findall(rule.why)):
        assert rule.id in [found.rule.id for found in explain(text)]


def test_a_title_in_other_words_is_enough() -> None:
    assert explain("the gateway lies outside of the subnet")[0].rule.id == "IPA002"


def test_one_common_word_is_not_enough() -> None:
    assert in_catalogue(Reading.of("gateway"), catalogue()) == {}
    assert in_catalogue(Reading.of("a network of a container on a host"), catalogue()) == {}


def test_a_drop_code_leads_to_the_rules_that_predict_it() -> None:
    found = in_drops(Reading.of("dropped: d-spoof at the outer switch, D-TEA at five"))

    assert list(found) == ["VMH001", "VMH002"]
    assert found["VMH001"].score > found["VMH002"].score
    assert found["VMH001"].why == "The text has D-SPOOF: a MAC address that the outer switch does not know."
