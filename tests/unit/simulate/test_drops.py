"""The reasons of drops are all used, and each names rules that exist."""

from __future__ import annotations

import re
from pathlib import Path

import designer.simulate
from designer import api
from designer.simulate.drops import DROPS

SOURCES = Path(designer.simulate.__file__).parent


def test_every_code_is_one_that_a_packet_can_have() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py") if path.name != "drops.py")

    assert set(re.findall(r'"(D-[A-Z0-9-]+)"', text)) == set(DROPS)


def test_every_code_says_what_and_where() -> None:
    for code, drop in DROPS.items():
        assert re.fullmatch(r"D-[A-Z0-9-]+", code)
        assert drop.meaning
        assert drop.place


def test_the_rules_that_predict_it_exist() -> None:
    known = {rule.id for rule in api.catalogue()}

    assert {rule for drop in DROPS.values() for rule in drop.rules} <= known
