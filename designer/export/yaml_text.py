"""YAML source as text. Every word of a person is quoted: no reader takes it for a number, a date or a truth value.

Source: https://yaml.org/spec/1.2.2/, section 7.3; Compose reads it with YAML 1.1 types for some words (on, 8080:80).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml


class Quoted(str):
    """Text that is always written in double quotes, as printable ASCII."""

    __slots__ = ()


class Unsafe(str):
    """Text that Ansible takes as it is, curly braces and all; lines stay lines where YAML allows it."""

    __slots__ = ()


class _Writer(yaml.SafeDumper):
    """Writes lists indented under their key, and never refers back to an earlier value."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _quoted(writer: yaml.SafeDumper, text: Quoted) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


def _unsafe(writer: yaml.SafeDumper, text: Unsafe) -> yaml.ScalarNode:
    return writer.represent_scalar("!unsafe", str(text), style="|" if "\n" in text else '"')


_Writer.add_representer(Quoted, _quoted)
_Writer.add_representer(Unsafe, _unsafe)


def block(content: Mapping[str, Any] | Sequence[Any], depth: int = 0) -> list[str]:
    """Return the lines of a mapping or a list, in the order given, indented by so many levels of two blanks."""
    text = yaml.dump(content, Dumper=_Writer, sort_keys=False, width=10**9, allow_unicode=False)
    return [f"{'  ' * depth}{line}" for line in text.splitlines()]
