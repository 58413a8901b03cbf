from __future__ import annotations

import subprocess
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.export.bash_text import command, quote
from tests.property.strategies import HOSTILE

needs_bash = pytest.mark.skipif(which("bash") is None, reason="no Bash")

TEXTS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))),
    min_size=1,
)


def read_back(words: list[str]) -> list[str]:
    """Return the words of a command line as Bash hands them to a program."""
    script = f"printf '%s\\0' {' '.join(words)}"
    finished = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    return finished.stdout.decode("utf-8").split("\0")[:-1]


@needs_bash
@settings(max_examples=40)
@given(TEXTS)
def test_any_text_is_one_word(texts: list[str]) -> None:
    assert read_back([quote(text) for text in texts]) == texts


@needs_bash
def test_a_long_command_is_the_same_command() -> None:
    options = (("printf", "%s\\0"), *(("--label", f"key {number}='$x'") for number in range(9)), ("last one",))
    finished = subprocess.run(["bash", "-c", "\n".join(command(options))], capture_output=True, text=True, check=True)

    assert finished.stdout.split("\0")[:-1] == [word for option in options[1:] for word in option]


def test_plain_words_stay_readable() -> None:
    assert quote("10.60.4.0/24") == "10.60.4.0/24"
    assert quote("Bob's") == "'Bob'\\''s'"
    assert quote("") == "''"
    assert command((("docker", "start"), ("web01",))) == ["docker start web01"]
