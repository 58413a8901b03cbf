"""Exports the scripts of some hosts to a folder; refuses while errors stand, unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer import api
from designer.drawing.theme import Mark
from designer.errors import DesignerError
from designer.formats import FORMATS
from designer.model.hosts import Host
from designer.rules.registry import Severity
from designer.storage.files import write
from designer.ui.naming import named
from designer.ui.symbols import mark_icon

if TYPE_CHECKING:
    from designer.drawing.theme import Theme
    from designer.model.topology import Topology
    from designer.rules.registry import Judged

SMALLEST_WIDTH = 520


class ExportScripts(QDialog):
    """Hosts, format and folder.

    Attributes:
        written: the files of the last export.
    """

    def __init__(
        self, parent: QWidget, topology: Topology, judged: tuple[Judged, ...], folder: Path, theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export scripts")
        self.setAccessibleName("Export scripts")
        self.setMinimumWidth(SMALLEST_WIDTH)
        self._topology = topology
        self._errors = [found for found in judged if found.severity is Severity.ERROR]
        self.written: tuple[Path, ...] = ()
        self._hosts = named(QListWidget(), "Hosts")
        self._format = named(QComboBox(), "Format")
        self._teardown = named(QCheckBox("Also the scripts that take everything down again"), "Teardown")
        self._what_if = named(QCheckBox("Dry run: the scripts only say what they would do"), "Dry run")
        self._folder = named(QLineEdit(str(folder)), "Folder")
        self._force = named(QCheckBox("Export although it has errors"), "Export although it has errors")
        self._problem = named(QLabel(wordWrap=True), "What went wrong", role="error")
        self._export = named(QPushButton("Export"), "Export")
        self._fill()
        self._build(theme)
        self._update()

    def _fill(self) -> None:
        for host in sorted(self._topology.of(Host), key=lambda host: (host.name, host.id)):
            item = QListWidgetItem(host.name, self._hosts)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        for name, exporter in FORMATS.items():
            self._format.addItem(exporter.title, name)
        self._teardown.setChecked(True)
        self._hosts.setFixedHeight(min(4, max(1, self._hosts.count())) * 30 + 8)
        self._problem.hide()

    def _build(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 18)
        layout.setSpacing(8)
        if self._errors:
            layout.addWidget(self._refusal(theme))
        for text, widget in (("Hosts", self._hosts), ("Format", self._format)):
            layout.addWidget(_label(text, widget))
            layout.addWidget(widget)
        layout.addWidget(_label("Folder", self._folder))
        row = QHBoxLayout()
        choose = named(QPushButton("Choose…"), "Choose a folder")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        row.addWidget(self._folder, 1)
        row.addWidget(choose)
        layout.addLayout(row)
        layout.addWidget(self._teardown)
        layout.addWidget(self._what_if)
        layout.addWidget(self._problem)
        layout.addSpacing(6)
        layout.addLayout(self._buttons())
        self._hosts.itemChanged.connect(lambda _: self._update())
        self._format.currentIndexChanged.connect(lambda _: self._update())
        self._force.toggled.connect(lambda _: self._update())

    def _refusal(self, theme: Theme) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 6)
        count = "1 error" if len(self._errors) == 1 else f"{len(self._errors)} errors"
        words = QLabel(f"{count} in this design: a script made from it would fail or do something else.", wordWrap=True)
        words.setProperty("role", "strong")
        listed = named(QListWidget(), "Errors")
        listed.setWordWrap(True)
        listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for found in self._errors:
            icon = mark_icon(Mark.ERROR, theme)
            QListWidgetItem(icon, f"{found.rule.id}  {found.finding.message}", listed)
        listed.setFixedHeight(min(3, len(self._errors)) * 40 + 8)
        for widget in (words, listed, self._force):
            column.addWidget(widget)
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = named(QPushButton("Cancel"), "Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._export.setProperty("filled", True)
        self._export.setDefault(True)
        self._export.clicked.connect(self._run)
        row.addWidget(self._export)
        row.addWidget(cancel)
        return row

    def _chosen(self) -> list[str]:
        items = [self._hosts.item(row) for row in range(self._hosts.count())]
        return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]

    def _update(self) -> None:
        undo = FORMATS[self._format.currentData()].undo
        for box in (self._teardown, self._what_if):
            box.setEnabled(not undo)
            box.setToolTip(f"Not as {self._format.currentText()}: {undo}." if undo else "")
        allowed = not self._errors or self._force.isChecked()
        self._export.setEnabled(allowed and bool(self._chosen()))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Folder for the scripts", self._folder.text())
        if name:
            self._folder.setText(name)

    def _run(self) -> None:
        try:
            files = self._scripts(Path(self._folder.text()).expanduser())
            write(files)
        except DesignerError as error:
            self._problem.setText(f"{error} Nothing was written.")
            self._problem.show()
            self.adjustSize()
            return
        self.written = tuple(files)
        self.accept()

    def _scripts(self, folder: Path) -> dict[Path, bytes]:
        kinds = (False, True) if self._teardown.isChecked() and self._teardown.isEnabled() else (False,)
        chosen = set(self._chosen())
        found: dict[Path, bytes] = {}
        for teardown in kinds:
            exported = api.export(
                self._topology,
                self._format.currentData(),
                force=self._force.isChecked(),
                teardown=teardown,
                what_if=self._what_if.isChecked() and self._what_if.isEnabled(),
            )
            found |= {folder / part.file_name: part.script.encoded() for part in exported if part.host in chosen}
        return found


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "label")
    label.setBuddy(buddy)
    return label
