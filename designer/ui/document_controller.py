"""The only door from widgets to the design: topology, undo stack, selection, findings, and signals about them."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from designer.collector import collector_paused
from designer.editing.fixing import current_fix
from designer.errors import DesignerError
from designer.model.annotations import Placement
from designer.model.base import Element, Link
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from designer.rules.registry import Severity
from designer.rules.suppressing import Sifted, sift
from designer.storage.document import Document
from designer.storage.files import load, save
from designer.ui.judging import Judging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from designer.drawing.scene import Scene
    from designer.model.changes import ChangeSet
    from designer.model.identity import EntityId
    from designer.rules.registry import Judged

MERGE_WINDOW_S = 1.0
"""Changes of one gesture become one undo step when they follow each other within this time."""

UNDO_LIMIT = 1_000

_COMMAND = 1
"""All steps may merge as far as Qt is concerned; ApplyChange decides."""


class ApplyChange(QUndoCommand):
    """One step of the undo stack: a change set, whatever it changes."""

    def __init__(self, controller: DocumentController, change: ChangeSet, gesture: str, epoch: int) -> None:
        super().__init__(change.label)
        self._controller, self._change, self._gesture, self._epoch = controller, change, gesture, epoch
        self._time = controller.now()
        self._done_before = False

    @property
    def change(self) -> ChangeSet:
        """What the step changes."""
        return self._change

    def redo(self) -> None:
        """Apply the change."""
        self._controller.commit(self._change)
        if self._done_before:
            self._controller.end_gesture()
            self._controller.select_touched(self._change)
        self._done_before = True

    def undo(self) -> None:
        """Take the change back."""
        inverse = self._change.inverse()
        self._controller.commit(inverse)
        self._controller.end_gesture()
        self._controller.select_touched(inverse)

    def id(self) -> int:
        """Return the same number for all steps, so that Qt asks mergeWith."""
        return _COMMAND

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next step if it belongs to the same gesture."""
        if not isinstance(other, ApplyChange) or not self._continues_with(other):
            return False
        self._change = self._change.then(other.change)
        self._time = other._time
        self.setText(self._change.label)
        self.setObsolete(not self._change)
        return True

    def _continues_with(self, later: ApplyChange) -> bool:
        if self._epoch != later._epoch:
            return False
        if later._gesture == AMEND:
            return {edit.id for edit in later.change.edits} <= {edit.id for edit in self._change.edits}
        return (
            bool(self._gesture)
            and self._gesture == later._gesture
            and later._time - self._time <= MERGE_WINDOW_S
            and _scope(self._change) == _scope(later.change)
        )


AMEND = "amend"
"""The gesture of a change that belongs to the step before it: the name typed right after creating something."""


