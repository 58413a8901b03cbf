"""What both shells call and tests import: load, check, fix, export, render, lay out and save designs.

The parts that need numpy or the exporters are imported when they are first used, so that a check starts quickly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from designer.errors import ChangeError, UnknownNameError
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.topology import Topology
from designer.resources import example_folder
from designer.rules.registry import FixClass, Judged, catalogue, rule_of
from designer.rules.runner import Judgement, judge, rejudge
from designer.storage import codec, files
from designer.storage.document import Document
from designer.storage.schema import schema

__all__ = [
    "Document",
    "Fixed",
    "Template",
    "catalogue",
    "check",
    "examples",
    "fix",
    "layout",
    "load",
    "new",
    "parse",
    "rule_of",
    "save",
    "schema",
    "templates",
    "to_bytes",
]

MAX_FIXES = 10_000
"""No more fixes than this are applied in one go; a fix that brings its own finding back would never end."""


def load(path: Path | str) -> Document:
    """Return the design in a file.

    Raises:
        FileAccessError: the file cannot be read.
        DocumentError: it holds no design.
    """
    return files.load(path)


def parse(content: bytes, name: str) -> Document:
    """Return the design in a text that did not come from a file; the name is for messages."""
    return codec.decode(content, name)


def to_bytes(document: Document) -> bytes:
    """Return what ``save`` would write."""
    return codec.encode(document)


def save(document: Document, path: Path | str) -> None:
    """Write a design in one step, with backups of the versions before.

    Raises:
        FileAccessError: the file system refused; the file is as it was.
        NewerFormatError: the design is of a newer major format.
    """
    files.save(document, path)


def check(topology: Topology, rules: Iterable[str] = ()) -> Judgement:
    """Return all findings, or only those of some rules, worst first.

    Raises:
        UnknownNameError: there is no rule of that id.
    """
    chosen = [rule_of(rule_id) for rule_id in rules]
    return judge(topology, chosen or None)


class Fixed(NamedTuple):
    """A design after its quick fixes: what was fixed, in that order, and what is left."""

    topology: Topology
    fixed: tuple[Judged, ...]
    left: Judgement


def fix(topology: Topology, rules: Iterable[str] = ()) -> Fixed:
    """Apply quick fixes, each followed by a new check, until none is left.

    Args:
        topology: the design; it is not changed.
        rules: ids of the only rules whose findings are fixed; all when empty.
    """
    judgement = check(topology, rules)
    fixed: list[Judged] = []
    tried: Counter[tuple[object, ...]] = Counter()
    while len(fixed) < MAX_FIXES:
        judged = next((found for found in judgement if _is_safe(found) and not tried[_signature(found)]), None)
        if judged is None or judged.finding.fix is None:
            break
        tried[_signature(judged)] += 1
        try:
            topology = topology.apply(judged.finding.fix)
        except ChangeError:
            continue
        judgement = rejudge(topology, judged.finding.fix, judgement)
        fixed.append(judged)
    return Fixed(topology, tuple(fixed), judgement)


def _is_safe(judged: Judged) -> bool:
    return judged.finding.fix is not None and judged.rule.fix_class is FixClass.QUICK


def _signature(judged: Judged) -> tuple[object, ...]:
    fix = judged.finding.fix
    return judged.rule.id, judged.finding.elements, fix.label if fix else "", fix.edits if fix else ()


class Template(NamedTuple):
    """A design to start from."""

    name: str
    title: str


_BLANK = Template("blank", "An empty design")
_UNTITLED = {"seed": "One host with a nat and a transparent network, three containers, and the physical network"}
_NOT_A_START = {"broken"}


def examples() -> tuple[Path, ...]:
    """Return the example designs, the seed scenario first, then by name."""
    found = example_folder().glob("*.cnd")
    return tuple(sorted(found, key=lambda path: (path.stem != "seed", path.stem)))


def templates() -> tuple[Template, ...]:
    """Return what a new design can start from: nothing, or one of the examples."""
    return (
        _BLANK,
        *(Template(path.stem, _title_of(path)) for path in examples() if path.stem not in _NOT_A_START),
    )


def _title_of(path: Path) -> str:
    info = load(path).topology.find(DESIGN_ID, DesignInfo)
    return info.title if info is not None else _UNTITLED.get(path.stem, path.stem)


def new(template: str = _BLANK.name) -> Document:
    """Return a new design.

    Raises:
        UnknownNameError: there is no template of that name.
    """
    if template == _BLANK.name:
        return Document(Topology())
    paths = {path.stem: path for path in examples() if path.stem not in _NOT_A_START}
    if template not in paths:
        raise UnknownNameError("template", template, [_BLANK.name, *paths])
    return load(paths[template])


def layout(topology: Topology, *, everything: bool = False) -> Topology:
    """Return the design with a place for what had none, or with everything placed anew but what is pinned."""
    from designer.drawing.layout import arrange  # noqa: PLC0415 - numpy, not needed for a check

    return topology.apply(arrange(topology, everything=everything))
