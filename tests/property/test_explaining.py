"""Whatever is pasted, explaining it ends in an order of scores, and knows nothing that is not in the catalogue."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer.api import examples, load
from designer.explaining.explain import explain, what_next
from designer.explaining.reading import Reading, decoded
from designer.rules.registry import RULES
from tests.unit.explaining.error_texts import KNOWN, Known

BROKEN = next(load(path).topology for path in examples() if path.stem == "broken")
PIECES = st.one_of(
    st.text(max_size=40),
    st.sampled_from([text for known in KNOWN for text in known.texts]),
    st.sampled_from(
        ["nat0", "172.17.0.1", "0x", "-2143617018", "error", "\n", " | ", "\x1b[31m", "…", "\\u0027", "/16"]
    ),
    st.integers(-(2**33), 2**33).map(str),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_every_text_is_explained_or_not_known(text: str) -> None:
    for topology in (None, BROKEN):
        found = explain(text, topology)

        assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
        assert all(0 < each.score <= 1 for each in found)
        for each in found:
            assert RULES[each.rule.id] is each.rule
            assert each.why
            assert topology is not None or not each.elements
            assert all(element in BROKEN for element in each.elements)
    assert what_next(text)


@given(TEXTS, st.sampled_from(KNOWN), TEXTS)
def test_a_known_text_is_found_between_others(before: str, known: Known, after: str) -> None:
    found = explain(f"{before}\n{known.texts[0]}\n{after}")

    assert known.rules[0] in [each.rule.id for each in found]


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read(content: bytes) -> None:
    assert Reading.of(decoded(content)).plain is not None
