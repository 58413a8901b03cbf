"""Swarms: which hosts form one, and on which of its nodes the tasks of a service may run."""

from __future__ import annotations

import re

from designer.model.hosts import Host, HostRole
from designer.model.services import Service
from designer.model.topology import Topology

_CONSTRAINT = re.compile(r"\s*(?P<key>[\w.-]+)\s*(?P<sign>==|!=)\s*(?P<value>.+?)\s*")


def in_swarm(host: Host) -> bool:
    """Whether a host is a node of a swarm."""
    return host.role in (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER)


def swarm_names(topology: Topology) -> tuple[str, ...]:
    """Return the names of the swarms of a design, sorted; one may be empty."""
    return tuple(sorted({host.swarm for host in topology.of(Host) if in_swarm(host)}))


def swarm_of(topology: Topology, service: Service) -> str | None:
    """Return the name of the swarm that a service runs in: its own, or the only one; None when that is open."""
    names = swarm_names(topology)
    if service.swarm in names:
        return service.swarm
    return names[0] if not service.swarm and len(names) == 1 else None


def nodes_of(topology: Topology, service: Service) -> tuple[Host, ...]:
    """Return the hosts that tasks of a service may run on, by name and id.

    Constraints on what a design does not hold (labels of nodes) count as met.
    """
    swarm = swarm_of(topology, service)
    nodes = [host for host in topology.of(Host) if swarm is not None and in_swarm(host) and host.swarm == swarm]
    found = (host for host in nodes if all(_meets(host, constraint) for constraint in service.constraints))
    return tuple(sorted(found, key=lambda host: (host.name, host.id)))


def _meets(host: Host, constraint: str) -> bool:
    parts = _CONSTRAINT.fullmatch(constraint)
    value = _values(host).get(parts["key"].casefold()) if parts is not None else None
    if parts is None or value is None:
        return True
    return (value == parts["value"].casefold()) is (parts["sign"] == "==")


def _values(host: Host) -> dict[str, str]:
    role = "manager" if host.role is HostRole.SWARM_MANAGER else "worker"
    return {"node.hostname": host.name.casefold(), "node.role": role, "node.platform.os": "windows"}
