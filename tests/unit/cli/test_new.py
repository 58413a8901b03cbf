"""Starting documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer import api
from tests.unit.cli.conftest import Designer


def test_the_list_names_every_template(designer: Designer) -> None:
    lines = designer("new", "--list").out.splitlines()

    assert [line.split()[0] for line in lines] == [template.name for template in api.templates()]
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)


@pytest.mark.parametrize("template", [template.name for template in api.templates()])
def test_every_template_gives_a_design(designer: Designer, tmp_path: Path, template: str) -> None:
    path = tmp_path / "a.cnd"

    assert designer("new", "--template", template, "-o", path).code == 0
    assert api.load(path).topology == api.new(template).topology


def test_a_name_that_is_too_long_is_refused(designer: Designer, tmp_path: Path) -> None:
    refused = designer("new", "-o", tmp_path / f"{'x' * 300}.cnd")
    assert refused.code == 2
    assert "the name is too long. Choose a shorter name." in refused.err


def test_an_existing_file_is_replaced_only_when_forced(designer: Designer, tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    path.write_text("mine")

    refused = designer("new", "-o", path)
    assert refused.code == 2
    assert path.read_text() == "mine"
    assert f"{path}: the file exists. Choose another name, or use --force." in refused.err

    assert designer("new", "-o", path, "--force").code == 0
    assert (tmp_path / "a.cnd.bak1").read_text() == "mine"


def test_standard_output(designer: Designer) -> None:
    assert designer("new", "--template", "nat", "-o", "-").out.encode() == api.to_bytes(api.new("nat"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--template", "natt", "-o", "x.cnd"], "There is no template named “natt”. Did you mean “nat”?"),
        (["--template", "nat"], "Say where to write the design: -o FILE."),
    ],
)
def test_mistakes(designer: Designer, arguments: list[str], message: str) -> None:
    result = designer("new", *arguments)

    assert result.code == 2
    assert message in result.err
