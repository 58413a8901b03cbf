from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.formats import export_host
from designer.model.hosts import Host
from designer.model.networks import NetworkMode
from tests.unit.export.designs import HOST, attached, container, design, network, switches

VOID = {"meta", "br"}


class Reader(HTMLParser):
    """Follows the elements and collects cells; complains about what is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.kinds: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)
        if tag == "td":
            self.cells.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "td":
            self.cells[-1] += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


@settings(max_examples=10)
@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_every_name_is_shown_as_it_is(name: str) -> None:
    topology = design(
        network("n", NetworkMode.NAT, "172.30.8.0/24", name=name),
        container("web01"),
        attached("web01", "n"),
        host=Host(id=HOST, name=f"<b>{name}"[:60]),
    )
    found = read(export_host(topology, HOST, "html").text)

    assert name.replace("#>", "# >").replace("<#", "< #") in found.cells
    assert "b" not in found.kinds


def test_there_is_no_script_and_nothing_from_elsewhere() -> None:
    text = export_host(switches(), HOST, "html").text

    assert "script" not in read(text).kinds
    assert "default-src 'none'" in text
    assert " href=" not in text.replace('href="#', "")
    assert "<svg" in text
