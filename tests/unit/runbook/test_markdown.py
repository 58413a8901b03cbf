from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.formats import export_host
from designer.model.hosts import Host
from designer.model.networks import NetworkMode
from designer.runbook.markdown import escaped
from tests.unit.export.designs import HOST, attached, container, design, network

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@given(texts)
def test_no_text_becomes_markup(text: str) -> None:
    shown = escaped(text)

    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(\\\\)*[|`<>*_\[]", shown)


def test_plain_words_stay_readable() -> None:
    assert escaped("10.0.0.11 moves to the vNIC; web-01.") == "10.0.0.11 moves to the vNIC; web-01."


@settings(max_examples=15)
@given(st.text("|`<>*_[]\\#-=! a", min_size=1, max_size=30))
def test_a_table_keeps_its_columns(name: str) -> None:
    topology = design(
        network("n", NetworkMode.NAT, "172.30.8.0/24", name=name),
        container("web01"),
        attached("web01", "n"),
        host=Host(id=HOST, name="HOST01"),
    )
    lines = export_host(topology, HOST, "markdown").text.split("\n")
    row = next(line for line in lines[lines.index("## Networks") :] if line.endswith("(internal) |"))

    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 6


def test_code_with_fences_in_it_stays_code() -> None:
    web = container("web01", command=("````",))
    text = export_host(design(web), HOST, "markdown").text

    fences = [line for line in text.split("\n") if re.fullmatch(r" *`{3,}(powershell)?", line)]
    assert len(fences) % 2 == 0
    assert any(fence.strip().startswith("`````") for fence in fences)


def test_rows_know_their_elements() -> None:
    topology = design(network("nat0", NetworkMode.NAT, "172.30.8.0/24"))
    script = export_host(topology, HOST, "markdown")
    lines = dict(zip(script.text.splitlines(), script.lines, strict=True))

    assert next(element for line, element in lines.items() if line.startswith("| nat0 ")) == "nat0"
