"""What pydantic says about a document, in plain sentences with a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from designer.storage.document import Path

_KINDS_OF_ADDRESS = {"_address": "an IPv4 or IPv6 address", "_interface": "an IPv4 or IPv6 prefix"}
"""What the two branches of a union of addresses expect, by a part of the name that pydantic gives them."""

_EXPECTED = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number that is not too large",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dict_type": "an object",
}
_LIMITS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def path_of(error: ErrorDetails, elements: Sequence[Any]) -> Path:
    """Return the place of an error below the list of elements, without the steps that are no keys of the document."""
    path: list[str | int] = []
    value: Any = elements
    for step in error["loc"]:
        if isinstance(step, int) and isinstance(value, list) and step < len(value):
            path.append(step)
            value = value[step]
        elif isinstance(step, str) and isinstance(value, dict) and step in value:
            path.append(step)
            value = value[step]
    return tuple(path)


def place_of(path: Path, elements: Sequence[Any]) -> str:
    """Return a place as people read it: ``elements[3] (network “nat0”): subnets[0].prefix``."""
    if not path:
        return "elements"
    index, *inner = path
    element = elements[int(index)]
    place = f"elements[{index}]"
    if isinstance(element, dict) and isinstance(element.get("kind"), str):
        name = element.get("name") or element.get("id")
        place += f" ({element['kind']} {shown(name)})" if isinstance(name, str) else f" ({element['kind']})"
    return f"{place}: {dotted(inner)}" if inner else place


def dotted(path: Sequence[str | int]) -> str:
    """Return a path with dots and brackets: ``subnets[0].prefix``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def shown(value: object) -> str:
    """Return a value of the document as messages quote it: on one line and not too long."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = {True: "true", False: "false", None: "null"}.get(value, str(value)) if _is_plain(value) else str(value)
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, bool)


def sentence(error: ErrorDetails) -> str:
    """Return one error in the words of the document instead of the program's types."""
    kind, found = error["type"], shown(error["input"])
    context: Mapping[str, Any] = error.get("ctx", {})
    missing = str(error["loc"][-1]) if error["loc"] else ""
    expected = next((words for part, words in _KINDS_OF_ADDRESS.items() if f"{part}_validator" in missing), "")
    if expected:
        return f"{found} is not {expected}."
    match kind:
        case "missing":
            return f"“{missing}” is missing."
        case "extra_forbidden":
            return f"there is no field “{missing}”."
        case "union_tag_invalid":
            return f"there is no kind of element named “{context['tag']}”."
        case "union_tag_not_found":
            return "“kind” is missing."
        case "literal_error" | "enum":
            return f"{found} is not one of {context['expected'].replace(chr(39), '').replace(' or ', ', ')}."
        case "string_too_short" | "too_short":
            return "the text must not be empty."
        case "string_too_long" | "too_long":
            return f"the text is longer than {context['max_length']} characters."
        case "string_pattern_mismatch":
            return f"{found} does not fit the pattern {context['pattern']}."
        case "value_error":
            return f"{context['error']}."
    return _about_a_value(kind, found, context)


def _about_a_value(kind: str, found: str, context: Mapping[str, Any]) -> str:
    if kind in _EXPECTED:
        return f"{found} is not {_EXPECTED[kind]}."
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return f"{found} is not possible here; it must be {words} {context[key]}."
    return f"{found} is not possible here."
