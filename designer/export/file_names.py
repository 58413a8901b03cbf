"""Names of exported files."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_LONGEST_NAME = 100


def file_names(names: Iterable[str], suffix: str) -> list[str]:
    """Return file names that every system can have: forbidden characters become ``-``, clashes get a number.

    Source: Microsoft Learn, Naming Files, Paths, and Namespaces.
    """
    taken: set[str] = set()
    result: list[str] = []
    for name in names:
        stem = _NOT_IN_FILE_NAMES.sub("-", name)
        stem = "".join(character if character.isprintable() else "-" for character in stem)[:_LONGEST_NAME]
        stem = re.sub(r"[. ]+$|^[. ]+", "-", stem) or "-"
        stem = f"{stem}-" if _DEVICES.fullmatch(stem) else stem
        candidate, number = f"{stem}{suffix}", 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{stem}-{number}{suffix}"
        taken.add(candidate.casefold())
        result.append(candidate)
    return result
