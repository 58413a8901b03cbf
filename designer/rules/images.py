"""The Windows build inside an image, and whether a host can run it. Source: hcsshim platform_compat_windows.go."""

from __future__ import annotations

import re
from functools import lru_cache

from designer.model.services import Service
from designer.model.workloads import ContainerBase

_BUILDS = {
    "ltsc2016": 14393,
    "2016": 14393,
    "1709": 16299,
    "1803": 17134,
    "1809": 17763,
    "ltsc2019": 17763,
    "1903": 18362,
    "1909": 18363,
    "2004": 19041,
    "20h2": 19042,
    "ltsc2022": 20348,
    "ltsc2025": 26100,
}
_NUMBERED = re.compile(r"10\.0\.(\d{5})(?:\.(\d+))?")
_WORD = re.compile(r"[a-z0-9]+")

STABLE_SINCE = 20348
"""From this build on an older image can run with process isolation."""

_FLOORS = (20348, 26100)


def image_build(container: ContainerBase | Service) -> int | None:
    """Return the Windows build of the image: the given one, else what its tag says; None when unknown."""
    return container.image_build if container.image_build is not None else _build_of_tag(container.image)


@lru_cache(maxsize=4096)
def _build_of_tag(image: str) -> int | None:
    _, _, tag = image.rpartition("/")[2].partition(":")
    numbered = _NUMBERED.search(tag)
    if numbered is not None:
        return int(numbered[1])
    return next((_BUILDS[word] for word in _WORD.findall(tag.lower()) if word in _BUILDS), None)


def floor_of(host_build: int) -> int:
    """Return the oldest image build that process isolation takes on a host of 20348 or later."""
    older = [floor for floor in _FLOORS if floor < host_build]
    return older[-1] if older else STABLE_SINCE
