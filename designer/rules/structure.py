"""Rules about what a hand-made design can hold and no tool of the window would make (TOP)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element, Link
from designer.model.hosts import VSwitch
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.rules.connect import link_is_possible
from designer.rules.design import Design
from designer.rules.nesting import can_contain, can_hold
from designer.rules.registry import Finding, FixClass, Severity, links, rule
from designer.rules.suggestions import removed

_SOURCES = ("inferred: Windows has no such thing",)


@rule("TOP014", Severity.ERROR, subject=Element, fix=FixClass.MANUAL, sources=_SOURCES)
def element_in_a_wrong_place(design: Design, element: Element) -> Iterator[Finding]:
    """Something stands in what cannot hold it.

    Why: scripts make what stands in a host, a team or a compartment; what stands elsewhere is not made.
    Bad: web01 in the network nat0.
    Good: web01 in HOST01, attached to nat0.
    """
    if element.parent is None:
        return
    container = design.topology.find(element.parent, Element)
    if container is not None and can_hold(type(container), type(element)):
        return
    verdict = can_contain(design.topology, element.parent, element.id)
    if verdict.code != "CMP006":  # it has a rule of its own
        yield Finding((element.id, element.parent), f"{verdict.reason} Move it.")


@rule(
    "TOP015",
    Severity.ERROR,
    subject=Link,
    fix=FixClass.QUICK,
    sources=_SOURCES,
    reads=links(ContainerNetwork),
)
def impossible_link(design: Design, link: Link) -> Iterator[Finding]:
    """A link between things that it cannot join.

    Why: an endpoint is between a container and a network, an uplink between a network and an adapter; anything else is
    made by no command, so scripts leave it out.
    Bad: an attachment from nat0 to web01.
    Good: an attachment from web01 to nat0.
    """
    if link_is_possible(design.topology, link) or _is_direct_wire(design, link):
        return
    ends = f"“{design.label(link.source)}” and “{design.label(link.target)}”"
    if link.source == link.target:
        ends = f"“{design.label(link.source)}” and itself"
    yield Finding(
        tuple(dict.fromkeys((link.id, link.source, link.target))),
        f"The {type(link).title.lower()} between {ends} means nothing; remove it.",
        fix=removed(design.topology, "Remove the impossible link", link.id),
    )


def _is_direct_wire(design: Design, link: Link) -> bool:
    """Whether TOP004 tells about the link already."""
    return isinstance(link, Attachment) and design.topology.find(link.target, VSwitch) is not None
