"""What the program remembers about the person: typed, and the only place that touches QSettings."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENT_LIMIT = 15


class ThemeChoice(StrEnum):
    """Which theme the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class CheckMode(StrEnum):
    """When a design is checked and how much of it is told."""

    LIVE = "live"
    ERRORS = "errors"
    ON_DEMAND = "on-demand"


class Settings:
    """Settings of one person on one machine; what cannot be read counts as never set."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store if store is not None else QSettings("container-network-designer", "designer")

    @property
    def theme(self) -> ThemeChoice:
        """The theme that the person chose; at first the one of the system."""
        text = self._text("theme")
        return ThemeChoice(text) if text in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice.value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened or saved last, newest first, at most 15; they may be gone."""
        lines = self._text("recent").splitlines()
        return tuple(Path(line) for line in lines if line)[:RECENT_LIMIT]

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        known = [found for found in self.recent if found != path]
        self._keep_recent((path, *known))
        self._store.setValue("folder", str(path.parent))

    def forget_file(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._keep_recent(tuple(found for found in self.recent if found != path))

    def forget_files(self) -> None:
        """Empty the list of recent files."""
        self._keep_recent(())

    @property
    def folder(self) -> Path:
        """Where file dialogs begin: the folder used last, else the home folder."""
        folder = Path(self._text("folder") or Path.home())
        return folder if folder.is_dir() else Path.home()

    @property
    def geometry(self) -> QByteArray:
        """Size and place of the window, as Qt saved it; empty at first."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def panels(self) -> QByteArray:
        """Where the panels stand, as Qt saved it; empty at first."""
        return self._bytes("window/panels")

    @panels.setter
    def panels(self, value: QByteArray) -> None:
        self._store.setValue("window/panels", value)

    @property
    def panel_titles(self) -> bool:
        """Whether panels have title bars to drag them by."""
        return self._text("window/panel_titles") == "yes"

    @panel_titles.setter
    def panel_titles(self, shown: bool) -> None:
        self._store.setValue("window/panel_titles", "yes" if shown else "no")

    @property
    def overview_map(self) -> bool:
        """Whether the small map of the whole drawing is shown."""
        return self._text("canvas/overview_map") != "no"

    @overview_map.setter
    def overview_map(self, shown: bool) -> None:
        self._store.setValue("canvas/overview_map", "yes" if shown else "no")

    @property
    def check_mode(self) -> CheckMode:
        """When a design is checked; at first while it is drawn."""
        text = self._text("problems/check")
        return CheckMode(text) if text in set(CheckMode) else CheckMode.LIVE

    @check_mode.setter
    def check_mode(self, mode: CheckMode) -> None:
        self._store.setValue("problems/check", mode.value)

    @property
    def ignored_rules(self) -> frozenset[str]:
        """Ids of the rules whose warnings and hints this person does not want to see in any design."""
        return frozenset(self._text("problems/ignored").split())

    @ignored_rules.setter
    def ignored_rules(self, rules: frozenset[str]) -> None:
        self._store.setValue("problems/ignored", " ".join(sorted(rules)))

    def choice(self, name: str) -> str:
        """Return what was chosen in a list of the problems panel; empty when nothing ever was."""
        return self._text(f"problems/{name}")

    def choose(self, name: str, value: str) -> None:
        """Remember what was chosen in a list of the problems panel."""
        self._store.setValue(f"problems/{name}", value)

    @property
    def traffic(self) -> bool:
        """Whether declared traffic is drawn."""
        return self._text("canvas/traffic") != "no"

    @traffic.setter
    def traffic(self, shown: bool) -> None:
        self._store.setValue("canvas/traffic", "yes" if shown else "no")

    def is_folded(self, section: str) -> bool | None:
        """Whether a section of the inspector was left folded; None when it was never touched."""
        text = self._text(f"inspector/{section}")
        return text == "folded" if text else None

    def fold(self, section: str, folded: bool) -> None:
        """Remember whether a section of the inspector is folded."""
        self._store.setValue(f"inspector/{section}", "folded" if folded else "open")

    def _keep_recent(self, paths: tuple[Path, ...]) -> None:
        self._store.setValue("recent", "\n".join(str(path) for path in paths[:RECENT_LIMIT]))

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
