from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from designer.export.yaml_text import Quoted, block

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.dictionaries(texts, texts))
def test_quoted_text_is_read_back_as_it_is(content: dict[str, str]) -> None:
    lines = block({Quoted(key): Quoted(value) for key, value in content.items()})

    assert yaml.safe_load("\n".join(lines)) == content
    assert all(line.isascii() and line.isprintable() for line in lines)


@pytest.mark.parametrize("word", ["on", "8080:80", "1e3", "null", "~", "2026-01-01", "0o7", "- a", "#", "!!x", ""])
def test_no_word_becomes_something_else(word: str) -> None:
    assert yaml.safe_load("\n".join(block([Quoted(word)]))) == [word]


def test_lists_are_indented_and_order_is_kept() -> None:
    assert block({"b": [1, {"a": 2}], "a": True}, 1) == ["  b:", "    - 1", "    - a: 2", "  a: true"]


def test_the_same_value_twice_is_written_twice() -> None:
    shared = [Quoted("x")]

    assert block({"a": shared, "b": shared}) == ["a:", '  - "x"', "b:", '  - "x"']
