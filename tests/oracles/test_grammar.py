"""The grammar and the commands of Windows PowerShell 5.1, judged by ../shared/oracles/powershell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.judges import EXAMPLES, Case, cases, grammar, judge, needs_oracles
from tests.unit.export.designs import DESIGNS

pytestmark = needs_oracles


@pytest.fixture(scope="module")
def real_parser() -> Iterator[Any]:
    """The parser of a real PowerShell as a second opinion, where there is one."""
    parser = judge("check_powershell").start_real(None)
    yield parser
    if parser is not None:
        parser.close()


@pytest.mark.parametrize("case", cases([*EXAMPLES, *DESIGNS]), ids=str)
def test_scripts_parse_and_know_their_commands(case: Case, tmp_path: Path, real_parser: Any) -> None:
    scripts = [
        case.write(tmp_path),
        case.write(tmp_path, teardown=True),
        case.write(tmp_path, target="docker"),
        case.write(tmp_path, target="docker", teardown=True),
    ]

    assert [each for script in scripts for each in grammar(script, case.os, real=real_parser)] == []
