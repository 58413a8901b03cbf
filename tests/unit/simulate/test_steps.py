"""Steps are values."""

from __future__ import annotations

from typing import get_args

import pytest

from designer.simulate import steps


@pytest.mark.parametrize("kind", [*get_args(steps.Place), *get_args(steps.Step), steps.State])
def test_places_and_steps_cannot_be_changed(kind: type) -> None:
    assert issubclass(kind, tuple)


def test_every_kind_of_place_is_one_of_the_union() -> None:
    others = {*get_args(steps.Step), steps.State}
    named = {found for found in vars(steps).values() if isinstance(found, type) and found.__module__ == steps.__name__}

    assert named - others == set(get_args(steps.Place))
