from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from designer import api
from designer.resources import example_folder
from designer.ui.file_presence import FilePresence
from designer.ui.recent_list import MISSING
from designer.ui.settings import Settings
from designer.ui.template_cards import CardPainter, TemplateCards, picture_of
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt


@pytest.fixture
def start(app: WindowDriver, settings: Settings, tmp_path: Path) -> WindowDriver:
    settings.remember_file(tmp_path / "gone.cnd")
    settings.remember_file(example_folder() / "nat.cnd")
    app.workspace.show_start()
    return app


def test_every_template_is_a_card_with_a_picture_of_its_own(start: WindowDriver) -> None:
    cards = start.find("Start with", TemplateCards)
    assert cards.count() == len(api.templates())
    start.wait_until(cards.pictures_done)
    painter = cards.itemDelegate()
    assert isinstance(painter, CardPainter)
    assert set(painter.pictures) == {template.name for template in api.templates()}
    images = [picture.toImage() for picture in painter.pictures.values()]
    assert all(images.count(image) == 1 for image in images)


def test_titles_are_whole_however_small_the_window_is(start: WindowDriver) -> None:
    cards = start.find("Start with", TemplateCards)
    painter = cards.itemDelegate()
    assert isinstance(painter, CardPainter)
    for width, height in ((1440, 900), (960, 600)):
        start.window.resize(width, height)
        start.wait_until(cards.pictures_done)
        card = cards.gridSize()
        picture = painter.picture_size(card.width())
        room = card.height() - picture.height()
        assert card.width() * 2 <= cards.viewport().width()
        longest = max((template.title for template in api.templates()), key=len)
        assert room > QFontMetrics(cards.font()).horizontalAdvance(longest) / picture.width() * 12


def test_a_card_opens_its_template_by_keyboard(start: WindowDriver) -> None:
    cards = start.find("Start with", TemplateCards)
    assert cards.hasFocus()
    start.press("Right")
    start.press("Return")
    assert start.workspace.element_count()
    assert start.workspace.controller.path is None


def test_a_missing_file_says_so_and_an_existing_one_does_not(start: WindowDriver) -> None:
    recent = start.find("Recent designs", QListWidget)
    start.wait_until(lambda: recent.item(1).data(MISSING) is True)
    assert recent.item(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("not found")
    assert not recent.item(0).data(MISSING)


def test_delete_takes_a_file_off_the_list(start: WindowDriver, settings: Settings) -> None:
    recent = start.find("Recent designs", QListWidget)
    recent.setFocus()
    recent.setCurrentRow(1)
    QTest.keyClick(recent, Qt.Key.Key_Delete)
    assert [path.name for path in settings.recent] == ["nat.cnd"]
    assert recent.count() == 1


def test_the_pictures_follow_the_theme(start: WindowDriver) -> None:
    cards = start.find("Start with", TemplateCards)
    start.wait_until(cards.pictures_done)
    painter = cards.itemDelegate()
    assert isinstance(painter, CardPainter)
    light = painter.pictures["seed"].toImage()
    start.pick("View", "Theme", "Dark")
    start.wait_until(cards.pictures_done)
    assert painter.pictures["seed"].toImage() != light


def test_an_unknown_template_has_the_picture_of_an_empty_one(start: WindowDriver) -> None:
    theme, size = start.window.theme, CardPainter(start.window.theme, start.window).picture_size(200)
    assert picture_of("no such", theme, size, 1.0).toImage() == picture_of("blank", theme, size, 1.0).toImage()


def test_a_drive_that_does_not_answer_holds_nobody_up(qtbot: QtBot) -> None:
    answers = threading.Event()
    presence = FilePresence(None, lambda path: answers.wait() if path.name == "slow" else path.name == "there")
    told: dict[str, bool] = {}
    presence.found.connect(lambda path, there: told.__setitem__(path.name, there))
    presence.ask([Path("slow"), Path("there"), Path("gone")])
    qtbot.waitUntil(lambda: len(told) == 2, timeout=900)
    assert told == {"there": True, "gone": False}
    qtbot.waitUntil(lambda: "slow" in told, timeout=3_000)
    assert told["slow"] is False
    answers.set()


def test_the_page_says_where_escape_leads_to(start: WindowDriver) -> None:
    assert start.shows("press Esc for an empty canvas")
    assert start.shows("Drag an element from the palette, or press Insert")
    start.workspace.files.open(example_folder() / "nat.cnd")
    assert start.shows("Drag to move")
    start.pick("Help", "Examples…")
    assert start.shows("press Esc to go back to the design that is open")
    start.press("Esc")
    assert start.workspace.canvas.hasFocus()
    assert start.workspace.controller.name == "nat"
