"""The commands of packaging/dev.py say in one sentence what stops them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEV = ROOT / "packaging" / "dev.py"
LEAVE_OUT = """
import sys; sys.path.insert(0, sys.argv[1])
from environment import leave_out
print(leave_out(sys.stdin.read(), frozenset({"shiboken6"})), end="")
"""


def start(*command: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], input=text, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "error: Name a command: "),
        (["tset"], "error: Name a command: "),
        (["run", "one.cnd", "two.cnd"], "error: run takes one file at most."),
        (["run", "no-such-file.cnd"], "error: There is no file "),
        (["lint", "designer"], "error: This command takes no arguments: designer"),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(arguments: list[str], sentence: str) -> None:
    outcome = start(DEV, *arguments)

    assert outcome.returncode == 2
    assert outcome.stderr.startswith(sentence)
    assert outcome.stderr.count("\n") == 1


def test_help_explains_every_command() -> None:
    outcome = start(DEV, "--help")

    assert outcome.returncode == 0
    for command in ("run", "test", "lint", "core", "wheel", "oracles", "bench", "pictures", "lock"):
        assert f"packaging/dev.py {command} " in outcome.stdout


def test_packages_are_left_out_of_a_lock_file_with_their_hashes() -> None:
    kept = "# made by a tool\nclick==8.5.1 \\\n    --hash=sha256:1\n    # via x\n"
    left_out = "shiboken6==6.11.3 \\\n    --hash=sha256:2\n"

    outcome = start("-c", LEAVE_OUT, DEV.parent, text=kept + left_out)

    assert outcome.stdout == kept
