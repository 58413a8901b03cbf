"""Rules about what only a hand-made design holds."""

from __future__ import annotations

import pytest

from designer.model.entities import AnyLink
from designer.model.flows import Flow
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable, Uplink
from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().network("nat0", subnet="172.16.0.0/20")
ATTACHED = HOST.container("web01", on="nat0")


def link(kind: type[AnyLink], source: str, target: str) -> AnyLink:
    return kind(id=EntityId("link"), source=EntityId(source), target=EntityId(target))


EXAMPLES = [
    Example("TOP014", HOST.container("web01", parent="nat0", on="nat0"), HOST.container("web01", on="nat0")),
    Example("TOP015", ATTACHED.also(link(Attachment, "nat0", "web01")), ATTACHED, fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


@pytest.mark.parametrize(
    "odd",
    [
        link(Attachment, "web01", "web01"),
        link(Uplink, "nat0", "HOST01"),
        link(Cable, "web01", "nat0"),
        link(Attachment, "link", "link"),
        link(Flow, "web01", "web01|nat0"),
        link(Flow, "web01|nat0", "link"),
    ],
    ids=["itself", "host", "cable", "a link", "traffic to a link", "traffic from a link"],
)
def test_links_between_the_wrong_kinds(odd: AnyLink) -> None:
    (judged,) = found("TOP015", ATTACHED.also(odd))
    assert judged.finding.message.endswith("means nothing; remove it.")


def test_a_direct_wire_to_a_switch_is_told_once() -> None:
    drawn = HOST.switch("sw", switch_type="internal").container("web01", on="sw")

    assert not found("TOP015", drawn)
    assert found("TOP004", drawn)


def test_a_hyperv_container_in_a_compartment_is_told_once() -> None:
    drawn = HOST.compartment("c1").container("api01", hyperv=True, parent="c1")

    assert not found("TOP014", drawn)
    assert found("CMP006", drawn)
