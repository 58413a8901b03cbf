"""A virtual environment that holds exactly what a lock file names; made where only Python and pip are installed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SetUpError(Exception):
    """A set-up that cannot go on; ``str(error)`` is one sentence that says why and what to do."""


def say(text: str) -> None:
    """Print a line at once, before the output of the next program."""
    print(text, flush=True)


@dataclass(frozen=True)
class Environment:
    """One virtual environment of this project.

    Attributes:
        folder: where it lives.
        lock: the file with its packages, their versions and hashes.
        without: locked packages that it does not get, by normalised name.
    """

    folder: Path
    lock: Path
    without: frozenset[str] = frozenset()

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.program("python")

    def program(self, name: str) -> Path:
        """Return the path of an installed program."""
        if os.name == "nt":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    def prepare(self) -> bool:
        """Install the locked packages and this project, unless that was done before.

        Returns:
            Whether anything had to be done.

        Raises:
            SetUpError: the environment cannot be made.
        """
        stamp = self.folder / f"{self.lock.stem}.ready"
        fingerprint = self._fingerprint()
        if self._is_ours() and stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint:
            return False
        say(f"Setting up {self.folder.name} from {self.lock.name}; this takes a few minutes, once.")
        self.create()
        stamp.unlink(missing_ok=True)
        self.install_locked()
        self.install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        stamp.write_text(fingerprint, encoding="utf-8")
        return True

    def create(self) -> None:
        """Make the folder; what another interpreter or another place left there is cleared.

        The environment itself has no pip: that of the interpreter serves it, so that ``ensurepip`` is not needed.

        Raises:
            SetUpError: Python has no pip, or cannot make virtual environments.
        """
        if importlib.util.find_spec("pip") is None:
            raise SetUpError(f"{sys.executable} has no pip: install it (on Debian: apt-get install python3-pip).")
        clear = [] if self._is_ours() else ["--clear"]
        made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", *clear, str(self.folder)], check=False)
        if made.returncode:
            raise SetUpError(f"Python could not make the virtual environment {self.folder}; its reason is above.")

    def install_locked(self) -> None:
        """Install the packages of the lock file, each checked against its hash.

        Raises:
            SetUpError: pip failed.
        """
        selection = self.folder / "requirements.txt"
        selection.write_text(leave_out(self.lock.read_text(encoding="utf-8"), self.without), encoding="utf-8")
        self.install("--no-deps", "--require-hashes", "--requirement", str(selection))

    def install(self, *arguments: str) -> None:
        """Run ``pip install`` for this environment.

        Raises:
            SetUpError: pip failed.
        """
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "--disable-pip-version-check", "--no-input"]
        if subprocess.run([*pip, "install", "--quiet", *arguments], check=False).returncode:
            raise SetUpError("pip could not install the packages; its reason is above. Is the network reachable?")

    def _is_ours(self) -> bool:
        """Whether the folder was made in this place by this version of Python, and still works."""
        settings = self.folder / "pyvenv.cfg"
        if not settings.is_file() or not self.python.exists():
            return False
        text = settings.read_text(encoding="utf-8")
        return f"version = {platform.python_version()}\n" in text and str(self.folder) in text

    def _fingerprint(self) -> str:
        parts = [
            self.lock.read_bytes(),
            (ROOT / "pyproject.toml").read_bytes(),
            " ".join(sorted(self.without)).encode(),
        ]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


def leave_out(lock: str, names: frozenset[str]) -> str:
    """Return the text of a lock file without the blocks of some packages."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.partition("==")[0] not in names)
