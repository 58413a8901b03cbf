"""The search for the first gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.planning.gaps import Span, first_gap, singles

spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)).map(lambda pair: (pair[0], sum(pair))), max_size=12)


@pytest.mark.parametrize(
    ("taken", "size", "found"),
    [([], 1, 5), ([(5, 5)], 1, 6), ([(7, 9), (5, 6)], 1, 10), ([(5, 20)], 1, None), ([(9, 9)], 4, 12), ([], 8, 8)],
)
def test_the_first_gap(taken: list[Span], size: int, found: int | None) -> None:
    assert first_gap(taken, 5, 20, size) == found


def test_numbers_are_spans_of_one() -> None:
    assert list(singles([1, 2])) == [(1, 1), (2, 2)]


@given(spans, st.integers(0, 20), st.integers(0, 50), st.sampled_from([1, 2, 4, 8]))
def test_a_gap_is_the_first_that_trying_each_place_finds(taken: list[Span], first: int, last: int, size: int) -> None:
    def is_gap(start: int) -> bool:
        return all(span[1] < start or start + size <= span[0] for span in taken)

    places = (start for start in range(first, last - size + 2) if start % size == 0 and is_gap(start))
    assert first_gap(taken, first, last, size) == next(places, None)
