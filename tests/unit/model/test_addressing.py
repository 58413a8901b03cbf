from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network

import pytest
from pydantic import TypeAdapter, ValidationError

from designer.model.addressing import MacAddress, VlanId, contains, first_usable, overlaps


@pytest.mark.parametrize("text", ["00-15-5d-01-02-03", "00:15:5D:01:02:03", "00155d010203"])
def test_a_mac_has_one_spelling(text: str) -> None:
    assert MacAddress(text) == "00-15-5D-01-02-03"


@pytest.mark.parametrize("text", ["", "00-15-5D-01-02", "00-15:5D-01-02-03", "zz-15-5D-01-02-03", "00155d0102033"])
def test_other_text_is_no_mac(text: str) -> None:
    with pytest.raises(ValueError, match="not a MAC address"):
        MacAddress(text)


def test_a_mac_knows_its_number_and_whether_it_is_of_one_adapter() -> None:
    assert MacAddress("00-00-00-00-01-00").number == 256
    assert MacAddress("00-15-5D-01-02-03").is_unicast
    assert not MacAddress("01-00-5E-00-00-01").is_unicast
    assert not MacAddress("00-00-00-00-00-00").is_unicast


def test_a_mac_is_parsed_and_written_in_json() -> None:
    adapter = TypeAdapter(MacAddress)
    parsed = adapter.validate_json('"00:15:5d:01:02:03"', strict=True)
    assert isinstance(parsed, MacAddress)
    assert adapter.dump_json(parsed) == b'"00-15-5D-01-02-03"'


def test_a_vlan_that_cannot_work_is_representable_and_one_that_is_no_number_is_not() -> None:
    adapter = TypeAdapter(VlanId)
    assert adapter.validate_python(5000) == 5000
    with pytest.raises(ValidationError):
        adapter.validate_python(-1)


def test_prefixes_of_different_families_never_meet() -> None:
    four, six = IPv4Network("0.0.0.0/0"), IPv6Network("::/0")
    assert not overlaps(four, six)
    assert not overlaps(six, four)
    assert not contains(four, six)
    assert not contains(six, four)


def test_prefixes_overlap_and_contain() -> None:
    outer, inner = IPv4Network("10.0.0.0/8"), IPv4Network("10.1.0.0/16")
    assert overlaps(outer, inner)
    assert overlaps(inner, outer)
    assert contains(outer, inner)
    assert not contains(inner, outer)
    assert contains(IPv6Network("fd00::/8"), IPv6Network("fd00:1::/64"))


def test_the_first_usable_address_follows_the_network_address() -> None:
    assert str(first_usable(IPv4Network("172.16.0.0/20"))) == "172.16.0.1"
    assert str(first_usable(IPv4Network("10.0.0.5/32"))) == "10.0.0.5"
