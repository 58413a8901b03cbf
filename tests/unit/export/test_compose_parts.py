from __future__ import annotations

from designer.export.compose_parts import filled, literal, project_name, unique_keys


def test_names_that_are_no_keys_get_some_and_none_twice() -> None:
    assert unique_keys(["web01", "corp lan", "web01", "corp/lan", "💡"]) == {
        "web01": "web01",
        "corp lan": "corp-lan",
        "corp/lan": "corp-lan-2",
        "💡": "unnamed",
    }


def test_a_project_is_in_small_letters() -> None:
    assert project_name("HOST 01.example") == "host-01-example"
    assert project_name("★") == "host"


def test_dollar_signs_are_doubled() -> None:
    assert literal("${HOME}$") == "$${HOME}$$"


def test_zero_says_something() -> None:
    assert filled({"a": 0, "b": False, "c": None, "d": "", "e": [], "f": {}, "g": True}) == {"a": 0, "g": True}
