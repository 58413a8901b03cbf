from __future__ import annotations

import json

from designer.export.json_file import json_file, without_nothing
from designer.model.identity import EntityId


def test_each_line_knows_its_element_and_the_whole_is_json() -> None:
    web, nat = EntityId("web"), EntityId("nat")
    script = json_file({"Empty": [], "A": [({"x": [1, "é\u202e"]}, web), ("b", nat)], "B": [("c", None)]})

    assert json.loads(script.text) == {"A": [{"x": [1, "é\u202e"]}, "b"], "B": ["c"]}
    assert script.text.isascii()
    lines = dict(zip(script.text.splitlines(), script.lines, strict=True))
    assert lines['      "x": ['] == web
    assert lines['    "b"'] == nat
    assert lines['  "A": ['] is None


def test_nothing_is_an_empty_object() -> None:
    assert json.loads(json_file({}).text) == {}


def test_zero_and_false_say_something() -> None:
    assert without_nothing({"a": 0, "b": False, "c": None, "d": [], "e": ""}) == {"a": 0, "b": False, "e": ""}
