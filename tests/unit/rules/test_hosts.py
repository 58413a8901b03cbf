"""Rules about hosts."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

FIFTY_ONE = design().host(os="ws2016").network("net")
for _number in range(51):
    FIFTY_ONE = FIFTY_ONE.container(f"web{_number}", on="net", image_build=14393)
BUSY_2022 = design().host().network("net")
for _number in range(51):
    BUSY_2022 = BUSY_2022.container(f"web{_number}", on="net")


EXAMPLES = [
    Example(
        "HST015",
        design().host(sharing_service=False).network("ics0", mode="ics"),
        design().host().network("ics0", mode="ics"),
    ),
    Example("HST001", design().host(build=10240), design().host(os="ws2016")),
    Example(
        "HST002", design().host(containers_feature=False).network(), design().host(containers_feature=True).network()
    ),
    Example("HST003", design().host(os="ws2016", engine_version="25.0.3"), design().host(engine_version="25.0.3")),
    Example("HST005", design().host(ipv6_enabled=False).network(), design().host().network()),
    Example(
        "HST006",
        design().host(system_drive="D:").container(),
        design().host(system_drive="D:").container(hyperv=True),
        fixable=True,
    ),
    Example("HST007", design().host(os="win11", edition="home"), design().host(os="win11", edition="pro")),
    Example("HST008", design().host(os="ws2016", update_revision=206), design().host(os="ws2016", update_revision=693)),
    Example("HST009", design().host(os="win11", edition="pro", production=True), design().host(production=True)),
    Example(
        "HST010",
        design().host().nic("Office VPN", media="vpn").network(),
        design().host().nic("Office VPN", media="vpn", link_up=False).network(),
    ),
    Example("HST011", FIFTY_ONE, BUSY_2022),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_nat_of_clients_stands_on_connection_sharing() -> None:
    assert found("HST015", design().host(os="win11", edition="pro", sharing_service=False).network("nat0"))
