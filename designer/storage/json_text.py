"""JSON text to plain values, refusing what would be ambiguous or dangerous; places in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from designer.errors import DocumentTooLargeError, MalformedDocumentError
from designer.storage.document import MAX_BYTES, MAX_DEPTH, MAX_VALUES

CANONICAL = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
"""How a design file is laid out."""

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_NOT_A_NUMBER = re.compile(r"-?(?:NaN|Infinity)\b")
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_UTF8_MARK = b"\xef\xbb\xbf"


def parse(content: bytes, name: str) -> Any:
    """Return the value of a JSON text.

    Args:
        content: the whole file.
        name: the file as messages call it.

    Raises:
        DocumentTooLargeError: too many bytes, or nested too deeply.
        MalformedDocumentError: not UTF-8, not JSON, or a key occurs twice in one object.
    """
    if len(content) > MAX_BYTES:
        raise DocumentTooLargeError(f"{name} is larger than {MAX_BYTES // 1024**2} MB, which no design is.")
    if sum(content.count(mark) for mark in (b",", b"{", b"[")) > MAX_VALUES:
        raise DocumentTooLargeError(f"{name} holds more than {MAX_VALUES} values, which no design does.")
    text = _decoded(content, name)
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _syntax_error(text, name, error) from None
    if not _is_canonical(value, content):
        _check_depth(value, name)
        _check_keys(text, name)
    return value


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line of the value at a path in valid JSON text, or of the nearest value around it that exists."""
    found, depth = 0, -1
    for position, keys, is_key in _places(text):
        if is_key:
            continue
        if len(keys) <= depth:
            break
        if len(keys) == depth + 1 and keys == list(path[: depth + 1]):
            found, depth = position, len(keys)
        if depth == len(path):
            break
    return _line_at(text, found)


def element_lines(text: str) -> dict[str, int]:
    """Return the line at which each element of a design file begins, by the element's id."""
    lines: dict[str, int] = {}
    line, counted, begin = 1, 0, 0
    is_id = False
    for position, keys, is_key in _places(text):
        if len(keys) == 2 and keys[0] == "elements" and not is_key:
            line, counted = line + text.count("\n", counted, position), position
            begin = line
        elif is_key:
            is_id = len(keys) == 3 and keys[0] == "elements" and keys[2] == "id"
        elif is_id and len(keys) == 3 and text[position] == '"':
            lines[json.JSONDecoder().raw_decode(text, position)[0]] = begin
    return lines


def _places(text: str) -> Iterator[tuple[int, list[str | int], bool]]:
    """Yield each value, and each key of an object: its position, the keys that lead to it, whether it is a key."""
    keys: list[str | int] = []
    is_object: list[bool] = []
    expects_key = False
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "}]":
            keys.pop()
            is_object.pop()
            expects_key = False
        elif mark == ",":
            if is_object[-1]:
                expects_key = True
            else:
                keys[-1] = int(keys[-1]) + 1
        elif mark == ":":
            expects_key = False
        elif expects_key:
            keys[-1] = str(orjson.loads(mark))
            yield token.start(), keys, True
        else:
            yield token.start(), keys, False
            if mark in "{[":
                is_object.append(mark == "{")
                keys.append(0 if mark == "[" else "")
                expects_key = mark == "{"


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _decoded(content: bytes, name: str) -> str:
    if content.startswith(_UTF8_MARK):
        raise MalformedDocumentError(
            name, "the file begins with a byte order mark; save it as UTF-8 without one.", line=1
        )
    coding = _MARKS.get(content[:2]) or ("UTF-16 or UTF-32" if b"\0" in content[:4] else "")
    if coding:
        raise MalformedDocumentError(name, f"the file is encoded in {coding}; save it as UTF-8.", line=1)
    if not content.strip():
        raise MalformedDocumentError(name, "the file is empty.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedDocumentError(name, "the file is not UTF-8 text.", line=line) from None


def _syntax_error(text: str, name: str, error: orjson.JSONDecodeError) -> Exception:
    if "depth limit" in error.msg or "ecursion" in error.msg:
        return _too_deep(name)
    position = min(error.pos, len(text))
    line = _line_at(text, position)
    if "end of data" in error.msg:
        return MalformedDocumentError(name, "the file ends in the middle of the design; it was cut off.", line=line)
    if "infinity" in error.msg:
        return MalformedDocumentError(name, "a number is too large.", line=line)
    word = _NOT_A_NUMBER.match(text, max(position - 1, 0)) or _NOT_A_NUMBER.match(text, position)
    if word:
        return MalformedDocumentError(name, f"“{word.group()}” is not a number that a design can hold.", line=line)
    return MalformedDocumentError(name, f"this is not valid JSON ({error.msg}).", line=line)


def _is_canonical(value: object, content: bytes) -> bool:
    """Whether the text is as this program writes it; then no key can be there twice, and indents show the depth."""
    if b"\n" + b"  " * (MAX_DEPTH + 1) in content:
        return False
    try:
        return orjson.dumps(value, option=CANONICAL) == content
    except TypeError:
        return False


def _check_depth(value: object, name: str) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise _too_deep(name)


def _check_keys(text: str, name: str) -> None:
    try:
        json.loads(text, object_pairs_hook=_refuse_twice, parse_int=len, parse_float=len)
    except _KeyTwiceError:
        key, line = _first_key_twice(text)
        raise MalformedDocumentError(name, f"the key “{key}” occurs twice in one object.", line=line) from None


class _KeyTwiceError(Exception):
    """Ends the search for keys that occur twice."""


def _refuse_twice(pairs: list[tuple[str, object]]) -> int:
    if len(dict(pairs)) < len(pairs):
        raise _KeyTwiceError
    return 0


def _first_key_twice(text: str) -> tuple[str, int]:
    seen: list[set[str | int]] = []
    for position, keys, is_key in _places(text):
        if not is_key:
            del seen[len(keys) :]
            seen.append(set())
        elif keys[-1] in seen[len(keys) - 1]:
            return str(keys[-1]), _line_at(text, position)
        else:
            del seen[len(keys) :]
            seen[-1].add(keys[-1])
    raise AssertionError("a key that occurs twice was announced")


def _too_deep(name: str) -> DocumentTooLargeError:
    return DocumentTooLargeError(f"{name} is nested more than {MAX_DEPTH} levels deep, which no design is.")
