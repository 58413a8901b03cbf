"""A searchable list of what can be added here, and of what a link can lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.editing.commands import LinkEnd, connect, reconnect
from designer.errors import DesignerError
from designer.model.changes import ChangeSet
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.connect import Verdict, can_connect
from designer.ui.canvas import spoken
from designer.ui.canvas.catalogue import CATALOGUE, Placeable, entry_of
from designer.ui.canvas.choice import Choice, Option
from designer.ui.canvas.drop_zones import Drop, drop_at
from designer.ui.canvas.lanes import spot_in_host, spot_on_canvas
from designer.ui.canvas.linking import judge_link, judge_reconnect, make_link
from designer.ui.canvas.placing import created_key, ghost_box, keyboard_drop, place_at, place_by_layout
from designer.ui.canvas.targets import Targets, is_flow, sends, takes_links, usable

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

Point = tuple[float, float]

TRAFFIC = "declares traffic"
NO_TRAFFIC = "This sends nothing; choose a container, service, host or client."


def offer_here(stage: Stage, at: Point) -> None:
    """List what can be added at a scene point."""
    options = []
    for entry in CATALOGUE:
        drop = drop_at(stage, entry, *at)
        options.append(_option(entry, drop.verdict))
    _ask(stage, "Add", options, at, lambda entry: add_here(stage, entry, at))


def offer_at_focus(stage: Stage) -> None:
    """List what can be added at the focus, for the keyboard."""
    options = []
    for entry in CATALOGUE:
        drop = keyboard_drop(stage, entry)
        options.append(_option(entry, drop.verdict, _place_words(stage, drop)))
    _ask(stage, "Add", options, _point_of_focus(stage), lambda entry: add_at_focus(stage, entry))


def offer_connected(stage: Stage, origin: PartKey, at: Point) -> None:
    """List what can be added at a scene point and linked to an element, as one change."""
    options = []
    for entry in CATALOGUE:
        drop = drop_at(stage, entry, *at)
        verdict = drop.verdict
        if verdict.ok:
            verdict = _connected(stage, origin, entry, at)[1]
        if verdict.ok:
            options.append((is_flow(verdict), _option(entry, verdict, TRAFFIC if is_flow(verdict) else "")))
    if options:
        chosen = [option for _, option in sorted(options, key=lambda item: item[0])]
        _ask(stage, "Add and connect", chosen, at, lambda entry: _add_connected(stage, origin, entry, at))
    else:
        stage.refuse("Nothing that can be added here can be connected to it.")


def offer_targets(stage: Stage, origin: PartKey, *, flow: bool = False) -> None:
    """List what an element can be connected to, or send to: links first, then traffic, each by distance."""
    element = stage.element(origin)
    if element is None or not (sends(element) if flow else takes_links(element)):
        stage.refuse(NO_TRAFFIC if flow else "Links cannot end at this; choose a workload, network, switch or adapter.")
        return
    targets = Targets(stage, judge_link(stage, origin, flow=flow), barred=origin.element)
    found = sorted(
        (found for found in targets.everywhere() if not flow or found[1].ok),
        key=lambda item: (not usable(item[1]), is_flow(item[1]), _distance(stage, origin, item[0])),
    )
    options = [_target_option(stage, key, verdict, in_words=not flow) for key, verdict in found]

    def pick(key: object) -> None:
        assert isinstance(key, PartKey), "options of this list are keys"
        if make_link(stage, origin, key, flow=flow):
            stage.set_focus(origin)

    at = stage.camera.to_view(*_point_of(stage, origin))
    title = f"Declare traffic from {element.name} to" if flow else f"Connect {element.name} to"
    stage.choice_wanted.emit(Choice(title, tuple(options), at, pick))


def offer_reconnect(stage: Stage, key: PartKey, end: LinkEnd) -> None:
    """List what one end of a link can be moved to."""
    link = stage.link(key)
    if link is None:
        return
    kept = link.target if end == "source" else link.source
    targets = Targets(stage, lambda other: judge_reconnect(stage, link.id, end, other), barred=kept)
    found = sorted(
        targets.everywhere(), key=lambda item: (not usable(item[1]), _distance(stage, PartKey(kept), item[0]))
    )
    options = tuple(_target_option(stage, other, verdict) for other, verdict in found)

    def pick(chosen: object) -> None:
        assert isinstance(chosen, PartKey), "options of this list are keys"
        stage.attempt(lambda: reconnect(stage.topology, link.id, end, chosen.element))

    at = stage.camera.to_view(*_point_of(stage, PartKey(kept)))
    stage.choice_wanted.emit(Choice("Reconnect to", options, at, pick))


def add_here(stage: Stage, entry: Placeable, at: Point) -> PartKey | None:
    """Add a thing whose middle is at a scene point, and let its name be typed."""
    drop = drop_at(stage, entry, *at)
    if not drop.verdict.ok:
        stage.refuse(drop.verdict.reason)
        return None
    box = ghost_box(entry.element_type, *at)
    return finish_adding(stage, stage.attempt(lambda: place_at(stage, entry, drop.parent, box[0], box[1])))


def add_at_focus(stage: Stage, entry: Placeable) -> PartKey | None:
    """Add a thing where the keyboard is."""
    drop = keyboard_drop(stage, entry)
    if not drop.verdict.ok:
        stage.refuse(drop.verdict.reason)
        return None
    stage.by_keyboard = True
    return finish_adding(stage, stage.attempt(lambda: _placed_in_lane(stage, entry, drop.parent)))


def _placed_in_lane(stage: Stage, entry: Placeable, parent: EntityId | None) -> ChangeSet:
    if parent is None:
        return place_at(stage, entry, None, *spot_on_canvas(stage, entry.element_type))
    if stage.topology.find(parent, Host) is not None:
        return place_at(stage, entry, parent, *spot_in_host(stage, entry.element_type, parent))
    return place_by_layout(stage, entry, parent)


def finish_adding(stage: Stage, change: ChangeSet | None) -> PartKey | None:
    """Select what was added and let its name be typed."""
    key = created_key(change) if change is not None else None
    if key is not None and change is not None:
        stage.select([key])
        stage.say(change.label)
        stage.rename_wanted.emit(key, True)
    return key


def _add_connected(stage: Stage, origin: PartKey, entry: Placeable, at: Point) -> None:
    change, verdict = _connected(stage, origin, entry, at)
    if change is None:
        stage.refuse(verdict.reason)
    elif stage.execute(change):
        finish_adding(stage, change)


def _connected(stage: Stage, origin: PartKey, entry: Placeable, at: Point) -> tuple[ChangeSet | None, Verdict]:
    """Return the change that adds and connects, with the verdict on the connection."""
    drop = drop_at(stage, entry, *at)
    box = ghost_box(entry.element_type, *at)
    try:
        placed = place_at(stage, entry, drop.parent, box[0], box[1])
        key = created_key(placed)
        assert key is not None, "placing adds an element"
        after = stage.topology.apply(placed)
        verdict = can_connect(after, origin.element, key.element)
        if not verdict.ok:
            return None, verdict
        linked = connect(after, origin.element, key.element)
    except DesignerError as error:
        return None, Verdict(ok=False, code="", reason=str(error))
    return ChangeSet(placed.label, placed.edits + linked.edits), verdict


def _place_words(stage: Stage, drop: Drop) -> str:
    """Say where a new thing would go."""
    if not drop.verdict.ok:
        return ""
    return f"in {spoken.title(stage, drop.shown)}" if drop.shown is not None else "on the canvas"


def _option(entry: Placeable, verdict: Verdict, detail: str = "") -> Option:
    return Option(
        entry.title,
        entry,
        detail=detail or entry.words.group,
        reason="" if verdict.ok else verdict.reason,
        icon=entry.icon,
        layer=entry.layer,
        caution=verdict.reason if verdict.ok and verdict.warning else "",
    )


def _target_option(stage: Stage, key: PartKey, verdict: Verdict, *, in_words: bool = True) -> Option:
    element = stage.element(key)
    assert element is not None, "targets are stored elements"
    traffic = is_flow(verdict)
    caution = verdict.reason if usable(verdict) and not traffic else ""
    entry = entry_of(element)
    return Option(
        element.name,
        key,
        detail=f"{element.title} · {TRAFFIC}" if traffic and in_words else element.title,
        reason="" if usable(verdict) else verdict.reason,
        icon=entry.icon,
        layer=entry.layer,
        caution=caution,
    )


def _ask(stage: Stage, title: str, options: list[Option], at: Point, pick: object) -> None:
    legal_first = sorted(options, key=lambda option: bool(option.reason))

    def picked(entry: object) -> None:
        assert callable(pick), "the list calls back"
        pick(entry)

    stage.choice_wanted.emit(Choice(title, tuple(legal_first), stage.camera.to_view(*at), picked))


def _point_of_focus(stage: Stage) -> Point:
    if stage.focus is not None and stage.box(stage.focus) is not None:
        return _point_of(stage, stage.focus)
    view = stage.visible_box()
    return (view[0] + view[2]) / 2, (view[1] + view[3]) / 2


def _point_of(stage: Stage, key: PartKey) -> Point:
    box = stage.box(key) or stage.visible_box()
    return box[0] + 12, min(box[3], box[1] + 60)


def _distance(stage: Stage, origin: PartKey, other: PartKey) -> float:
    first, second = stage.box(origin), stage.box(other)
    if first is None or second is None:
        return float("inf")
    return abs(first[0] + first[2] - second[0] - second[2]) / 2 + abs(first[1] + first[3] - second[1] - second[3]) / 2
