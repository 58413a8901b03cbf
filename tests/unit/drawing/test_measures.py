from __future__ import annotations

import pytest

from designer.drawing import measures as m


@pytest.mark.parametrize(("value", "snapped"), [(0, 0), (1, 8), (8, 8), (8.5, 16), (150, 152)])
def test_sizes_snap_up_to_the_grid(value: float, snapped: float) -> None:
    assert m.snap_up(value) == snapped


def test_the_host_stack_fits_the_grid() -> None:
    assert m.HOST_TOP % m.GRID == 0
    assert m.BAR_MIN_WIDTH == m.WORKLOAD_MIN_WIDTH + 2 * m.ZONE_PADDING
