"""``explain``: forms, exit codes, standard input."""

from __future__ import annotations

import json
from pathlib import Path

from designer import api
from tests.unit.cli.conftest import Designer

EXAMPLES = {path.stem: path for path in api.examples()}


def test_the_likeliest_rule_comes_first_with_why_and_where_to_read_on(designer: Designer) -> None:
    result = designer("explain", "hnsCall failed in Win32: An adapter was not found. (0x803b0006)")

    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("SWI007 ")
    assert "0x803b0006" in lines[1]
    assert "  Read on: designer rules SWI007" in lines


def test_json_is_as_promised(designer: Designer) -> None:
    found = json.loads(designer("explain", "0x803b002f", "--design", EXAMPLES["broken"], "--format", "json").out)

    assert all(set(each) == {"rule", "score", "why", "elements"} for each in found)
    assert [each["score"] for each in found] == sorted((each["score"] for each in found), reverse=True)
    assert found[0]["rule"] == "IPA002"
    assert found[0]["elements"] == [{"id": "nat0", "name": "nat0", "kind": "network"}]
    assert found[0]["why"].endswith("Fix: Use gateway 172.16.0.1.")


def test_the_fix_is_named_with_the_command_for_it(designer: Designer) -> None:
    path = EXAMPLES["broken"]

    out = designer("explain", "0x803b002f", "--design", path).out

    assert f"  Fix: Use gateway 172.16.0.1 (designer check --fix {path})" in out.splitlines()
    assert "  Concerns: nat0" in out.splitlines()


def test_about_an_unknown_text_it_says_so_and_what_to_do(designer: Designer) -> None:
    result = designer("explain", "all is well")

    assert result.code == 1
    assert result.out.startswith("Nothing is known about this text. ")
    assert "designer check" in result.out
    assert json.loads(designer("explain", "all is well", "--format", "json").out) == []


def test_the_text_can_come_from_standard_input_in_the_encoding_of_powershell(designer: Designer) -> None:
    given = "hnsCall failed in Win32: 0x803b0006".encode("utf-16")

    assert designer("explain", "-", given=given).out.startswith("SWI007 ")


def test_who_names_a_file_is_told_how_to_read_it(designer: Designer, tmp_path: Path) -> None:
    log = tmp_path / "all is well.log"
    log.write_text("0x803b0006")

    assert f"designer explain - < {log} reads what is in it" in designer("explain", log).out
    assert "name of a file" not in designer("explain", "x" * 10_000).out


def test_a_negative_number_is_a_text(designer: Designer) -> None:
    assert (
        designer("explain", "-2143617018", "--format", "json").out
        == designer("explain", "2151350278", "--format", "json").out
    )


def test_only_one_thing_comes_from_standard_input(designer: Designer, tmp_path: Path) -> None:
    assert designer("explain", "-", "--design", "-").code == 2
    assert designer("explain", "x", "--design", tmp_path / "gone.cnd").code == 2
    assert designer("explain", "-", given=None).code == 2
    design = EXAMPLES["broken"].read_bytes()
    assert "IPA002" in designer("explain", "0x803b002f", "--design", "-", given=design).out


def test_what_is_less_likely_is_named_at_the_end(designer: Designer) -> None:
    out = designer("explain", "0x803b001e").out

    assert out.splitlines()[-1].startswith("Less likely: IPA006")
