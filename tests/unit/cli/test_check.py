"""``check``: findings, exit codes, fixes, several files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from designer import api
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet, Edit
from designer.rules.registry import Severity
from designer.rules.suppressing import suppress_all, unsuppress_all
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

    assert set(report) == {"file", "format", "findings", "counts", "suppressed", "stale_suppressions"}
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


@pytest.mark.parametrize("option", ["--fix", "--remove-stale"])
def test_what_saves_needs_a_file(designer: Designer, option: str) -> None:
    result = designer("check", "-", option, given=BROKEN.read_bytes())

    assert result.code == 2
    assert f"{option} saves the design" in result.err


@pytest.fixture
def accepted(broken: Path) -> Path:
    """Return the broken design with all its errors suppressed."""
    document = api.load(broken)
    errors = [found for found in api.check(document.topology) if found.severity is Severity.ERROR]
    change = suppress_all(document.topology, errors, "It is a lesson.", author="Ada")
    api.save(replace(document, topology=document.topology.apply(change)), broken)
    return broken


def test_what_is_suppressed_is_counted_and_does_not_fail(designer: Designer, accepted: Path) -> None:
    errors = sum(found.severity is Severity.ERROR for found in api.check(api.load(BROKEN).topology))
    result = designer("check", accepted)

    assert result.code == 0
    assert result.out.splitlines()[0].endswith(f", {errors} suppressed")
    assert "because" not in result.out
    assert "error" not in result.out


def test_what_is_suppressed_is_listed_with_its_reason_when_asked_for(designer: Designer, accepted: Path) -> None:
    lines = designer("check", accepted, "--show-suppressed", "--rule", "IPA002").out.splitlines()

    assert lines[0] == f"{accepted}: no findings, 1 suppressed"
    assert lines[1].startswith("  suppressed error IPA002 [nat0] ")
    assert lines[2:] == ["      because: It is a lesson. (Ada)"]


def test_json_has_what_is_suppressed_apart(designer: Designer, accepted: Path) -> None:
    report = json.loads(designer("check", accepted, "--format", "json", "--rule", "IPA002").out)

    assert report["findings"] == report["stale_suppressions"] == []
    (suppressed,) = report["suppressed"]
    assert (suppressed["rule"], suppressed["reason"]) == ("IPA002", "It is a lesson.")
    assert suppressed["elements"][0]["name"] == "nat0"


def test_sarif_has_what_is_suppressed_with_its_reason_and_place(designer: Designer, accepted: Path) -> None:
    (run,) = json.loads(designer("check", accepted, "--format", "sarif").out)["runs"]
    told = [result for result in run["results"] if result["suppressions"]]
    lines = accepted.read_text(encoding="utf-8").splitlines()

    assert told
    assert {result["level"] for result in run["results"] if not result["suppressions"]} <= {"note", "warning"}
    for result in told:
        (suppression,) = result["suppressions"]
        place = suppression["location"]["physicalLocation"]["region"]["startLine"]
        assert suppression["kind"] == "inSource"
        assert suppression["justification"] == "It is a lesson."
        assert any('"kind": "suppression"' in line for line in lines[place : place + 12])


def test_fix_leaves_what_is_suppressed_as_it_is(designer: Designer, accepted: Path) -> None:
    time = accepted.stat().st_mtime_ns
    assert designer("check", accepted, "--fix").code == 0
    assert accepted.stat().st_mtime_ns == time


@pytest.fixture
def stale(accepted: Path) -> Path:
    """Return a design with suppressions of which two have lost their finding."""
    document = api.load(accepted)
    topology = document.topology
    gone = [found for found in topology.of(Suppression) if found.rule in {"IPA002", "IPA004"}]
    assert len(gone) == 2
    mended = api.fix(topology.apply(unsuppress_all(topology, gone)), ["IPA002", "IPA004"]).topology
    back = ChangeSet("Put them back", tuple(Edit(None, found) for found in gone))
    api.save(replace(document, topology=mended.apply(back)), accepted)
    return accepted


def test_stale_suppressions_are_reported(designer: Designer, stale: Path) -> None:
    lines = designer("check", stale).out.splitlines()
    report = json.loads(designer("check", stale, "--format", "json").out)

    assert [line for line in lines if "stale" in line and "IPA002" in line] == [
        "  stale suppression IPA002 [nat0] because: It is a lesson. (Ada)"
    ]
    assert "    its finding is gone: take it out with --remove-stale" in lines
    assert [found["rule"] for found in report["stale_suppressions"]] == ["IPA002", "IPA004"]
    assert report["stale_suppressions"][0]["reason"] == "It is a lesson."


def test_stale_suppressions_of_one_rule_are_removed_and_then_all(designer: Designer, stale: Path) -> None:
    result = designer("check", stale, "--remove-stale", "--rule", "IPA002")
    left = json.loads(designer("check", stale, "--format", "json").out)["stale_suppressions"]

    assert result.out.splitlines()[1] == "  removed suppression IPA002 [nat0] because: It is a lesson. (Ada)"
    assert [found["rule"] for found in left] == ["IPA004"]
    removed = json.loads(designer("check", stale, "--remove-stale", "--format", "json").out)
    assert [found["rule"] for found in removed["removed_suppressions"]] == ["IPA004"]
    assert "stale suppression" not in designer("check", stale).out


def test_standard_input(designer: Designer) -> None:
    result = designer("check", "-", given=BROKEN.read_bytes())

    assert result.code == 1
    assert result.out.startswith("standard input: ")


def test_an_unknown_rule_is_a_mistake(designer: Designer) -> None:
    result = designer("check", SEED, "--rule", "IPA02")

    assert result.code == 2
    assert "There is no rule named “IPA02”. Did you mean" in result.err
