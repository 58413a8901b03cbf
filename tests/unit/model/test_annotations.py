from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.annotations import DESIGN_ID, DesignInfo, Note, Placement, Suppression, placement_id
from tests.unit.sample import eid


def test_a_placement_needs_its_element() -> None:
    placement = Placement(id=placement_id(eid("web"), "compartment"), element=eid("web"), part="compartment")
    assert placement.references() == ("web",)
    assert placement.id != placement_id(eid("web"))


@pytest.mark.parametrize("field", [{"x": float("nan")}, {"y": 1e9}, {"width": 0}, {"height": -1}])
def test_a_placement_is_on_the_canvas_and_has_a_size(field: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Placement.model_validate({"id": "web@", "element": "web"} | field)


def test_notes_and_the_design_take_long_texts_and_no_endless_ones() -> None:
    assert Note(id=eid("n"), name="Note", text="x" * 20_000).shape == "note"
    with pytest.raises(ValidationError):
        Note(id=eid("n"), name="Note", text="x" * 20_001)
    assert DesignInfo(id=DESIGN_ID).references() == ()


def test_a_suppression_needs_a_reason_and_what_it_is_about() -> None:
    fields = {"id": "s", "rule": "TOP005", "elements": ["nat0"], "reason": "used next week"}
    assert Suppression.model_validate(fields).references() == ("nat0",)
    for wrong in ({"reason": ""}, {"rule": "top5"}):
        with pytest.raises(ValidationError):
            Suppression.model_validate(fields | wrong)
