"""What a picture leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from designer import api
from designer.cli.layers import LAYERS, only, parse
from designer.errors import UnknownNameError
from designer.model.annotations import Note
from designer.model.fabric import Segment
from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.links import Attachment, Cable, Reference
from designer.model.topology import Topology
from tests.property.strategies import topologies

SAMPLE = api.load(Path(__file__).parents[2] / "golden" / "documents" / "format-1.0.cnd").topology


def test_a_list_has_commas() -> None:
    assert parse("ports, physical,") == {"ports", "physical"}
    assert parse("") == frozenset()
    with pytest.raises(UnknownNameError, match="Did you mean “policies”"):
        parse("ports,polices")


def test_all_layers_are_the_whole_design() -> None:
    assert only(SAMPLE, LAYERS) == SAMPLE


@pytest.mark.parametrize(
    ("hidden", "gone"), [("physical", (Segment, Cable)), ("annotations", (Note, Reference)), ("traffic", (Flow,))]
)
def test_a_hidden_layer_takes_its_elements_and_their_links(hidden: str, gone: tuple[type, ...]) -> None:
    left = only(SAMPLE, set(LAYERS) - {hidden})

    assert all(SAMPLE.of(kind) for kind in gone)
    assert not any(left.of(kind) for kind in gone)
    assert left.of(Host) == SAMPLE.of(Host)


def test_ports_and_policies_are_fields() -> None:
    left = only(SAMPLE, {"physical"})

    assert len(left.of(Attachment)) == len(SAMPLE.of(Attachment))
    assert any(link.ports and link.acls for link in SAMPLE.of(Attachment))
    assert not any(link.ports or link.acls or link.outbound_limit_bytes_per_second for link in left.of(Attachment))


@given(topologies())
def test_what_is_left_is_a_sound_design(topology: Topology) -> None:
    assert only(topology, ()).of(Host) == topology.of(Host)
