"""Reads a pasted text: undoes what consoles, logs and JSON did to it, and finds the codes in it.

A phrase is looked for among letters and digits only, so that neither a line break inside a word nor other quotes hide
it. Whatever is pasted, reading takes time in proportion to its length.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 2_000_000
"""Of a longer text the middle is left out: what failed stands at the end of a log, and why often at its beginning."""

GAP = "…"
"""Stands in a phrase for a few words that differ: a name, an id."""

_LONGEST_GAP = 160
_MOST_TRIES = 50

_ANSI = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]|\x1b\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)?")
_LINE_START = re.compile(r"(?m)^[ \t]*(?:[\w.\-]{1,80}[ \t]{1,20}\|[ \t]?|[>#+|*][ \t]?)+")
_ESCAPED_BLANK = re.compile(r"\\(?:r\\n|[nrt])")
_ESCAPED_CHARACTER = re.compile(r"\\u00([0-7][0-9a-fA-F])")
_NOT_WORD = re.compile(r"[\W_]+")
_HEX = re.compile(r"(?<![0-9a-z])0x([0-9a-f]{1,8})(?![0-9a-z])")
_BARE_HEX = re.compile(r"(?<![0-9a-z\-])([8cd]0[0-9a-f]{6})h?(?![0-9a-z]|-[0-9a-f]{4}-)")
_DECIMAL = re.compile(r"(?<![0-9.])(-?[0-9]{8,10})(?![0-9.]*[0-9])")
_WRAPPED = re.compile(r"[ \t]*\n[ \t]*")

_WIN32 = 0x8007_0000
"""HRESULTs that stand for a Win32 code, which is their lower half."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the forms that it is searched in.

    Attributes:
        plain: in small letters, without what consoles add, lines kept.
        squeezed: only the letters and digits of it.
        codes: the error codes in it, as unsigned numbers in the order in which they stand there.
    """

    plain: str
    squeezed: str
    codes: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Reading:
        """Read a text."""
        plain = _plain(text)
        return cls(plain, squeezed(plain), _codes(plain))

    def has(self, phrase: str) -> bool:
        """Whether a phrase stands in the text; it must have been squeezed, part by part, by ``squeezed_phrase``."""
        return _stands(self.squeezed, phrase.split(GAP))


def decoded(content: bytes) -> str:
    """Return bytes as text: UTF-16 as PowerShell writes it, else UTF-8, whatever cannot be read replaced."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[:200].count(0) > 20:
        return content.decode("utf-16-le", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def squeezed(text: str) -> str:
    """Return only the letters and digits of a text, in small letters."""
    return _NOT_WORD.sub("", text.casefold())


def squeezed_phrase(phrase: str) -> str:
    """Return a phrase as ``Reading.has`` wants it; gaps are kept."""
    return GAP.join(squeezed(part) for part in phrase.split(GAP))


def in_words(code: int) -> str:
    """Return a code as it is written about: 0x803b0006, or 0x57 for a code of Win32."""
    return f"0x{code:x}"


def _plain(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        text = f"{text[: MOST_CHARACTERS // 2]}\n{text[-MOST_CHARACTERS // 2 :]}"
    text = unicodedata.normalize("NFKC", _ANSI.sub("", text)).replace("\0", "").replace("\r\n", "\n")
    text = _ESCAPED_BLANK.sub(" ", text.replace('\\"', '"'))
    text = _ESCAPED_CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    return _LINE_START.sub("", text.replace("\r", "\n")).casefold()


def _codes(plain: str) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for text in (plain, _WRAPPED.sub("", plain)):
        for match in _HEX.finditer(text):
            found[_known_as(int(match[1], 16))] = None
        for match in _BARE_HEX.finditer(text):
            found[_known_as(int(match[1], 16))] = None
        for match in _DECIMAL.finditer(text):
            number = int(match[1])
            if -0x8000_0000 <= number < 0 or 0x8000_0000 <= number <= 0xFFFF_FFFF:
                found[_known_as(number & 0xFFFF_FFFF)] = None
    return tuple(found)


def _known_as(code: int) -> int:
    return code & 0xFFFF if code & 0xFFFF_0000 == _WIN32 else code


def _stands(text: str, parts: list[str]) -> bool:
    """Whether the parts follow each other with short gaps; a text made of beginnings is given up on."""
    start = text.find(parts[0])
    for _ in range(_MOST_TRIES):
        if start < 0:
            return False
        end = start + len(parts[0])
        for part in parts[1:]:
            at = text.find(part, end, end + _LONGEST_GAP + len(part))
            if at < 0:
                break
            end = at + len(part)
        else:
            return True
        start = text.find(parts[0], start + 1)
    return False
