from __future__ import annotations

from pathlib import Path

from designer.model.hosts import Host
from designer.model.topology import Topology
from designer.resources import example_folder
from designer.runbook.surroundings import surroundings
from designer.storage.files import load


def named(topology: Topology) -> set[str]:
    return {element.name for element in topology.elements()}


def part(example: str, host_name: str) -> Topology:
    topology = load(Path(example_folder(), f"{example}.cnd")).topology
    return surroundings(topology, next(host for host in topology.of(Host) if host.name == host_name))


def test_one_host_of_two_with_what_it_is_joined_to() -> None:
    found = named(part("multi-node", "NODE01"))

    assert {"NODE01", "web01", "db01", "shop-net", "Cluster LAN", "Client"} <= found
    assert not {"NODE02", "web02", "Storage LAN"} & found


def test_a_design_of_one_host_is_shown_whole() -> None:
    topology = load(Path(example_folder(), "seed.cnd")).topology

    assert named(part("seed", "HOST01")) == named(topology)


def test_places_and_lines_come_along() -> None:
    topology = part("multi-node", "NODE01")
    whole = load(Path(example_folder(), "multi-node.cnd")).topology

    assert topology.placement(next(iter(topology.of(Host))).id) is not None
    assert 0 < len(topology.entities) < len(whole.entities)
