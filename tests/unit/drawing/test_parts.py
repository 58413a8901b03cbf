from __future__ import annotations

from designer.drawing.looks import compartment_look
from designer.drawing.parts import Parts, Role, by_name
from designer.model.realisation import PartKey
from designer.model.workloads import WindowsContainer
from tests.unit.sample import eid


def test_children_are_the_rows_directly_inside() -> None:
    parts = Parts()
    key, look = PartKey(eid("a")), compartment_look(2)
    outer = parts.add(key, look, Role.COMPARTMENT, -1, key, -1)
    inner = parts.add(PartKey(eid("b")), look, Role.COMPARTMENT, outer, key, outer)
    parts.add(PartKey(eid("c")), look, Role.WORKLOAD, inner, key, outer)
    parts.close(inner)
    parts.close(outer)
    last = parts.add(PartKey(eid("d")), look, Role.WORKLOAD, -1, key, -1)

    assert list(parts.children(-1)) == [outer, last]
    assert list(parts.children(outer)) == [inner]
    assert parts.row_of[PartKey(eid("d"))] == last


def test_elements_are_drawn_by_name_then_id() -> None:
    elements = [WindowsContainer(id=eid(i), name=name) for i, name in (("2", "b"), ("3", "a"), ("1", "b"))]

    assert [element.id for element in by_name(elements)] == ["3", "1", "2"]
