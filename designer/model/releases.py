"""Windows releases that can host containers, with their builds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OsRelease(StrEnum):
    """A release of Windows that runs containers."""

    WS2016 = "ws2016"
    WS1709 = "ws1709"
    WS1803 = "ws1803"
    WS2019 = "ws2019"
    WS2022 = "ws2022"
    WS23H2 = "ws23h2"
    WS2025 = "ws2025"
    WIN10 = "win10"
    WIN11 = "win11"


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is fixed for a release.

    Attributes:
        title: the name that Microsoft uses.
        build: the build number that the release shipped with.
        is_server: false for Windows 10 and 11.
        column: the server release whose column of the mode tables applies (nearest lower or equal build).
    """

    title: str
    build: int
    is_server: bool
    column: OsRelease


RELEASES: dict[OsRelease, ReleaseFacts] = {
    OsRelease.WS2016: ReleaseFacts("Windows Server 2016", 14393, is_server=True, column=OsRelease.WS2016),
    OsRelease.WS1709: ReleaseFacts("Windows Server, version 1709", 16299, is_server=True, column=OsRelease.WS1709),
    OsRelease.WS1803: ReleaseFacts("Windows Server, version 1803", 17134, is_server=True, column=OsRelease.WS1803),
    OsRelease.WS2019: ReleaseFacts("Windows Server 2019", 17763, is_server=True, column=OsRelease.WS2019),
    OsRelease.WS2022: ReleaseFacts("Windows Server 2022", 20348, is_server=True, column=OsRelease.WS2022),
    OsRelease.WS23H2: ReleaseFacts("Windows Server, version 23H2", 25398, is_server=True, column=OsRelease.WS2022),
    OsRelease.WS2025: ReleaseFacts("Windows Server 2025", 26100, is_server=True, column=OsRelease.WS2025),
    OsRelease.WIN10: ReleaseFacts("Windows 10", 19045, is_server=False, column=OsRelease.WS2019),
    OsRelease.WIN11: ReleaseFacts("Windows 11", 22631, is_server=False, column=OsRelease.WS2022),
}


def column_of_build(build: int) -> OsRelease:
    """Return the release whose column of the mode tables holds for a build: the nearest lower or equal one."""
    columns = [
        OsRelease.WS2016,
        OsRelease.WS1709,
        OsRelease.WS1803,
        OsRelease.WS2019,
        OsRelease.WS2022,
        OsRelease.WS2025,
    ]
    fitting = [release for release in columns if RELEASES[release].build <= build]
    return fitting[-1] if fitting else OsRelease.WS2016


def release_of_build(build: int, *, is_server: bool) -> OsRelease:
    """Return the newest server or client release that shipped with a build or an earlier one; else the oldest."""
    kind = [release for release, facts in RELEASES.items() if facts.is_server is is_server]
    fitting = [release for release in kind if RELEASES[release].build <= build]
    return max(fitting, key=lambda release: RELEASES[release].build) if fitting else kind[0]
