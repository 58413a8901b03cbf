"""No arguments or ``gui``: the window; everything else: the command line. The only module that knows both shells."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

INTERRUPTED = 130
"""Exit code after Ctrl+C: 128 and the number of SIGINT, as shells count."""


def main() -> None:
    """Run the command line of this process."""
    sys.exit(_run(sys.argv[1:]))


def gui() -> None:
    """Open the window, with the file that was given to this process, if any."""
    sys.exit(_run(["gui", *sys.argv[1:]]))


def _run(arguments: list[str]) -> int:
    """Import the command line and run it; Ctrl+C during the import is no fault of the program."""
    try:
        from designer.cli.main import Session, run  # noqa: PLC0415 - so that Ctrl+C is caught from the first moment

        return run(arguments, Session(open_window))
    except KeyboardInterrupt:
        return INTERRUPTED


def open_window(name: str | None) -> int:
    """Open the window with a file, or with an empty design, and return its exit code.

    Raises:
        MissingPartError: there is no Qt, or no screen to show a window on.
    """
    from pathlib import Path  # noqa: PLC0415 - as in _run

    from designer.collector import collector_paused  # noqa: PLC0415 - as above
    from designer.errors import MissingPartError  # noqa: PLC0415 - as above

    if find_spec("PySide6") is None:
        raise MissingPartError("The window needs PySide6. Install it with: python -m pip install PySide6-Essentials")
    if sys.platform.startswith("linux") and not any(
        os.environ.get(variable) for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise MissingPartError("There is no screen to show a window on. Use the commands; designer --help names them.")
    with collector_paused(staying=True):
        from designer.ui.app import run as run_window  # noqa: PLC0415 - Qt is loaded only when the window is wanted

    return run_window(Path(name) if name is not None else None)


if __name__ == "__main__":
    main()
