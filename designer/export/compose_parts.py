"""What Compose files and stack files are made of: keys, values, labels, and the list of what is not in the file.

Source: https://github.com/compose-spec/compose-spec, 12-interpolation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from designer import __version__
from designer.export.comments import comment, visible
from designer.export.docker_arguments import ELEMENT_LABEL, SETTINGS_LABEL, tag
from designer.export.script import Script, Statement
from designer.export.service_statements import CreateService
from designer.export.statements import CreateContainer, CreateNetwork
from designer.export.yaml_text import Quoted, block
from designer.model.identity import EntityId
from designer.model.releases import RELEASES

S = TypeVar("S", bound=Statement)
Line = tuple[str, EntityId | None]
Fields = dict[str, Any]

_KEY = re.compile(r"[a-zA-Z0-9._-]+")
_NOT_IN_KEYS = re.compile(r"[^a-zA-Z0-9._-]+")
_NOT_IN_PROJECTS = re.compile(r"[^a-z0-9_-]+")


def statements_of(script: Script, kind: type[S]) -> list[S]:
    """Return the statements of one kind, in order."""
    return [statement for statement in script.statements if isinstance(statement, kind)]


def literal(text: object) -> Quoted:
    """Return a value that Compose takes as it is: each dollar sign is doubled."""
    return Quoted(str(text).replace("$", "$$"))


def unique_keys(names: Iterable[str]) -> dict[str, str]:
    """Return the keys that names have in a file, each once: the names themselves where Compose allows that."""
    keys: dict[str, str] = {}
    for name in dict.fromkeys(names):
        wanted = name if _KEY.fullmatch(name) else _NOT_IN_KEYS.sub("-", name).strip("-") or "unnamed"
        key, number = wanted, 1
        while key in keys.values():
            number += 1
            key = f"{wanted}-{number}"
        keys[name] = key
    return keys


def project_name(text: str) -> str:
    """Return a name that Compose takes for a project: lower case, digits, dashes, underscores."""
    return _NOT_IN_PROJECTS.sub("-", text.lower()).strip("-_") or "host"


def labels_of(statement: CreateContainer | CreateNetwork | CreateService) -> Fields:
    """Return the labels that tell which element something was made for, and how."""
    return {ELEMENT_LABEL: Quoted(tag(statement.element)), SETTINGS_LABEL: Quoted(statement.settings)}


def filled(fields: Fields) -> Fields:
    """Return the fields that say something: no None, no false, no empty text or list; zero stays."""
    return {key: value for key, value in fields.items() if value or (value == 0 and value is not False)}


def header(script: Script, what: str, commands: tuple[str, ...]) -> Iterator[Line]:
    """Yield the comment at the top of a file."""
    facts = (
        f"{what} of {visible(script.host_name)}, {RELEASES[script.os].title} (build {script.build}).",
        f"Design: {visible(script.design) or 'without a title'}",
        f"Writer: Container Network Designer {__version__}",
    )
    for paragraph in (facts, commands):
        yield from ((line, None) for text in paragraph for line in comment(text))
        yield "", None
    if script.suppressed:
        findings = (f"- {each.rule}: {each.message} Reason: {each.reason}" for each in script.suppressed)
        texts = ("Findings that the author of the design lives with:", *findings)
        yield from ((line, None) for text in texts for line in comment(text))
        yield "", None


def left_out(statements: list[Statement]) -> Iterator[Line]:
    """Yield what the file cannot do, so that nobody waits for it."""
    if not statements:
        return
    yield from ((line, None) for line in comment("Not in this file; the PowerShell script of this host does it:"))
    for statement in statements:
        yield from ((line, statement.element) for line in comment(f"- {statement.reason}"))
    yield "", None


def entry(key: str, fields: Fields, statement: Statement) -> list[Line]:
    """Return one service or network with the reason above it."""
    lines = [f"  {line}" for line in comment(statement.reason)] + block({Quoted(key): fields}, 1)
    return [(line, statement.element) for line in lines]


def external_network(key: str, name: str) -> list[Line]:
    """Return a network that is there before the file is used."""
    lines = [f"  {line}" for line in comment("exists before this file is used")]
    lines += block({Quoted(key): {"name": literal(name), "external": True}}, 1)
    return [(line, None) for line in lines]
