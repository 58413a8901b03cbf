"""What this version does not know is set aside, and put back where it was."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from designer.model.identity import EntityId
from designer.storage.document import Extras
from designer.storage.newer import put_back, read_known

HOST: dict[str, Any] = {"kind": "host", "id": "h", "name": "HOST01"}


def test_the_file_is_left_as_it_was() -> None:
    raw = [{**HOST, "zork": 1}]

    _entities, extras, _left_out = read_known(raw, lossy=False)

    assert raw == [{**HOST, "zork": 1}]
    assert extras.fields == {"h": ((("zork",), 1),)}


def test_what_is_wrong_is_refused_unless_loss_is_allowed() -> None:
    raw = [HOST, {**HOST, "id": "k", "name": 5}]

    with pytest.raises(ValidationError):
        read_known(raw, lossy=False)
    entities, _extras, left_out = read_known(raw, lossy=True)

    assert [entity.id for entity in entities] == ["h"]
    assert left_out == 1


def test_a_dangling_reference_is_left_to_the_topology_unless_loss_is_allowed() -> None:
    raw = [HOST, {"kind": "nic", "id": "n", "name": "Ethernet", "parent": "gone"}]

    assert len(read_known(raw, lossy=False)[0]) == 2
    assert len(read_known(raw, lossy=True)[0]) == 1


def test_a_chain_of_elements_in_an_unknown_one_is_kept_whole() -> None:
    raw = [
        {"kind": "vpn", "id": "v"},
        {**HOST, "parent": "v"},
        {"kind": "nic", "id": "n", "name": "Ethernet", "parent": "h"},
        {"kind": "placement", "id": "n@", "element": "n"},
    ]

    entities, extras, _left_out = read_known(raw, lossy=False)

    assert entities == []
    assert {entity["id"] for entity in extras.entities} == {"v", "h", "n", "n@"}


@pytest.mark.parametrize(
    ("element", "place", "expected"),
    [
        (HOST, ("daemon", "plan"), {**HOST, "daemon": {"plan": 1}}),
        (HOST, ("listening", 0, "zork"), HOST),
        ({"kind": "nic", "id": "h"}, ("switch_port", "zork"), {"kind": "nic", "id": "h"}),
        (
            {**HOST, "listening": [{"port": 53}]},
            ("listening", 0, "zork"),
            {**HOST, "listening": [{"port": 53, "zork": 1}]},
        ),
    ],
    ids=["usual object", "no list", "no object", "item of a list"],
)
def test_a_field_goes_back_where_what_held_it_is_left(
    element: dict[str, Any], place: tuple[str | int, ...], expected: dict[str, Any]
) -> None:
    elements = {EntityId("h"): {**element}}

    put_back(elements, Extras(fields={EntityId("h"): ((place, 1),)}))

    assert elements == {"h": expected}
