"""Rules about virtual switches and the host's part in them."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

HOST = design().host().nic("Ethernet")

BARE = design().host(daemon={"default_nat": False})

EXAMPLES = [
    Example(
        "SWI021",
        BARE.network("inside", mode="internal", subnet="172.16.0.0/24").container(on="inside"),
        BARE.network("nat0").container(on="nat0"),
        fixable=True,
    ),
    Example(
        "SWI004",
        HOST.switch("sw", switch_type="internal", uplink="").network("corp", mode="private", switch="sw"),
        HOST.switch("sw", switch_type="private").network("corp", mode="private", switch="sw"),
        fixable=True,
    ),
    Example(
        "SWI005",
        HOST.switch("sw", switch_type="private").vnic("leg", on="sw"),
        HOST.switch("sw", switch_type="internal").vnic("leg", on="sw"),
        fixable=True,
    ),
    Example(
        "SWI015",
        HOST.switch("sw", uplink="Ethernet", allow_management_os=False),
        HOST.nic("Ethernet 2").switch("sw", uplink="Ethernet", allow_management_os=False),
        fixable=True,
    ),
    Example(
        "SWI018",
        HOST.switch("s1", name="External", switch_type="internal").switch(
            "s2", name="External", switch_type="internal"
        ),
        HOST.switch("s1", name="External", switch_type="internal").switch("s2", name="Other", switch_type="internal"),
        fixable=True,
    ),
    Example(
        "SWI020",
        HOST.network("nat0", subnet="172.16.0.0/20", gateway="172.16.0.1").vnic(
            "leg", on="nat0", addresses=("172.16.0.5/20",)
        ),
        HOST.network("nat0", subnet="172.16.0.0/20", gateway="172.16.0.1").vnic(
            "leg", on="nat0", addresses=("172.16.0.1/20",)
        ),
    ),
    Example("SWI024", design().host(hyperv_role=False).switch(switch_type="internal"), HOST.switch(uplink="Ethernet")),
    Example(
        "TOP006", HOST.switch("sw", uplink="Ethernet"), HOST.switch("sw", uplink="Ethernet").vnic(on="sw"), fixable=True
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_containers_without_network_need_none() -> None:
    assert not found("SWI021", BARE.container(network_none=True))
    assert not found("SWI021", design().host().network("inside", mode="internal").container(on="inside"))
