"""Reading a pasted text: forms, codes, encodings."""

from __future__ import annotations

import pytest

from designer.explaining.reading import MOST_CHARACTERS, Reading, decoded, in_words, squeezed, squeezed_phrase


def codes(text: str) -> list[str]:
    return [in_words(code) for code in Reading.of(text).codes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(0x803b0006)", ["0x803b0006"]),
        ("0x803b\n0006", ["0x803b", "0x803b0006"]),
        ("0x80070057", ["0x57"]),
        ("c0370101", ["0xc0370101"]),
        ("80370101-1111-2222-3333-444455556666", []),
        ("2151350278", ["0x803b0006"]),
        ("-2143617018", ["0x803b0006"]),
        ("132427441207010283", []),
        ("55834574851", []),
        ("12345678", []),
        ("0x803b00060x", []),
        ("0x803b0006 0x20 0x803b0006", ["0x803b0006", "0x20"]),
    ],
)
def test_codes_are_found_in_every_spelling_and_nowhere_else(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_a_phrase_is_found_across_line_breaks_quotes_and_case() -> None:
    reading = Reading.of('The  "Para\n   meter"\tis INCORRECT.')

    assert reading.has(squeezed_phrase("the parameter is incorrect"))
    assert not reading.has(squeezed_phrase("the parameter was incorrect"))


def test_a_gap_stands_for_a_few_words() -> None:
    phrase = squeezed_phrase("network with name … already exists")

    assert Reading.of("Error: network with name my-net already exists.").has(phrase)
    assert not Reading.of(f"network with name x {'and so on ' * 50} already exists").has(phrase)
    assert Reading.of(f"network with name x {'and so on ' * 50} network with name y already exists").has(phrase)


def test_what_stands_before_each_line_is_left_out() -> None:
    assert Reading.of("web_1  | 0x803b\nweb_1  | 0006").codes[-1] == 0x803B0006
    assert squeezed("> + a\n") == "a"
    assert Reading.of("> + port\n> + forward").squeezed == "portforward"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_what_powershell_writes_is_read(encoding: str) -> None:
    text = "hnsCall failed in Win32: Ein Adapter wurde nicht gefunden – 0x803b0006. " * 10

    assert decoded(text.encode(encoding)) == text


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert Reading.of(decoded(bytes(range(256)) * 100)).codes == ()


def test_the_middle_of_a_very_long_text_is_left_out() -> None:
    reading = Reading.of("a" * MOST_CHARACTERS + "b" * MOST_CHARACTERS)

    assert len(reading.plain) == MOST_CHARACTERS + 1
    assert reading.squeezed.startswith("a")
    assert reading.squeezed.endswith("b")
