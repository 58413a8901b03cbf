"""Texts that a listing cut off: “HNS failed with error : Catast…”, as ``docker service ps`` shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from designer.explaining.reading import GAP, Reading, squeezed
from designer.explaining.signatures import Seen, Signature

LEAST_LETTERS = 6
"""So many letters of a known text must be left, and no other known text may begin with them."""

_MOST_ENDS, _LONGEST = 50, 120
_ELLIPSIS = "..."
_LAST_LINE = re.compile(r"[\n\"]")


def seen_cut_off(reading: Reading, signatures: Iterable[Signature]) -> list[Seen]:
    """Return the signatures whose text stands in a text up to an ellipsis."""
    beginnings = [
        (signature, text, squeezed(text.split(GAP)[0])) for signature in signatures for text in signature.texts
    ]
    found: dict[int, Seen] = {}
    for end in _ends(reading):
        fitting = [(_left(end, whole), signature, text) for signature, text, whole in beginnings]
        longest = max((letters for letters, _, _ in fitting), default=0)
        best = {id(signature): (signature, text) for letters, signature, text in fitting if letters == longest}
        if longest >= LEAST_LETTERS and len(best) == 1:
            ((key, (signature, text)),) = best.items()
            found.setdefault(key, Seen(signature, f"the beginning of “{text}”"))
    return list(found.values())


def _ends(reading: Reading) -> Iterator[str]:
    """Go through what stands before the ellipses of a text, in letters and digits."""
    pieces = reading.plain.rsplit(_ELLIPSIS, _MOST_ENDS)[:-1]
    yield from dict.fromkeys(squeezed(_LAST_LINE.split(piece[-_LONGEST:])[-1]) for piece in pieces)


def _left(end: str, whole: str) -> int:
    """Return how many letters of a known text are the end of a cut text; all of them is no cut."""
    for letters in range(len(whole) - 1, LEAST_LETTERS - 1, -1):
        if end.endswith(whole[:letters]):
            return letters
    return 0
