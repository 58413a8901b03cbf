"""The one place that finds shipped files: in the source tree, in a wheel, in a frozen build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from designer.errors import MissingPartError

_PACKAGE = Path(__file__).resolve().parent


@cache
def resource_folder() -> Path:
    """Return the folder that holds icons, fonts and templates.

    Raises:
        MissingPartError: the installation has no resources.
    """
    for folder in (_PACKAGE / "_resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder
    raise MissingPartError("The icons and fonts of the program are missing. Install it again.")


def resource(*parts: str) -> Path:
    """Return the path of one shipped file, for example ``resource("icons", "host.svg")``.

    Raises:
        MissingPartError: there is no such file.
    """
    path = resource_folder().joinpath(*parts)
    if not path.exists():
        raise MissingPartError(f"{'/'.join(parts)} is missing from the installation. Install the program again.")
    return path


@cache
def example_folder() -> Path:
    """Return the folder of the example designs.

    Raises:
        MissingPartError: the installation has no examples.
    """
    for folder in (_PACKAGE / "_resources" / "examples", _PACKAGE.parent / "examples"):
        if folder.is_dir():
            return folder
    raise MissingPartError("The examples are missing from the installation. Install the program again.")
