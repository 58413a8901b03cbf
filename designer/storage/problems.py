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


_SENTENCES = {
    "missing": "“{last}” is missing.",
    "extra_forbidden": "there is no field “{last}”.",
    "union_tag_invalid": "there is no kind of element named “{tag}”.",
    "union_tag_not_found": "“kind” is missing.",
    "string_too_short": "the text must not be empty.",
    "too_short": "the text must not be empty.",
    "string_too_long": "the text is longer than {max_length} characters.",
    "too_long": "the text is longer than {max_length} characters.",
    "string_pattern_mismatch": "{found} does not fit the pattern {pattern}.",
    "value_error": "{error}.",
}


def path_of(error: ErrorDetails, elements: Sequence[Any]) -> Path:
    """Return the place of an error below the list of elements, without the steps that are no keys of the document."""
    path: list[str | int] = []
    value: Any = elements
    for step in error["loc"]:
        if isinstance(value, list):
            present = isinstance(step, int) and step < len(value)
        else:
            present = isinstance(value, dict) and step in value
        if present:
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
    text = value[:61] if isinstance(value, str) else str(value)
    if value is None or isinstance(value, bool):
        text = {"None": "null", "True": "true", "False": "false"}[text]
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def sentence(error: ErrorDetails) -> str:
    """Return one error in the words of the document instead of the program's types."""
    kind, found = error["type"], shown(error["input"])
    context: Mapping[str, Any] = error.get("ctx", {})
    last = str(error["loc"][-1]) if error["loc"] else ""
    for part, words in _KINDS_OF_ADDRESS.items():
        if f"{part}_validator" in last:
            return f"{found} is not {words}."
    if kind in _EXPECTED:
        return f"{found} is not {_EXPECTED[kind]}."
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return f"{found} is not possible here; it must be {words} {context[key]}."
    if kind in ("literal_error", "enum"):
        choices = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"{found} is not one of {choices}."
    template = _SENTENCES.get(kind, "{found} is not possible here.")
    return template.format(found=found, last=last, **context)
