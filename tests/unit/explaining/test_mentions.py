"""Which elements a text names."""

from __future__ import annotations

import pytest

from designer.explaining.mentions import Mentions
from designer.explaining.reading import Reading
from designer.model.identity import EntityId
from tests.unit.rules.designs import design

TOPOLOGY = (
    design()
    .host("HOST01")
    .nic("Ethernet", addresses=("10.0.0.11/24",), mac="00-15-5D-01-02-03")
    .nic("Ethernet 2")
    .vnic("vEthernet (Ethernet)", on="")
    .network("nat0", subnet="172.17.0.0/16", gateway="172.17.0.1")
    .container("web01", on="nat0", ip="172.17.0.10", ports=({"host_port": 8080, "container_port": 80},))
    .topology
)


def named(text: str) -> dict[str, str]:
    return {str(element): quote for element, quote in Mentions.of(Reading.of(text), TOPOLOGY).quotes.items()}


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("container WEB01 failed", {"web01": "web01"}),
        ("adapter Ethernet not found", {"Ethernet": "Ethernet"}),
        ("adapter Ethernet\n 2 not found", {"Ethernet 2": "Ethernet 2"}),
        ("interface=vEthernet (Ethernet)", {"vEthernet (Ethernet)": "vEthernet (Ethernet)"}),
        ("overlaps with 172.17.0.0/16", {"nat0": "172.17.0.0/16"}),
        ("gateway 172.17.0.1.", {"nat0": "172.17.0.1"}),
        ("listen tcp 0.0.0.0:8080: bind", {"web01|nat0": "8080"}),
        ("port 80/tcp", {"web01|nat0": "80"}),
        ("from 00:15:5d:01:02:03", {"Ethernet": "00-15-5D-01-02-03"}),
        ("at 172.17.0.10", {"web01|nat0": "172.17.0.10"}),
        ("web011 and nat00, 172.17.0.100, 180801, v8080x, 10.0.0.1", {}),
        ("fe80::1%12 ::: :::::::: 1:2:3 999.999.999.999/99", {}),
    ],
)
def test_names_addresses_and_ports_are_found(text: str, elements: dict[str, str]) -> None:
    assert named(text) == elements


def test_a_finding_is_meant_when_an_end_of_its_link_is_named() -> None:
    mentions = Mentions.of(Reading.of("web01"), TOPOLOGY)

    assert mentions.of_finding(TOPOLOGY, (EntityId("web01|nat0"),)) == "web01"
    assert mentions.of_finding(TOPOLOGY, (EntityId("nat0"),)) == ""
