"""The table of all actions: what menus, shortcuts and Help > Keyboard are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from designer.ui.dialogs.keyboard import KeyboardHelp
from designer.ui.settings import CheckMode, ThemeChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from designer.ui.workspace import Workspace

Standard = QKeySequence.StandardKey


class Where(Enum):
    """Where a shortcut acts."""

    WINDOW = "anywhere in the window"
    DRAWING = "canvas and outline"
    CANVAS = "canvas"


def always(_: Workspace) -> str:
    """Never in the way."""
    return ""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        id: unique; never shown.
        text: the words in the menu, with the letter that leads to it.
        menu: the menu that it is in; “View/Theme” is a menu in a menu.
        run: what it does.
        standard: the platform's shortcut.
        keys: further shortcuts, in Qt's portable spelling.
        blocked: why it cannot be done now; empty when it can.
        state: whether it is ticked, for actions that switch something on and off.
        label: words that change, instead of the text.
        starts_group: whether a line separates it from the one before.
    """

    id: str
    text: str
    menu: str
    run: Callable[[Workspace], object]
    standard: Standard | None = None
    keys: tuple[str, ...] = ()
    blocked: Callable[[Workspace], str] = always
    state: Callable[[Workspace], bool] | None = None
    label: Callable[[Workspace], str] | None = None
    where: Where = Where.WINDOW
    starts_group: bool = False

    def sequences(self) -> list[QKeySequence]:
        """Return all shortcuts, each once; the platform's first."""
        found = QKeySequence.keyBindings(self.standard) if self.standard is not None else []
        found += [QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in self.keys]
        kept: list[QKeySequence] = []
        for sequence in found:
            if sequence not in kept and sequence.toString() not in _TAKEN_ELSEWHERE:
                kept.append(sequence)
        return kept

    def keys_in_words(self) -> str:
        """Return the shortcuts as people read them, without the extra keys that few keyboards have."""
        return ", ".join(
            key.toString(QKeySequence.SequenceFormat.NativeText)
            for key in self.sequences()
            if key.toString().rpartition("+")[2] not in _RARE_KEYS
        )

    def words(self) -> str:
        """Return the text without the mark of its letter."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&")


_TAKEN_ELSEWHERE = frozenset({"Alt+Return", "Alt+Enter", "Ctrl+Ins", "Shift+Ins", "Shift+Del", "F16", "F18", "F20"})
"""Second bindings of some platforms that nobody here expects, or that mean something else on the canvas."""

NEWER = "This design was written by a newer version and can only be looked at here."

_RARE_KEYS = frozenset(
    {"New", "Open", "Save", "Undo", "Redo", "Cut", "Copy", "Paste", "Backspace", "Zoom In", "Zoom Out", "Find"}
)
"""Last parts of bindings to keys with such a word on them, and of the oldest bindings of undo."""


def _selection(w: Workspace) -> str:
    return "" if w.controller.selection else "Select something first."


def _stored_selection(w: Workspace) -> str:
    if not w.controller.selection:
        return "Select something first."
    if all(key.is_derived for key in w.controller.selection):
        return "This follows from the drawing; change what it follows from."
    return _writable(w)


def _one_stored(w: Workspace) -> str:
    stored = [key for key in w.controller.selection if not key.is_derived]
    return _writable(w) if len(stored) == 1 else "Select one element first."


def _writable(w: Workspace) -> str:
    return NEWER if w.controller.is_read_only else ""


def _undo(w: Workspace) -> str:
    return "" if w.controller.undo_stack.canUndo() else "Nothing has been changed yet."


def _redo(w: Workspace) -> str:
    return "" if w.controller.undo_stack.canRedo() else "Nothing has been undone."


def _problems(w: Workspace) -> str:
    return "" if w.controller.judged else "There are no problems."


def _safe_fixes(w: Workspace) -> str:
    return "" if w.problems.has_safe_fix() else "No problem has a safe fix."


def _fix_here(w: Workspace) -> str:
    return "" if w.problems.fix_at_hand() else "Nothing selected has a quick fix."


def _finding(w: Workspace) -> str:
    return "" if w.problems.finding_at_hand() else "Nothing selected has a problem."


def _hosts(w: Workspace) -> str:
    return "" if w.has_hosts() else "There is no host to make a script for."


def _elements(w: Workspace) -> str:
    return "" if w.element_count() else "The design is empty."


def _saved(w: Workspace) -> str:
    if w.controller.is_read_only:
        return NEWER
    return "" if w.controller.is_dirty or w.controller.path is None else "Everything is saved."


FILE = (
    ActionSpec("new", "&New", "File", lambda w: w.files.new(), Standard.New),
    ActionSpec("start", "New from &template…", "File", lambda w: w.files.show_start(), keys=("Ctrl+Shift+N",)),
    ActionSpec("open", "&Open…", "File", lambda w: w.files.open_chosen(), Standard.Open),
    ActionSpec("save", "&Save", "File", lambda w: w.files.save(), Standard.Save, blocked=_saved, starts_group=True),
    ActionSpec(
        "save_as",
        "Save &as…",
        "File",
        lambda w: w.files.save_as(),
        Standard.SaveAs,
        ("Ctrl+Shift+S",),
        blocked=_writable,
    ),
    ActionSpec(
        "export_scripts",
        "&Export scripts…",
        "File",
        lambda w: w.export_scripts(),
        keys=("Ctrl+E",),
        blocked=_hosts,
        starts_group=True,
    ),
    ActionSpec(
        "export_image",
        "Export &image…",
        "File",
        lambda w: w.export_image(),
        keys=("Ctrl+Shift+E",),
        blocked=_elements,
    ),
    ActionSpec("close", "&Close", "File", lambda w: w.files.close(), keys=("Ctrl+W", "Ctrl+F4"), starts_group=True),
    ActionSpec("quit", "&Quit", "File", lambda w: w.window.close(), Standard.Quit, ("Ctrl+Q",)),
)

EDIT = (
    ActionSpec(
        "undo",
        "&Undo",
        "Edit",
        lambda w: w.controller.undo(),
        Standard.Undo,
        blocked=_undo,
        label=lambda w: f"&Undo {w.controller.undo_stack.undoText()}".rstrip(),
    ),
    ActionSpec(
        "redo",
        "&Redo",
        "Edit",
        lambda w: w.controller.redo(),
        Standard.Redo,
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        blocked=_redo,
        label=lambda w: f"&Redo {w.controller.undo_stack.redoText()}".rstrip(),
    ),
    ActionSpec(
        "cut", "Cu&t", "Edit", lambda w: w.canvas.cut(), Standard.Cut, blocked=_stored_selection, starts_group=True
    ),
    ActionSpec("copy", "&Copy", "Edit", lambda w: w.canvas.copy(), Standard.Copy, blocked=_selection),
    ActionSpec("paste", "&Paste", "Edit", lambda w: w.canvas.paste(), Standard.Paste, blocked=_writable),
    ActionSpec(
        "paste_in_place",
        "Paste in p&lace",
        "Edit",
        lambda w: w.canvas.paste_in_place(),
        keys=("Ctrl+Shift+V",),
        blocked=_writable,
    ),
    ActionSpec(
        "duplicate",
        "&Duplicate",
        "Edit",
        lambda w: w.canvas.duplicate(),
        keys=("Ctrl+D",),
        blocked=_stored_selection,
    ),
    ActionSpec("rename", "Re&name", "Edit", lambda w: w.rename(), keys=("F2",), blocked=_one_stored),
    ActionSpec(
        "delete",
        "D&elete",
        "Edit",
        lambda w: w.canvas.delete_selection(),
        Standard.Delete,
        blocked=_stored_selection,
        where=Where.DRAWING,
    ),
    ActionSpec(
        "convert",
        "Change &isolation",
        "Edit",
        lambda w: w.convert_isolation(),
        blocked=lambda w: w.why_no_conversion(),
    ),
    ActionSpec(
        "select_all", "Select &all", "Edit", lambda w: w.canvas.select_all(), Standard.SelectAll, starts_group=True
    ),
    ActionSpec(
        "select_none",
        "Select n&one",
        "Edit",
        lambda w: w.controller.select(()),
        keys=("Ctrl+Shift+A",),
        blocked=_selection,
    ),
    ActionSpec(
        "find",
        "&Find on canvas",
        "Edit",
        lambda w: w.find(),
        Standard.Find,
        blocked=_elements,
        starts_group=True,
    ),
    ActionSpec("find_next", "Find ne&xt", "Edit", lambda w: w.find_again(1), keys=("F3",), blocked=_elements),
    ActionSpec(
        "find_previous", "Find pre&vious", "Edit", lambda w: w.find_again(-1), keys=("Shift+F3",), blocked=_elements
    ),
    ActionSpec(
        "arrange",
        "Arran&ge everything",
        "Edit",
        lambda w: w.arrange(),
        keys=("Ctrl+K, A",),
        blocked=lambda w: _elements(w) or _writable(w),
        starts_group=True,
    ),
)

INSERT = (
    ActionSpec("quick_add", "&Quick add…", "Insert", lambda w: w.canvas.quick_add(), keys=("Ins",), blocked=_writable),
    ActionSpec("find_element", "&Find an element", "Insert", lambda w: w.focus_palette(), keys=("/",)),
    ActionSpec(
        "connect",
        "&Connect",
        "Insert",
        lambda w: w.canvas.start_connecting(),
        keys=("C",),
        blocked=_writable,
        where=Where.CANVAS,
        starts_group=True,
    ),
    ActionSpec(
        "declare_traffic",
        "&Declare traffic",
        "Insert",
        lambda w: w.canvas.start_declaring(),
        keys=("D",),
        blocked=_writable,
        where=Where.CANVAS,
    ),
    ActionSpec(
        "access_list",
        "Add to the &access list",
        "Insert",
        lambda w: w.add_policy("acl"),
        blocked=lambda w: w.why_no_policy(),
        starts_group=True,
    ),
    ActionSpec(
        "bandwidth",
        "Limit the &bandwidth",
        "Insert",
        lambda w: w.add_policy("qos"),
        blocked=lambda w: w.why_no_policy(),
    ),
)

VIEW = (
    ActionSpec("zoom_in", "Zoom &in", "View", lambda w: w.canvas.zoom_in(), Standard.ZoomIn, ("Ctrl++", "Ctrl+=")),
    ActionSpec("zoom_out", "Zoom &out", "View", lambda w: w.canvas.zoom_out(), Standard.ZoomOut, ("Ctrl+-",)),
    ActionSpec("zoom_100", "&100 %", "View", lambda w: w.canvas.zoom_to(1.0), keys=("Ctrl+0",)),
    ActionSpec("zoom_fit", "&Fit everything", "View", lambda w: w.canvas.fit_all(), keys=("Ctrl+1",)),
    ActionSpec(
        "zoom_selection",
        "Fit the &selection",
        "View",
        lambda w: w.canvas.fit_selection(),
        keys=("Ctrl+2",),
        blocked=_selection,
    ),
    ActionSpec(
        "overview_map",
        "O&verview map",
        "View",
        lambda w: w.toggle_overview_map(),
        state=lambda w: w.settings.overview_map,
        starts_group=True,
    ),
    ActionSpec(
        "traffic",
        "Declared &traffic",
        "View",
        lambda w: w.show_traffic(shown=not w.settings.traffic),
        keys=("Ctrl+Shift+D",),
        state=lambda w: w.settings.traffic,
    ),
    ActionSpec("next_pane", "&Next pane", "View/Go to", lambda w: w.go_to_pane(1), keys=("F6",)),
    ActionSpec("previous_pane", "&Previous pane", "View/Go to", lambda w: w.go_to_pane(-1), keys=("Shift+F6",)),
    ActionSpec("to_canvas", "&Canvas", "View/Go to", lambda w: w.focus_canvas(), starts_group=True),
    ActionSpec("to_inspector", "&Inspector", "View/Go to", lambda w: w.focus_inspector(), keys=("F4",)),
    ActionSpec("to_outline", "&Outline", "View/Go to", lambda w: w.focus_outline(), keys=("Ctrl+T",)),
    ActionSpec("to_script", "&Script", "View/Go to", lambda w: w.focus_script(), keys=("Ctrl+Shift+K",)),
    ActionSpec(
        "panel_titles",
        "&Title bars to drag panels by",
        "View/Panels",
        lambda w: w.window.toggle_panel_titles(),
        state=lambda w: w.settings.panel_titles,
    ),
    ActionSpec("reset_panels", "&Put panels back", "View/Panels", lambda w: w.window.reset_panels()),
    *(
        ActionSpec(
            f"theme_{choice.value}",
            words,
            "View/Theme",
            lambda w, choice=choice: w.window.choose_theme(choice),  # type: ignore[misc]  # the default binds the loop's value
            state=lambda w, choice=choice: w.settings.theme is choice,  # type: ignore[misc]  # as above
        )
        for choice, words in (
            (ThemeChoice.SYSTEM, "&Follow the system"),
            (ThemeChoice.LIGHT, "&Light"),
            (ThemeChoice.DARK, "&Dark"),
            (ThemeChoice.HIGH_CONTRAST, "&High contrast"),
        )
    ),
    ActionSpec(
        "full_screen",
        "Full s&creen",
        "View",
        lambda w: w.window.toggle_full_screen(),
        Standard.FullScreen,
        ("F11",),
        state=lambda w: w.window.isFullScreen(),
        starts_group=True,
    ),
)

CHECK = (
    ActionSpec("show_problems", "&Problems", "Check", lambda w: w.focus_problems(), keys=("Ctrl+Shift+M",)),
    ActionSpec("next_problem", "&Next problem", "Check", lambda w: w.walk_problems(1), keys=("F8",), blocked=_problems),
    ActionSpec(
        "previous_problem",
        "P&revious problem",
        "Check",
        lambda w: w.walk_problems(-1),
        keys=("Shift+F8",),
        blocked=_problems,
    ),
    ActionSpec(
        "quick_fix",
        "Quick &fix",
        "Check",
        lambda w: w.quick_fix(),
        keys=("Ctrl+.",),
        blocked=_fix_here,
        starts_group=True,
    ),
    ActionSpec("explain", "&Explain", "Check", lambda w: w.explain(), keys=("F1",), blocked=_finding),
    ActionSpec(
        "suppress",
        "&Suppress…",
        "Check",
        lambda w: w.problems.suppress_here(),
        blocked=lambda w: _finding(w) or _writable(w),
    ),
    ActionSpec("fix_all", "Fix &all that is safe…", "Check", lambda w: w.problems.fix_all(), blocked=_safe_fixes),
    ActionSpec("copy_problems", "Cop&y all problems", "Check", lambda w: w.problems.copy_all(), blocked=_problems),
    ActionSpec(
        "check_now",
        "&Check now",
        "Check",
        lambda w: w.controller.judge_now(),
        keys=("F7",),
        starts_group=True,
    ),
    *(
        ActionSpec(
            f"check_{mode.value}",
            words,
            "Check/When to check",
            lambda w, mode=mode: w.choose_check_mode(mode),  # type: ignore[misc]  # the default binds the loop's value
            state=lambda w, mode=mode: w.settings.check_mode is mode,  # type: ignore[misc]  # as above
        )
        for mode, words in (
            (CheckMode.LIVE, "&While you draw"),
            (CheckMode.ERRORS, "While you draw, only &errors"),
            (CheckMode.ON_DEMAND, "When you &ask for it"),
        )
    ),
)


def keyboard_rows() -> list[tuple[str, str, str]]:
    """Return menu, words and keys of every action that has keys."""
    found = []
    for spec in ACTIONS:
        keys = spec.keys_in_words()
        if keys:
            where = "" if spec.where is Where.WINDOW else f" ({spec.where.value})"
            found.append((spec.menu.partition("/")[0], f"{spec.words()}{where}", keys))
    return found


def show_keyboard(window: QWidget) -> None:
    """Show all actions with their keys."""
    KeyboardHelp(window, keyboard_rows()).open()


HELP = (
    ActionSpec("keyboard", "&Keyboard", "Help", lambda w: show_keyboard(w.window), keys=("Ctrl+/",)),
    ActionSpec(
        "explain_error", "Explain an error &message…", "Help", lambda w: w.explain_error(), keys=("Ctrl+Shift+F1",)
    ),
    ActionSpec("examples", "&Examples…", "Help", lambda w: w.files.show_start()),
    ActionSpec("about", "&About Container Network Designer", "Help", lambda w: w.show_about(), starts_group=True),
)

ACTIONS: tuple[ActionSpec, ...] = (*FILE, *EDIT, *INSERT, *VIEW, *CHECK, *HELP)

MENUS = ("File", "Edit", "Insert", "View", "Check", "Help")
