from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from designer.export.powershell_text import argument, name_filter, pattern, quote, quote_all

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def value(literal: str) -> str:
    """Return what PowerShell makes of a literal of ours."""
    kind, inside = literal[0], literal[1:-1]
    assert literal[-1] == kind
    quotes = "'\u2018\u2019\u201a\u201b" if kind == "'" else '"\u201c\u201d\u201e'
    result, at = "", 0
    while at < len(inside):
        here = inside[at]
        if kind == '"' and here == "`":
            result += {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}.get(
                inside[at + 1], inside[at + 1]
            )
            at += 2
            continue
        assert not (kind == '"' and here == "$"), "an expandable literal expands something"
        if here in quotes:
            assert inside[at + 1] in quotes, "a quote ends the literal early"
            at += 1
        result += here
        at += 1
    return result


def received(command_line: str) -> list[str]:
    """Return what a program makes of its command line (CommandLineToArgvW, without the program's own name)."""
    arguments: list[str] = []
    current, inside, started, slashes = "", False, False, 0
    for here in command_line:
        if here == "\\":
            slashes += 1
            started = True
            continue
        if here == '"':
            current += "\\" * (slashes // 2)
            if slashes % 2:
                current += '"'
            else:
                inside = not inside
            slashes, started = 0, True
            continue
        current += "\\" * slashes
        slashes = 0
        if here in " \t" and not inside:
            if started:
                arguments.append(current)
            current, started = "", False
        else:
            current += here
            started = True
    current += "\\" * slashes
    return [*arguments, current] if started else arguments


def passed(text: str) -> str:
    """Return what Windows PowerShell puts on the command line for one argument (NativeCommandParameterBinder)."""
    quotes, after_slash, needs = 0, False, False
    for here in text:
        if here == '"' and not after_slash:
            quotes += 1
        elif here.isspace() and quotes % 2 == 0:
            needs = True
        after_slash = here == "\\"
    return f'"{text}"' if needs else text


@given(texts)
def test_a_literal_is_the_text(text: str) -> None:
    assert value(quote(text)) == text


@given(texts)
def test_a_literal_is_one_line(text: str) -> None:
    assert "\n" not in quote(text)
    assert "\r" not in quote(text)


@given(texts)
def test_an_argument_reaches_the_program_as_it_is(text: str) -> None:
    line = f"first {passed(value(argument(text)))} last"

    assert received(line) == ["first", text, "last"]


def test_several_literals() -> None:
    assert quote_all(["Ethernet 2", "Bob's"]) == "'Ethernet 2', 'Bob''s'"


def test_a_pattern_matches_the_name_alone() -> None:
    assert pattern("a[1]*?`") == "'a`[1`]`*`?``'"


def test_a_name_filter_matches_the_whole_name() -> None:
    assert name_filter("nat0") == "'^nat0$'"
    assert name_filter("a.b+c") == r"'^a\.b\+c$'"
