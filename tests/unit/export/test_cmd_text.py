from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.errors import ExportError
from designer.export.cmd_text import command, escape, remark, word
from tests.property.strategies import HOSTILE

TEXTS = st.one_of(
    st.sampled_from([text for text in HOSTILE if not re.search(r"[\x00-\x08\n-\x1f\x7f-\x9f]", text)]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    st.text(st.sampled_from('a "\\^%&|<>()!\t')),
)


def after_cmd(line: str) -> str:
    """Return a line as cmd.exe hands it on: percent signs first, then carets; what it would act on is an error."""
    assert "%" not in line.replace("%%", "")
    line, out, at = line.replace("%%", "%"), "", 0
    while at < len(line):
        if line[at] == "^":
            at += 1
        else:
            assert line[at] not in '"&|<>()!', line
        out += line[at]
        at += 1
    return out


def arguments(line: str) -> list[str]:
    """Split a command line by the rules of CommandLineToArgvW."""
    found: list[str] = []
    text, quoted, inside, slashes = "", False, False, 0
    for each in line:
        if each == "\\":
            slashes += 1
            inside = True
            continue
        if each == '"':
            text += "\\" * (slashes // 2)
            inside = True
            if slashes % 2:
                text += '"'
            else:
                quoted = not quoted
            slashes = 0
            continue
        text, slashes = text + "\\" * slashes, 0
        if each in " \t" and not quoted:
            if inside:
                found.append(text)
            text, inside = "", False
        else:
            text, inside = text + each, True
    return [*found, text + "\\" * slashes] if inside else found


@given(st.lists(TEXTS))
def test_any_text_is_one_argument(texts: list[str]) -> None:
    line = " ".join(word(text, "x") for text in texts)

    assert arguments(after_cmd(line)) == texts


@pytest.mark.parametrize("text", ["a\nb", "\x1b[31m", "a\0b", "\x1a", "\x85"])
def test_a_control_character_is_refused_by_name(text: str) -> None:
    with pytest.raises(ExportError, match="of network “n”"):
        word(text, "network “n”")


def test_plain_words_stay_readable() -> None:
    assert word("10.60.4.0/24", "x") == "10.60.4.0/24"
    assert word("a b", "x") == '^"a b^"'
    assert escape("50% & more") == "50%% ^& more"
    assert remark(["# 100% done", "#"]) == ["rem # 100%% done", "rem #"]


def test_a_command_that_is_too_long_is_refused() -> None:
    with pytest.raises(ExportError, match="too long"):
        command((("create",), *(("--env", "x" * 500) for _ in range(20))), "container “c”")
