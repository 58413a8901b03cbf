from __future__ import annotations

from PySide6.QtCore import Qt

from designer.drawing import measures as m
from designer.drawing.looks import LinkLook, Stroke
from designer.drawing.theme import LIGHT, Layer
from designer.painting.pens import brush, link_pen, pen


def test_dashes_are_in_scene_units_whatever_the_width() -> None:
    assert pen("#000000", 2.0, (10.0, 5.0)).dashPattern() == [5.0, 2.5]
    assert pen("#000000", 2.0).style() == Qt.PenStyle.SolidLine


def test_links_tell_what_they_are_by_their_stroke() -> None:
    pens = {stroke: link_pen(LIGHT, LinkLook(stroke, Layer.HARDWARE)) for stroke in Stroke}

    assert pens[Stroke.UPLINK].widthF() == m.UPLINK_STROKE
    assert pens[Stroke.UPLINK].capStyle() == Qt.PenCapStyle.FlatCap
    assert pens[Stroke.VNIC].widthF() == m.VNIC_STROKE
    assert len(pens[Stroke.DERIVED].dashPattern()) == 2
    assert pens[Stroke.TUNNEL].dashPattern() != pens[Stroke.DERIVED].dashPattern()


def test_brushes_can_be_translucent() -> None:
    assert brush("#FFFFFF", 0.5).color().alphaF() < 0.51
