"""From a declared flow to the packet that opens it."""

from __future__ import annotations

from designer.model.flows import PROTOCOLS_WITH_PORTS, Flow
from designer.model.hosts import Host, ListeningPort
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import LoadBalancer
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.simulate.trace import Addressing, Packet

DEFAULT_PORT = 80

FIRST_DYNAMIC_PORT = 60_000
"""Where Docker begins when it chooses a host port. Source: moby/moby portallocator_windows.go."""


def packet_of(topology: Topology, flow: Flow) -> Packet:
    """Return the first packet of a flow; an open port is the first that the target publishes or listens on, else 80."""
    port = flow.port
    if flow.protocol not in PROTOCOLS_WITH_PORTS:
        port = None
    elif port is None:
        port = first_port(topology, flow.target, flow.protocol, flow.address)
    return Packet(
        flow.source, flow.target, flow.protocol, port, flow.address, ip_version=flow.ip_version, ipsec=flow.ipsec
    )


def first_port(topology: Topology, target: EntityId, protocol: str = "tcp", address: Addressing = "own") -> int:
    """Return the port at which a target is most likely asked: published first, then listened on, else 80."""
    match topology.get(target):
        case WindowsContainer() | HyperVContainer() as container:
            found = _of_container(topology, container, protocol, published=address != "own")
        case Service() as service:
            fitting = [port for port in service.ports if port.protocol == protocol]
            found = [port.target if address == "own" else port.published or FIRST_DYNAMIC_PORT for port in fitting]
        case Host() as host:
            found = _listening(host.listening, protocol)
        case LoadBalancer() as balancer:
            found = [balancer.port]
        case _:
            found = []
    return found[0] if found else DEFAULT_PORT


def _of_container(
    topology: Topology, container: WindowsContainer | HyperVContainer, protocol: str, *, published: bool
) -> list[int]:
    mappings = [
        mapping
        for link in topology.links_of(container.id, Attachment)
        for mapping in link.ports
        if mapping.protocol == protocol
    ]
    if published:
        return [mapping.host_port or FIRST_DYNAMIC_PORT for mapping in mappings]
    return [mapping.container_port for mapping in mappings] or _listening(container.listening, protocol)


def _listening(ports: tuple[ListeningPort, ...], protocol: str) -> list[int]:
    return [port.port for port in ports if port.protocol in (protocol, "any")]
