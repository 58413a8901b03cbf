"""Complaints in plain words."""

from __future__ import annotations

import pytest

from designer.explaining.reading import Reading
from designer.explaining.symptoms import MOST_CHARACTERS, SYMPTOMS, complaints
from designer.rules.registry import RULES


def test_every_rule_exists() -> None:
    assert {rule for symptom in SYMPTOMS for rule in symptom.rules} <= set(RULES)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I published port 8080 but http://localhost:8080 does not answer", "NAT011"),
        ("my networks are gone after a reboot", "NAT010"),
        ("containers have no internet while the VPN is connected", "HST010"),
        ("transparent network in a VM gets no DHCP address", "VMH001"),
        ("RDP connection lost after docker network create -d l2bridge", "SWI015"),
        ("fixed-cidr in daemon.json is ignored", "NAT007"),
        ("Get-NetNat is empty and the containers have no internet", "NAT015"),
        ("docker uses the wrong subnet for its nat network", "NAT017"),
        ("names do not resolve on the transparent network", "DNS005"),
        ("cannot ping a container on another nat network", "NAT008"),
        ("https downloads hang in the container", "MTU005"),
    ],
)
def test_a_complaint_leads_to_its_rule(text: str, rule: str) -> None:
    found = complaints(Reading.of(text))

    assert max(found, key=lambda each: found[each].score) == rule
    assert found[rule].score < 0.7


def test_praise_and_logs_are_no_complaints() -> None:
    assert complaints(Reading.of("the published port answers on localhost")) == {}
    assert complaints(Reading.of("my networks are gone after a reboot" + " blah" * MOST_CHARACTERS)) == {}
