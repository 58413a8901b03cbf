"""Error texts that a listing cut off."""

from __future__ import annotations

import pytest

from designer.explaining.cut_off import seen_cut_off
from designer.explaining.explain import explain
from designer.explaining.reading import Reading
from designer.explaining.signatures import Signature

PORT = Signature("the port is taken", ("PRT005",), ("port already exists",))
NAME = Signature("the name is taken", ("NAM006",), ("port already named",))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('Rejected 3 seconds ago "HNS failed with error : Catast…"', "OVL003"),
        ('Rejected "HNS failed with error : Unspe…"', "NAT004"),
        ('"hnsCall failed in Win32: An adapter was no…"', "SWI007"),
        ("the process cannot access the file beca...", "PRT006"),
        ("starting container failed: unsupported plat…", "HOT002"),
    ],
)
def test_the_beginning_of_a_known_text_is_enough(text: str, rule: str) -> None:
    found = explain(text)

    assert found[0].rule.id == rule
    assert found[0].score < 0.8


def test_a_few_letters_or_two_texts_that_begin_alike_are_not() -> None:
    assert not seen_cut_off(Reading.of("port a…"), [PORT])
    assert not seen_cut_off(Reading.of("port already…"), [PORT, NAME])
    assert [each.signature for each in seen_cut_off(Reading.of("port already e…"), [PORT, NAME])] == [PORT]
    assert seen_cut_off(Reading.of("x: port already e…"), [PORT])[0].quote == "the beginning of “port already exists”"


def test_what_is_whole_is_not_cut_off() -> None:
    assert not seen_cut_off(Reading.of("port already exists..."), [PORT])
    assert not seen_cut_off(Reading.of("preparing... extracting... port already"), [PORT])
