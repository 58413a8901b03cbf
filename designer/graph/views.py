"""Layer 2 and layer 3 of a design as networkx graphs.

A node is a `PartKey`: a stored element or link, or a part that follows from it. Only this package sees networkx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam
from designer.model.identity import EntityId
from designer.model.links import Cable
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import HostRealisation, PartKey, host_of, realise
from designer.model.topology import Topology
from designer.model.workloads import Compartment

if TYPE_CHECKING:
    Graph = nx.Graph[PartKey]
else:
    Graph = nx.Graph


def layer2(topology: Topology) -> Graph:
    """Return which parts pass frames to each other.

    Switches, the adapters and teams under them, physical networks and overlay networks forward. Endpoints, vNICs,
    adapters without a switch, routers and clients do not: they have the attribute ``owner``, the element whose IP stack
    answers there. An edge has the ``vlan`` of the network that the endpoint is on (None: untagged), a cable none.
    """
    graph: Graph = nx.Graph()
    for host in topology.of(Host):
        _add_host(graph, topology, realise(topology, host.id))
    for segment in topology.of(Segment):
        graph.add_node(PartKey(segment.id))
    for outer in (*topology.of(Router), *topology.of(Client)):
        graph.add_node(PartKey(outer.id), owner=outer.id)
    for cable in topology.of(Cable):
        source = _carrier(topology, cable.source)
        graph.add_edge(source, PartKey(cable.target))
        host_end = topology.find(source.element, PhysicalNic)
        if host_end is not None and not graph.nodes[source].get("forwards"):
            owner = host_of(topology, host_end.id)
            graph.nodes[source]["owner"] = owner.id if owner is not None else host_end.id
    return graph


def _carrier(topology: Topology, end: EntityId) -> PartKey:
    """Return the node of a cable's end: the team for its members."""
    nic = topology.find(end, PhysicalNic)
    team = topology.find(nic.parent, SetTeam) if nic is not None else None
    return PartKey(team.id if team is not None else end)


def _add_host(graph: Graph, topology: Topology, host: HostRealisation) -> None:
    for switch in host.switches:
        graph.add_node(switch.key)
        for uplink in switch.uplinks:
            graph.add_node(PartKey(uplink), forwards=True)
            graph.add_edge(switch.key, PartKey(uplink))
    for vnic in host.host_vnics:
        drawn = topology.find(vnic.key.element, HostVNic) if not vnic.key.is_derived else None
        compartment = topology.find(drawn.parent, Compartment) if drawn is not None else None
        graph.add_node(vnic.key, owner=compartment.id if compartment is not None else host.host)
        graph.add_edge(vnic.key, vnic.switch, vlan=drawn.vlan if drawn is not None else None)
    for endpoint in host.endpoints:
        node = PartKey(endpoint.attachment)
        network = topology.find(endpoint.network, ContainerNetwork)
        graph.add_node(node, owner=endpoint.workload)
        if network is not None and network.mode is NetworkMode.OVERLAY:
            graph.add_edge(node, PartKey(network.id))
        else:
            graph.add_edge(node, endpoint.switch, vlan=network.vlan if network is not None else None)


def layer3(topology: Topology, frames: Graph) -> Graph:
    """Return which IP stacks meet in which broadcast domain: owners on one side, domains on the other.

    A domain is the key of one of its parts with the part ``domain``; owners are hosts, workloads, routers and clients.
    """
    graph: Graph = nx.Graph()
    for owner in (*topology.of(Host), *topology.of(Router), *topology.of(Client)):
        graph.add_node(PartKey(owner.id))
    for domain in domains(frames):
        members = sorted(domain, key=lambda key: (key.element, key.part))
        for member in members:
            owner_id = frames.nodes[member].get("owner")
            if owner_id is not None:
                graph.add_edge(PartKey(owner_id), PartKey(members[0].element, f"domain:{members[0].part}"))
    return graph


def domains(frames: Graph) -> list[set[PartKey]]:
    """Return the broadcast domains: parts that one broadcast reaches, by VLAN where endpoints are on several."""
    forwarding = nx.subgraph_view(frames, filter_node=lambda node: frames.nodes[node].get("owner") is None)
    found: list[set[PartKey]] = []
    for core in nx.connected_components(forwarding):
        ends: dict[int | None, set[PartKey]] = {}
        for inner in core:
            for end, edge in frames.adj[inner].items():
                if end not in core:
                    ends.setdefault(edge.get("vlan"), set()).add(end)
        found += [core | members for members in ends.values()] or [set(core)]
    return found
