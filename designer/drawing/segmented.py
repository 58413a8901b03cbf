"""Array operations on groups that lie one after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Return, for items that stand for ``counts`` things each, the item and the running number of every thing."""
    owners = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return owners, np.arange(len(owners)) - starts[owners]


def running_number(same: Bools) -> Ints:
    """Return how many times in a row ``same`` has been true."""
    place = np.arange(len(same))
    return place - np.maximum.accumulate(np.where(same, 0, place))


def running_maximum(values: Floats, number: Ints) -> Floats:
    """Return the largest value so far in each group.

    Args:
        values: the values, group after group.
        number: the running number of each value in its group.
    """
    result = values.copy()
    step = 1
    while (late := np.nonzero(number >= step)[0]).size:
        result[late] = np.maximum(result[late], result[late - step])
        step *= 2
    return result
