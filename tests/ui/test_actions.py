from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QDialog, QTreeWidget

from designer.ui.actions import ACTIONS, Where
from tests.ui.drivers import WindowDriver

pytestmark = [pytest.mark.qt, pytest.mark.usefixtures("qapp")]


def test_no_two_actions_share_a_key() -> None:
    used = Counter(key.toString() for spec in ACTIONS for key in spec.sequences())
    assert [key for key, times in used.items() if times > 1] == []


def test_no_key_is_the_beginning_of_a_chord() -> None:
    keys = [key.toString() for spec in ACTIONS for key in spec.sequences()]
    chords = [key for key in keys if ", " in key]
    assert [key for key in keys for chord in chords if chord.startswith(f"{key}, ")] == []


def test_ids_and_words_are_unique() -> None:
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)
    assert len({(spec.menu, spec.words()) for spec in ACTIONS}) == len(ACTIONS)


def test_single_letters_act_on_the_drawing_only() -> None:
    letters = [spec.id for spec in ACTIONS if any(len(key.toString()) == 1 for key in spec.sequences())]
    windows = [spec.id for spec in ACTIONS if spec.where is Where.WINDOW]
    assert set(letters) & set(windows) <= {"find_element"}


def test_what_is_disabled_says_why(app: WindowDriver) -> None:
    app.workspace.state_changed.emit()
    for spec in ACTIONS:
        action = app.action(*spec.menu.split("/"), spec.words())
        reason = spec.blocked(app.workspace)
        assert action.isEnabled() is not bool(reason), spec.id
        if reason:
            assert reason.lower()[1:] in action.toolTip(), spec.id


def test_every_action_with_keys_is_in_the_keyboard_help(app: WindowDriver) -> None:
    app.pick("Help", "Keyboard")
    dialog = next(found for found in app.window.findChildren(QDialog) if found.windowTitle() == "Keyboard")
    tree = app.find("Actions and their keys", QTreeWidget, dialog)
    listed = set()
    for number in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(number)
        assert group is not None
        for row in range(group.childCount()):
            item = group.child(row)
            assert item is not None
            listed.add((item.text(0).partition(" (")[0], item.text(1)))
    for spec in ACTIONS:
        keys = spec.keys_in_words()
        assert bool(keys) is bool(spec.sequences())
        assert not keys or (spec.words(), keys) in listed


def test_undo_says_what_it_undoes(seed: WindowDriver) -> None:
    seed.workspace.canvas.place_from_palette("client")
    assert seed.action("Edit", "Undo").text().startswith("&Undo Add ")
    seed.pick("Edit", "Undo")
    assert seed.action("Edit", "Redo").text().startswith("&Redo Add ")


def test_keys_belong_to_the_editor_while_text_is_edited(seed: WindowDriver) -> None:
    controller = seed.workspace.controller
    seed.workspace.canvas.place_from_palette("client")
    steps, design = controller.undo_stack.index(), controller.topology
    seed.enter("Name", "abc", finish=False)
    for keys in ("Ctrl+Z", "Del", "Left", "Backspace", "C"):
        seed.press(keys)
    assert controller.undo_stack.index() == steps
    assert controller.topology == design
    seed.press("Esc")


def test_the_slash_leads_to_the_palette_and_is_typed_in_fields(seed: WindowDriver) -> None:
    seed.workspace.focus_canvas()
    seed.press("/")
    assert seed.workspace.palette.search.hasFocus()
    seed.press("/")
    assert seed.workspace.palette.search.text() == "/"
