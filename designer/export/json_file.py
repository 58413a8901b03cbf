"""JSON files that keep for each line which element it is there for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from designer.export.rendered import RenderedScript, TextForm
from designer.model.identity import EntityId

Line = tuple[str, EntityId | None]
Entry = tuple[Any, EntityId | None]
"""A value of a list and the element that it is there for."""


def json_file(groups: Mapping[str, Iterable[Entry]]) -> RenderedScript:
    """Return an object of lists, each entry with its element; empty lists are left out."""
    filled = {name: list(entries) for name, entries in groups.items()}
    names = [name for name, entries in filled.items() if entries]
    lines: list[Line] = [("{", None)]
    for name in names:
        entries = filled[name]
        first, *others = json_list(entries, 1)
        lines += [(f"  {json.dumps(name)}: {first[0].lstrip()}", None), *others[:-1]]
        lines.append(("  ]" if name == names[-1] else "  ],", None))
    return RenderedScript.of_lines([*lines, ("}", None)], TextForm.PLAIN)


def json_list(entries: Iterable[Entry], depth: int = 0) -> list[Line]:
    """Return the lines of a list, indented by so many levels of two blanks."""
    values = list(entries)
    lines: list[Line] = [(f"{'  ' * depth}[", None)]
    for at, (value, element) in enumerate(values):
        text = [f"{'  ' * (depth + 1)}{line}" for line in json.dumps(value, indent=2).split("\n")]
        text[-1] += "," if at + 1 < len(values) else ""
        lines += [(line, element) for line in text]
    return [*lines, (f"{'  ' * depth}]", None)]


def without_nothing(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that say something: no None and no empty list; zero and false stay."""
    return {key: value for key, value in fields.items() if value is not None and value != []}
