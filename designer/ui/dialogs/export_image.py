"""Exports the drawing as SVG, PNG or PDF; light on white unless chosen otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.drawing.scene import Scene
from designer.drawing.svg import render as render_svg
from designer.drawing.theme import DARK, HIGH_CONTRAST, LIGHT
from designer.errors import DesignerError
from designer.painting.image import frame, render_pdf, render_png
from designer.storage.files import write
from designer.ui.naming import named

if TYPE_CHECKING:
    from designer.model.topology import Topology
    from designer.rules.registry import Judged

SMALLEST_WIDTH = 480
_KINDS = {"SVG – vector": ".svg", "PNG – pixels": ".png", "PDF – one page": ".pdf"}
_THEMES = {"Light": LIGHT, "Dark": DARK, "High contrast": HIGH_CONTRAST}
_SCALES = ("1x", "2x", "3x", "4x", "8x")


class ExportImage(QDialog):
    """Kind, colours, scale and file.

    Attributes:
        written: the file of the last export; None before.
    """

    def __init__(self, parent: QWidget, topology: Topology, judged: tuple[Judged, ...], file: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export image")
        self.setAccessibleName("Export image")
        self.setMinimumWidth(SMALLEST_WIDTH)
        self._topology, self._judged = topology, judged
        self.written: Path | None = None
        self._kind = named(QComboBox(), "Kind of image")
        self._kind.addItems(list(_KINDS))
        self._colours = named(QComboBox(), "Colours")
        self._colours.addItems(list(_THEMES))
        self._scale = named(QComboBox(), "Scale")
        self._scale.addItems(_SCALES)
        self._scale.setCurrentIndex(1)
        self._badges = named(QCheckBox("With the marks of problems"), "With the marks of problems")
        self._file = named(QLineEdit(str(file.with_suffix(".svg"))), "File")
        self._size = named(QLabel(), "Size", role="muted")
        self._problem = named(QLabel(wordWrap=True), "What went wrong", role="error")
        self._problem.hide()
        self._build()
        self._kind.currentTextChanged.connect(self._change_kind)
        self._scale.currentTextChanged.connect(lambda _: self._show_size())
        self._change_kind(self._kind.currentText())

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 18)
        layout.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        for text, widget in (("Kind", self._kind), ("Colours", self._colours), ("Scale", self._scale)):
            column = QVBoxLayout()
            label = QLabel(text)
            label.setProperty("role", "label")
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget)
            row.addLayout(column, 1)
        layout.addLayout(row)
        layout.addWidget(self._badges)
        label = QLabel("File")
        label.setProperty("role", "label")
        label.setBuddy(self._file)
        layout.addWidget(label)
        place = QHBoxLayout()
        choose = named(QPushButton("Choose…"), "Choose a file")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place.addWidget(self._file, 1)
        place.addWidget(choose)
        layout.addLayout(place)
        layout.addWidget(self._size)
        layout.addWidget(self._problem)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        export, cancel = named(QPushButton("Export"), "Export"), named(QPushButton("Cancel"), "Cancel")
        export.setProperty("filled", True)
        export.setDefault(True)
        export.clicked.connect(self._run)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons.addWidget(export)
        buttons.addWidget(cancel)
        layout.addLayout(buttons)

    def _scene(self) -> Scene:
        return Scene.build(self._topology, self._judged if self._badges.isChecked() else ())

    def _factor(self) -> float:
        return float(self._scale.currentText().removesuffix("x"))

    def _change_kind(self, text: str) -> None:
        self._file.setText(str(Path(self._file.text()).with_suffix(_KINDS[text])))
        self._scale.setEnabled(_KINDS[text] == ".png")
        self._show_size()

    def _show_size(self) -> None:
        _, _, width, height = frame(self._scene())
        factor = self._factor() if self._scale.isEnabled() else 1.0
        unit = "pixels" if self._scale.isEnabled() else "units"
        self._size.setText(f"{width * factor:.0f} x {height * factor:.0f} {unit}")

    def _choose(self) -> None:
        suffix = _KINDS[self._kind.currentText()]
        name, _ = QFileDialog.getSaveFileName(self, "Export image", self._file.text(), f"*{suffix}")
        if name:
            self._file.setText(str(Path(name).with_suffix(suffix)))

    def _run(self) -> None:
        path = Path(self._file.text()).expanduser()
        theme = _THEMES[self._colours.currentText()]
        try:
            match path.suffix:
                case ".png":
                    content = render_png(self._scene(), theme, self._factor())
                case ".pdf":
                    content = render_pdf(self._scene(), theme, path.stem)
                case _:
                    content = render_svg(self._scene(), theme).encode()
            write({path: content})
        except DesignerError as error:
            self._problem.setText(f"{error} Nothing was written.")
            self._problem.show()
            return
        self.written = path
        self.accept()
