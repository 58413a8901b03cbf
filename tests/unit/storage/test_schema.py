"""The JSON Schema says what the reader says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from designer.storage.schema import schema

ROOT = Path(__file__).parents[3]
FILES = [*sorted((ROOT / "examples").glob("*.cnd")), ROOT / "tests" / "golden" / "documents" / "format-1.0.cnd"]
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_shipped_files_satisfy_it(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(path.read_bytes()))] == []


def seed() -> Any:
    return json.loads((ROOT / "examples" / "seed.cnd").read_bytes())


def broken(change: str) -> Any:
    document = seed()
    elements = {element["kind"]: element for element in document["elements"]}
    match change:
        case "no header":
            del document["document"]
        case "unknown key":
            document["zork"] = 1
        case "unknown kind":
            elements["host"]["kind"] = "zap"
        case "no kind":
            del elements["host"]["kind"]
        case "no name":
            del elements["host"]["name"]
        case "unknown field":
            elements["host"]["zork"] = 1
        case "bad mac":
            elements["nic"]["mac"] = "00:11"
        case "bad mode":
            elements["network"]["mode"] = "bridge"
    return document


@pytest.mark.parametrize(
    "change",
    ["no header", "unknown key", "unknown kind", "no kind", "no name", "unknown field", "bad mac", "bad mode"],
)
def test_what_the_reader_refuses_does_not_satisfy_it(change: str) -> None:
    assert VALIDATOR.is_valid(seed())
    assert not VALIDATOR.is_valid(broken(change))