class DocumentController(QObject):
    """Topology, undo stack, selection and findings of the one open design.

    Attributes:
        topology: the design; a frozen value that is replaced at each change.
        judgement: all its findings; what the next edit is judged from.
        sifted: the findings as people decided about them: active, suppressed, and suppressions that are stale.
        judged: the findings that are shown: active, and not hidden on this computer; the worst first.
        hidden: the active findings that this computer does not show.
        document: what was opened; its topology is the one that was read.
        path: the file, or None for a design without one.
        undo_stack: every change since the design was opened.
        drawing: while a design is opened, its picture, where it is drawn already.
    """

    changed = Signal(object)
    """ChangeSet, after do, undo and redo alike; views patch themselves from it."""
    judged_changed = Signal(object)
    """tuple[Judged, ...]."""
    selection_changed = Signal(object)
    """frozenset[PartKey]."""
    refused = Signal(str)
    """A sentence for the status bar."""
    document_opened = Signal()
    """Another design is here: rebuild everything."""
    saved = Signal()
    """The design is in its file, possibly under another name."""

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self.now = now
        self.topology = Topology()
        self.document = Document(self.topology)
        self.path: Path | None = None
        self.judgement: tuple[Judged, ...] = ()
        self.sifted = Sifted(())
        self.judged: tuple[Judged, ...] = ()
        self.hidden: tuple[Judged, ...] = ()
        self._ignored: frozenset[str] = frozenset()
        self._only_errors = False
        self.selection: frozenset[PartKey] = frozenset()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_LIMIT)
        self.drawing: Scene | None = None
        self._epoch = 0
        self._judging = Judging(self)
        self._judging.judged.connect(self._take_findings)

    @property
    def is_dirty(self) -> bool:
        """Whether the design differs from its file."""
        return not self.undo_stack.isClean()

    @property
    def is_read_only(self) -> bool:
        """Whether the design comes from a newer version and can only be looked at."""
        return self.document.read_only

    @property
    def name(self) -> str:
        """What the title bar calls the design: its file, else “Untitled”."""
        return self.path.stem if self.path else "Untitled"

    @property
    def is_judged(self) -> bool:
        """Whether the findings are those of the design as it is now."""
        return self._judging.is_settled

    @property
    def is_being_judged(self) -> bool:
        """Whether other findings will be here soon."""
        return self._judging.is_coming

    def execute(self, change: ChangeSet, gesture: str = "") -> bool:
        """Make a change that can be undone; return whether the design took it.

        Args:
            change: what the user wants; one that changes nothing leaves no step.
            gesture: changes with the same non-empty gesture, the same elements and fields within a second are one
                step; AMEND adds to the step before, whenever that was.
        """
        if not change:
            return True
        if self.is_read_only:
            self.refused.emit("This design was written by a newer version and can only be looked at here.")
            return False
        try:
            self.topology.apply(change)
        except DesignerError as error:
            self.refused.emit(str(error))
            return False
        self.undo_stack.push(ApplyChange(self, change, gesture, self._epoch))
        return True

    def fix(self, judged: Judged) -> bool:
        """Apply the fix that the rule of a finding offers for the design as it is now; return whether it was done."""
        change = current_fix(self.topology, judged)
        if change is None:
            self.refused.emit("There is nothing to fix any more; nothing was changed.")
        done = change is not None and self.execute(change)
        self.judge_now()
        return done

    def hide(self, ignored: frozenset[str], *, only_errors: bool) -> None:
        """Do not show the warnings and hints of some rules, or no warnings and hints at all; errors are always shown.

        This concerns the display alone: what a script or a check refuses does not depend on this computer.
        """
        if (ignored, only_errors) != (self._ignored, self._only_errors):
            self._ignored, self._only_errors = ignored, only_errors
            self._take_findings(self.judgement)

    def judge_by_itself(self, *, is_live: bool) -> None:
        """Judge every change by itself, or only when it is asked for."""
        self._judging.is_live = is_live
        if is_live:
            self._judging.settle()

    def hold_findings(self, *, held: bool) -> None:
        """Leave the findings as they are while a gesture runs."""
        self._judging.hold(held=held)

    def commit(self, change: ChangeSet) -> None:
        """Apply a change without a step; the undo stack alone calls this."""
        self.topology = self.topology.apply(change)
        self.changed.emit(change)
        self._judging.note(self.topology, change)
        kept = frozenset(key for key in self.selection if key.element in self.topology)
        self.select(kept)

    def undo(self) -> None:
        """Take the last step back."""
        self.undo_stack.undo()

    def redo(self) -> None:
        """Do the last undone step again."""
        self.undo_stack.redo()

    def end_gesture(self) -> None:
        """Let the next change start a step of its own, whatever it is."""
        self._epoch += 1

    def select(self, keys: Iterable[PartKey]) -> None:
        """Make this the selection of all views."""
        selection = frozenset(keys)
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit(selection)

    def select_touched(self, change: ChangeSet) -> None:
        """Select what a change has left in the design."""
        keys = [_key(edit.after) for edit in change.edits if edit.after is not None]
        self.select(key for key in keys if key is not None)

    def judge_now(self) -> None:
        """Bring the findings up to date without waiting for a pause."""
        self._judging.settle()

    def adopt(self, design: Topology | Document, path: Path | None = None, drawing: Scene | None = None) -> None:
        """Make another design the open one; nothing of the one before remains.

        Args:
            design: the design.
            path: its file.
            drawing: its picture, where it is drawn already.
        """
        self.document = design if isinstance(design, Document) else Document(design)
        self.topology, self.path = self.document.topology, path
        self.judgement, self.sifted, self.judged, self.hidden = (), Sifted(()), (), ()
        self._epoch += 1
        self.undo_stack.clear()
        self.selection = frozenset()
        self.drawing = drawing
        self.document_opened.emit()
        self.drawing = None
        self.selection_changed.emit(self.selection)
        self._judging.start_over(self.topology)

    def open(self, path: Path) -> None:
        """Open a design file.

        Raises:
            DesignerError: the file cannot be used; the open design stays as it is.
        """
        with collector_paused(staying=True):
            self.adopt(load(path), path)

    def save(self, path: Path | None = None) -> None:
        """Write the design to its file, or to another one, which then is its file.

        Raises:
            DesignerError: the file cannot be written; it is as it was.
        """
        target = path or self.path
        assert target is not None, "a design without a file is saved under a name"
        document = replace(self.document, topology=self.topology)
        save(document, target)
        self.document, self.path = document, target
        self.end_gesture()
        self.undo_stack.setClean()
        self.saved.emit()

    def close(self) -> None:
        """End the judging thread and let go of the undo steps; the window calls this once.

        Python's cycle collector would take the steps before the stack, which still points at them.
        """
        self.undo_stack.blockSignals(True)
        self.undo_stack.clear()
        self._judging.close()

    def _take_findings(self, judged: tuple[Judged, ...]) -> None:
        self.judgement = judged
        self.sifted = sift(self.topology, judged)
        active = self.sifted.active
        self.hidden = tuple(filter(self._is_hidden, active)) if self._ignored or self._only_errors else ()
        self.judged = tuple(found for found in active if not self._is_hidden(found)) if self.hidden else active
        self.judged_changed.emit(self.judged)

    def _is_hidden(self, found: Judged) -> bool:
        return found.severity is not Severity.ERROR and (self._only_errors or found.rule.id in self._ignored)


def _scope(change: ChangeSet) -> frozenset[tuple[EntityId, str]]:
    """Return which fields of which entities a change touches; a placement counts as one field."""
    found: set[tuple[EntityId, str]] = set()
    for edit in change.edits:
        if edit.before is None or edit.after is None or isinstance(edit.after, Placement):
            found.add((edit.id, ""))
            continue
        before, after = dict(edit.before), dict(edit.after)
        found.update((edit.id, name) for name in after if before.get(name) != after[name])
    return frozenset(found)


def _key(entity: object) -> PartKey | None:
    match entity:
        case Placement(element=element, part=part):
            return PartKey(element, part)
        case Element(id=entity_id) | Link(id=entity_id):
            return PartKey(entity_id)
        case _:
            return None
