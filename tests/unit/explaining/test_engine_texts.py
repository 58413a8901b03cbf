"""The table of errors of the engine and of Compose."""

from __future__ import annotations

import pytest

from designer.explaining.engine_texts import ENGINE_TEXTS
from designer.explaining.explain import explain
from designer.rules.registry import RULES


def test_every_rule_exists() -> None:
    assert {rule for signature in ENGINE_TEXTS for rule in signature.rules} <= set(RULES)


def test_no_text_stands_twice() -> None:
    texts = [text for signature in ENGINE_TEXTS for text in signature.texts]

    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('plugin "transparent" not found', "DKR022"),
        ("could not find plugin bridge in v1 plugin registry: plugin not found", "DKR001"),
        ("Error response from daemon: network host not found", "DKR003"),
        ("Pool overlaps with other one on this address space", "NAT002"),
        ("invalid network config: no configured subnet contains IP address 10.0.0.5", "IPA004"),
        (
            "user specified IP address is supported only when connecting to networks with user configured subnets",
            "IPA011",
        ),
        ("could not find an available, non-overlapping IPv4 address; could not find an available IP", "IPA014"),
        ("Bind for 0.0.0.0:8080 failed: port is already allocated", "PRT005"),
        ("could not choose an IP address to advertise since this system has multiple addresses", "SWM001"),
        ("Could not attach to network web: not manually attachable", "OVL007"),
        ('Conflict. The container name "/web01" is already in use by container "0a1b"', "NAM005"),
        ("network with name corp already exists", "NAM004"),
        ("Invalid container name (web 01), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed", "NAM001"),
        ("conflicting options: hostname and the network mode", "CMP009"),
        (
            "container cannot be connected to multiple networks with one of the networks in private (none) mode",
            "MHM001",
        ),
        ("network nat declared as external, but could not be found", "CPS006"),
        ("Container cannot be connected to network endpoints: nat0, corp", "DKR021"),
        ("insufficient vnis in list for subnets", "VSI004"),
        ("IPv4 cannot be disabled on Windows", "DKR008"),
    ],
)
def test_wordings_from_the_field_are_known(text: str, rule: str) -> None:
    assert explain(text)[0].rule.id == rule
