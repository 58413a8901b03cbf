"""Rules about options that the engine on Windows refuses or does not read."""

from __future__ import annotations

import pytest

from designer.model.links import Attachment
from designer.rules.registry import Severity
from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host()
LINKED = HOST.network().container("db01", on="nat0")

EXAMPLES = [
    Example("DKR008", HOST.network(ipv4_disabled=True), HOST.network(), fixable=True),
    Example("DKR010", HOST.network(ipam_driver="infoblox"), HOST.network(ipam_driver="default"), fixable=True),
    Example(
        "IPA010",
        HOST.network(mode="l2bridge", subnet="10.0.0.0/24", ipam_driver="dhcp"),
        HOST.network(mode="l2bridge", subnet="10.0.0.0/24"),
        fixable=True,
    ),
    Example(
        "DKR020",
        LINKED.container("web01", on="nat0", legacy_links=("db01:db",)),
        LINKED.container("web01", on="nat0"),
        fixable=True,
    ),
    Example("DKR022", design().host(engine_os="linux").network(), HOST.network()),
    Example("ISO013", HOST.container(linux_options=("--privileged",)), HOST.container(), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_ipam_options_are_a_warning() -> None:
    drawn = HOST.network(ipam_options=({"key": "a", "value": "b"},))
    assert [judged.severity for judged in found("DKR010", drawn)] == [Severity.WARNING]


def test_dhcp_asked_for_on_a_transparent_network_is_a_foreign_driver() -> None:
    drawn = HOST.nic().network(mode="transparent", uplink="Ethernet", ipam_driver="dhcp")
    assert found("DKR010", drawn)
    assert not found("IPA010", drawn)


def test_a_link_becomes_an_alias_where_names_are_known() -> None:
    drawn = LINKED.container("web01", on="nat0", legacy_links=("db01:db", "cache"))
    fix = found("DKR020", drawn)[0].finding.fix
    assert fix is not None
    links = drawn.topology.apply(fix).of(Attachment)
    assert {link.source: link.aliases for link in links} == {"db01": ("db",), "web01": ()}
