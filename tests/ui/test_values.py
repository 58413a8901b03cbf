from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Interface

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.model.fabric import AddressRange, SegmentSubnet
from designer.model.hosts import Host, PhysicalNic, SwitchPort
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, PortRange
from designer.model.networks import ContainerNetwork
from designer.ui.inspector.values import (
    Editor,
    annotation_of,
    choices,
    command_from_text,
    command_text,
    editor_of,
    field_update,
    from_text,
    get_value,
    to_text,
)

plain_text = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), max_size=20)


@pytest.mark.parametrize(
    ("kind", "path", "editor"),
    [
        (Host, "name", Editor.TEXT),
        (Host, "os", Editor.CHOICE),
        (Host, "production", Editor.FLAG),
        (Host, "remark", Editor.LONG_TEXT),
        (Host, "daemon.isolation", Editor.CHOICE),
        (Host, "listening", Editor.ROWS),
        (ContainerNetwork, "switch", Editor.ELEMENT),
        (ContainerNetwork, "mac_pools", Editor.TEXT),
        (Attachment, "ports", Editor.ROWS),
        (PhysicalNic, "switch_port.mode", Editor.CHOICE),
    ],
)
def test_each_field_gets_the_editor_of_its_type(kind: type[Host], path: str, editor: Editor) -> None:
    assert editor_of(kind, path) is editor


@pytest.mark.parametrize(
    ("kind", "path", "text", "value"),
    [
        (Attachment, "ip", "10.0.0.5", IPv4Address("10.0.0.5")),
        (Attachment, "ip", "  ", None),
        (ContainerNetwork, "ip_range", "10.0.0.128/25", IPv4Interface("10.0.0.128/25")),
        (ContainerNetwork, "dns_servers", "10.0.0.1, 10.0.0.2", (IPv4Address("10.0.0.1"), IPv4Address("10.0.0.2"))),
        (ContainerNetwork, "vlan", "10", 10),
        (PhysicalNic, "mac", "00155d010203", "00-15-5D-01-02-03"),
        (AclRule, "local_ports", "80, 8000-8100", (PortRange(first=80, last=80), PortRange(first=8000, last=8100))),
        (
            SegmentSubnet,
            "dhcp",
            "10.0.0.100 - 10.0.0.199",
            AddressRange(first=IPv4Address("10.0.0.100"), last=IPv4Address("10.0.0.199")),
        ),
    ],
)
def test_text_becomes_a_value_and_the_value_text_that_means_the_same(
    kind: type[Host], path: str, text: str, value: object
) -> None:
    annotation = annotation_of(kind, path)
    assert from_text(annotation, text) == value
    assert from_text(annotation, to_text(value)) == value


@pytest.mark.parametrize(
    ("kind", "path", "text", "sentence"),
    [
        (Attachment, "ip", "10.0.0", "“10.0.0” is not an IP address; write it like 10.0.0.5."),
        (ContainerNetwork, "ip_range", "10.0.0.0/40", "not an address with a prefix length"),
        (ContainerNetwork, "vlan", "ten", "“ten” is not a number."),
        (ContainerNetwork, "vlan", "-1", "This must be 0 or more."),
        (ContainerNetwork, "name", "", "This cannot be empty."),
        (ContainerNetwork, "name", "x" * 65, "64 characters at most"),
        (PhysicalNic, "mac", "zz", "is not a MAC address"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(kind: type[Host], path: str, text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        from_text(annotation_of(kind, path), text)


def test_a_choice_that_may_be_left_open_offers_nothing_first() -> None:
    assert choices(annotation_of(Host, "daemon.isolation")) == (None, "process", "hyperv")


def test_a_nested_value_is_made_when_it_is_missing_and_kept_when_it_is_there() -> None:
    nic = PhysicalNic(id=EntityId("nic-1"), name="Ethernet")
    assert get_value(nic, "switch_port.vlan") is None
    assert field_update(nic, "switch_port.vlan", 10) == ("switch_port", SwitchPort(vlan=10))
    trunk = nic.evolve(switch_port=SwitchPort(mode="trunk", allowed=(10, 20)))
    name, port = field_update(trunk, "switch_port.vlan", 20)
    assert (name, port) == ("switch_port", SwitchPort(mode="trunk", vlan=20, allowed=(10, 20)))


@given(st.lists(plain_text.filter(bool), max_size=6).map(tuple))
def test_a_command_survives_its_editor(arguments: tuple[str, ...]) -> None:
    assert command_from_text(command_text(arguments)) == arguments


@given(st.lists(plain_text.map(str.strip).filter(bool), max_size=5).map(tuple))
def test_a_list_of_texts_survives_its_editor(texts: tuple[str, ...]) -> None:
    assert from_text(tuple[str, ...], to_text(texts)) == texts
