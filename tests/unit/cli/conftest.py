"""Runs command lines in this process, with the window replaced by a note of what it was asked to open."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from designer.cli.main import Session, run


@dataclass
class Ran:
    """What a command line did."""

    code: int
    out: str
    err: str
    opened: list[str | None] = field(default_factory=list)


Designer = Callable[..., Ran]


@pytest.fixture
def designer(monkeypatch: pytest.MonkeyPatch) -> Designer:
    """A function that runs ``designer ARGUMENTS`` with some standard input; None closes it."""

    def call(*arguments: object, given: bytes | None = b"") -> Ran:
        opened: list[str | None] = []

        def open_window(name: str | None) -> int:
            opened.append(name)
            return 0

        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for name in ("stdout", "stderr")}
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", None if given is None else io.TextIOWrapper(io.BytesIO(given)))
            for name, stream in streams.items():
                patched.setattr(sys, name, stream)
            code = run([str(argument) for argument in arguments], Session(open_window))
            for stream in streams.values():
                stream.flush()
        out, err = (stream.buffer.getvalue().decode() for stream in streams.values())
        return Ran(code, out, err, opened)

    return call
