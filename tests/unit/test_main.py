"""The doors into the program."""

from __future__ import annotations

import sys

import pytest

from designer import __main__
from designer.errors import MissingPartError


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["check"], 2), (["check", "gone.cnd"], 2), (["--help"], 0)]
)
def test_the_command_line_ends_with_its_code(monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int) -> None:
    monkeypatch.setattr(sys, "argv", ["designer", *arguments])

    with pytest.raises(SystemExit) as caught:
        __main__.main()

    assert caught.value.code == code


def test_an_interruption_during_the_imports_leaves_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupting:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "designer.cli.main":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "designer.cli.main", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])

    with pytest.raises(SystemExit) as caught:
        __main__.main()

    assert caught.value.code == 130


def test_the_other_door_opens_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []

    def open_window(name: str | None) -> int:
        opened.append(name)
        return 0

    monkeypatch.setattr(__main__, "open_window", open_window)
    monkeypatch.setattr(sys, "argv", ["designer-gui", "a.cnd"])

    with pytest.raises(SystemExit) as caught:
        __main__.gui()

    assert (caught.value.code, opened) == (0, ["a.cnd"])


def test_without_qt_the_window_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(__main__, "find_spec", lambda _name: None)

    with pytest.raises(MissingPartError, match="The window needs PySide6"):
        __main__.open_window(None)


def test_without_a_screen_the_window_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(__main__, "find_spec", lambda _name: object())
    monkeypatch.setattr(sys, "platform", "linux")
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)

    with pytest.raises(MissingPartError, match="There is no screen"):
        __main__.open_window(None)
