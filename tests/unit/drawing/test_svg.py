"""SVG files: text as text, safe whatever the names are, and equal to the ones that were looked at."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from designer.drawing import svg
from designer.drawing.scene import Scene
from designer.drawing.theme import DARK
from designer.model.annotations import DESIGN_ID, DesignInfo, Note
from designer.model.flows import Flow
from designer.model.services import Service, ServicePort
from designer.model.workloads import WindowsContainer
from designer.resources import example_folder
from designer.rules.runner import judge
from designer.storage import files
from tests.unit.sample import HOST, WEB, eid, sample

GOLDEN = Path(__file__).parents[2] / "golden" / "pictures"
EXAMPLES = sorted(example_folder().glob("*.cnd"))


def texts(document: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(document).iter() if element.tag.endswith("}text")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_look_as_they_did(path: Path) -> None:
    topology = files.load(path).topology
    picture = svg.render(Scene.build(topology, judge(topology)))
    golden = GOLDEN / f"{path.stem}.svg"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(picture, "utf-8", newline="\n")

    assert picture == golden.read_text("utf-8")


def test_names_addresses_and_ports_are_text() -> None:
    found = texts(svg.render(Scene.build(sample())))

    assert {"web01", "172.16.0.10", "8080 → 80/tcp", "host vNIC", "vmNIC", "WinNAT", "Compartment 1 · host"} <= set(
        found
    )


@pytest.mark.parametrize(
    "name", ['<script>alert("x")</script>', "a\x00b".replace("\x00", "\x0b"), "a\ufffeb", "]]>&amp;"]
)
def test_hostile_names_stay_text(name: str) -> None:
    document = svg.render(Scene.build(sample(WindowsContainer(id=eid("x"), name=name, parent=HOST))))

    assert "<script" not in document
    assert any(text for text in texts(document))


def test_a_document_has_a_title_and_says_what_is_in_it() -> None:
    info = DesignInfo(id=DESIGN_ID, title="Shop & co")
    root = ElementTree.fromstring(svg.render(Scene.build(sample(info))))
    named = {element.tag.rpartition("}")[2]: element.text for element in root if element.text}

    assert named["title"] == "Shop & co"
    assert "Host: 1" in (named["desc"] or "")
    assert "Windows container: 1" in (named["desc"] or "")


def test_themes_and_titles_can_be_chosen() -> None:
    document = svg.render(Scene.build(sample(Note(id=eid("n"), name="n", text="Hello"))), DARK, title="Mine")

    assert DARK.canvas in document
    assert "<title>Mine</title>" in document
    assert "Hello" in document


def test_findings_are_marked() -> None:
    topology = sample()
    plain, marked = svg.render(Scene.build(topology)), svg.render(Scene.build(topology, judge(topology)))

    assert len(marked) > len(plain) or not judge(topology)
    assert WEB


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.5, "1.5"), (1234567.25, "1234567.25"), (1e7, "10000000")])
def test_numbers_are_short(value: float, text: str) -> None:
    assert svg.number(value) == text


def test_traffic_is_a_dashed_arrow_with_its_words_and_a_service_has_chips() -> None:
    flow = Flow(id=eid("f"), source=WEB, target=eid("api01"), port=443)
    shop = Service(id=eid("s"), name="shop", replicas=3, ports=(ServicePort(published=8080),))
    document = svg.render(Scene.build(sample(flow, shop)))

    assert 'class="l-traffic s6"' in document
    assert 'class="t-traffic" d="M' in document
    assert {"TCP 443", "3 replicas · vip", "8080 → 80/tcp · ingress"} <= set(texts(document))
    assert "l-traffic" not in svg.render(Scene.build(sample()))
