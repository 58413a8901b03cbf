from __future__ import annotations

from designer.drawing.hits import HitKind, badge_centre, link_badge_centre
from designer.drawing.looks import Badge
from designer.drawing.scene import Scene
from designer.drawing.theme import Mark
from designer.model.realisation import PartKey
from tests.unit.sample import HOST, NAT, WEB, WEB_NAT, sample

LOOSE = ("web01@", "api01@utility-vm")


def scene() -> Scene:
    return Scene.build(sample(without=LOOSE))


def test_a_node_comes_before_the_zones_around_it() -> None:
    found = scene()
    x, y, width, height = found.rect(PartKey(WEB))

    hits = found.hits(x + width / 2, y + height / 2)

    assert [(hit.kind, hit.key) for hit in hits] == [
        (HitKind.BODY, PartKey(WEB)),
        (HitKind.INTERIOR, PartKey(WEB, "compartment")),
        (HitKind.INTERIOR, PartKey(HOST)),
    ]


def test_zones_are_taken_by_title_and_border() -> None:
    found = scene()
    x, y, width, height = found.rect(PartKey(HOST))

    title, border, empty = (
        found.hit(x + width / 2, y + 20),
        found.hit(x + 1, y + height / 2),
        found.hit(x - 200, y - 200),
    )

    assert title is not None
    assert (title.kind, title.key) == (HitKind.TITLE, PartKey(HOST))
    assert border is not None
    assert border.kind is HitKind.BORDER
    assert empty is None


def test_links_are_found_on_their_line_at_their_ends_and_at_their_labels() -> None:
    found = scene()
    link = found.links.index_of[PartKey(WEB_NAT)]
    points = found.links.polyline(link)
    label = found.labels(link)[0]
    middle = ((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2)

    kinds = {
        (hit.kind, hit.end)
        for at in (middle, (points[0][0], points[0][1] + 6), (label.x + 3, label.y + 3))
        for hit in found.hits(*at)
        if hit.link == PartKey(WEB_NAT)
    }

    assert {(HitKind.LINK, 0), (HitKind.LINK_END, 0), (HitKind.LABEL, 0)} <= kinds


def test_a_port_is_found_on_the_edge_of_its_bar() -> None:
    found = scene()
    end = found.links.polyline(found.links.index_of[PartKey(WEB_NAT)])[-1]

    hit = found.hit(end[0], end[1] - 3)

    assert hit is not None
    assert (hit.kind, hit.key) == (HitKind.PORT, PartKey(NAT))


def test_badges_come_first() -> None:
    found = scene()
    row, link = found.row_of[PartKey(WEB)], found.links.index_of[PartKey(WEB_NAT)]
    found.badges.rows[row] = Badge(Mark.ERROR)
    found.badges.links[link] = Badge(Mark.WARNING)

    on_node, on_link = found.hit(*badge_centre(found, row)), found.hit(*link_badge_centre(found, link))

    assert on_node is not None
    assert (on_node.kind, on_node.key) == (HitKind.BADGE, PartKey(WEB))
    assert on_link is not None
    assert (on_link.kind, on_link.link) == (HitKind.BADGE, PartKey(WEB_NAT))


def test_the_badge_of_a_link_is_across_the_line_from_its_chip() -> None:
    found = scene()
    link = found.links.index_of[PartKey(WEB_NAT)]
    chip = next(label for label in found.labels(link) if label.chip)

    x, y = link_badge_centre(found, link)

    assert x > chip.x + chip.width
    assert chip.y < y < chip.y + chip.height
