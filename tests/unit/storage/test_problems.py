"""Errors of the model in the words of the document."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from pydantic import ValidationError

from designer.model.entities import entities_adapter
from designer.storage.problems import dotted, path_of, place_of, sentence, shown

CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "host", "daemon": 4}, "daemon", "“4” is not an object."),
    ({"kind": "host", "daemon": {"default_nat": 1}}, "daemon.default_nat", "“1” is not true or false."),
    ({"kind": "host", "daemon": {"dns": ["10.0.0.1", "x"]}}, "daemon.dns[1]", "“x” is not an IPv4 or IPv6 address."),
    ({"kind": "host", "vxlan_port": 99999}, "vxlan_port", "“99999” is not possible here; it must be at most 65535."),
    ({"kind": "host", "os": "ws2012"}, "os", "“ws2012” is not one of ws2016, ws1709, ws1803, ws2019, ws2022,"),
    ({"kind": "host", "system_drive": "zz"}, "system_drive", "“zz” does not fit the pattern ^[A-Za-z]:$."),
    ({"kind": "host", "build": 1.5}, "build", "“1.5” is not a whole number."),
    ({"kind": "host", "name": ""}, "name", "the text must not be empty."),
    ({"kind": "host", "name": "x" * 65}, "name", "the text is longer than 64 characters."),
    ({"kind": "host", "remark": None}, "remark", "“null” is not text."),
    ({"kind": "host", "zork": 1}, "zork", "there is no field “zork”."),
    ({"kind": "nic", "mac": "00:11"}, "mac", "“00:11” is not a MAC address; write six octets such as"),
    ({"kind": "nic", "addresses": "10.0.0.1/24"}, "addresses", "“10.0.0.1/24” is not a list."),
    ({"kind": "nic", "media": "token-ring"}, "media", "“token-ring” is not one of ethernet, wifi, vpn."),
    ({"kind": "network", "subnets": [{"gateway": "10.0.0.1"}]}, "subnets[0]", "“prefix” is missing."),
    ({"kind": "placement", "element": "a", "width": 0}, "width", "“0” is not possible here; it must be more than 0"),
]


@pytest.mark.parametrize(("element", "place", "message"), CASES, ids=lambda value: str(value)[:40])
def test_an_error_is_said_in_plain_words(element: dict[str, Any], place: str, message: str) -> None:
    raw = [{"id": "x"} | ({} if element["kind"] == "placement" else {"name": "HOST01"}) | element]

    with pytest.raises(ValidationError) as caught:
        entities_adapter.validate_json(orjson.dumps(raw), strict=True)
    error = caught.value.errors(include_url=False)[0]

    assert dotted(path_of(error, raw)[1:]) == place
    assert sentence(error).startswith(message)
    assert "pydantic" not in sentence(error)


def test_a_place_names_the_element() -> None:
    elements = [{"kind": "network", "id": "n", "name": "nat0"}, {"kind": "cable", "id": "c"}, {"kind": 5}, 7]

    assert place_of((0, "subnets", 0, "prefix"), elements) == "elements[0] (network “nat0”): subnets[0].prefix"
    assert place_of((1,), elements) == "elements[1] (cable “c”)"
    assert place_of((2, "x"), elements) == "elements[2]: x"
    assert place_of((3,), elements) == "elements[3]"
    assert place_of((), elements) == "elements"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "“true”"),
        (None, "“null”"),
        (1, "“1”"),
        ({"a": 1}, "an object"),
        ([1], "a list"),
        ("a\x1b[31m\u202eb\n", "“a\ufffd[31m\ufffdb\ufffd”"),
        ("x" * 99, "“" + "x" * 59 + "…”"),
    ],
)
def test_values_are_quoted_on_one_line(value: object, text: str) -> None:
    assert shown(value) == text
