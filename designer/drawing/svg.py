"""Designs as SVG: text stays text, the same design gives the same bytes, and no name can break out of it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from designer.drawing import measures as m
from designer.drawing import typography as t
from designer.drawing.families import MONO, SANS
from designer.drawing.hits import badge_centre, link_badge_centre
from designer.drawing.looks import Badge, Border, LinkLook, NodeLook, Shape, Stroke
from designer.drawing.node_text import TextRun, card_chips, node_text
from designer.drawing.paths import arrow, beside, without_arrow
from designer.drawing.port_marks import port_marks
from designer.drawing.scene import Scene
from designer.drawing.svg_icons import IconSheet
from designer.drawing.theme import LIGHT, Layer, Theme
from designer.model.annotations import DesignInfo

MARGIN = 24.0
_UNSAFE = re.compile('[&<>"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_DOUBLE_INSET = 3.5


def escape(text: str) -> str:
    """Return text for XML content and attributes; what XML cannot carry becomes a replacement character."""
    return _UNSAFE.sub(lambda found: _ENTITIES.get(found.group(), "\ufffd"), text) if _UNSAFE.search(text) else text


@lru_cache(maxsize=16_384)
def number(value: float) -> str:
    """Return a coordinate in few characters, exact to a hundredth up to the largest coordinate: “12”, “12.5”."""
    return f"{value:.9g}"


def render(scene: Scene, theme: Theme = LIGHT, title: str = "") -> str:
    """Return the picture of a scene as one SVG document.

    Args:
        scene: what is drawn.
        theme: the colours; files are light unless asked otherwise.
        title: what the document is called; the title of the design when empty.
    """
    return SvgWriter(scene, theme).document(title)


class SvgWriter:
    """Writes one scene; the same looks and measures as the painters use."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self._scene = scene
        self._theme = theme
        self._icons = IconSheet(theme)
        self._out: list[str] = []

    def document(self, title: str) -> str:
        """Return the whole document."""
        x0, y0, x1, y1 = self._scene.bounds()
        left, top, width, height = x0 - MARGIN, y0 - MARGIN, x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN
        self._content()
        body = "".join(self._out)
        box = f"{number(left)} {number(top)} {number(width)} {number(height)}"
        name, description = escape(title or self._title()), escape(self._description())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{number(width)}" height="{number(height)}" '
            f'viewBox="{box}">\n<title>{name}</title>\n<desc>{description}</desc>\n'
            f"<style>{self._style()}</style>\n<defs>{self._icons.symbols()}</defs>\n"
            f'<rect x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}" '
            f'fill="{self._theme.canvas}"/>\n{body}</svg>\n'
        )

    def _title(self) -> str:
        info = next(iter(self._scene.topology.of(DesignInfo)), None)
        return info.title if info is not None and info.title else "Container network"

    def _description(self) -> str:
        kinds: dict[str, int] = {}
        for part in self._scene.parts.nodes:
            kinds[part.look.kind] = kinds.get(part.look.kind, 0) + 1
        return ", ".join(f"{kind}: {count}" for kind, count in sorted(kinds.items()))

    def _style(self) -> str:
        theme = self._theme
        rules = [f"text{{font-family:{SANS},'Segoe UI',sans-serif;fill:{theme.text};white-space:pre}}"]
        for style in t.STYLES:
            mono = f"font-family:'{MONO}',Consolas,monospace;" if style.mono else ""
            rules.append(f".{_style_name(style)}{{{mono}font-size:{style.size:g}px;font-weight:{style.weight}}}")
        rules += [f".muted{{fill:{theme.muted}}}", f".card{{fill:{theme.card};stroke:{theme.card_line}}}"]
        has_flows = bool(self._scene.links.flows.any())
        for layer in Layer if has_flows else (layer for layer in Layer if layer is not Layer.TRAFFIC):
            tone = theme.layer(layer)
            rules.append(f".t-{layer}{{fill:{tone.text}}}.l-{layer}{{stroke:{tone.text};fill:none}}")
            rules.append(f".b-{layer}{{fill:{tone.tint};stroke:{tone.text};stroke-width:{m.BAR_STROKE}}}")
        dashes = f"stroke-width:{m.DERIVED_STROKE};stroke-dasharray:{_dash(m.DERIVED_DASH)};stroke-linecap:round"
        rules += [
            f".s0{{stroke-width:{m.VNIC_STROKE};stroke-linejoin:round}}",
            f".s1{{stroke-width:{m.VMNIC_STROKE};stroke-linejoin:round}}",
            f".s2{{stroke-width:{m.UPLINK_STROKE};stroke-linejoin:round}}",
            f".s3,.s5{{{dashes}}}",
            f".s4{{stroke-width:{m.TUNNEL_STROKE};stroke-dasharray:{_dash(m.TUNNEL_DASH)}}}",
        ]
        if has_flows:
            rules.append(f".s6{{stroke-width:{m.FLOW_STROKE};stroke-dasharray:{_dash(m.FLOW_DASH)}}}")
        return "".join(rules)

    def _content(self) -> None:
        scene = self._scene
        nodes = [(part.look, rect) for part, rect in zip(scene.parts.nodes, scene.rects.tolist(), strict=True)]
        zones = [(look, rect) for look, rect in nodes if look.shape is Shape.ZONE]
        for look, rect in zones:
            self._node(look, rect)
        polylines = [scene.links.polyline(link) for link in range(len(scene.links))]
        for link_look, points in zip(scene.links.looks, polylines, strict=True):
            self._line(link_look, points)
        for look, rect in zones:
            self._zone_title(look, rect)
        for look, rect in nodes:
            if look.shape is not Shape.ZONE:
                self._node(look, rect)
        for link, points in enumerate(polylines):
            self._ports(link, points)
            self._arrow(scene.links.looks[link], points)
        for link, link_look in enumerate(scene.links.looks):
            if link_look.lines or link_look.chips:
                self._labels(link)
        self._badges()

    def _badges(self) -> None:
        scene = self._scene
        for row, badge in sorted(scene.badges.rows.items()):
            self._badge(badge, badge_centre(scene, row))
        for link, badge in sorted(scene.badges.links.items()):
            self._badge(badge, link_badge_centre(scene, link))

    def _node(self, look: NodeLook, rect: list[float]) -> None:
        x, y, width, height = rect
        fact = f", {look.fact}" if look.fact and look.shape is not Shape.NOTE else ""
        name = escape(f"{look.title}, {look.kind}{fact}" if look.kind not in look.title else f"{look.title}{fact}")
        place = f"translate({number(x)} {number(y)})"
        self._out.append(f'<g transform="{place}"><title>{name}</title>')
        (self._card, self._bar, self._zone, self._note)[look.shape](look, width, height)
        if look.shape is not Shape.ZONE:
            for run in node_text(look, width, height):
                self._text(run, look.layer)
        for chip in card_chips(look, width, height) if look.chips else ():
            self._chip(chip.x, chip.y, chip.width, chip.text)
        self._out.append("</g>\n")

    def _zone_title(self, look: NodeLook, rect: list[float]) -> None:
        """Write the words of a zone, on patches: lines that cross them pass behind."""
        x, y, width, height = rect
        patch = self._theme.host_band if look.border is Border.BAND else self._theme.layer(look.layer).tint
        self._out.append(f'<g transform="translate({number(x)} {number(y)})">')
        for run in node_text(look, width, height):
            size = f'width="{number(t.width(run.text, run.style) + 6)}" height="{number(run.style.size * 1.3)}"'
            place = f'x="{number(run.x - 3)}" y="{number(run.baseline - run.style.size)}"'
            self._out.append(f'<rect {place} {size} rx="3" fill="{patch}"/>')
            self._text(run, look.layer)
        self._out.append("</g>\n")

    def _text(self, run: TextRun, layer: Layer) -> None:
        tone = {"text": "", "muted": " muted"}.get(run.tone, f" t-{layer}")
        place = f'x="{number(run.x)}" y="{number(run.baseline)}"'
        self._out.append(f'<text class="{_style_name(run.style)}{tone}" {place}>{escape(run.text)}</text>')

    def _icon(self, look: NodeLook, x: float, y: float, size: float, tint: str = "") -> None:
        tone = self._theme.layer(look.layer)
        self._out.append(self._icons.use(look.icon, tone.text, tint or tone.tint, x, y, size))

    def _card(self, look: NodeLook, width: float, height: float) -> None:
        self._out.append(
            f'<rect class="card" x=".5" y=".5" width="{number(width - 1)}" height="{number(height - 1)}" '
            f'rx="{m.CARD_RADIUS:g}"/>'
        )
        self._icon(look, 11, (height - m.CARD_ICON) / 2, m.CARD_ICON)

    def _bar(self, look: NodeLook, width: float, height: float) -> None:
        self._out.append(
            f'<rect class="b-{look.layer}" width="{number(width)}" height="{number(height)}" rx="{m.BAR_RADIUS:g}"/>'
        )
        inner = self._theme.card if look.layer is not Layer.HARDWARE else ""
        self._icon(look, 10, (height - m.BAR_ICON) / 2, m.BAR_ICON, inner)

    def _zone(self, look: NodeLook, width: float, height: float) -> None:
        theme = self._theme
        if look.border is Border.BAND:
            self._host(look, width, height)
            return
        tone = theme.layer(look.layer)
        line = theme.card_line if look.layer in {Layer.NEUTRAL, Layer.HARDWARE} else tone.text
        dash = {Border.DASHED: m.COMPARTMENT_DASH, Border.LONG_DASHED: m.TUNNEL_DASH}.get(look.border)
        dashes = f' stroke-dasharray="{_dash(dash)}"' if dash else ""
        stroke = f'stroke="{line}" stroke-width="{m.ZONE_STROKE}"{dashes}'
        size = f'width="{number(width)}" height="{number(height)}"'
        self._out.append(f'<rect {size} rx="{m.ZONE_RADIUS:g}" fill="{tone.tint}" {stroke}/>')
        if look.border is Border.DOUBLE:
            place = f'x="{_DOUBLE_INSET}" y="{_DOUBLE_INSET}" rx="{m.ZONE_RADIUS - 2.5}" fill="none"'
            inner = f'width="{number(width - 2 * _DOUBLE_INSET)}" height="{number(height - 2 * _DOUBLE_INSET)}"'
            self._out.append(f"<rect {place} {inner} {stroke}/>")
        if look.border is Border.LONG_DASHED:
            self._icon(look, 12, 5, m.BAR_ICON, theme.card)

    def _host(self, look: NodeLook, width: float, height: float) -> None:
        theme, radius = self._theme, m.HOST_RADIUS
        band = (
            f"M0 {m.HOST_BAND:g}V{radius:g}a{radius:g} {radius:g} 0 0 1 {radius:g} -{radius:g}"
            f"H{number(width - radius)}a{radius:g} {radius:g} 0 0 1 {radius:g} {radius:g}V{m.HOST_BAND:g}z"
        )
        size = f'width="{number(width)}" height="{number(height)}" rx="{radius:g}"'
        self._out.append(
            f'<rect {size} fill="{theme.zone}"/><path d="{band}" fill="{theme.host_band}"/>'
            f'<path d="M0 {m.HOST_BAND:g}H{number(width)}" stroke="{theme.card_line}"/>'
            f'<rect {size} fill="none" stroke="{theme.card_line}" stroke-width="{m.HOST_STROKE}"/>'
        )
        self._icon(look, 12, 7, m.BAR_ICON)

    def _note(self, look: NodeLook, width: float, height: float) -> None:
        tone = self._theme.layer(look.layer)
        right, low = number(width), number(height - 12)
        sheet = f"M0 0H{right}V{low}l-12 12H0zM{right} {low}h-12v12"
        self._out.append(f'<path d="{sheet}" fill="{tone.tint}" stroke="{tone.text}"/>')

    def _line(self, look: LinkLook, points: list[tuple[float, float]]) -> None:
        spread = m.VMNIC_SPREAD / 2
        tracks = [points]
        if look.stroke is Stroke.VMNIC:
            tracks = [beside(points, spread), beside(points, -spread)]
        elif look.stroke is Stroke.FLOW:
            tracks = [without_arrow(points, m.ARROW_LENGTH - 1)]
        path = "".join(_path(track) for track in tracks)
        self._out.append(f'<path class="l-{look.layer} s{int(look.stroke)}" d="{path}"/>\n')

    def _arrow(self, look: LinkLook, points: list[tuple[float, float]]) -> None:
        if look.stroke is Stroke.FLOW:
            corners = "L".join(f"{number(x)} {number(y)}" for x, y in arrow(points, m.ARROW_LENGTH, m.ARROW_WIDTH))
            self._out.append(f'<path class="t-{look.layer}" d="M{corners}z"/>\n')

    def _ports(self, link: int, points: list[tuple[float, float]]) -> None:
        half = m.PORT / 2
        for x, y, layer in port_marks(self._scene, link, points):
            place = f'x="{number(x - half)}" y="{number(y - half)}"'
            self._out.append(f'<rect class="t-{layer}" {place} width="10" height="10" rx="2"/>\n')

    def _labels(self, link: int) -> None:
        theme = self._theme
        patch = self._ground(int(self._scene.links.chunks[link]))
        for label in self._scene.labels(link):
            box = (
                f'x="{number(label.x)}" y="{number(label.y)}" width="{number(label.width)}" '
                f'height="{number(label.height)}"'
            )
            if label.chip:
                self._chip(label.x, label.y, label.width, label.text)
                continue
            name = _style_name(label.style)
            if label.rides:
                tone = theme.layer(Layer.TRAFFIC)
                round_ends = f'rx="{number(label.height / 2)}"'
                back = f'<rect {box} {round_ends} fill="{tone.tint}" stroke="{tone.text}"/>'
                kind, x, y = f"{name} t-traffic", label.x + m.PILL_PADDING, label.y + 11.2
            else:
                back = f'<rect {box} rx="4" fill="{patch}" opacity="{theme.label_opacity:g}"/>'
                kind, x, y = f"{name} muted", label.x + 4, label.y + 11.2
            self._out.append(
                f'{back}<text class="{kind}" x="{number(x)}" y="{number(y)}">{escape(label.text)}</text>\n'
            )

    def _chip(self, x: float, y: float, width: float, text: str) -> None:
        size = f'width="{number(width)}" height="{number(m.CHIP_HEIGHT)}" rx="{number(m.CHIP_HEIGHT / 2)}"'
        tone = self._theme.layer(Layer.TRANSLATION)
        self._out.append(
            f'<rect x="{number(x)}" y="{number(y)}" {size} fill="{tone.tint}"/>'
            f'<text class="{_style_name(t.CHIP)} t-translation" x="{number(x + m.CHIP_PADDING)}" '
            f'y="{number(y + m.CHIP_BASELINE)}">{escape(text)}</text>\n'
        )

    def _ground(self, row: int) -> str:
        if row < 0:
            return self._theme.canvas
        look = self._scene.look(row)
        return self._theme.zone if look.border is Border.BAND else self._theme.layer(look.layer).tint

    def _badge(self, badge: Badge, centre: tuple[float, float]) -> None:
        tone = self._theme.mark(badge.mark)
        x, y = centre
        size = m.BADGE + 2
        if badge.count > 1:
            text = str(badge.count) if badge.count < 100 else "99+"
            width = t.width(text, t.MARK_TEXT) + 24
            left = x - width + 4
            self._out.append(
                f'<rect x="{number(left)}" y="{number(y - 7.5)}" width="{number(width)}" height="15" rx="7.5" '
                f'fill="{tone.tint}" stroke="{tone.text}"/><text class="{_style_name(t.MARK_TEXT)}" '
                f'x="{number(left + 6)}" y="{number(y + 4)}" style="fill:{tone.text}">{text}</text>'
            )
        place = self._icons.use(badge.mark.value, tone.text, self._theme.on_accent, x - size / 2, y - size / 2, size)
        self._out.append(f"{place}\n")


@lru_cache(maxsize=32)
def _style_name(style: t.TextStyle) -> str:
    return f"f{style.size:g}-{style.weight}{'m' if style.mono else ''}".replace(".", "_")


def _dash(dash: tuple[float, float]) -> str:
    return f"{dash[0]:g} {dash[1]:g}"


def _path(points: list[tuple[float, float]]) -> str:
    if not points:
        return ""
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        if y0 == y1:
            parts.append(f"H{number(x1)}")
        elif x0 == x1:
            parts.append(f"V{number(y1)}")
        else:
            parts.append(f"L{number(x1)} {number(y1)}")
    return "".join(parts)
