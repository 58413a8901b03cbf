from __future__ import annotations

from designer.drawing.badges import Badges
from designer.drawing.looks import Badge
from designer.drawing.scene import Scene
from designer.drawing.theme import Mark
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.catalogue import catalogue
from designer.rules.registry import Finding, Judged, Severity
from tests.unit.sample import NAT, WEB, WEB_NAT, eid, sample


def judged(severity: Severity, *elements: EntityId) -> Judged:
    return Judged(catalogue()[0], Finding(elements, "message", severity=severity), elements[0], ())


def test_the_worst_finding_marks_the_thing() -> None:
    scene = Scene.build(sample(), [judged(Severity.INFO, WEB), judged(Severity.ERROR, WEB, NAT)])

    assert scene.badges.rows[scene.row_of[PartKey(WEB)]] == Badge(Mark.ERROR, 2)
    assert scene.badges.rows[scene.row_of[PartKey(NAT)]] == Badge(Mark.ERROR, 1)


def test_findings_on_links_mark_the_link() -> None:
    scene = Scene.build(sample()).judged([judged(Severity.WARNING, WEB_NAT)])

    assert scene.badges.links == {scene.links.index_of[PartKey(WEB_NAT)]: Badge(Mark.WARNING, 1)}


def test_findings_on_what_is_not_drawn_mark_nothing() -> None:
    scene = Scene.build(sample())

    assert Badges.of(scene.parts, {}, [judged(Severity.ERROR, eid("gone"))]).rows == {}
