"""The search for the first gap between numbers that are taken; addresses, ports and ids are all numbers here."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
"""Numbers from first to last, both included."""


def singles(numbers: Iterable[int]) -> Iterable[Span]:
    """Return numbers as spans of one."""
    return ((number, number) for number in numbers)


def first_gap(taken: Iterable[Span], first: int, last: int, size: int = 1) -> int | None:
    """Return the start of the first gap of a size between first and last, at a multiple of the size; None when full."""
    start = _aligned(first, size)
    for span_first, span_last in sorted(taken):
        if span_first >= start + size:
            break
        if span_last >= start:
            start = _aligned(span_last + 1, size)
    return start if start + size - 1 <= last else None


def _aligned(number: int, size: int) -> int:
    return -(-number // size) * size
