"""Colours: the only module that names one.

The values are the tokens of the visual language: one set for light, one for dark, one for high contrast. Colour names
the layer of the stack; severity has its own colours and always its own shape besides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Layer(StrEnum):
    """What part of the stack a thing belongs to, or that it is traffic over the whole of it; decides its colour."""

    WINDOWS = "windows"
    HYPERV = "hyperv"
    SWITCHING = "switching"
    TRANSLATION = "translation"
    HARDWARE = "hardware"
    OVERLAY = "overlay"
    TRAFFIC = "traffic"
    NEUTRAL = "neutral"


class Mark(StrEnum):
    """What a coloured mark says."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour for text and strokes, and the tint that goes under it."""

    text: str
    tint: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of one appearance, as ``#RRGGBB``.

    Attributes:
        canvas: the background of the drawing; ``dots`` is its grid.
        panel: panels and menus; ``panel_second`` is their quieter part.
        line: borders of panels; ``card_line`` borders of cards and zones.
        faint: hints.
        on_accent: text on the accent colour and on severity marks.
        label_opacity: of the patch under a label.
    """

    name: str
    is_dark: bool
    canvas: str
    dots: str
    panel: str
    panel_second: str
    line: str
    card_line: str
    text: str
    muted: str
    faint: str
    accent: str
    card: str
    zone: str
    host_band: str
    on_accent: str
    layers: dict[Layer, Tone]
    marks: dict[Mark, Tone]
    label_opacity: float = 0.92

    def layer(self, layer: Layer) -> Tone:
        """Return the colours of a layer of the stack."""
        return self.layers[layer]

    def tokens(self) -> dict[str, str]:
        """Return every colour by a flat name, such as ``canvas``, ``windows``, ``windows_tint``, ``error_tint``."""
        plain = (
            *("canvas", "dots", "panel", "panel_second", "line", "card_line", "text", "muted", "faint", "accent"),
            *("card", "zone", "host_band", "on_accent"),
        )
        found = {name: str(getattr(self, name)) for name in plain}
        for tones in (self.layers, self.marks):
            for role, tone in tones.items():
                found[role.value] = tone.text
                found[f"{role.value}_tint"] = tone.tint
        return found

    def mark(self, mark: Mark) -> Tone:
        """Return the colours of a severity or verdict."""
        return self.marks[mark]


LIGHT = Theme(
    name="light",
    is_dark=False,
    canvas="#F7F8FA",
    dots="#E3E6EB",
    panel="#FFFFFF",
    panel_second="#F2F4F7",
    line="#D5DAE1",
    card_line="#C4CBD5",
    text="#101828",
    muted="#5B6675",
    faint="#697382",
    accent="#1D5FD1",
    card="#FFFFFF",
    zone="#FFFFFF",
    host_band="#EEF1F5",
    on_accent="#FFFFFF",
    layers={
        Layer.WINDOWS: Tone("#1D5FD1", "#EAF1FD"),
        Layer.HYPERV: Tone("#6941C6", "#F2EDFC"),
        Layer.SWITCHING: Tone("#0B7A6E", "#E2F4F1"),
        Layer.TRANSLATION: Tone("#A15C07", "#FDF3E1"),
        Layer.HARDWARE: Tone("#3F4C5F", "#E9EDF2"),
        Layer.OVERLAY: Tone("#B0256F", "#FBE9F3"),
        Layer.TRAFFIC: Tone("#0F1B33", "#E6EAF3"),
        Layer.NEUTRAL: Tone("#5B6675", "#F2F4F7"),
    },
    marks={
        Mark.ERROR: Tone("#B42318", "#FDECEA"),
        Mark.WARNING: Tone("#93600A", "#FEF4DC"),
        Mark.INFO: Tone("#1D5FD1", "#EAF1FD"),
        Mark.GOOD: Tone("#17774B", "#E5F6EC"),
    },
)

DARK = Theme(
    name="dark",
    is_dark=True,
    canvas="#14171C",
    dots="#232830",
    panel="#1B1F26",
    panel_second="#222831",
    line="#343B46",
    card_line="#465060",
    text="#EDF0F4",
    muted="#A9B3C1",
    faint="#7C8797",
    accent="#7FB0FF",
    card="#222831",
    zone="#1B1F26",
    host_band="#222831",
    on_accent="#101828",
    layers={
        Layer.WINDOWS: Tone("#7FB0FF", "#1A2A45"),
        Layer.HYPERV: Tone("#BFA6FF", "#2A2244"),
        Layer.SWITCHING: Tone("#5BD1C2", "#12332F"),
        Layer.TRANSLATION: Tone("#F2B65A", "#3A2B12"),
        Layer.HARDWARE: Tone("#B4C0CF", "#29303A"),
        Layer.OVERLAY: Tone("#F08BC2", "#3D1B30"),
        Layer.TRAFFIC: Tone("#F4F6FA", "#333B4A"),
        Layer.NEUTRAL: Tone("#A9B3C1", "#222831"),
    },
    marks={
        Mark.ERROR: Tone("#FF9A90", "#45201D"),
        Mark.WARNING: Tone("#F5C56B", "#3B2E12"),
        Mark.INFO: Tone("#7FB0FF", "#1A2A45"),
        Mark.GOOD: Tone("#74D8A4", "#16351F"),
    },
)

HIGH_CONTRAST = replace(
    LIGHT,
    name="high-contrast",
    canvas="#FFFFFF",
    dots="#C4CBD5",
    panel_second="#FFFFFF",
    line="#3F4C5F",
    card_line="#3F4C5F",
    text="#000000",
    muted="#1F2937",
    faint="#374151",
    host_band="#FFFFFF",
    layers={
        Layer.WINDOWS: Tone("#0B3E96", "#FFFFFF"),
        Layer.HYPERV: Tone("#47249B", "#FFFFFF"),
        Layer.SWITCHING: Tone("#064F47", "#FFFFFF"),
        Layer.TRANSLATION: Tone("#6B3C03", "#FFFFFF"),
        Layer.HARDWARE: Tone("#1F2937", "#FFFFFF"),
        Layer.OVERLAY: Tone("#7A1249", "#FFFFFF"),
        Layer.TRAFFIC: Tone("#000000", "#FFFFFF"),
        Layer.NEUTRAL: Tone("#1F2937", "#FFFFFF"),
    },
    marks={
        Mark.ERROR: Tone("#8B1A12", "#FFFFFF"),
        Mark.WARNING: Tone("#664205", "#FFFFFF"),
        Mark.INFO: Tone("#0B3E96", "#FFFFFF"),
        Mark.GOOD: Tone("#0E5434", "#FFFFFF"),
    },
    accent="#0B3E96",
    label_opacity=1.0,
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)}


def contrast(foreground: str, background: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    lighter, darker = sorted((_luminance(foreground), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
