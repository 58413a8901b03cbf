"""Free ports of hosts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from designer.model.addressing import Protocol
from designer.model.hosts import Host, HostRole, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.realisation import containers_on
from designer.model.services import Service
from designer.model.swarm import in_swarm, nodes_of, swarm_of
from designer.model.topology import Topology
from designer.model.workloads import Compartment
from designer.planning.gaps import Span, first_gap, singles
from designer.planning.known import (
    ENGINE_PORTS,
    FIRST_DYNAMIC_PORT,
    FIRST_USER_PORT,
    NODE_PORTS,
    SWARM_PORTS,
    WINDOWS_PORTS,
)

USUAL_PORT = 8080
"""Where the search starts when the wanted port is one of well-known services."""


def free_port(
    topology: Topology,
    hosts: Collection[EntityId],
    wanted: int = USUAL_PORT,
    protocol: Protocol = "tcp",
    also_taken: Iterable[int] = (),
) -> int | None:
    """Return the first port from the wanted one on that nothing has on any of the hosts; None when all are taken.

    The wanted port itself is taken whatever it is, if it is free; others come from 1024 to 49151.
    """
    taken = [*singles(also_taken)]
    for host in hosts:
        taken += taken_ports(topology, host, protocol)
    if 0 < wanted < FIRST_DYNAMIC_PORT and first_gap(taken, wanted, wanted) is not None:
        return wanted
    start = wanted if FIRST_USER_PORT <= wanted < FIRST_DYNAMIC_PORT else USUAL_PORT
    found = first_gap(taken, start, FIRST_DYNAMIC_PORT - 1)
    return found if found is not None else first_gap(taken, FIRST_USER_PORT, start - 1)


def taken_ports(topology: Topology, host_id: EntityId, protocol: Protocol) -> Iterator[Span]:
    """Yield the ports of a host that are not to be published.

    Those are the published ports of its containers and of the services of its swarm, static mappings of its WinNATs,
    what its services listen on, what a firewall closes, what its cluster uses, and what Windows and the engine open.
    """
    host = topology.find(host_id, Host)
    if host is None:
        return
    for listener in (*host.listening, *host.blocked_ports):
        if listener.protocol in (protocol, "any"):
            yield listener.port, listener.port
    yield from singles((*WINDOWS_PORTS, *ENGINE_PORTS))
    if host.swarm or in_swarm(host):
        yield from singles((*SWARM_PORTS, host.vxlan_port))
        yield from singles(_of_services(topology, host, protocol))
    if host.role is HostRole.KUBERNETES_NODE:
        yield NODE_PORTS
    yield from singles(_mapped(topology, host_id, protocol))


def _mapped(topology: Topology, host: EntityId, protocol: Protocol) -> Iterator[int]:
    for nat in (inner for inner in topology.descendants(host) if isinstance(inner, WinNat)):
        yield from (mapping.external_port for mapping in nat.mappings if mapping.protocol == protocol)
    for workload in (*containers_on(topology, host), *topology.children(host, Compartment)):
        for link in topology.links_of(workload.id, Attachment):
            yield from (port.host_port for port in link.ports if port.protocol == protocol)


def _of_services(topology: Topology, host: Host, protocol: Protocol) -> Iterator[int]:
    """Yield what the services of a swarm publish on a node: by the mesh on every node, else where a task may run."""
    for service in topology.of(Service):
        ports = [port for port in service.ports if port.protocol == protocol and port.published]
        if ports and swarm_of(topology, service) == host.swarm:
            on_node = any(node.id == host.id for node in nodes_of(topology, service))
            yield from (port.published for port in ports if on_node or port.mode == "ingress")
