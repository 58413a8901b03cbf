"""Rules about options of docker network create that are kept as text."""

from __future__ import annotations

import pytest

from designer.model.networks import ContainerNetwork
from designer.rules.option_values import SHIM, VXLAN_IDS
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import Example, check, found, ids_of

HOST = design().host().nic()
SWARM = design().host(role="swarm-manager").nic()


def option(key: str, value: str, mode: str = "nat", host: Drawn = HOST) -> Drawn:
    full = key if key.startswith("com.") else SHIM + key
    return host.network("net", mode=mode, options=({"key": full, "value": value},), attachable=True)


HNS_ID = "c08cb7b8-9b3c-408e-8e30-5e16a3aeb444"


def named_twice(mode: str) -> Drawn:
    drawn = HOST.network("a", options=({"key": SHIM + "hnsid", "value": HNS_ID},))
    upper = ({"key": SHIM + "HNSID".lower(), "value": HNS_ID.upper()},)
    return drawn.network("b", mode=mode, options=upper, uplink="Ethernet" if mode == "transparent" else "")


EXAMPLES = [
    Example(
        "SWI006",
        option("interface", "vEthernet (Ethernet)", "transparent"),
        option("interface", "Ethernet", "transparent"),
        fixable=True,
    ),
    Example(
        "SWI007",
        option("interface", "Ethernet 3", "transparent"),
        option("interface", "ethernet", "transparent"),
        fixable=True,
    ),
    Example(
        "SET007",
        option("interface", "Ethernet, Ethernet 2", "transparent", HOST.nic("Ethernet 2")),
        option("interface", "Ethernet,Ethernet 2", "transparent", HOST.nic("Ethernet 2")),
        fixable=True,
    ),
    Example("DNS001", option("dnsservers", "dc01,10.0.0.2"), option("dnsservers", "10.0.0.2"), fixable=True),
    Example(
        "DNS008", option("dnsservers", "10.0.0.2; 10.0.0.3"), option("dnsservers", "10.0.0.2,10.0.0.3"), fixable=True
    ),
    Example(
        "MAC001",
        option("macpool", "00:15:5d:00:00:00,00:15:5d:00:00:ff"),
        option("macpool", "00-15-5D-00-00-00,00-15-5D-00-00-FF"),
        fixable=True,
    ),
    Example(
        "MAC002",
        option("macpool", "00-15-5D-00-00-00,00-15-5D-00-00-FF,00-15-5D-00-01-00"),
        option("macpool", "00-15-5D-00-00-00,00-15-5D-00-00-FF"),
        fixable=True,
    ),
    Example(
        "VSI005",
        option(VXLAN_IDS, "4097, 4098", "overlay", SWARM),
        option(VXLAN_IDS, "4097,4098", "overlay", SWARM),
        fixable=True,
    ),
    Example(
        "DKR012",
        option("enable_outboundnat", "yes", "l2bridge"),
        option("enable_outboundnat", "true", "l2bridge"),
        fixable=True,
    ),
    Example(
        "DKR017",
        option("outboundnat_exceptions", "10.0.0.0/8, lan", "l2bridge"),
        option("outboundnat_exceptions", "10.0.0.0/8,10.1.2.3", "l2bridge"),
        fixable=True,
    ),
    Example(
        "DKR019",
        named_twice("transparent"),
        named_twice("nat"),
        fixable=True,
    ),
    Example(
        "DKR019",
        option("hnsid", "nat"),
        option("hnsid", "b3f5ac0e-2a4f-4a7d-9d53-0b1f6a2f8c11"),
        fixable=True,
    ),
    Example("QOS001", option("qospolicies", "1000"), option("dnssuffix", "corp.example.com")),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=ids_of(EXAMPLES))
def test_rule(example: Example) -> None:
    check(example)


def repaired(rule: str, drawn: Drawn) -> tuple[str, ...]:
    fix = found(rule, drawn)[0].finding.fix
    assert fix is not None
    network = drawn.topology.apply(fix).of(ContainerNetwork)[0]
    return tuple(option.value for option in network.options)


@pytest.mark.parametrize(
    ("rule", "key", "value", "after"),
    [
        ("DNS001", "dnsservers", "dc01", ()),
        ("MAC001", "macpool", "first,last", ()),
        ("MAC001", "macpool", "00155d000000,00155D0000ff", ("00-15-5D-00-00-00,00-15-5D-00-00-FF",)),
        ("DKR012", "enable_outboundnat", "off", ("false",)),
        ("DKR012", "enable_outboundnat", "maybe", ()),
        ("DKR017", "outboundnat_exceptions", "10.0.0.0/8, lan", ("10.0.0.0/8",)),
        ("SET007", "interface", "Ethernet ,Ethernet", ("Ethernet,Ethernet",)),
    ],
)
def test_a_value_is_mended_or_the_option_goes(rule: str, key: str, value: str, after: tuple[str, ...]) -> None:
    assert repaired(rule, option(key, value)) == after


def test_with_a_drawn_uplink_the_option_goes() -> None:
    drawn = option("interface", "vEthernet (Ethernet)", "transparent").uplink("net", "Ethernet")
    assert repaired("SWI006", drawn) == ()


def test_which_of_several_adapters_is_meant_is_not_guessed() -> None:
    drawn = option("interface", "Ethernet 3", "transparent", HOST.nic("Ethernet 2"))
    assert found("SWI007", drawn)[0].finding.fix is None
    assert not found("SWI007", option("interface", "Ethernet 3", "transparent", design().host()))
