"""Names that attack the script: the grammar stays valid, and each name arrives in one piece."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from designer.errors import ExportError
from designer.export.powershell_text import argument
from designer.formats import ExportOptions, export_host
from designer.model.hosts import Host
from designer.model.topology import Topology
from tests.oracles.judges import grammar, judge, judged_release, needs_oracles
from tests.property.strategies import HOSTILE, hostile_topologies
from tests.unit.export.designs import DESIGNS

pytestmark = needs_oracles

SHARP_BUT_RIGHT = ("native-embedded-quote", "smart-quote", "native-trailing-backslash")
"""What the judge warns of although the text arrives: the quotes are escaped or doubled, and the tests below say so."""

ARGUMENTS = (
    *HOSTILE,
    *("", " ", "\t", "\\", "C:\\Program Files\\", 'say "hi" now', '"', '\\"', 'a\\\\" b', "trail \\", "\\\\ \\\\"),
    *('x="y z"', '" "', "$k=$v", "a,b", "@x", "a;b|c&d", "\u201cx\u201d\n", "👩\u200d💻", "\u2028", "%PATH%", "--%"),
)


def serious(found: list[str]) -> list[str]:
    return [each for each in found if not any(f"[{code}]" in each for code in SHARP_BUT_RIGHT)]


@pytest.fixture(autouse=True, scope="module")
def judges() -> None:
    """Import the judges before a property is tried: they change the recursion limit."""
    judge("check_powershell")


@settings(max_examples=12)
@given(hostile_topologies())
def test_scripts_parse_whatever_the_names_contain(topology: Topology) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for host in topology.of(Host):
            for teardown in (False, True):
                try:
                    script = export_host(topology, host.id, "powershell", ExportOptions(teardown=teardown))
                except ExportError:  # a name that no command line can carry is refused
                    continue
                path = Path(folder) / "script.ps1"
                path.write_bytes(script.encoded())
                assert serious(grammar(path, judged_release(host))) == []


def test_every_text_reaches_docker_as_one_argument(tmp_path: Path) -> None:
    helper = "function Invoke-Docker([string[]] $Arguments) {\n    docker @Arguments\n}\n"
    calls = "".join(f"Invoke-Docker @('first', {argument(text)}, 'last')\n" for text in ARGUMENTS)
    path = tmp_path / "calls.ps1"
    path.write_bytes(b"\xef\xbb\xbf" + (helper + calls).replace("\n", "\r\n").encode())

    report = judge("extract_docker").extract(str(path))
    assert report["error"] is None
    assert [each["argv"] for each in report["commands"]] == [["first", text, "last"] for text in ARGUMENTS]


def test_a_hostile_name_survives_the_quoting(tmp_path: Path) -> None:
    for name in ("Bob's $net", "a`b", "\u2018curly\u2019", "\u202ertl", "\U0001f40b whale", "x; y"):
        topology = DESIGNS["pods"]()
        host = next(iter(topology.of(Host)))
        renamed = Topology.of_entities(
            entity.evolve(name=name) if entity.id == "nat0" else entity for entity in topology.entities.values()
        )
        path = tmp_path / "script.ps1"
        path.write_bytes(export_host(renamed, host.id).encoded())

        assert serious(grammar(path, judged_release(host), literals=(name,))) == []
