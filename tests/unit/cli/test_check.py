"""``check``: findings, exit codes, fixes, several files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer import api
from tests.unit.cli.conftest import Designer

EXAMPLES = {path.stem: path for path in api.examples()}
SEED, BROKEN = EXAMPLES["seed"], EXAMPLES["broken"]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.cnd"
    path.write_bytes(BROKEN.read_bytes())
    return path


def test_a_clean_design_is_code_0(designer: Designer) -> None:
    result = designer("check", SEED, "--rule", "IPA002")

    assert result.code == 0
    assert result.out == f"{SEED}: no findings\n"


def test_findings_are_code_1_with_rule_severity_names_message_and_fix(designer: Designer) -> None:
    result = designer("check", BROKEN, "--rule", "IPA002")

    assert result.code == 1
    first, finding, fix = result.out.splitlines()
    assert first == f"{BROKEN}: 1 error"
    assert finding.startswith("  error IPA002 [nat0] ")
    assert fix.startswith("      fix with --fix: ")
    assert "\x1b" not in result.out


def test_json_is_as_promised(designer: Designer) -> None:
    report = json.loads(designer("check", BROKEN, "--format", "json").out)

    assert set(report) == {"file", "format", "findings", "counts"}
    assert report["file"] == str(BROKEN)
    assert report["format"] == "1.0"
    assert report["counts"]["error"] == sum(found["severity"] == "error" for found in report["findings"]) > 0
    for found in report["findings"]:
        assert set(found) == {"rule", "severity", "title", "message", "elements", "fix", "sources", "os"}


def test_sarif_points_at_the_line_of_the_element(designer: Designer) -> None:
    (run,) = json.loads(designer("check", BROKEN, "--format", "sarif", "--rule", "IPA002").out)["runs"]
    (place,) = run["results"][0]["locations"]
    lines = BROKEN.read_text(encoding="utf-8").splitlines()
    begin = place["physicalLocation"]["region"]["startLine"]

    assert lines[begin - 1] == "    {"
    assert '      "id": "nat0",' in lines[begin : begin + 4]


def test_several_files_have_one_report(designer: Designer) -> None:
    reports = json.loads(designer("check", SEED, BROKEN, "--format", "json").out)
    (run,) = json.loads(designer("check", SEED, BROKEN, "--format", "sarif").out)["runs"]

    assert [report["file"] for report in reports] == [str(SEED), str(BROKEN)]
    assert len(run["results"]) == sum(len(report["findings"]) for report in reports)


def test_every_file_that_cannot_be_read_is_named(designer: Designer, tmp_path: Path) -> None:
    bad = tmp_path / "bad.cnd"
    bad.write_text("{}")

    result = designer("check", "gone.cnd", SEED, bad)

    assert result.code == 2
    assert result.out == ""
    assert [line.partition(":")[2].split(",")[0].split(":")[0].strip() for line in result.err.splitlines()] == [
        "gone.cnd",
        str(bad),
    ]


def test_the_mildest_severity_that_counts_can_be_chosen(designer: Designer) -> None:
    report = json.loads(designer("check", SEED, "--format", "json").out)
    codes = [designer("check", SEED, "--fail-on", severity).code for severity in ("error", "warning", "info")]

    assert codes == [0, 0, int(report["counts"]["info"] > 0)]


def test_fix_saves_what_it_says_and_keeps_a_backup(designer: Designer, broken: Path) -> None:
    before = broken.read_bytes()

    result = designer("check", broken, "--fix")

    assert result.code == 0
    assert result.out.splitlines()[1].startswith("  fixed ")
    assert broken.with_name("broken.cnd.bak1").read_bytes() == before
    assert designer("check", broken).code == 0


def test_fix_of_one_rule_leaves_the_others(designer: Designer, broken: Path) -> None:
    designer("check", broken, "--fix", "--rule", "IPA002")
    left = {found["rule"] for found in json.loads(designer("check", broken, "--format", "json").out)["findings"]}

    assert "IPA002" not in left
    assert left


def test_fix_does_not_touch_a_design_that_has_nothing_to_fix(designer: Designer, broken: Path) -> None:
    designer("check", broken, "--fix")
    time = broken.stat().st_mtime_ns
    designer("check", broken, "--fix")

    assert broken.stat().st_mtime_ns == time
    assert not broken.with_name("broken.cnd.bak2").exists()


def test_fix_needs_a_file(designer: Designer) -> None:
    result = designer("check", "-", "--fix", given=BROKEN.read_bytes())

    assert result.code == 2
    assert "--fix saves the design" in result.err


def test_standard_input(designer: Designer) -> None:
    result = designer("check", "-", given=BROKEN.read_bytes())

    assert result.code == 1
    assert result.out.startswith("standard input: ")


def test_an_unknown_rule_is_a_mistake(designer: Designer) -> None:
    result = designer("check", SEED, "--rule", "IPA02")

    assert result.code == 2
    assert "There is no rule named “IPA02”. Did you mean" in result.err
