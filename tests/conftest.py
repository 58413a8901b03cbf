"""What every test shares: no screen, repeatable examples, and no Qt tests where Qt is not installed."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"

TESTS = Path(__file__).parent
QT_FOLDERS = (TESTS / "ui", TESTS / "unit" / "ui", TESTS / "unit" / "painting")

collect_ignore = [] if find_spec("PySide6") else [str(folder) for folder in QT_FOLDERS]

settings.register_profile("default", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("campaign", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the Qt folders, so that ``-m "not qt"`` leaves them out."""
    for item in items:
        if any(folder in item.path.parents for folder in QT_FOLDERS):
            item.add_marker(pytest.mark.qt)


@pytest.fixture(autouse=True)
def _application_of_widgets(request: pytest.FixtureRequest) -> None:
    """Give each test of Qt the application that widgets need; the program itself makes a smaller one for pictures."""
    if request.node.get_closest_marker("qt"):
        request.getfixturevalue("qapp")
