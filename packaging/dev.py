"""Set the project up and use it. Needs Python 3.11 or newer with pip, and nothing else.

python packaging/dev.py run [FILE]   the main job on FILE or the seed example: the window where there is a
                                     display, else check, pictures and scripts in out/
python packaging/dev.py test [ARGS]  all tests; ARGS go to pytest
python packaging/dev.py lint         style, types, import contracts
python packaging/dev.py core         the tests of the core, in an environment without Qt
python packaging/dev.py wheel        build the wheel, install it afresh, try it on every example
python packaging/dev.py oracles      judge the exported scripts of every example (needs ../shared/oracles)
python packaging/dev.py bench        the benchmarks
python packaging/dev.py pictures     make the pictures of README.md anew
python packaging/dev.py lock         resolve the dependencies anew (needs uv)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from environment import ROOT, Environment, SetUpError, say
from qt_libraries import ensure_libraries, has_display

if TYPE_CHECKING:
    from collections.abc import Callable

RUN_LOCK = ROOT / "packaging" / "requirements.lock"
TEST_LOCK = ROOT / "packaging" / "requirements-dev.lock"
QT_PACKAGES = frozenset({"pyside6-essentials", "shiboken6", "pytest-qt"})
EXAMPLES = ROOT / "examples"
ORACLES = ROOT.parent / "shared" / "oracles"
OUT = ROOT / "out"

for_use = Environment(ROOT / ".venv", RUN_LOCK)
for_work = Environment(ROOT / ".venv", TEST_LOCK)
without_qt = Environment(ROOT / ".core-venv", TEST_LOCK, QT_PACKAGES)


def run(arguments: list[str]) -> int:
    """Show FILE in the window; without a display check, render and export it."""
    if len(arguments) > 1:
        raise SetUpError("run takes one file at most.")
    design = Path(arguments[0] if arguments else EXAMPLES / "seed.cnd").resolve()
    if not design.is_file():
        raise SetUpError(f"There is no file {design}.")
    prepare_with_qt(for_use)
    designer = for_use.program("designer")
    if not has_display():
        return use_without_display(designer, design, OUT)
    verdict = call(designer, "gui", design)
    if verdict < 0:
        raise SetUpError(f"The window ended with signal {-verdict}; the reason is above. Can the display be reached?")
    return verdict


def use_without_display(designer: Path, design: Path, folder: Path) -> int:
    """Check, render and export a design; what has errors is rendered, but not exported."""
    folder.mkdir(parents=True, exist_ok=True)
    verdict = call(designer, "check", design)
    if verdict not in {0, 1}:
        return verdict
    steps: list[list[str | Path]] = [
        ["render", design, "-o", folder / f"{design.stem}.svg"],
        ["render", design, "-o", folder / f"{design.stem}.png"],
    ]
    if verdict == 0:
        export: list[str | Path] = ["export", design, "--to", "powershell", "-o", f"{folder}{os.sep}"]
        steps += [export, [*export, "--teardown"]]
    for step in steps:
        if failure := call(designer, *step):
            return failure
    say(f"The {'pictures' if verdict else 'pictures and scripts'} of {design.name} are in {folder}")
    return verdict


def test(arguments: list[str]) -> int:
    """Run the tests; without arguments all of them, on every processor."""
    prepare_with_qt(for_work)
    return call(for_work.python, "-m", "pytest", *(arguments or ["--quiet", "--numprocesses", "auto"]))


def lint(arguments: list[str]) -> int:
    """Check style, types and import contracts; all of them, even after a failure."""
    refuse(arguments)
    prepare_with_qt(for_work)
    steps = (
        call(for_work.program("ruff"), "check", "."),
        call(for_work.program("ruff"), "format", "--check", "."),
        call(for_work.program("mypy")),
        call(for_work.program("lint-imports")),
    )
    return max(steps)


def core(arguments: list[str]) -> int:
    """Run the tests of everything but painting and ui where Qt is not installed."""
    without_qt.prepare()
    # The settings of pytest-qt are unknown where it is not installed.
    settings = ["-ostrict_config=false", "-Wignore::pytest.PytestConfigWarning", "-m", "not qt and not campaign"]
    selection = ["tests", "--ignore=tests/benchmarks", "--ignore=tests/oracles", "--quiet", "--numprocesses", "auto"]
    return call(without_qt.python, "-m", "pytest", *settings, *(arguments or selection))


def wheel(arguments: list[str]) -> int:
    """Build the wheel into dist/ and use it on every example, in a new environment away from the sources."""
    refuse(arguments)
    prepare_with_qt(for_work)
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    if call(for_work.python, "-m", "hatchling", "build", "--target", "wheel", "--directory", dist):
        raise SetUpError("The wheel could not be built; the reason is above.")
    (built,) = dist.glob("*.whl")
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Environment(Path(scratch, "venv"), RUN_LOCK)
        fresh.create()
        fresh.install_locked()
        fresh.install("--no-deps", str(built))
        for example in sorted(EXAMPLES.glob("*.cnd")):
            verdict = use_without_display(fresh.program("designer"), example, Path(scratch, example.stem))
            if verdict != expected_verdict(example):
                raise SetUpError(f"The installed wheel failed on {example.name} (exit code {verdict}).")
    say(f"{built.name} works on every example.")
    return 0


def expected_verdict(example: Path) -> int:
    """Return the exit code that checking an example must have: 1 for the one that is broken on purpose."""
    return int(example.stem == "broken")


def oracles(arguments: list[str]) -> int:
    """Judge the scripts of every example with the independent judges, where these are at hand."""
    if not ORACLES.is_dir():
        raise SetUpError(f"There are no judges in {ORACLES}.")
    prepare_with_qt(for_work)
    return call(for_work.python, "-m", "pytest", "tests/oracles", *(arguments or ["--quiet", "--numprocesses", "auto"]))


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, one after the other."""
    prepare_with_qt(for_work)
    return call(for_work.python, "-m", "pytest", "tests/benchmarks", "--benchmark-only", "--quiet", *arguments)


