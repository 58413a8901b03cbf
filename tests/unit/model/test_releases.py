from __future__ import annotations

import pytest

from designer.model.releases import RELEASES, OsRelease, column_of_build


def test_every_release_has_facts_and_a_column_of_a_server() -> None:
    assert set(RELEASES) == set(OsRelease)
    assert all(RELEASES[facts.column].is_server for facts in RELEASES.values())


@pytest.mark.parametrize(
    ("build", "column"),
    [
        (14393, OsRelease.WS2016),
        (16299, OsRelease.WS1709),
        (17134, OsRelease.WS1803),
        (17763, OsRelease.WS2019),
        (19045, OsRelease.WS2019),
        (20348, OsRelease.WS2022),
        (25398, OsRelease.WS2022),
        (26100, OsRelease.WS2025),
        (99999, OsRelease.WS2025),
        (1, OsRelease.WS2016),
    ],
)
def test_a_build_has_the_column_of_the_nearest_lower_release(build: int, column: OsRelease) -> None:
    assert column_of_build(build) is column


def test_columns_agree_with_builds() -> None:
    assert all(column_of_build(facts.build) is facts.column for facts in RELEASES.values())
