"""Spans of releases."""

from __future__ import annotations

from designer.model.releases import OsRelease
from designer.rules import spans


def test_a_span_and_the_one_before_it_are_all_releases() -> None:
    assert set(spans.BEFORE_2022) | set(spans.FROM_2022) == set(OsRelease)
    assert set(spans.SERVERS) | set(spans.CLIENTS) == set(OsRelease)
    assert set(OsRelease) - set(spans.FROM_1709) == {OsRelease.WS2016}


def test_clients_are_where_their_build_is() -> None:
    assert OsRelease.WIN10 in spans.FROM_2019
    assert OsRelease.WIN10 in spans.BEFORE_2022
    assert OsRelease.WIN11 in spans.FROM_2022
    assert spans.BEFORE_2019 == (OsRelease.WS2016, OsRelease.WS1709, OsRelease.WS1803)
