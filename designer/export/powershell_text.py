"""PowerShell source as text: the only module that quotes for PowerShell.

Strings come out as verbatim literals; those with line breaks or tabs as expandable ones without anything to expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from designer.export.docker_arguments import name_pattern

_SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b"
_TYPOGRAPHIC_QUOTES = "\u201c\u201d\u201e"
_ESCAPES = {"\a": "`a", "\b": "`b", "\t": "`t", "\n": "`n", "\v": "`v", "\f": "`f", "\r": "`r"}
_EXPANDABLE = {**_ESCAPES, "`": "``", "$": "`$", '"': '`"', **{each: each * 2 for each in _TYPOGRAPHIC_QUOTES}}
_WILDCARDS = re.compile(r"([`*?\[\]])")
_PLAIN = re.compile(r"[ -&(-~]*")
"""Printable ASCII without the single quote: what nearly all texts are, and what a literal holds as it is."""

_PLAIN_ARGUMENT = re.compile(r"[ !#-&(-~]*[ !#-&(-\[\]-~]")
"""Printable ASCII without quotes that does not end in a backslash: an argument that needs nothing but its quotes."""

_BEFORE_QUOTE = re.compile(r'(\\*)"')


def quote(text: str) -> str:
    """Return a literal whose value is the text, in every edition: ``'Bob''s net'``.

    PowerShell takes the typographic quotes for quotes as well. Source: about_Quoting_Rules, about_Special_Characters.
    """
    if _PLAIN.fullmatch(text):
        return f"'{text}'"
    if _ESCAPES.keys().isdisjoint(text):
        return "'" + "".join(each * 2 if each in _SINGLE_QUOTES else each for each in text) + "'"
    return '"' + "".join(_EXPANDABLE.get(each, each) for each in text) + '"'


def quote_all(texts: Iterable[str]) -> str:
    """Return a list of literals: ``'Ethernet 2', 'Ethernet 3'``."""
    return ", ".join(map(quote, texts))


def pattern(text: str) -> str:
    """Return a literal for a parameter that takes wildcards, matching the text itself only."""
    return quote(_WILDCARDS.sub(r"`\1", text))


def argument(text: str) -> str:
    """Return a literal that reaches a program as one argument with exactly this text, from 5.1 and from 7 alike.

    Both hand over one command line: they put quotes around what has blanks, leave the quotes in the text as they are
    and drop what is empty. So quotes in the text are escaped as the program expects them; an empty text and one that
    has blanks and ends in a backslash are quoted here, which PowerShell then leaves alone.
    Needs ``$PSNativeCommandArgumentPassing = 'Legacy'`` in PowerShell 7.3 and later. Source: about_Parsing;
    the rules of CommandLineToArgvW.
    """
    if _PLAIN_ARGUMENT.fullmatch(text):
        return f"'{text}'"
    escaped = _BEFORE_QUOTE.sub(r'\1\1\\"', text) if '"' in text else text
    if not text or (text.endswith("\\") and any(each.isspace() for each in text)):
        tail = len(escaped) - len(escaped.rstrip("\\"))
        escaped = f'"{escaped}{escaped[len(escaped) - tail :]}"'
    return quote(escaped)


def name_filter(name: str) -> str:
    """Return a literal for Docker's ``name`` filter that matches the whole name and nothing else."""
    return argument(name_pattern(name))
