"""Routes lines: those within one thing on the canvas by themselves, and those that join the same things together.

Traffic is routed last: it keeps off the other lines, and none of them gives way to it.
"""

from __future__ import annotations

import numpy as np

from designer.drawing import measures as m
from designer.drawing.alike import inner_boxes, models
from designer.drawing.flow_ways import Beside, FlowRouter
from designer.drawing.links import Links
from designer.drawing.obstacles import Obstacles
from designer.drawing.parts import Role
from designer.drawing.routing import Router
from designer.drawing.rows import Rows
from designer.drawing.segmented import Bools, Floats, Ints

_REACH = 240.0


def route(rows: Rows, rects: Floats, links: Links, chosen: Ints) -> Links:
    """Return the lines after some of them found their ways: whole clusters, and all traffic at what they join."""
    flows, inner = links.flows[chosen], links.clusters[chosen] >= 0
    for is_flow in (False, True):
        for is_inner in (True, False):
            part = chosen[(flows == is_flow) & (inner == is_inner)]
            if len(part):
                links = links.rerouted(part, _routed(rows, rects, links, part))
    return links.routed(links.all_points()) if len(chosen) == len(links) else links


def _routed(rows: Rows, rects: Floats, links: Links, chosen: Ints) -> Floats:
    """Return the polylines of lines of one sort: all within things on the canvas, or none; all traffic, or none."""
    first, second, clusters = links.first[chosen], links.second[chosen], links.clusters[chosen]
    is_inner, is_flow = bool(clusters[0] >= 0), bool(links.flows[chosen[0]])
    if is_inner and not is_flow:
        return _routed_inside(rows, rects, (first, second, clusters))
    heeded = _around(rows, first, second)
    if is_inner:
        heeded &= rows.parents >= 0
        rects = _hosts_as_bands(rows, rects, first, second)
    else:
        beside = (rows.parents < 0) & _near(rects, reaches(rows, rects, first, second, clusters))
        heeded |= beside & (rows.roles != Role.OVERLAY)
    obstacles = Obstacles(rects, rows.ends, np.nonzero(heeded)[0], rows.roots, across=not is_inner)
    if not is_flow:
        return Router(rows, first, second, clusters).route(obstacles)
    return FlowRouter(rows, first, second, clusters, _beside(rows, links, chosen, is_inner)).route(obstacles)


def _routed_inside(rows: Rows, rects: Floats, lines: tuple[Ints, Ints, Ints]) -> Floats:
    """Return the polylines of lines within things on the canvas; of those that are drawn alike, one is routed."""
    first, second, _ = lines
    boxes = inner_boxes(rows, rects)
    like = models(rows, boxes, first, second)
    routed, place = np.unique(like, return_inverse=True)
    first, second, clusters = (ends[routed] for ends in lines)
    heeded = _around(rows, first, second) & (rows.parents >= 0)
    obstacles = Obstacles(boxes, rows.ends, np.nonzero(heeded)[0], rows.roots)
    points = Router(rows, first, second, clusters).route(obstacles)
    return points[place] + rects[rows.roots[lines[0]], None, :2]


def _around(rows: Rows, first: Ints, second: Ints) -> Bools:
    """Return which rows are in what on the canvas some lines are in or join; overlay bands are in nobody's way."""
    touched = np.zeros(len(rows.roots), np.bool_)
    touched[rows.roots[first]] = touched[rows.roots[second]] = True
    found: Bools = touched[rows.roots] & (rows.roles != Role.OVERLAY)
    return found


def _hosts_as_bands(rows: Rows, rects: Floats, first: Ints, second: Ints) -> Floats:
    """Return the boxes with hosts that send to what is in them, or are sent to from there, as their bands."""
    result = rects.copy()
    ends = np.concatenate([first, second])
    hosts = ends[rows.roles[ends] == Role.HOST]
    result[hosts, 3] = np.minimum(result[hosts, 3], m.HOST_BAND)
    return result


def _beside(rows: Rows, links: Links, chosen: Ints, is_inner: bool) -> Beside:
    """Return the lines at what traffic joins, with the number of the traffic that keeps off them."""
    clusters = np.zeros(len(rows.roots), np.int64)
    known = np.zeros(len(rows.roots), np.bool_)
    for ends in (links.first[chosen], links.second[chosen]):
        clusters[rows.roots[ends]] = links.clusters[chosen]
        known[rows.roots[ends]] = True
    first, second = rows.roots[links.first], rows.roots[links.second]
    inner = links.clusters >= 0
    wanted = ~links.flows & inner if is_inner else ~links.flows | inner
    lines = np.nonzero(wanted & (known[first] | known[second]))[0]
    first, second = first[lines], second[lines]
    own = np.where(known[first], clusters[first], clusters[second])
    return links.polylines(lines), links.first[lines], links.second[lines], own


def reaches(rows: Rows, rects: Floats, first: Ints, second: Ints, clusters: Ints) -> Floats:
    """Return, for whole clusters on the canvas, left, upper, right and lower edge of where each way may lie."""
    a, b = rects[rows.roots[first]], rects[rows.roots[second]]
    _, place, count = np.unique(clusters, return_inverse=True, return_counts=True)
    reach = (_REACH + m.LANE * count[place])[:, None]
    low = np.minimum(a[:, :2], b[:, :2]) - reach
    high = np.maximum(a[:, :2] + a[:, 2:], b[:, :2] + b[:, 2:]) + reach
    return np.concatenate([low, high], axis=1)


def touching(boxes: Floats, reach: Floats) -> Bools:
    """Return which of some reaches touch any of some boxes (x, y, width, height)."""
    result = np.zeros(len(reach), np.bool_)
    for x, y, width, height in boxes.tolist():
        result |= (reach[:, 0] <= x + width) & (reach[:, 2] >= x) & (reach[:, 1] <= y + height) & (reach[:, 3] >= y)
    return result


def _near(rects: Floats, reach: Floats) -> Bools:
    """Return which boxes touch the area of all reaches together."""
    low, high = reach[:, :2].min(axis=0), reach[:, 2:].max(axis=0)
    near: Bools = ((rects[:, :2] <= high) & (rects[:, :2] + rects[:, 2:] >= low)).all(axis=1)
    return near
