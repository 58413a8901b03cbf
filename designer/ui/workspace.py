"""Everything of the window that needs the model: controller, canvas, panels, and how they talk to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from designer import __version__, api
from designer.model.annotations import Placement
from designer.model.base import Element
from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.realisation import PartKey
from designer.model.releases import RELEASES
from designer.ui.canvas.gesture import State
from designer.ui.canvas.view import CanvasView
from designer.ui.dialogs.message import tell
from designer.ui.docks.history import History
from designer.ui.docks.outline import Outline
from designer.ui.docks.problems import Problems
from designer.ui.docks.script import ScriptPreview
from designer.ui.document_controller import DocumentController
from designer.ui.files import DocumentFiles
from designer.ui.find_bar import FindBar
from designer.ui.header import all_counts
from designer.ui.inspector.panel import Inspector
from designer.ui.palette_entries import ENTRY
from designer.ui.panels import Panel
from designer.ui.part_words import words_of
from designer.ui.policies import Policies
from designer.ui.settings import CheckMode
from designer.ui.start_page import StartPage

if TYPE_CHECKING:
    from pathlib import Path

    from designer.drawing.theme import Theme
    from designer.model.changes import ChangeSet
    from designer.rules.registry import Judged
    from designer.ui.docks.palette import Palette
    from designer.ui.main_window import MainWindow
    from designer.ui.settings import Settings

REFRESH_MS = 10_000
"""How often “saved … ago” is counted again."""

FIRST_HINT = "Drag an element from the palette, or press Insert"
USUAL_HINT = "Drag to move · Alt copies · Tab goes to the next element"


class Workspace(QObject):
    """What actions are called with.

    Attributes:
        centre: canvas and start page, one of them shown.
    """

    state_changed = Signal()
    """What can be done now may be something else: actions look again."""

    window: MainWindow
    settings: Settings
    theme: Theme
    controller: DocumentController
    files: DocumentFiles
    canvas: CanvasView
    problems: Problems
    outline: Outline

    def __init__(self, window: MainWindow, palette: Palette, settings: Settings, theme: Theme) -> None:
        super().__init__(window)
        self.palette = palette
        self.window, self.settings, self.theme = window, settings, theme
        self.controller = DocumentController(self)
        self._elements = 0
        self._hint = ""
        self.policies = Policies(self.controller)
        self.files = DocumentFiles(self.controller, settings, window)
        self.canvas = CanvasView(self.controller, theme)
        self.canvas.overview_visible = settings.overview_map
        self.canvas.traffic_visible = settings.traffic
        self.find_bar = FindBar(self.canvas, theme)
        self.start = StartPage(theme)
        self.centre = QStackedWidget()
        self.centre.addWidget(self.canvas)
        self.centre.addWidget(self.start)
        self.inspector = Inspector(self.controller, settings, theme)
        self.problems = Problems(self.controller, settings, theme)
        self.script = ScriptPreview(self.controller, theme)
        self.outline = Outline(self.controller, theme)
        self.history = History(self.controller, theme)
        self._fill_panels()
        window.set_centre(self.centre)
        self._ticks = QTimer(self)
        self._ticks.setInterval(REFRESH_MS)
        self._connect_views()
        self._connect_shell()
        self._ticks.start()
        self.show_state()

    # ---- what actions ask and do

    def has_hosts(self) -> bool:
        """Whether there is a host to make a script for."""
        return bool(self.controller.topology.of(Host))

    def element_count(self) -> int:
        """Return how many elements the design has."""
        return self._elements

    def why_no_policy(self) -> str:
        """Return why no policy can be added now."""
        return self.policies.why_no_policy()

    def why_no_conversion(self) -> str:
        """Return why the isolation cannot be changed now."""
        return self.policies.why_no_conversion()

    def add_policy(self, policy: str) -> None:
        """Add an access list entry or a bandwidth limit, and show it in the inspector."""
        link = self.policies.add(policy)
        if link is not None:
            field = "acls" if policy == "acl" else "outbound_limit_bytes_per_second"
            self.inspect(PartKey(link.id), field)

    def convert_isolation(self) -> None:
        """Make Hyper-V containers of Windows containers, and the other way round."""
        self.policies.convert_isolation()

    def arrange(self) -> None:
        """Place everything anew."""
        self.policies.arrange()
        self.canvas.fit_all()

    def rename(self) -> None:
        """Let the name of the selected element be typed, where the keyboard is."""
        if _holds(self.outline, QApplication.focusWidget()):
            self.outline.rename_current()
        else:
            self.canvas.rename()

    def find(self) -> None:
        """Look for something on the canvas."""
        self.show_canvas()
        self.find_bar.begin()

    def find_again(self, step: int) -> None:
        """Go to the next or previous thing that was looked for."""
        self.show_canvas()
        self.find_bar.step(step)

    def explain(self) -> None:
        """Show the page of the rule that the current problem, or what is selected, is about."""
        found = self.problems.finding_at_hand()
        if found is not None:
            self._explain(found)

    def explain_error(self) -> None:
        """Ask for an error message and say what it comes from, beside the design."""
        from designer.ui.dialogs.explain import ExplainError  # noqa: PLC0415  # on use

        dialog = ExplainError(self.window, self.controller, self.theme)
        dialog.jump_wanted.connect(self.show_on_canvas)
        dialog.take_clipboard()
        dialog.show()

    def show_on_canvas(self, key: PartKey) -> None:
        """Select a thing and bring it into view; the keyboard stays where it is."""
        self.show_canvas()
        self.controller.select([key])
        self.canvas.reveal(key)

    def export_scripts(self) -> None:
        """Ask for hosts, format and folder, and write the scripts."""
        from designer.ui.dialogs.export_scripts import ExportScripts  # noqa: PLC0415  # on use

        folder = self.controller.path.parent if self.controller.path else self.settings.folder
        self.controller.judge_now()
        dialog = ExportScripts(self.window, self.controller.topology, self.controller.judged, folder, self.theme)
        if dialog.exec():
            names = ", ".join(path.name for path in dialog.written)
            self.window.status.show_message(f"Written to {dialog.written[0].parent}: {names}")
        dialog.deleteLater()

    def export_image(self) -> None:
        """Ask for the kind of image and a file, and write it."""
        from designer.ui.dialogs.export_image import ExportImage  # noqa: PLC0415  # on use

        file = self.controller.path or self.settings.folder / f"{self.controller.name}.cnd"
        dialog = ExportImage(self.window, self.controller.topology, self.controller.judged, file)
        if dialog.exec() and dialog.written is not None:
            self.window.status.show_message(f"Written: {dialog.written}")
        dialog.deleteLater()

    def quick_fix(self) -> None:
        """Open the findings of what the canvas is at; in the list and the inspector apply the fix at hand."""
        key = self.canvas.stage.focus
        if key not in self.controller.selection:
            key = next(iter(self.controller.selection), None)
        if self.canvas.hasFocus() and key is not None and self.canvas.findings_of(key):
            self.canvas.show_findings(key)
        elif _holds(self.inspector, QApplication.focusWidget()) and self.inspector.fix_here():
            return
        else:
            self.problems.fix_here()

    def choose_check_mode(self, mode: CheckMode) -> None:
        """Decide when the design is checked, and how much of it is told."""
        self.settings.check_mode = mode
        self.problems.acting.apply_settings()
        self.show_state()

    def toggle_overview_map(self) -> None:
        """Show or hide the small map of the drawing."""
        self.settings.overview_map = not self.settings.overview_map
        self.canvas.overview_visible = self.settings.overview_map

    def show_traffic(self, *, shown: bool) -> None:
        """Draw declared traffic, or leave it out, and remember that."""
        self.settings.traffic = shown
        self.canvas.traffic_visible = shown
        self.state_changed.emit()

    def inspect(self, key: PartKey, field: str) -> None:
        """Select a thing, also where it was hidden, and put the keyboard into one of its fields."""
        if self.controller.topology.find(key.element, Flow) is not None:
            self.show_traffic(shown=True)
        self.controller.select([key])
        self.canvas.reveal(key)
        self.window.panels.reveal(Panel.INSPECTOR)
        self.inspector.begin(field)

    def walk_problems(self, step: int) -> None:
        """Go to the next or previous finding and to what it is about."""
        self.window.panels.reveal(Panel.PROBLEMS)
        self.problems.walk(step)

    def focus_canvas(self) -> None:
        """Put the keyboard on the canvas."""
        self._central().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_palette(self) -> None:
        """Put the keyboard into the filter of the palette."""
        self._focus(Panel.ELEMENTS, self.palette.search)

    def focus_inspector(self) -> None:
        """Put the keyboard into the first field."""
        self.window.panels.reveal(Panel.INSPECTOR)
        self.inspector.begin()

    def focus_outline(self) -> None:
        """Put the keyboard into the outline."""
        self._focus(Panel.OUTLINE, self.outline.tree)

    def focus_script(self) -> None:
        """Put the keyboard into the script."""
        self.window.panels.reveal(Panel.SCRIPT)
        self.script.begin()

    def focus_problems(self) -> None:
        """Put the keyboard into the list of problems."""
        self.window.panels.reveal(Panel.PROBLEMS)
        self.problems.begin()

    def go_to_pane(self, step: int) -> None:
        """Put the keyboard into the next or previous pane that is shown, around the end."""
        panes: list[tuple[QWidget, QWidget]] = [
            (self.centre, self._central()),
            (self.inspector, self.inspector),
            (self.problems, self.problems),
            (self.history, self.history.list),
            (self.script, self.script.text),
            (self.palette, self.palette.search),
            (self.outline, self.outline.tree),
        ]
        shown = [pane for pane in panes if pane[0] is self.centre or not pane[0].visibleRegion().isEmpty()]
        focused = QApplication.focusWidget()
        here = next((number for number, (pane, _) in enumerate(shown) if _holds(pane, focused)), -1)
        pane, target = shown[(here + step) % len(shown)]
        if pane is self.inspector:
            self.inspector.begin()
        elif pane is self.problems:
            self.problems.begin()
        elif pane is self.script:
            self.script.begin()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def show_about(self) -> None:
        """Say what this program is."""
        tell(
            self.window,
            "Container Network Designer",
            f"Version {__version__}. Draw Windows container networks, see what cannot work and why, and export the "
            "scripts that set them up and take them down. MIT licence.",
        )

    # ---- what the window asks

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme everywhere."""
        self.theme = theme
        panes = (self.inspector, self.problems, self.script, self.outline, self.history)
        for view in (self.palette, self.canvas, self.find_bar, self.start, *panes):
            view.set_theme(theme)
        self._count(self.controller.judged)
        self.show_state()

    def show_start(self) -> None:
        """Show templates, recent files and examples in the place of the canvas."""
        templates = [(found.name, found.title) for found in api.templates()]
        self.start.offer(templates, self.settings.recent, is_empty=not self._elements)
        self.centre.setCurrentWidget(self.start)
        self.start.templates.setFocus()
        self.show_state()

    def show_canvas(self) -> None:
        """Show the canvas."""
        self.centre.setCurrentWidget(self.canvas)
        self.canvas.setFocus()
        self.show_state()

    def close(self) -> None:
        """End what runs beside the window."""
        self._ticks.stop()
        self.files.opening.close()
        self.controller.close()

    def show_state(self) -> None:
        """Bring title, header, status line and actions up to date."""
        controller, window = self.controller, self.window
        window.setWindowTitle(f"{controller.name}[*] – Container Network Designer")
        window.setWindowModified(controller.is_dirty)
        path = str(controller.path or "")
        window.header.show_name(controller.name, controller.is_dirty, path, controller.is_read_only)
        window.status.show_selection(self._selection_words())
        facts = [self._release_words(), self.files.saved_words()]
        window.status.show_facts(" · ".join(fact for fact in facts if fact))
        window.status.show_hint(self._hint or (USUAL_HINT if self._elements else FIRST_HINT))
        window.header.export.setEnabled(self.has_hosts())
        self.state_changed.emit()

    def _fill_panels(self) -> None:
        panels = self.window.panels
        panels.set_content(Panel.INSPECTOR, self.inspector)
        panels.set_content(Panel.PROBLEMS, self.problems)
        panels.set_content(Panel.SCRIPT, self.script)
        panels.set_content(Panel.OUTLINE, self.outline)
        panels.set_content(Panel.HISTORY, self.history)

    def _connect_views(self) -> None:
        self.canvas.inspect_requested.connect(self.inspect)
        self.canvas.sample_requested.connect(lambda: self.files.new_from("seed"))
        self.canvas.stage.traffic_wanted.connect(lambda: self.show_traffic(shown=True))
        self.canvas.hint_changed.connect(self._show_hint)
        self.canvas.zoom_changed.connect(self.window.status.show_zoom)
        self.find_bar.counted.connect(self.window.status.show_message)
        self.problems.jump_wanted.connect(self.inspect)
        self.problems.announced.connect(self.canvas.stage.say)
        self.canvas.interaction.state_changed.connect(self._hold_findings)
        self.canvas.suppress_wanted.connect(lambda judged: self.problems.acting.suppress([judged]))
        self.canvas.agree_wanted.connect(self.problems.acting.agree)
        self.canvas.page_wanted.connect(self._explain)
        self.inspector.suppress_wanted.connect(lambda judged: self.problems.acting.suppress([judged]))
        self.inspector.back_wanted.connect(lambda suppression: self.problems.acting.bring_back([suppression]))
        self.script.jump_wanted.connect(self.inspect)
        self.inspector.page_wanted.connect(self._explain)
        self.inspector.left.connect(self.focus_canvas)
        self.outline.inspect_wanted.connect(self.focus_inspector)
        self.start.template_chosen.connect(self.files.new_from)
        self.start.file_chosen.connect(self.files.open)
        self.start.file_forgotten.connect(self._forget_file)
        self.start.open_wanted.connect(self.files.open_chosen)
        self.start.skipped.connect(self.show_canvas)
        self.palette.armed.connect(self._arm)
        self.palette.placed.connect(self._place)

    def _connect_shell(self) -> None:
        header, status = self.window.header, self.window.status
        header.problems.clicked.connect(self.focus_problems)
        header.export.clicked.connect(self.export_scripts)
        status.problems_wanted.connect(self.focus_problems)
        self.files.opening.busy.connect(status.show_busy)
        status.cancelled.connect(self.files.opening.cancel)
        status.zoom_chosen.connect(lambda factor: self.canvas.zoom_to(factor) if factor else self.canvas.fit_all())
        status.show_zoom(1.0)
        self.controller.refused.connect(status.show_message)
        self.controller.document_opened.connect(self._show_drawing)
        self.controller.selection_changed.connect(lambda _: self.show_state())
        self.controller.changed.connect(self._follow_change)
        self.controller.saved.connect(self.show_state)
        self.controller.undo_stack.cleanChanged.connect(lambda _: self.show_state())
        self.controller.undo_stack.indexChanged.connect(lambda _: self.show_state())
        self.controller.judged_changed.connect(self._count)
        self.files.start_wanted.connect(self.show_start)
        self._ticks.timeout.connect(self.show_state)
        self.window.themed.connect(self.set_theme)
        self.window.file_dropped.connect(self.files.open)
        self.window.closing.connect(self.close)
        self.window.may_close = self.files.may_leave

    def _show_drawing(self) -> None:
        self._elements = sum(1 for _ in self.controller.topology.elements())
        self.show_canvas()
        self.canvas.fit_all()

    def _follow_change(self, change: ChangeSet) -> None:
        edits = [edit for edit in change.edits if not isinstance(edit.before or edit.after, Placement)]
        for edit in edits:
            self._elements += isinstance(edit.after, Element) - isinstance(edit.before, Element)
        if edits:
            self.show_state()
            if self.settings.check_mode is CheckMode.ON_DEMAND:
                self.window.header.show_unchecked()

    def _hold_findings(self, state: State) -> None:
        """Move nothing in the list of problems while a gesture runs."""
        self.controller.hold_findings(held=state not in {State.IDLE, State.PLACING, State.TEXT})

    def _count(self, judged: tuple[Judged, ...]) -> None:
        numbers = dict.fromkeys(("error", "warning", "info"), 0)
        for found in judged:
            numbers[found.severity.value] += 1
        sifted, hidden = self.controller.sifted, self.controller.hidden
        words = all_counts(numbers, len(sifted.suppressed), len(sifted.stale), len(hidden))
        self.window.header.show_counts(numbers["error"], numbers["warning"], numbers["info"], words)
        self.window.status.show_counts(words)
        self.window.panels.set_title(Panel.PROBLEMS, f"Problems {len(judged)}" if judged else "Problems")
        self.state_changed.emit()

    def _explain(self, judged: Judged) -> None:
        self.window.panels.reveal(Panel.PROBLEMS)
        self.problems.explain(judged)

    def _arm(self, key: str, stays: bool) -> None:
        if ENTRY[key].policy:
            self.add_policy(key)
        else:
            self.show_canvas()
            self.canvas.start_placing(key, sticky=stays)

    def _place(self, key: str) -> None:
        if ENTRY[key].policy:
            self.add_policy(key)
        else:
            self.show_canvas()
            self.canvas.place_from_palette(key)

    def _show_hint(self, text: str) -> None:
        self._hint = text
        self.window.status.show_hint(text or (USUAL_HINT if self._elements else FIRST_HINT))

    def _forget_file(self, path: Path) -> None:
        self.files.forget(path)
        self.start.offer_recent(self.settings.recent)

    def _central(self) -> QWidget:
        return self.start if self.centre.currentIndex() else self.canvas

    def _focus(self, panel: Panel, widget: QWidget) -> None:
        self.window.panels.reveal(panel)
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _selection_words(self) -> str:
        total = self.element_count()
        elements = "1 element" if total == 1 else f"{total or 'no'} elements"
        chosen = self.controller.selection
        if not chosen:
            return elements if total else "Nothing drawn yet"
        if len(chosen) > 1:
            return f"{len(chosen)} selected · {elements}"
        key = next(iter(chosen))
        name = words_of(self.controller.topology, key).title
        stored = not key.is_derived and self.controller.topology.find(key.element, Element) is not None
        return f"{name} selected · 1 of {elements}" if stored else f"{name} selected · {elements}"

    def _release_words(self) -> str:
        releases = {host.os for host in self.controller.topology.of(Host)}
        if len(releases) == 1:
            return RELEASES[next(iter(releases))].title
        return f"{len(releases)} Windows releases" if releases else ""


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
