"""A packet always comes to an end, in any design, and what is kept after an edit changes nothing."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from designer.model.base import Element
from designer.model.fabric import Client
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import LoadBalancer
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.simulate.drops import DROPS
from designer.simulate.engine import trace
from designer.simulate.trace import Packet, Trace
from designer.simulate.world import World, hosts_changed_by
from tests.property.strategies import commands, hostile_topologies, topologies

SENDERS = WindowsContainer | HyperVContainer | Service | Host | Client
MOST_PAIRS = 40


def packets(topology: Topology) -> list[Packet]:
    """Return a packet for every pair of ends, in all ways to address them."""
    senders = [found.id for found in topology.elements() if isinstance(found, SENDERS)]
    targets = [*senders, *(found.id for found in topology.of(LoadBalancer))]
    pairs = list(product(senders, targets))[:MOST_PAIRS]
    ways: tuple[dict[str, Any], ...] = (
        {},
        {"address": "published"},
        {"address": "localhost"},
        {"ip_version": 6},
        {"protocol": "icmp", "port": None},
    )
    return [Packet(source, target, **{"port": 80} | way) for source, target in pairs for way in ways]


@given(st.one_of(topologies(), hostile_topologies()))
def test_every_packet_comes_to_an_end(topology: Topology) -> None:
    world = World(topology)
    for packet in packets(topology):
        assert_sound(topology, trace(world, packet))


@given(topologies(), st.data())
def test_any_element_can_be_asked_for(topology: Topology, data: st.DataObject) -> None:
    ids = [element.id for element in topology.elements()]
    if ids:
        source, target = (data.draw(st.sampled_from([*ids, EntityId("nothing")])) for _ in range(2))
        assert_sound(topology, trace(World(topology), Packet(source, target, port=80)))


def assert_sound(topology: Topology, found: Trace) -> None:
    assert found.hops
    assert found.sentence
    assert found.delivered is (found.code == "")
    assert not found.code or found.code in DROPS
    assert (found.reply is not None) is found.delivered
    for hop in found.hops:
        assert hop.text
        assert "I[" in hop.header
    assert all(topology.find(host, Host) is not None for host in found.touched)
    assert found.where is None or topology.find(found.where, Element) is not None or found.where not in topology


@given(topologies(), st.data())
def test_what_is_kept_after_an_edit_changes_nothing(topology: Topology, data: st.DataObject) -> None:
    world = World(topology)
    for packet in packets(topology):
        trace(world, packet)
    change = data.draw(commands(topology))
    after = topology.apply(change)

    kept = world.after(after, hosts_changed_by(topology, after, change))

    for packet in packets(after):
        assert trace(kept, packet) == trace(World(after), packet)
