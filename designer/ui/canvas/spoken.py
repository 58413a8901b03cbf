"""How things on the canvas are called in tips and by screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.drawing.link_looks import flow_text
from designer.drawing.looks import service_look
from designer.model.base import Element
from designer.model.flows import Flow
from designer.model.links import Attachment
from designer.model.realisation import PartKey
from designer.model.services import Service

if TYPE_CHECKING:
    from designer.ui.canvas.stage import Stage

MOST_NAMES = 4


def title(stage: Stage, key: PartKey) -> str:
    """Return the name of a thing: of an element, of the ends of a link, or of a part that follows from one."""
    element, link = stage.element(key), stage.link(key)
    if element is not None:
        return element.name
    if link is not None:
        ends = (stage.topology.find(end, Element) for end in (link.source, link.target))
        between = " → " if isinstance(link, Flow) else " – "
        return link.name or between.join(end.name for end in ends if end is not None)
    row = stage.scene.row_of.get(key)
    return stage.scene.look(row).title if row is not None else ""


def thing(stage: Stage, key: PartKey) -> str:
    """Return a sentence: “web01, Windows container, on nat0, 172.16.0.10, 1 finding”."""
    element, link = stage.element(key), stage.link(key)
    words = [title(stage, key)]
    if element is not None:
        words.append(element.title)
        words += [service_look(element).fact] if isinstance(element, Service) else []
        words += _networks(stage, element)
    elif link is not None:
        words.append(link.title)
        if isinstance(link, Attachment) and link.ip is not None:
            words.append(str(link.ip))
        if isinstance(link, Flow):
            words.append(flow_text(link))
    else:
        words.append("follows from the drawing")
    findings = sum(key.element in judged.finding.elements for judged in stage.controller.judged)
    if findings and not key.is_derived:
        words.append(f"{findings} finding{'s' if findings > 1 else ''}")
    return ", ".join(word for word in words if word)


def selection(stage: Stage) -> str:
    """Return what is selected: its names, or their number."""
    keys = sorted(stage.selection, key=lambda key: (key.element, key.part))
    if not keys:
        return "Nothing selected"
    if len(keys) == 1:
        return thing(stage, keys[0])
    names = ", ".join(title(stage, key) for key in keys[:MOST_NAMES])
    return f"{len(keys)} selected: {names}{' and more' if len(keys) > MOST_NAMES else ''}"


def _networks(stage: Stage, element: Element) -> list[str]:
    found = []
    for link in stage.topology.links_of(element.id, Attachment):
        if link.source == element.id:
            network = stage.topology.find(link.target, Element)
            found.append(f"on {network.name}" if network is not None else "")
            found.append(str(link.ip) if link.ip is not None else "")
    return found
