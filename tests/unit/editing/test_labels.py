from __future__ import annotations

from designer.editing.labels import SHOWN_CHARACTERS, display_name, shortened, subject
from designer.model.flows import Flow
from tests.unit.sample import API, WEB, WEB_NAT, eid, sample


def test_one_thing_is_named_and_several_are_counted() -> None:
    topology = sample()
    assert subject(topology, [WEB]) == "web01"
    assert subject(topology, [WEB, API, WEB_NAT]) == "3 items"
    assert subject(topology, [eid("missing")]) == "1 item"


def test_a_link_without_a_name_is_called_after_its_ends() -> None:
    topology = sample()
    assert display_name(topology, topology[WEB_NAT]) == "web01 – nat0"
    assert display_name(topology, topology[WEB_NAT].evolve(name="front")) == "front"


def test_a_name_fits_into_a_menu() -> None:
    assert shortened("a\n b\tc") == "a b c"
    assert len(shortened("x" * 64)) == SHOWN_CHARACTERS
    assert shortened(" \n ") == "…"


def test_traffic_is_called_after_its_ends_with_an_arrow() -> None:
    flow = Flow(id=eid("f"), source=WEB, target=API)
    assert display_name(sample(flow), flow) == "web01 → api01"
