from __future__ import annotations

import orjson
import pytest

from designer.editing.clipboard import MAX_BYTES, VERSION, copy, paste, read
from designer.editing.removal import delete
from designer.errors import ChangeError, DesignerError, DocumentTooLargeError, MalformedDocumentError, NewerFormatError
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.base import Element
from designer.model.hosts import Host, VSwitch
from designer.model.identity import counting_ids
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.topology import Topology
from designer.model.workloads import Compartment, WindowsContainer
from tests.unit.sample import API, HOST, NAT, WEB, WEB_NAT, eid, placed, sample

PAIR = (WEB, NAT)


def pasted(topology: Topology, fragment: bytes, parent: str | None = HOST) -> Topology:
    change = paste(topology, fragment, eid(parent) if parent else None, 16, 16, counting_ids())
    after = topology.apply(change)
    assert after.apply(change.inverse()) == topology
    return after


def new(before: Topology, after: Topology) -> dict[str, Element]:
    return {element.name: element for element in after.elements() if element.id not in before}


def test_inner_links_are_copied_and_outer_ones_named() -> None:
    content = read(copy(sample(), [WEB]))
    assert [entity.id for entity in content.entities] == [WEB, "web01@"]
    assert [(end.element, end.was_connected_to) for end in content.dangling] == [(WEB, "nat0")]
    assert WEB_NAT in {entity.id for entity in read(copy(sample(), PAIR)).entities}


def test_a_container_brings_its_contents() -> None:
    ids = {entity.id for entity in read(copy(sample(), [HOST])).entities}
    assert {HOST, NAT, WEB, API, WEB_NAT, "corp-nic", "api01@utility-vm"} <= ids
    assert "nic-lan" not in ids


def test_equal_selections_give_equal_bytes() -> None:
    assert copy(sample(), PAIR) == copy(sample(), reversed(PAIR))
    assert read(copy(sample(), [eid("missing"), WEB_NAT])).entities == ()


def test_pasting_gives_fresh_ids_unique_names_and_keeps_inner_links() -> None:
    topology = sample()
    after = pasted(topology, copy(topology, PAIR))
    found = new(topology, after)
    assert found.keys() == {"web02", "nat1"}
    (link,) = after.links_of(found["web02"].id, Attachment)
    assert link.target == found["nat1"].id
    assert len(after.of(Host)) == 1


def test_pasted_things_stand_beside_where_they_were() -> None:
    topology = sample()
    after = pasted(topology, copy(topology, [WEB, API]))
    found = new(topology, after)
    web, api = after.placement(found["web02"].id), after.placement(found["api02"].id)
    zone = after.placement(found["api02"].id, "utility-vm")
    assert web is not None
    assert api is not None
    assert zone is not None
    assert (web.x, web.y) == (36, 56)
    assert (api.x, api.y) == (16, 16)
    assert (zone.x, zone.y) == (36, 156)


def test_a_copied_host_is_whole_and_its_parts_keep_their_places() -> None:
    topology = sample(placed(NAT, 3, 4, f"vnic:{HOST}"))
    after = pasted(topology, copy(topology, [HOST]), None)
    found = new(topology, after)
    assert found.keys() == {"HOST02", "Ethernet", "nat1", "corp-2", "web02", "api02"}
    assert after.placement(found["nat1"].id, f"vnic:{found['HOST02'].id}") is not None


def test_the_next_outer_container_takes_what_the_wanted_one_cannot() -> None:
    topology = sample(Compartment(id=eid("c"), name="c", parent=HOST))
    found = new(topology, pasted(topology, copy(topology, PAIR), "c"))
    assert (found["web02"].parent, found["nat1"].parent) == ("c", HOST)
    assert new(topology, pasted(topology, copy(topology, [HOST]), "c"))["HOST02"].parent is None


def test_what_no_container_can_hold_is_refused() -> None:
    with pytest.raises(ChangeError, match="canvas"):
        paste(sample(), copy(sample(), [WEB]), None, 0, 0)


