"""Who reaches whom, in all forms of output."""

from __future__ import annotations

import csv
import io
import json

from designer import api
from tests.unit.cli.conftest import Designer

SEED = api.examples()[0]


def test_text(designer: Designer) -> None:
    result = designer("matrix", SEED)

    assert result.code == 0
    assert result.out.splitlines() == [
        "1 api01",
        "2 app01",
        "3 web01",
        "4 Client",
        "5 HOST01",
        "",
        "        1 2 3 4 5",
        "api01   · ✓ P ✓ ✓",
        "app01   ✓ · P ✓ ✓",
        "web01   ✓ ✓ · ✓ ✓",
        "Client  ✓ ✓ P · ✓",
        "HOST01  ✓ ✓ ✓ ✓ ·",
        "",
        "✓ reaches it, P by a published port, ~ reaches it but gets no answer, ✗ does not, · itself",
    ]


def test_text_says_what_the_codes_mean(designer: Designer) -> None:
    result = designer("matrix", SEED.with_name("none.cnd"))

    assert "D-NONE: the container has no endpoint" in result.out.splitlines()


def test_markdown(designer: Designer) -> None:
    lines = designer("matrix", SEED, "--format", "markdown").out.splitlines()

    assert lines[0] == "| from \\ to | api01 | app01 | web01 | Client | HOST01 |"
    assert lines[2] == "| api01 | · | ✓ | P 8080 | ✓ | ✓ |"


def test_csv(designer: Designer) -> None:
    records = list(csv.DictReader(io.StringIO(designer("matrix", SEED, "--format", "csv").out)))

    assert len(records) == 20
    assert records[0] == {
        "from": "api01",
        "to": "app01",
        "reach": "yes",
        "port": "80",
        "code": "",
        "path": "T1",
        "sentence": "api01 reaches app01 at port 80/tcp, and the answer comes back.",
    }


def test_csv_gives_a_spreadsheet_no_formula(designer: Designer) -> None:
    content = SEED.read_bytes().replace(b'"name": "Client"', b'"name": "=1+1"')

    out = designer("matrix", "-", "--format", "csv", given=content).out

    assert "'=1+1" in out
    assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(out)) for cell in row)


def test_json(designer: Designer) -> None:
    found = json.loads(designer("matrix", SEED, "--format", "json").out)

    assert found["sources"] == found["targets"] == ["api01", "app01", "web01", "Client", "HOST01"]
    assert len(found["pairs"]) == 20
    assert {pair["reach"] for pair in found["pairs"]} == {"yes", "published port"}


def test_an_empty_design(designer: Designer) -> None:
    result = designer("matrix", "-", given=api.to_bytes(api.new()))

    assert (result.code, result.out) == (0, "The design has nothing that could send a packet.\n")
