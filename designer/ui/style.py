"""The look of the widgets, made of the theme's tokens."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette

from designer.drawing.families import MONO, SANS
from designer.drawing.theme import DARK, HIGH_CONTRAST, LIGHT, Theme
from designer.ui.settings import ThemeChoice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

TEXT_PX = 12

_SHEET = Template(
    """
* { font-family: "$sans"; font-size: ${size}px; color: $text; }
QMainWindow, QDialog, QDockWidget { background: $panel; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QDockWidget { font-weight: 600; }
QDockWidget::title { background: $panel_second; padding: 6px 12px; }
QWidget#header { background: $panel; border-bottom: 1px solid $line; }
QStatusBar { background: $panel_second; border: none; }
QStatusBar::item { border: none; }
QWidget#statusArea { background: $panel_second; border-top: 1px solid $line; }
QWidget#statusArea * { color: $muted; font-size: 11.5px; }
QWidget#statusArea QPushButton { font-weight: 500; min-height: 22px; max-height: 22px; padding: 0 4px; }
QLabel { background: transparent; }
QLabel[role="name"] { font-size: 14px; font-weight: 600; }
QLabel[role="strong"] { font-size: 12px; font-weight: 600; }
QLabel[role="muted"], QCheckBox[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: 11px; }
QLabel[role="label"] { color: $muted; font-size: 11.5px; }
QLabel[role="mono"] { font-family: "$mono"; }
QLabel[role="error"] { color: $error; font-size: 11.5px; }
QLabel[role="warning"] { color: $warning; font-size: 11.5px; }
QLabel[role="info"] { color: $muted; font-size: 11.5px; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QToolTip { background: $panel; color: $text; border: 1px solid $card_line; padding: 6px 8px; }

QMenuBar { background: transparent; spacing: 0; }
QMenuBar::item { padding: 6px 9px; border-radius: 6px; background: transparent; color: $muted; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $panel_second; color: $text; }
QMenu { background: $panel; border: 1px solid $card_line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: $panel_second; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
  background: $card; border: 1px solid $line; border-radius: 6px; padding: 0 9px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QSpinBox { min-height: 28px; max-height: 28px; }
QPlainTextEdit, QTextEdit { padding: 5px 6px; }
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover { border-color: $card_line; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $accent; padding: 0 8px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: 4px 5px; }
QLineEdit:read-only { background: $panel_second; color: $muted; }
QLineEdit:disabled, QComboBox:disabled { background: $panel_second; color: $faint; }
QLineEdit[mono="true"], QPlainTextEdit[mono="true"], QTextEdit[mono="true"] { font-family: "$mono"; }
QTextEdit[plain="true"] { background: transparent; border: none; }
QLineEdit[wrong="true"] { border: 1px solid $error; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
  background: $panel; border: 1px solid $card_line; padding: 4px; outline: none;
  selection-background-color: $panel_second; selection-color: $text;
}
QComboBox[flat="true"] { border: none; background: transparent; min-height: 20px; max-height: 20px; padding: 0 2px; }
QComboBox[flat="true"]:focus { border: 2px solid $accent; border-radius: 4px; padding: 0; }
QCheckBox { spacing: 8px; min-height: 24px; }
QCheckBox::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; border: 1px solid $card_line; border-radius: 4px; background: $card; }
QCheckBox::indicator:hover { border-color: $muted; }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url("$tick");
}
QCheckBox::indicator:indeterminate { background: $muted; border-color: $muted; }
QCheckBox:focus { color: $accent; }

QPushButton, QToolButton[framed="true"] {
  background: $card; border: 1px solid $line; border-radius: 7px; padding: 0 14px;
  min-height: 26px; font-weight: 500;
}
QPushButton:hover, QToolButton[framed="true"]:hover { border-color: $muted; }
QPushButton:pressed { background: $panel_second; }
QToolButton[framed="true"]:checked { background: $info_tint; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 0 13px; }
QPushButton:disabled { color: $faint; border-color: $line; background: $panel_second; }
QPushButton[filled="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[filled="true"]:hover { background: $accent; border-color: $text; }
QPushButton[filled="true"]:focus { border: 2px solid $text; }
QPushButton[filled="true"]:disabled { background: $panel_second; color: $faint; border-color: $line; }
QPushButton[link="true"] {
  background: transparent; border: none; color: $accent; font-weight: 600; padding: 0 2px; text-align: left;
  min-height: 24px;
}
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid $accent; border-radius: 4px; padding: 0; }
QPushButton[link="true"]:disabled { color: $faint; background: transparent; }
QPushButton#problemsPill { border: none; border-radius: 13px; font-weight: 600; padding: 0 14px 0 10px; }
QPushButton#problemsPill[mark="error"] { background: $error_tint; color: $error; }
QPushButton#problemsPill[mark="warning"] { background: $warning_tint; color: $warning; }
QPushButton#problemsPill[mark="info"] { background: $info_tint; color: $info; }
QPushButton#problemsPill[mark="good"] { background: $good_tint; color: $good; }
QPushButton#problemsPill[mark="none"] { background: $panel_second; color: $muted; }
QPushButton#problemsPill:focus { border: 2px solid $accent; padding: 0 12px 0 8px; }
QToolButton {
  background: transparent; border: none; border-radius: 6px; padding: 4px; min-width: 18px; min-height: 18px;
}
QToolButton:hover { background: $panel_second; }
QToolButton:focus { border: 2px solid $accent; padding: 2px; }
QToolButton::menu-indicator { image: none; }
QToolButton[heading="true"] { font-weight: 600; color: $muted; text-align: left; padding: 3px 0; font-size: 11.5px; }
QToolButton[heading="true"]:hover { color: $text; background: transparent; }
QToolButton[heading="true"]:focus { padding: 1px 0; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 9px 8px 7px 8px; margin: 0 6px; border: none;
  border-bottom: 2px solid transparent; font-weight: 500;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QTabWidget::pane { border: none; }

QAbstractItemView { background: $panel; border: none; outline: none; alternate-background-color: $panel_second; }
QAbstractItemView::item { padding: 3px 4px; border-radius: 5px; color: $text; }
QAbstractItemView::item:hover { background: $panel_second; }
QAbstractItemView::item:selected { background: $info_tint; color: $text; }
QHeaderView { background: $panel; }
QHeaderView::section {
  background: $panel; color: $muted; border: none; border-bottom: 1px solid $line; padding: 5px 6px; font-size: 11px;
  font-weight: 600;
}
QTreeView::branch:has-children:closed { image: url("$chevron_right"); }
QTreeView::branch:has-children:open { image: url("$chevron"); }
QTreeView { show-decoration-selected: 1; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected { background: $info_tint; }
QWidget#startPage { background: $canvas; }
QWidget#startPage QListWidget { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: $panel; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $card_line; border-radius: 3px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $panel_second; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QFrame[card="true"] { background: $card; border: 1px solid $line; border-radius: 7px; }
QFrame[card="true"] QLineEdit, QFrame[card="true"] QComboBox { min-height: 24px; max-height: 24px; padding: 0 6px; }
QFrame[card="true"] QLineEdit:focus, QFrame[card="true"] QComboBox:focus { padding: 0 5px; }
QLabel:focus { border: 2px solid $accent; border-radius: 5px; }
QFrame#findBar { background: $panel; border: 1px solid $card_line; border-radius: 9px; }
QFrame#findBar QLineEdit { min-height: 26px; max-height: 26px; }
QFrame[rule="true"] { background: $line; max-height: 1px; border: none; }
QSplitter::handle { background: $line; }
QGroupBox { border: none; font-weight: 600; margin-top: 18px; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
"""
)

_CONTRAST = Template(
    "QAbstractItemView::item { border: 2px solid transparent; padding: 1px 2px; }\n"
    "QAbstractItemView::item:selected { border: 2px solid $accent; }\n"
)
"""What high contrast has besides: its tints are white, so that only a frame shows what is chosen."""


def theme_for(choice: ThemeChoice, system_is_dark: bool, system_wants_contrast: bool = False) -> Theme:
    """Return the theme of a choice; “follow system” takes light, dark or high contrast from the system."""
    match choice:
        case ThemeChoice.LIGHT:
            return LIGHT
        case ThemeChoice.DARK:
            return DARK
        case ThemeChoice.HIGH_CONTRAST:
            return HIGH_CONTRAST
        case ThemeChoice.SYSTEM:
            if system_wants_contrast:
                return HIGH_CONTRAST
            return DARK if system_is_dark else LIGHT


def stylesheet(theme: Theme, images: dict[str, str]) -> str:
    """Return the style sheet of a theme.

    Args:
        theme: the colours.
        images: paths of the small pictures that only style sheets can set: chevron, chevron_right, tick.
    """
    made = _SHEET.substitute(theme.tokens(), sans=SANS, mono=MONO, size=TEXT_PX, **images)
    return made + (_CONTRAST.substitute(theme.tokens()) if theme is HIGH_CONTRAST else "")


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, for what style sheets do not reach."""
    found = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.Base: theme.card,
        QPalette.ColorRole.AlternateBase: theme.panel_second,
        QPalette.ColorRole.Button: theme.card,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipText: theme.text,
    }
    for role, colour in roles.items():
        found.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return found


def apply_theme(application: QApplication, theme: Theme, images: dict[str, str]) -> None:
    """Give every widget of the program a theme's look."""
    font = QFont(SANS)
    font.setPixelSize(TEXT_PX)
    application.setFont(font)
    application.setPalette(palette(theme))
    application.setStyleSheet(stylesheet(theme, images))


def mono_font(size: float = TEXT_PX) -> QFont:
    """Return the family for addresses and scripts, in pixels."""
    font = QFont(MONO)
    font.setPixelSize(round(size))
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font
