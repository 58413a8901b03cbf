"""Packet stories word for word.

After a deliberate change: ``UPDATE_GOLDEN=1 pytest tests/golden/traces``; read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from designer import api
from designer.cli.trace import as_text

HERE = Path(__file__).parent
EXAMPLES = Path(__file__).parents[3] / "examples"

STORIES: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "nat-outside": ("nat", "web01", "Client", {}),
    "nat-published": ("seed", "Client", "web01", {"address": "published"}),
    "transparent-hyperv": ("seed", "api01", "Client", {}),
    "l2bridge-outside": ("l2bridge", "web01", "Client", {}),
    "l2tunnel-neighbour": ("l2tunnel", "web01", "app01", {}),
    "overlay-vxlan": ("multi-node", "web01", "web02", {}),
    "overlay-balanced": ("multi-node", "db01", "shop-lb", {}),
    "overlay-acl": ("multi-node", "web01", "db01:80", {}),
    "gateway-outside-subnet": ("broken", "web01", "api01", {}),
}


@pytest.mark.parametrize("story", STORIES)
def test_story(story: str) -> None:
    design, source, target, options = STORIES[story]
    found = api.trace(api.load(EXAMPLES / f"{design}.cnd").topology, source, target, **options)
    text = "\n".join(as_text(found)) + "\n"
    path = HERE / f"{story}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


def test_no_file_is_left_over() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == set(STORIES)
