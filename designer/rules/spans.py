"""Spans of releases that rules hold for, as the catalogue names them."""

from __future__ import annotations

from designer.model.releases import RELEASES, OsRelease


def since(build: int) -> tuple[OsRelease, ...]:
    """Return the releases that shipped with a build or a later one."""
    return tuple(release for release, facts in RELEASES.items() if facts.build >= build)


def before(build: int) -> tuple[OsRelease, ...]:
    """Return the releases that shipped with an earlier build."""
    return tuple(release for release, facts in RELEASES.items() if facts.build < build)


FROM_1709, FROM_2019, FROM_2022 = since(16299), since(17763), since(20348)
BEFORE_2019, BEFORE_2022 = before(17763), before(20348)
SERVERS = tuple(release for release, facts in RELEASES.items() if facts.is_server)
CLIENTS = tuple(release for release, facts in RELEASES.items() if not facts.is_server)
