"""Steps from older formats to the present one: one function for each major step, run in a chain.

A frozen sample file for each format is kept in ``tests/golden/documents``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Raw = dict[str, Any]
Step = Callable[[Raw], Raw]

OLDEST_MAJOR = 1
STEPS: Mapping[int, Step] = {}
"""The step that leads away from each older major format: ``{1: to_2}``. Format 1 is the first and the present one."""


def migrate(raw: Raw, found: int, newest: int, steps: Mapping[int, Step] = STEPS) -> Raw:
    """Return the document in the newest major format.

    Args:
        raw: the parsed document; it is not changed.
        found: major format of the document, at least OLDEST_MAJOR.
        newest: major format wanted.
        steps: the step for each major format.
    """
    for major in range(found, newest):
        raw = steps[major](raw)
    return raw
