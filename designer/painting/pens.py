"""Pens and brushes of a theme, made once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from designer.drawing import measures as m
from designer.drawing.looks import LinkLook, Stroke
from designer.drawing.theme import Layer, Theme

_ROUND = (Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
_FLAT = (Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)

_WIDTHS = {
    Stroke.VNIC: m.VNIC_STROKE,
    Stroke.VMNIC: m.VMNIC_STROKE,
    Stroke.UPLINK: m.UPLINK_STROKE,
    Stroke.DERIVED: m.DERIVED_STROKE,
    Stroke.TUNNEL: m.TUNNEL_STROKE,
    Stroke.REFERENCE: m.DERIVED_STROKE,
    Stroke.FLOW: m.FLOW_STROKE,
}
_DASHES = {
    Stroke.DERIVED: m.DERIVED_DASH,
    Stroke.REFERENCE: m.DERIVED_DASH,
    Stroke.TUNNEL: m.TUNNEL_DASH,
    Stroke.FLOW: m.FLOW_DASH,
}


@lru_cache(maxsize=256)
def brush(colour: str, opacity: float = 1.0) -> QBrush:
    """Return a plain brush."""
    result = QColor(colour)
    result.setAlphaF(opacity)
    return QBrush(result)


@lru_cache(maxsize=512)
def pen(colour: str, width: float, dash: tuple[float, float] | None = None, flat: bool = False) -> QPen:
    """Return a pen; dashes are in scene units, with round ends unless ``flat``."""
    result = QPen(QColor(colour), width)
    cap, join = _FLAT if flat else _ROUND
    result.setCapStyle(cap)
    result.setJoinStyle(join)
    if dash is not None:
        result.setDashPattern([length / width for length in dash])
    return result


def link_colour(theme: Theme, layer: Layer) -> str:
    """Return the colour of a line."""
    return theme.layer(layer).text


def link_pen(theme: Theme, look: LinkLook) -> QPen:
    """Return the pen of a link; a vmNIC is drawn with it twice."""
    stroke = look.stroke
    dash = _DASHES.get(stroke)
    flat = stroke in {Stroke.UPLINK, Stroke.TUNNEL, Stroke.FLOW}
    return pen(link_colour(theme, look.layer), _WIDTHS[stroke], dash, flat)
