"""Opening, saving, changing, realising, judging."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest

from designer.editing.commands import move, rename
from designer.model.changes import ChangeSet
from designer.model.hosts import Host
from designer.model.realisation import PartKey, realise
from designer.model.topology import Topology
from designer.rules.runner import Judgement, judge, rejudge
from designer.storage.codec import decode, encode
from designer.storage.document import Document
from designer.storage.files import save
from tests.benchmarks import raw
from tests.benchmarks.designs import container_ids, design
from tests.benchmarks.harness import Stopwatch

sizes = pytest.mark.parametrize("size", [1_000, 10_000, 50_000])


def rounds(size: int) -> int:
    return 3 if size > 10_000 else 7


@sizes
def test_decode_a_file(compare: Stopwatch, size: int) -> None:
    content = encode(Document(design(size)))
    compare(
        "decode, check and index a file",
        size,
        lambda: decode(content, "design.cnd"),
        lambda: raw.open_file(content),
        8,
        rounds=rounds(size),
    )


@sizes
def test_save(compare: Stopwatch, size: int, tmp_path: Path) -> None:
    document = Document(design(size))
    records = raw.records(design(size))
    compare(
        "save (encode, fsync, rename)",
        size,
        lambda: save(document, tmp_path / "product.cnd"),
        lambda: raw.save(records, tmp_path / "raw.json"),
        3,
        rounds=rounds(size),
    )


@sizes
def test_judge_everything(compare: Stopwatch, size: int) -> None:
    topology = design(size)
    checker = raw.Checker(raw.records(topology))
    compare("validate, full", size, lambda: judge(topology), checker.full, 2, rounds=rounds(size))


class Editing:
    """One edit after another on a design, as the window makes them."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.judged: Judgement = judge(topology)
        self._ids = cycle(container_ids(topology))
        self._change = ChangeSet("", ())
        self._number = 0

    def rename_next(self) -> None:
        self._number += 1
        self._change = rename(self.topology, next(self._ids), f"other{self._number}")
        self.topology = self.topology.apply(self._change)

    def judge(self) -> None:
        self.judged = rejudge(self.topology, self._change, self.judged)

    def undo_and_redo(self) -> None:
        inverse = self._change.inverse()
        self.topology = self.topology.apply(inverse).apply(self._change)

    def move(self) -> None:
        change = move(self.topology, {PartKey(next(self._ids)): (8.0, 8.0)})
        self.topology = self.topology.apply(change)
        self.judged = rejudge(self.topology, change, self.judged)


@sizes
def test_judge_one_edit(compare: Stopwatch, size: int) -> None:
    editing = Editing(design(size))
    compare(
        "validate, one edit",
        size,
        editing.judge,
        None,
        0.5,
        figure="p95",
        rounds=40,
        prepare=editing.rename_next,
    )


@sizes
def test_change_the_model_by_a_drag(compare: Stopwatch, size: int) -> None:
    editing = Editing(design(size))
    compare("move one element: command, apply, validate", size, editing.move, None, 0.5, figure="p95", rounds=40)


@sizes
def test_undo_and_redo(compare: Stopwatch, size: int) -> None:
    editing = Editing(design(size))
    compare(
        "undo and redo one edit, model only",
        size,
        editing.undo_and_redo,
        None,
        0.5,
        figure="p95",
        rounds=40,
        prepare=editing.rename_next,
    )


@sizes
def test_realise_all_hosts(compare: Stopwatch, size: int) -> None:
    topology = design(size)
    records = raw.records(topology)

    def by_parent() -> dict[str | None, list[str]]:
        found: dict[str | None, list[str]] = {}
        for record in records:
            found.setdefault(record.get("parent") or record.get("source"), []).append(record["id"])
        return found

    compare(
        "realise all hosts",
        size,
        lambda: [realise(topology, host.id) for host in topology.of(Host)],
        by_parent,
        60,
        rounds=rounds(size),
    )
