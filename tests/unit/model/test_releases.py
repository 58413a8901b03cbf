from __future__ import annotations

import pytest

from designer.model.releases import RELEASES, OsRelease, column_of_build, release_of_build


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


@pytest.mark.parametrize(
    ("build", "is_server", "release"),
    [
        (14393, True, OsRelease.WS2016),
        (17134, True, OsRelease.WS1803),
        (20349, True, OsRelease.WS2022),
        (25398, True, OsRelease.WS23H2),
        (10240, True, OsRelease.WS2016),
        (17134, False, OsRelease.WIN10),
        (19045, False, OsRelease.WIN10),
        (26200, False, OsRelease.WIN11),
    ],
)
def test_a_build_is_that_of_a_release_of_its_kind(build: int, is_server: bool, release: OsRelease) -> None:
    assert release_of_build(build, is_server=is_server) is release
