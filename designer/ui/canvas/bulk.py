"""Connecting several elements to one target as one change; what cannot be connected is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from designer.editing.commands import connect
from designer.model.changes import ChangeSet, Edit
from designer.model.realisation import PartKey
from designer.rules.connect import can_connect
from designer.ui.canvas import spoken
from designer.ui.canvas.catalogue import entry_of
from designer.ui.canvas.choice import Choice, Option
from designer.ui.canvas.targets import takes_links

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage


def offer_common_targets(stage: Stage, origins: Sequence[PartKey]) -> None:
    """List what several elements can be connected to, by how many of them can."""
    found: list[tuple[int, Option]] = []
    for key in stage.scene.keys:
        element = stage.element(key)
        if element is None or key in origins or not takes_links(element):
            continue
        possible = sum(can_connect(stage.topology, origin.element, key.element).ok for origin in origins)
        entry = entry_of(element)
        reason = "" if possible else "None of what is selected can be connected to it."
        detail = f"{possible} of {len(origins)}"
        found.append((possible, Option(element.name, key, detail, reason, entry.icon, entry.layer)))
    options = tuple(option for _, option in sorted(found, key=lambda item: -item[0]))

    def pick(target: object) -> None:
        assert isinstance(target, PartKey), "options of this list are keys"
        connect_all(stage, origins, target)

    box = stage.box(origins[0]) or stage.visible_box()
    at = stage.camera.to_view(box[0] + 12, box[3])
    stage.choice_wanted.emit(Choice(f"Connect {len(origins)} elements to", options, at, pick))


def connect_all(stage: Stage, origins: Sequence[PartKey], target: PartKey) -> None:
    """Connect what can be connected, as one step, and say what could not and why."""
    topology = stage.topology
    edits: list[Edit] = []
    refused: list[str] = []
    for origin in origins:
        verdict = can_connect(topology, origin.element, target.element)
        if not verdict.ok:
            refused.append(verdict.reason)
            continue
        change = connect(topology, origin.element, target.element)
        topology = topology.apply(change)
        edits += change.edits
    made = len(origins) - len(refused)
    if edits:
        stage.execute(ChangeSet(f"Connect {made} elements to {spoken.title(stage, target)}", tuple(edits)))
    if refused:
        stage.refuse(f"{made} connected, {len(refused)} not: {' '.join(dict.fromkeys(refused))}")
