from __future__ import annotations

import numpy as np

from designer.drawing.segmented import running_maximum, running_number, spread


def test_counts_spread_into_owners_and_numbers() -> None:
    owners, number = spread(np.array([2, 0, 3]))

    assert owners.tolist() == [0, 0, 2, 2, 2]
    assert number.tolist() == [0, 1, 0, 1, 2]


def test_numbers_begin_again_in_each_group() -> None:
    assert running_number(np.array([False, True, True, False, True])).tolist() == [0, 1, 2, 0, 1]


def test_the_largest_value_so_far_stays_within_its_group() -> None:
    values = np.array([5.0, 1.0, 7.0, 2.0, 3.0, 1.0, 2.0, 0.0])

    assert running_maximum(values, np.array([0, 1, 2, 0, 1, 2, 3, 4])).tolist() == [5, 5, 7, 2, 3, 3, 3, 3]