def test_references_are_kept_inside_and_dropped_outside() -> None:
    topology = sample(
        VSwitch(id=eid("sw"), name="sw", parent=HOST),
        ContainerNetwork(id=eid("n"), name="n", parent=HOST, mode=NetworkMode.TRANSPARENT, switch=eid("sw")),
        WindowsContainer(id=eid("b"), name="b", parent=HOST, shares_network_of=WEB),
    )
    both = new(topology, pasted(topology, copy(topology, ["sw", "n", "b", WEB])))  # type: ignore[list-item] # plain ids
    network, sharer = both["n-2"], both["b-2"]
    assert isinstance(network, ContainerNetwork)
    assert isinstance(sharer, WindowsContainer)
    assert (network.switch, sharer.shares_network_of) == (both["sw 2"].id, both["web02"].id)
    content = read(copy(topology, [eid("n"), eid("b")]))
    assert [end.was_connected_to for end in content.dangling] == ["web01", "sw"]
    alone = new(topology, pasted(topology, copy(topology, [eid("n"), eid("b")])))["n-2"]
    assert isinstance(alone, ContainerNetwork)
    assert alone.switch is None


def test_the_title_of_another_design_is_not_pasted() -> None:
    raw = orjson.loads(copy(sample(), [WEB]))
    raw["entities"].append({"kind": "design", "id": DESIGN_ID, "title": "Other"})
    assert pasted(sample(), orjson.dumps(raw)).of(DesignInfo) == ()


def test_what_was_cut_comes_back_as_it_was() -> None:
    topology = sample()
    fragment = copy(topology, [WEB, API])
    rest = topology.apply(delete(topology, [WEB, API]))
    back = rest.apply(paste(rest, fragment, HOST, 0, 0, keep_ids=True))
    assert back.get(WEB) == topology.get(WEB)
    assert back.placement(WEB) == topology.placement(WEB)
    again = back.apply(paste(back, fragment, HOST, 0, 0, keep_ids=True))
    assert len(again.of(WindowsContainer)) == 2


def test_labels_count() -> None:
    topology = sample()
    assert paste(topology, copy(topology, PAIR), HOST, 0, 0).label == "Paste 2 items"
    assert paste(topology, copy(topology, [WEB]), HOST, 0, 0).label == "Paste web02"
    assert not paste(topology, copy(topology, []), HOST, 0, 0)


def hostile(**changes: object) -> bytes:
    return orjson.dumps(orjson.loads(copy(sample(), [WEB])) | changes)


@pytest.mark.parametrize(
    ("fragment", "error"),
    [
        (b"", MalformedDocumentError),
        (b"null", MalformedDocumentError),
        (b"[1, 2", MalformedDocumentError),
        (b"\xff\xfe", MalformedDocumentError),
        (b'{"kind": "something else"}', MalformedDocumentError),
        (b"[" * 200 + b"]" * 200, DocumentTooLargeError),
        (b" " * (MAX_BYTES + 1), DocumentTooLargeError),
        (hostile(version=VERSION + 1), NewerFormatError),
        (hostile(version="1"), MalformedDocumentError),
        (hostile(command="calc.exe"), MalformedDocumentError),
        (hostile(entities=[{"kind": "host", "id": "h", "name": "h", "run": "x"}]), MalformedDocumentError),
        (hostile(entities=[{"kind": "host", "id": "h", "name": "h"}] * 2), MalformedDocumentError),
        (hostile(entities=[{"kind": "nic", "id": "n", "name": "n", "parent": "gone"}]), MalformedDocumentError),
        (hostile(entities=[{"kind": "compartment", "id": "c", "name": "c", "parent": "c"}]), MalformedDocumentError),
    ],
)
def test_a_hostile_clipboard_is_refused_with_a_sentence(fragment: bytes, error: type[DesignerError]) -> None:
    with pytest.raises(error, match="The clipboard"):
        paste(sample(), fragment, HOST, 0, 0)
