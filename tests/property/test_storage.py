"""Saving and loading is identity, and equal designs give equal bytes."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.errors import DesignerError
from designer.model.topology import Topology
from designer.storage.codec import decode, encode
from designer.storage.document import Document
from tests.property.strategies import hostile_topologies, topologies


@given(topologies())
def test_what_was_saved_is_loaded(topology: Topology) -> None:
    content = encode(Document(topology))
    assert decode(content, "design.cnd").topology == topology
    assert encode(decode(content, "design.cnd")) == content


@settings(max_examples=50)
@given(hostile_topologies())
def test_names_survive_whatever_they_hold(topology: Topology) -> None:
    assert decode(encode(Document(topology)), "design.cnd").topology == topology


@given(topologies(), st.randoms(use_true_random=False))
def test_the_order_of_entities_does_not_show(topology: Topology, random: Random) -> None:
    entities = list(topology.entities.values())
    random.shuffle(entities)
    assert encode(Document(Topology.of_entities(entities))) == encode(Document(topology))


@given(topologies(), st.data())
def test_a_damaged_file_gives_one_sentence(topology: Topology, data: st.DataObject) -> None:
    content = bytearray(encode(Document(topology)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=3))
    try:
        decode(bytes(content), "design.cnd")
    except DesignerError as error:
        assert str(error).startswith("design.cnd")
        assert len(str(error).splitlines()) == 1
