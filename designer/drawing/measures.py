"""Sizes, in scene units; at 100 % one unit is one pixel."""

from __future__ import annotations

from typing import Final

GRID: Final = 8.0
DOT_PITCH: Final = 16.0

CARD_HEIGHT: Final = 54.0
CARD_MIN_WIDTH: Final = 150.0
CARD_MAX_WIDTH: Final = 264.0
WORKLOAD_MIN_WIDTH: Final = 184.0
CARD_RADIUS: Final = 8.0
CARD_TEXT_INSET: Final = 46.0
"""From the left edge of a card to its text; the icon stands before it."""
CARD_RIGHT_INSET: Final = 14.0
CARD_ICON: Final = 26.0
CARD_CHIP_PITCH: Final = 22.0
"""How much a port mapping on a chip makes a card higher."""

BAR_HEIGHT: Final = 36.0
SEGMENT_HEIGHT: Final = 40.0
BAR_MIN_WIDTH: Final = 208.0
BAR_RADIUS: Final = 9.0
BAR_TEXT_INSET: Final = 40.0
BAR_ICON: Final = 22.0

PORT: Final = 10.0
PORT_RADIUS: Final = 2.0
PORT_PITCH: Final = 16.0
PORT_MARGIN: Final = 18.0

ZONE_PADDING: Final = 12.0
ZONE_RADIUS: Final = 11.0
ZONE_TITLE: Final = 28.0
"""From the top of a zone without a band to its content."""
ZONE_FOOT: Final = 22.0
HOST_RADIUS: Final = 14.0
HOST_BAND: Final = 36.0
HOST_PADDING: Final = 16.0
HOST_TOP: Final = 56.0
HOST_MIN_WIDTH: Final = 560.0
HOST_MIN_HEIGHT: Final = 160.0
OVERLAY_PADDING: Final = 24.0
OVERLAY_TITLE: Final = 32.0
NOTE_WIDTH: Final = 200.0
NOTE_LINE: Final = 16.0

STACK_GAP: Final = 44.0
"""Between the cards of a compartment that are joined by a line."""
CHANNEL: Final = 86.0
"""Between a row of workloads and its bars, and between the bars and the adapters: room for labels."""
LANE: Final = 10.0
"""Between parallel lines."""
CLEARANCE: Final = 11.0
"""Lines keep this far from what they do not belong to."""
LANE_MARGIN: Final = 12.0

CARD_STROKE: Final = 1.0
ZONE_STROKE: Final = 1.3
HOST_STROKE: Final = 1.5
BAR_STROKE: Final = 1.5
VNIC_STROKE: Final = 2.0
VMNIC_STROKE: Final = 1.4
VMNIC_SPREAD: Final = 4.4
"""Between the middles of the two strokes of a vmNIC: 3 of daylight and one stroke."""
UPLINK_STROKE: Final = 4.0
DERIVED_STROKE: Final = 1.8
TUNNEL_STROKE: Final = 2.0
FLOW_STROKE: Final = 1.6
FLOW_DASH: Final = (6.0, 4.0)
ARROW_LENGTH: Final = 11.0
ARROW_WIDTH: Final = 9.0
DERIVED_DASH: Final = (2.0, 4.5)
TUNNEL_DASH: Final = (10.0, 5.0)
COMPARTMENT_DASH: Final = (5.0, 4.0)

BADGE: Final = 16.0
HANDLE: Final = 7.0
LABEL_HEIGHT: Final = 15.0
LABEL_GAP: Final = 6.0
PILL_PADDING: Final = 7.0
CHIP_HEIGHT: Final = 18.0
CHIP_PADDING: Final = 7.0
CHIP_BASELINE: Final = 12.8

LABELS_FROM_ZOOM: Final = 0.6
"""Labels of links hide below this zoom."""
NAMES_FROM_ZOOM: Final = 0.35
"""Below this zoom names and icons give way to coloured shapes."""
SMALLEST_TEXT: Final = 9.0
"""No text is drawn smaller than this many pixels."""


def snap_up(value: float) -> float:
    """Return the next multiple of the grid that is not smaller."""
    return -(-value // GRID) * GRID