def pictures(arguments: list[str]) -> int:
    """Make the pictures of README.md anew, without a display."""
    refuse(arguments)
    prepare_with_qt(for_work)
    return call(for_work.python, ROOT / "packaging" / "pictures.py")


def lock(arguments: list[str]) -> int:
    """Write both lock files from pyproject.toml."""
    refuse(arguments)
    if shutil.which("uv") is None:
        raise SetUpError("Resolving the dependencies needs uv: https://docs.astral.sh/uv/")
    compile_lock = [
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--universal",
        "--generate-hashes",
        "--upgrade",
        "--quiet",
    ]
    compile_lock += ["--python-version", "3.11", "--custom-compile-command", "python packaging/dev.py lock"]
    failed = call(*compile_lock, "--group", "build", "-o", RUN_LOCK)
    return failed or call(*compile_lock, "--group", "dev", "-c", RUN_LOCK, "-o", TEST_LOCK)


def prepare_with_qt(environment: Environment) -> None:
    """Set an environment up and see that Qt starts in it."""
    ensure_libraries()
    if environment.prepare():
        trial = "from PySide6.QtWidgets import QApplication; QApplication(['trial', '-platform', 'offscreen'])"
        if call(environment.python, "-c", trial):
            raise SetUpError("Qt does not start on this machine; its reason is above.")


def refuse(arguments: list[str]) -> None:
    """Stop at arguments that would be ignored."""
    if arguments:
        raise SetUpError(f"This command takes no arguments: {' '.join(arguments)}")


def call(program: str | Path, *arguments: str | Path) -> int:
    """Run a program in the folder of the project and return its exit code."""
    environment = dict(os.environ)
    if not has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run([program, *arguments], cwd=ROOT, env=environment, check=False).returncode


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (run, test, lint, core, wheel, oracles, bench, pictures, lock)
}


def perform(arguments: list[str]) -> int:
    """Run the command that the arguments name."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python that starts this file is told so
        raise SetUpError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] not in COMMANDS:
        raise SetUpError(f"Name a command: {', '.join(COMMANDS)}; --help explains them.")
    return COMMANDS[arguments[0]](arguments[1:])


def main(arguments: list[str]) -> int:
    """Run one command; what stops it becomes one sentence and exit code 2."""
    if arguments[:1] in (["-h"], ["--help"]):
        say(__doc__.strip())
        return 0
    try:
        return perform(arguments)
    except SetUpError as error:
        sys.stderr.write(f"error: {error}\n")
    except OSError as error:
        sys.stderr.write(f"error: {error.strerror}: {error.filename}\n")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
