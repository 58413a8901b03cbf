from __future__ import annotations

import pytest

from designer import api
from designer.editing.commands import set_fields
from designer.editing.labels import display_name
from designer.editing.search import SearchIndex
from designer.model.hosts import PhysicalNic
from designer.model.links import Attachment
from designer.model.topology import Topology


def found(topology: Topology, query: str) -> set[str]:
    return {display_name(topology, topology[entity]) for entity in SearchIndex(topology).find(query)}


@pytest.fixture
def seed() -> Topology:
    return api.new("seed").topology


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", set()),
        ("web", {"web01"}),
        ("WEB01", {"web01"}),
        ("hyper-v", {"api01"}),
        ("transparent network", {"corp"}),
        ("17.06", {"HOST01"}),
        ("10.0.0.21", {"api01 – corp", "corp", "Corporate LAN"}),
        ("10.0.0.77", {"corp", "Corporate LAN"}),
        ("8080", {"web01 – nat"}),
        ("container web", {"web01"}),
        ("nothing like that", set()),
    ],
)
def test_what_is_known_about_a_thing_finds_it(seed: Topology, query: str, names: set[str]) -> None:
    assert found(seed, query) == names


@pytest.mark.parametrize("query", ["00-15-5D-01-02-03", "00:15:5d:01:02:03", "0015.5d01.0203", "5d0102"])
def test_a_mac_is_found_in_any_notation(seed: Topology, query: str) -> None:
    (nic,) = seed.of(PhysicalNic)
    with_mac = seed.apply(set_fields(seed, [nic.id], mac="00-15-5D-01-02-03"))

    assert found(with_mac, query) == {"Ethernet"}


def test_ids_are_not_found(seed: Topology) -> None:
    link = next(iter(seed.of(Attachment)))

    assert link.id not in SearchIndex(seed).find(link.id)


def test_services_and_traffic_are_found_by_what_they_say() -> None:
    swarm = api.new("swarm").topology

    assert found(swarm, "8080") == {"shop", "Client → shop"}
    assert found(swarm, "swarm service") == {"shop", "orders"}
    assert found(swarm, "traffic 5432") == {"shop → orders"}
    assert found(swarm, "node.hostname") == {"orders"}
