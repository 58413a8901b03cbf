"""Designs to bytes and back, and the one clear message for everything that is no design."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.errors import DocumentTooLargeError, MalformedDocumentError, NewerFormatError
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES, kind_of
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.storage.codec import decode, encode
from designer.storage.document import FORMAT, PRODUCT, Document
from tests.property.strategies import hostile_topologies, topologies

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.cnd"))
FROZEN = ROOT / "tests" / "golden" / "documents" / "format-1.0.cnd"
HOST = {"kind": "host", "id": "h", "name": "HOST01"}


def text_of(*elements: Any, header: dict[str, Any] | None = None, **others: Any) -> bytes:
    document = {"format": "1.0", "product": PRODUCT} | (header or {})
    return json.dumps({"document": document, "elements": list(elements), **others}, indent=2).encode()


@given(st.one_of(topologies(), hostile_topologies()))
def test_save_and_load_is_identity(topology: Topology) -> None:
    content = encode(Document(topology))

    assert decode(content, "x").topology == topology
    assert encode(decode(content, "x")) == content


@given(topologies(), st.randoms(use_true_random=False))
def test_equal_designs_give_equal_bytes(topology: Topology, random: Any) -> None:
    entities = list(topology.entities.values())
    random.shuffle(entities)

    assert encode(Document(Topology.of_entities(entities))) == encode(Document(topology))


def test_text_is_sorted_indented_and_ends_with_a_newline() -> None:
    host = Host(id=EntityId("h"), name="HOST01", memory_mb=4096)
    network = ContainerNetwork(id=EntityId("n"), name="nat0", parent=host.id)

    assert encode(Document(Topology.of_entities([network, host]))).decode() == (
        '{\n  "document": {\n    "format": "1.0",\n    "product": "Container Network Designer"\n  },\n'
        '  "elements": [\n'
        '    {\n      "id": "h",\n      "kind": "host",\n      "memory_mb": 4096,\n      "name": "HOST01"\n    },\n'
        '    {\n      "id": "n",\n      "kind": "network",\n      "name": "nat0",\n      "parent": "h"\n    }\n'
        "  ]\n}\n"
    )


def test_a_field_set_to_its_default_is_left_out() -> None:
    plain = Host(id=EntityId("h"), name="HOST01")

    assert encode(Document(Topology.of_entities([plain.evolve(remark="")]))) == encode(
        Document(Topology.of_entities([plain]))
    )


@pytest.mark.parametrize("path", [*EXAMPLES, FROZEN], ids=lambda path: path.name)
def test_shipped_files_are_as_the_program_writes_them(path: Path) -> None:
    content = path.read_bytes()

    assert encode(decode(content, path.name)) == content


def test_the_frozen_sample_holds_every_kind() -> None:
    topology = decode(FROZEN.read_bytes(), FROZEN.name).topology

    assert {entity.kind for entity in topology.entities.values()} == {
        "design",
        "placement",
        "suppression",
        *(kind_of(kind) for kind in (*ELEMENT_TYPES, *LINK_TYPES)),
    }


MALFORMED = {
    "not an object": (b"[]", "line 1: the file holds no design; a design is a JSON object."),
    "no header": (
        b"{}",
        "line 1: document: the file is no design of Container Network Designer; its header is missing.",
    ),
    "another product": (
        text_of(header={"product": "Other"}),
        "line 2: document: the file is no design of Container Network Designer; its header is missing.",
    ),
    "format is no number": (
        text_of(header={"format": "new"}),
        "line 3: document.format: the format must be two numbers such as “1.0”.",
    ),
    "format is too old": (
        text_of(header={"format": "0.9"}),
        "line 3: document.format: the format must be two numbers such as “1.0”.",
    ),
    "elements are no list": (
        text_of().replace(b"[]", b"{}"),
        "line 6: elements: “elements” must be a list of all elements.",
    ),
    "no elements": (b'{"document": {"format": "1.0", "product": "Container Network Designer"}}', "line 1: elements:"),
    "unknown key": (text_of(zork=1), "line 7: zork: there is no field “zork” in format 1.0."),
    "unknown header key": (text_of(header={"zork": 1}), "line 5: zork: there is no field “zork” in format 1.0."),
    "element is a number": (text_of(HOST, 5), "line 12: elements[1]: “5” is not an object."),
    "no kind": (text_of({"id": "x"}), "line 7: elements[0]: “kind” is missing."),
    "unknown kind": (text_of({"kind": "zap", "id": "x"}), "line 7: elements[0] (zap “x”): there is no kind of element"),
    "bad prefix": (
        text_of(HOST, {"kind": "network", "id": "n", "name": "nat0", "subnets": [{"prefix": "10.0.0.300/24"}]}),
        "line 18: elements[1] (network “nat0”): subnets[0].prefix: “10.0.0.300/24” is not an IPv4 or IPv6 prefix.",
    ),
    "several bad elements": (text_of({"kind": "nic", "id": "a"}, 7, 8), "“name” is missing. (2 more element(s)"),
    "same id twice": (text_of(HOST, HOST), "line 14: elements[1] (host “HOST01”): the id “h” occurs twice"),
    "empty id": (text_of({**HOST, "id": ""}), "line 9: elements[0] (host “HOST01”): the id is empty."),
    "parent is missing": (
        text_of({"kind": "nic", "id": "n", "name": "Ethernet", "parent": "gone"}),
        "line 7: elements[0] (nic “Ethernet”): “Ethernet” is inside “gone”, which is no element of the design.",
    ),
    "end of a link is missing": (
        text_of(HOST, {"kind": "cable", "id": "c", "source": "h", "target": "gone"}),
        "line 12: elements[1] (cable “c”): “c” refers to “gone”, which is not in the design.",
    ),
    "inside itself": (
        text_of({**HOST, "parent": "h"}),
        "line 7: elements[0] (host “HOST01”): “HOST01” would contain itself.",
    ),
    "inside each other": (
        text_of({**HOST, "parent": "b"}, {"kind": "host", "id": "b", "name": "B", "parent": "h"}),
        "“HOST01” would contain itself.",
    ),
    "nested without end": (
        text_of(
            *({"kind": "host", "id": f"h{n}", "name": "h", "parent": f"h{n - 1}" if n else None} for n in range(99))
        ),
        "32",
    ),
    "name holds NUL": (text_of({**HOST, "name": "a\0b"}), "elements[0] (host “a\ufffdb”): name: the text holds a NUL"),
    "text where a number belongs": (text_of({**HOST, "memory_mb": "4"}), "memory_mb: “4” is not a whole number."),
    "number where an address belongs": (
        text_of({**HOST, "advertise_address": 4}),
        "“4” is not an IPv4 or IPv6 address.",
    ),
    "huge number": (
        text_of({**HOST, "memory_mb": 10**300}),
        "line 11: elements[0] (host “HOST01”): memory_mb: “1e+300” is",
    ),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_what_is_no_design_gets_one_clear_message(case: str) -> None:
    content, message = MALFORMED[case]

    with pytest.raises(MalformedDocumentError) as caught:
        decode(content, "bad.cnd")

    assert str(caught.value).startswith("bad.cnd, line ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("designer.storage.codec.MAX_ENTITIES", 2)

    with pytest.raises(DocumentTooLargeError, match=r"holds 3 elements; the limit is 2\."):
        decode(text_of(1, 2, 3), "bad.cnd")


NEWER: dict[str, Any] = {
    "header": {"format": f"{FORMAT[0]}.{FORMAT[1] + 7}", "saved_by": "2.0"},
    "elements": [
        {**HOST, "zork": 1, "daemon": {"plan": [1]}},
        {
            "kind": "network",
            "id": "n",
            "name": "nat0",
            "parent": "h",
            "subnets": [{"prefix": "10.0.0.0/8", "pool": "x"}],
        },
        {"kind": "nic", "id": "p", "name": "Ethernet", "parent": "v"},
        {"kind": "vpn", "id": "v", "name": "vpn0", "parent": "h"},
        {"kind": "cable", "id": "c", "source": "p", "target": "v"},
    ],
}


def newer_document() -> Document:
    return decode(text_of(*NEWER["elements"], header=NEWER["header"], views=[{"zoom": 2}]), "new.cnd")


def test_unknown_fields_and_kinds_of_a_newer_minor_version_are_kept() -> None:
    document = newer_document()
    written = json.loads(encode(document))

    assert set(document.topology.entities) == {"h", "n"}
    assert not document.read_only
    assert "3 element(s) that this version does not know" in document.notes[0]
    assert written["document"] == {**NEWER["header"], "product": PRODUCT}
    assert written["views"] == [{"zoom": 2}]
    assert sorted(written["elements"], key=lambda e: e["id"]) == sorted(NEWER["elements"], key=lambda e: e["id"])
    assert decode(encode(document), "new.cnd") == document


def test_what_is_kept_survives_an_edit_and_goes_with_what_it_belongs_to() -> None:
    document = newer_document()
    host = document.topology.entities[EntityId("h")]
    renamed = Topology.of_entities([host.evolve(name="HOST02")])

    written = json.loads(encode(replace(document, topology=renamed)))["elements"]

    assert written[0] == {**NEWER["elements"][0], "name": "HOST02"}
    assert {element["id"] for element in written} == {"h", "p", "v", "c"}


def test_unknown_entities_go_when_their_container_goes() -> None:
    written = json.loads(encode(replace(newer_document(), topology=Topology())))

    assert written["elements"] == []


def test_a_newer_major_version_is_opened_for_reading_with_what_can_be_read() -> None:
    content = text_of(
        HOST,
        {**HOST, "id": "k", "name": 5},
        {"kind": "nic", "id": "n", "name": "E", "parent": "k"},
        7,
        header={"format": "2.1"},
    )

    document = decode(content, "future.cnd")

    assert set(document.topology.entities) == {"h"}
    assert document.read_only
    assert document.format == (2, 1)
    assert "3 element(s)" in document.notes[0]
    assert "reading only" in document.notes[0]
    with pytest.raises(NewerFormatError):
        encode(document)


def test_a_newer_minor_version_is_still_judged() -> None:
    with pytest.raises(MalformedDocumentError, match="name: “5” is not text"):
        decode(text_of({**HOST, "name": 5}, header={"format": "1.9"}), "new.cnd")
