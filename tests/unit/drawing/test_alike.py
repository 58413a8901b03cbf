from __future__ import annotations

import numpy as np

from designer.drawing.alike import inner_boxes, models
from designer.drawing.scene import Scene
from tests.unit.rules.designs import Drawn, design


def host(drawn: Drawn, name: str, *containers: str) -> Drawn:
    drawn = drawn.host(name).network(f"{name}-nat", mode="nat")
    for container in containers:
        drawn = drawn.container(f"{name}-{container}", on=f"{name}-nat")
    return drawn


def found(drawn: Drawn) -> tuple[Scene, list[str], list[str]]:
    """Return the drawing, and the lines within hosts with the ones whose way they take."""
    scene = Scene.build(drawn.topology)
    links = scene.links
    like = models(scene.rows, inner_boxes(scene.rows, scene.rects), links.first, links.second)
    keys = [str(key.element) for key in links.keys]
    return scene, keys, [keys[number] for number in like.tolist()]


def test_lines_of_a_copy_take_the_ways_of_the_first() -> None:
    scene, keys, like = found(host(host(design(), "A", "web", "app"), "B", "web", "app"))

    assert dict(zip(keys, like, strict=True)) | {"B-web|B-nat": "A-web|A-nat", "A-app|A-nat": "A-app|A-nat"} == dict(
        zip(keys, like, strict=True)
    )
    first, copy = (scene.links.polyline(keys.index(f"{name}-web|{name}-nat")) for name in "AB")
    offset = np.subtract(
        *(
            scene.rects[scene.rows.roots[scene.links.first[keys.index(key)]], :2]
            for key in (
                "B-web|B-nat",
                "A-web|A-nat",
            )
        )
    )
    assert np.array_equal(np.array(first) + offset, copy)


def test_a_host_with_something_more_is_not_alike() -> None:
    _, keys, like = found(host(host(design(), "A", "web"), "B", "web", "app"))

    assert like == keys


def test_a_host_with_a_wider_card_is_not_alike() -> None:
    _, keys, like = found(host(host(design(), "A", "web"), "B", "a-web-server-with-quite-a-long-name"))

    assert like == keys
