"""``render``: forms, themes, refusals. Pictures of pixels are in tests/e2e and tests/unit/painting."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from designer import api
from designer.cli import render
from tests.unit.cli.conftest import Designer

EXAMPLES = {path.stem: path for path in api.examples()}
SEED = EXAMPLES["seed"]


def test_svg_in_a_file_and_on_standard_output_are_the_same(designer: Designer, tmp_path: Path) -> None:
    path = tmp_path / "a.SVG"

    assert designer("render", SEED, "-o", path).code == 0
    assert path.read_text(encoding="utf-8") == designer("render", SEED, "-o", "-").out


def test_the_picture_shows_the_names(designer: Designer) -> None:
    text = "".join(ElementTree.fromstring(designer("render", SEED, "-o", "-").out).itertext())

    assert all(name in text for name in ("HOST01", "web01", "app01", "api01", "nat", "corp", "Corporate LAN"))


def test_themes_and_findings_can_be_chosen(designer: Designer) -> None:
    pictures = {
        designer("render", EXAMPLES["broken"], "-o", "-", *options).out
        for options in ([], ["--theme", "dark"], ["--theme", "high-contrast"], ["--layers", "physical,ports"])
    }

    assert len(pictures) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "a.jpg"], "“a.jpg” must end in .svg, .png or .pdf."),
        (["-o", "a.svg", "--theme", "drak"], "There is no theme named “drak”. Did you mean “dark”?"),
        (["-o", "a.png", "--scale", "99"], "99.0 is not in the range 0.1<=x<=16.0."),
        (["-o", "a.png", "--scale", "nan"], "nan is no number."),
        (["-o", "a.svg", "--layers", "ports,prots"], "There is no layer named “prots”. Did you mean “ports”?"),
        ([], "Missing option '-o'"),
    ],
)
def test_mistakes_are_one_line(designer: Designer, arguments: list[str], message: str) -> None:
    result = designer("render", SEED, *arguments)

    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_without_qt_the_other_forms_say_so(
    designer: Designer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(render, "find_spec", lambda _name: None)

    result = designer("render", SEED, "-o", tmp_path / f"a.{suffix}")

    assert result.code == 2
    assert f"{suffix.upper()} needs PySide6." in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.qt
def test_scale_makes_the_pixels(designer: Designer, tmp_path: Path) -> None:
    sizes = []
    for scale in ("1", "2"):
        designer("render", SEED, "-o", tmp_path / "a.png", "--scale", scale)
        sizes.append(int.from_bytes((tmp_path / "a.png").read_bytes()[16:20]))

    assert sizes[1] == 2 * sizes[0]


@pytest.mark.qt
def test_pdf(designer: Designer, tmp_path: Path) -> None:
    assert designer("render", EXAMPLES["nat"], "-o", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
