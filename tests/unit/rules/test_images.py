"""The Windows build inside an image."""

from __future__ import annotations

import pytest

from designer.model.identity import EntityId
from designer.model.workloads import WindowsContainer
from designer.rules.images import floor_of, image_build


@pytest.mark.parametrize(
    ("image", "build"),
    [
        ("mcr.microsoft.com/windows/servercore:ltsc2016", 14393),
        ("mcr.microsoft.com/windows/nanoserver:1809", 17763),
        ("mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022", 20348),
        ("registry:5000/team/app:10.0.20348.2113", 20348),
        ("registry:5000/team/app", None),
        ("app:latest", None),
        ("", None),
    ],
)
def test_a_tag_tells_the_build(image: str, build: int | None) -> None:
    assert image_build(WindowsContainer(id=EntityId("web01"), name="web01", image=image)) == build


def test_the_given_build_counts_first() -> None:
    container = WindowsContainer(id=EntityId("web01"), name="web01", image="app:ltsc2016", image_build=20348)
    assert image_build(container) == 20348


@pytest.mark.parametrize(("host", "floor"), [(20348, 20348), (25398, 20348), (26100, 20348), (26200, 26100)])
def test_the_floor_of_process_isolation(host: int, floor: int) -> None:
    assert floor_of(host) == floor
