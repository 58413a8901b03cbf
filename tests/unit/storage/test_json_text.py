"""JSON text: what is refused, and on which line."""

from __future__ import annotations

import time

import pytest

from designer.errors import DocumentTooLargeError, MalformedDocumentError
from designer.storage.json_text import element_lines, line_of, parse

REFUSED = {
    "empty": (b" \n", "x.cnd: the file is empty."),
    "byte order mark": (b"\xef\xbb\xbf{}", "x.cnd, line 1: the file begins with a byte order mark; save it as UTF-8"),
    "UTF-16": ("{}".encode("utf-16"), "x.cnd, line 1: the file is encoded in UTF-16; save it as UTF-8."),
    "UTF-16 without a mark": ("{}".encode("utf-16-le"), "x.cnd, line 1: the file is encoded in UTF-16 or UTF-32"),
    "Latin-1": (b'{\n"a": "\xe4"}', "x.cnd, line 2: the file is not UTF-8 text."),
    "cut off": (b'{"a": [1,\n2', "x.cnd, line 2: the file ends in the middle of the design; it was cut off."),
    "cut off in a text": (b'{"a": "b', "x.cnd, line 1: the file ends in the middle of the design; it was cut off."),
    "not a number": (b'{"a":\nNaN}', "x.cnd, line 2: “NaN” is not a number that a design can hold."),
    "minus infinity": (b'{"a": -Infinity}', "x.cnd, line 1: “-Infinity” is not a number that a design can hold."),
    "number without end": (b'{"a": 1' + b"0" * 5000 + b"}", "x.cnd, line 1: a number is too large."),
    "key twice": (
        b'{"a": {"b": 1,\n"c": {"b": 2}},\n"a": 3}',
        "x.cnd, line 3: the key “a” occurs twice in one object.",
    ),
    "inner key twice": (b'{"b": 1, "a": {"b": 1,\n"b": 2}}', "x.cnd, line 2: the key “b” occurs twice in one object."),
    "half a character": (b'{"a": "\\ud800"}', "x.cnd, line 1: this is not valid JSON"),
    "trailing comma": (b'{"a": 1,}', "x.cnd, line 1: this is not valid JSON"),
    "Python": (b"__import__('os').abort()", "x.cnd, line 1: this is not valid JSON"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_text_is_named_with_its_line(case: str) -> None:
    content, message = REFUSED[case]

    with pytest.raises(MalformedDocumentError) as caught:
        parse(content, "x.cnd")

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 2_000_000,
        b"[" * 100 + b"]" * 100,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"".join(b"[\n" + b"  " * depth for depth in range(1, 101)) + b"1" + b"]" * 100,
    ],
    ids=["endless", "100 lists", "40 objects", "indented"],
)
def test_deep_nesting_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentTooLargeError, match="nested more than 32 levels deep"):
        parse(content, "x.cnd")


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("designer.storage.json_text.MAX_BYTES", 10)

    with pytest.raises(DocumentTooLargeError):
        parse(b'{"a": "0123456789"}', "x.cnd")


@pytest.mark.parametrize("value", [b"{}", b"1"])
def test_a_flood_of_values_is_refused_before_it_is_read(value: bytes) -> None:
    with pytest.raises(DocumentTooLargeError, match="more than 2500000 values"):
        parse(b"[" + (value + b",") * 2_500_000 + b"1]", "x.cnd")


def test_the_same_key_in_neighbouring_objects_is_fine() -> None:
    assert parse(b'[{"a": 1}, {"a": 2, "b": {"a": 3}}]', "x") == [{"a": 1}, {"a": 2, "b": {"a": 3}}]


TEXT = '{\n "a": [1,\n {"b":\n 2, "c": {}}],\n "d": [[],\n[3]], "say \\"x\\": [": 4}'


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 2),
        (("a", 0), 2),
        (("a", 1), 3),
        (("a", 1, "b"), 4),
        (("a", 1, "c"), 4),
        (("d", 1, 0), 6),
        (("d", 5), 5),
        (("a", 1, "zz", 3), 3),
        (("zz",), 1),
        (('say "x": [',), 6),
    ],
)
def test_lines_of_places(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


def test_lines_of_elements() -> None:
    text = '{"elements": [\n{"id": "a", "list": [{"id": "no"}]},\n{\n"name": "x",\n"id": "b\\"c"}],\n"id": "d"}'

    assert element_lines(text) == {"a": 2, 'b"c': 3}


def test_an_empty_object_leaves_no_key_to_wait_for() -> None:
    text = '{"elements": [\n{"id": "a", "role": {}},\n{"list": [{}, {}], "id": "b"}]}'

    assert element_lines(text) == {"a": 2, "b": 3}
    assert line_of(text, ("elements", 1, "list", 1)) == 3


def test_the_search_for_a_line_is_not_quadratic() -> None:
    def seconds(count: int) -> float:
        text = "[" + ",\n".join(["1"] * count) + "]"
        begin = time.perf_counter()
        assert line_of(text, (count - 1,)) == count
        return time.perf_counter() - begin

    assert seconds(80_000) < 40 * seconds(8_000)
