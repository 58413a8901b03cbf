"""Rules about services of a swarm (PRT, OVL, SWM, CPS, NAM)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.swarm import in_swarm, nodes_of, swarm_names, swarm_of
from designer.planning.names import free_name
from designer.planning.ports import free_port
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import (
    Finding,
    FixClass,
    Group,
    Index,
    Only,
    Reach,
    Severity,
    anywhere,
    group_rule,
    links,
    rule,
)
from designer.rules.suggestions import changed

NODES = anywhere(Host, names=True)
"""Reads the nodes of the swarm; constraints speak of their names."""

SWARM_DRIVERS = (NetworkMode.OVERLAY, NetworkMode.NAT, NetworkMode.L2BRIDGE, NetworkMode.INTERNAL)
"""Drivers whose networks a swarm gives to its services. Source: drivers_network_windows.go."""

SERVICE_NAME = re.compile(r"[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*")
"""What swarmkit takes as a name. Source: manager/controlapi/common.go."""

LONGEST_NAME = 63


def swarm_nodes(design: Design, service: Service) -> list[Host]:
    """Return all nodes of the swarm of a service, also those that its tasks may not run on."""
    swarm = swarm_of(design.topology, service)
    return [host for host in design.topology.of(Host) if swarm is not None and in_swarm(host) and host.swarm == swarm]


def _without_mesh(design: Design, service: Service) -> list[Host]:
    nodes = swarm_nodes(design, service)
    return [node for node in nodes if not has(NetworkMode.OVERLAY, Feature.ROUTING_MESH, node.column)]


def _by_mesh(service: Service) -> list[ServicePort]:
    return [port for port in service.ports if port.mode == "ingress"]


def _spoken(ports: list[ServicePort]) -> str:
    return ", ".join(f"{port.published or port.target}/{port.protocol}" for port in ports)


def _crowded(design: Design, service: Service) -> bool:
    """Whether a service has more tasks than nodes, so that two of them meet on a node."""
    return service.mode == "replicated" and service.replicas > len(nodes_of(design.topology, service))


def _on_nodes(design: Design, service: Service) -> dict[str, Any]:
    """Return the fields with which a service publishes on its nodes: a fixed port only where each task has its node."""
    crowded = _crowded(design, service) and swarm_of(design.topology, service) is not None
    ports = tuple(
        port if port.mode == "host" else port.evolve(mode="host", published=0 if crowded else port.published)
        for port in service.ports
    )
    return {"ports": ports}


@rule(
    "PRT014",
    Severity.ERROR,
    subject=Service,
    fix=FixClass.QUICK,
    sources=(src.SWARMKIT_SERVICE,),
    reads=NODES,
    only=Only("ports"),
)
def ingress_with_round_robin(design: Design, service: Service) -> Iterator[Finding]:
    """A port published by the routing mesh for a service with DNS round robin.

    Why: the mesh leads to the virtual IP of a service, and with dnsrr there is none (“port published with ingress mode
    can't be used with dnsrr mode”).
    Bad: endpoint mode dnsrr and port 8080 published in mode ingress.
    Good: mode host, or endpoint mode vip.
    """
    meshed = _by_mesh(service)
    if meshed and service.endpoint_mode == "dnsrr":
        yield Finding(
            (service.id,),
            f"“{service.name}” has endpoint mode dnsrr and publishes {_spoken(meshed)} in mode ingress, which needs "
            "a virtual IP; publish in mode host.",
            "ports",
            changed(f"Publish {service.name} on its nodes", service, **_on_nodes(design, service)),
        )


@rule(
    "PRT015",
    Severity.ERROR,
    subject=Service,
    fix=FixClass.QUICK,
    sources=(src.SWARM_MODE,),
    reads=NODES,
    os=(OsRelease.WS2016,),
    only=Only("ports"),
)
def ingress_on_2016(design: Design, service: Service) -> Iterator[Finding]:
    """A port published by the routing mesh with a node of Windows Server 2016.

    Why: the routing mesh came with version 1709; a 2016 node neither answers at the port nor takes part.
    Bad: port 8080 in mode ingress, and a node with Windows Server 2016.
    Good: mode host and endpoint mode dnsrr, or newer nodes only.
    """
    meshed, old = _by_mesh(service), _without_mesh(design, service)
    if meshed and old:
        fields = _on_nodes(design, service) | {"endpoint_mode": "dnsrr"}
        yield Finding(
            (service.id, *(node.id for node in old)),
            f"“{service.name}” publishes {_spoken(meshed)} by the routing mesh, which {_names(old)} (Windows Server "
            "2016) does not have; publish in mode host with endpoint mode dnsrr.",
            "ports",
            changed(f"Publish {service.name} on its nodes", service, **fields),
        )


def _names(hosts: list[Host]) -> str:
    return ", ".join(sorted(host.name for host in hosts))


@rule(
    "PRT016",
    Severity.ERROR,
    subject=Service,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HCN_RESULT,),
    reads=NODES,
    only=Only("ports"),
)
def more_tasks_than_nodes(design: Design, service: Service) -> Iterator[Finding]:
    """A fixed port on the nodes, and more tasks than nodes.

    Why: a port of a host leads to one container, so that a node can run one task of the service; the others wait
    (“no suitable node (host-mode port already in use”).
    Bad: three replicas that publish 8080 in mode host, and two nodes.
    Good: mode global, or a port that the engine chooses.
    """
    fixed = [port for port in service.ports if port.mode == "host" and port.published]
    nodes = nodes_of(design.topology, service)
    if fixed and swarm_of(design.topology, service) is not None and _crowded(design, service):
        yield Finding(
            (service.id, *(node.id for node in nodes)),
            f"“{service.name}” wants {service.replicas} tasks that each take {_spoken(fixed)} of a node, and "
            f"{len(nodes)} of its nodes can run one; run it on each node once (global), or let the engine choose "
            "the port.",
            "replicas",
            changed(f"Run {service.name} once on each node", service, mode="global") if nodes else None,
        )


def _ingress_ports(design: Design, service: Service) -> Iterator[tuple[str | None, str, int]]:
    swarm = swarm_of(design.topology, service)
    for port in _by_mesh(service):
        if port.published:
            yield swarm, port.protocol, port.published


MESH_PORTS = Index("ports of the routing mesh", (Service,), _ingress_ports, Reach.ANYWHERE, field="ports")


@group_rule("PRT017", Severity.ERROR, index=MESH_PORTS, fix=FixClass.QUICK, sources=(src.SWARMKIT_PORTS,))
def mesh_port_used_twice(design: Design, group: Group) -> Iterator[Finding]:
    """A port that two services publish by the routing mesh.

    Why: a published port of the mesh belongs to one service on all nodes; the second service is refused
    (“is already in use by service … as an ingress port”).
    Bad: web and shop both publish 8080/tcp in mode ingress.
    Good: 8080 and 8081.
    """
    _, protocol, number = group.key
    uses = [
        (service, position)
        for service in group.members
        for position, port in enumerate(service.ports)
        if port.mode == "ingress" and (port.protocol, port.published) == (protocol, number)
    ]
    first = uses[0][0]
    for service, position in uses[1:]:
        nodes = [node.id for node in swarm_nodes(design, service)]
        others = {port.published for known in design.topology.of(Service) for port in known.ports}
        free = free_port(design.topology, nodes, number, protocol, also_taken=others) or 0
        whose = f"“{first.name}” and “{service.name}” both publish" if service.id != first.id else f"“{first.name}”"
        twice = "" if service.id != first.id else " publishes twice"
        moved = service.ports[position].evolve(published=free)
        yield Finding(
            tuple(dict.fromkeys((service.id, first.id))),
            f"{whose}{twice} {number}/{protocol} by the routing mesh; use {free} for one.",
            "ports",
            changed(f"Publish {free} for {service.name}", service, ports=_replaced(service, position, moved)),
        )


def _replaced(service: Service, position: int, port: ServicePort) -> tuple[ServicePort, ...]:
    return (*service.ports[:position], port, *service.ports[position + 1 :])


@rule(
    "OVL008",
    Severity.ERROR,
    subject=Service,
    fix=FixClass.QUICK,
    sources=(src.SWARM_MODE,),
    reads=NODES,
    os=(OsRelease.WS2016,),
)
def virtual_ip_on_2016(design: Design, service: Service) -> Iterator[Finding]:
    """A service with a virtual IP on nodes of Windows Server 2016.

    Why: virtual IPs are balanced by VFP from version 1709 on; tasks on a 2016 node are found by DNS round robin only.
    Bad: endpoint mode vip, which is the default, and a node with Windows Server 2016.
    Good: endpoint mode dnsrr.
    """
    if service.endpoint_mode != "vip" or _by_mesh(service):
        return
    nodes = nodes_of(design.topology, service)
    old = [node for node in nodes if not has(NetworkMode.OVERLAY, Feature.LOAD_BALANCING, node.column)]
    if old:
        fields = _on_nodes(design, service) | {"endpoint_mode": "dnsrr"}
        yield Finding(
            (service.id, *(node.id for node in old)),
            f"“{service.name}” has endpoint mode vip, and {_names(old)} (Windows Server 2016) balances no virtual IP; "
            "use dnsrr.",
            "endpoint_mode",
            changed(f"Use DNS round robin for {service.name}", service, **fields),
        )


@rule("SWM003", Severity.WARNING, subject=Service, fix=FixClass.QUICK, sources=(src.SWARM_MODE,), reads=anywhere(Host))
def mixed_nodes_without_constraint(design: Design, service: Service) -> Iterator[Finding]:
    """A service without a constraint in a swarm of Windows and Linux nodes.

    Why: the swarm sends a task to any node, and an image of the other system does not start there.
    Bad: a service without a constraint in a swarm that has Linux nodes too.
    Good: node.platform.os == windows, or a label of the nodes.
    """
    mixed = next((node for node in swarm_nodes(design, service) if node.linux_nodes), None)
    if mixed is not None and not any(_tells_systems_apart(constraint) for constraint in service.constraints):
        constraints = (*service.constraints, "node.platform.os == windows")
        yield Finding(
            (service.id, mixed.id),
            f"The swarm of “{service.name}” has Linux nodes too; add the constraint node.platform.os == windows.",
            "constraints",
            changed(f"Run {service.name} on Windows nodes only", service, constraints=constraints),
        )


def _tells_systems_apart(constraint: str) -> bool:
    key = re.split("[=!]=", constraint)[0].strip().casefold()
    return key in ("node.platform.os", "node.hostname", "node.id") or key.startswith(("node.labels.", "engine.labels."))


@rule(
    "SWM004",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.SWARM_DRIVERS,),
    reads=links(Attachment),
    only=Only(modes=tuple(mode for mode in NetworkMode if mode not in SWARM_DRIVERS)),
)
def driver_without_swarm_scope(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A driver that a swarm gives no networks of.

    Why: the managers know the drivers overlay, nat, l2bridge and internal; another one with swarm scope is refused.
    Bad: a transparent network with --scope swarm.
    Good: an overlay network, or the transparent one with local scope.
    """
    if network.scope != "swarm":
        return
    used = any(isinstance(workload, Service) for _, workload in design.workloads_on(network.id))
    yield Finding(
        (network.id,),
        f"“{network.name}” is a {network.mode.value} network with swarm scope, which a swarm makes for overlay, nat, "
        "l2bridge and internal only; make it local, or an overlay network.",
        "scope",
        None if used else changed(f"Make {network.name} local", network, scope="local"),
    )


@rule(
    "CPS008",
    Severity.ERROR,
    subject=Service,
    fix=FixClass.QUICK,
    sources=("moby/moby#32957", "docker/cli#131"),
    reads=links(Attachment, ContainerNetwork),
)
def service_on_local_network(design: Design, service: Service) -> Iterator[Finding]:
    """A service of a swarm on a network of local scope.

    Why: the managers place tasks on networks that the whole swarm knows; a network of one host “is declared as
    external, but it is not in the right scope”.
    Bad: a service, or a stack with an external network, on Docker's own nat network.
    Good: an overlay network, or one made with --scope swarm.
    """
    for link in design.attachments(service.id):
        network = design.network_of(link)
        if network is None or network.mode is NetworkMode.OVERLAY or network.scope == "swarm":
            continue
        possible = network.mode in SWARM_DRIVERS and not network.predefined
        yield Finding(
            (service.id, network.id),
            f"“{network.name}” is a {network.mode.value} network of local scope, which the service “{service.name}” "
            "cannot join; use an overlay network, or one with --scope swarm.",
            fix=changed(f"Give {network.name} swarm scope", network, scope="swarm") if possible else None,
        )


def _swarms(design: Design, part: EntityBase) -> Iterator[str | None]:
    """Yield the swarm of a service that uses the routing mesh, or of an ingress network; None where that is open."""
    if isinstance(part, Service):
        if _by_mesh(part):
            yield swarm_of(design.topology, part)
    elif isinstance(part, ContainerNetwork):
        reached = sorted({host.swarm for host in design.hosts_of_network(part) if in_swarm(host)})
        names = reached or swarm_names(design.topology)
        yield names[0] if len(names) == 1 else None


INGRESS: Index[EntityBase] = Index(
    "ingress of a swarm", (Service, ContainerNetwork), _swarms, Reach.ANYWHERE, least=1, field="ingress"
)


@group_rule("SWM005", Severity.ERROR, index=INGRESS, fix=FixClass.QUICK, sources=(src.NETWORK_CREATE,))
def one_ingress_network(design: Design, group: Group) -> Iterator[Finding]:
    """A swarm without an ingress network, or with two.

    Why: the routing mesh is one network of the whole swarm; without it no port is published by it, and Docker makes
    no second one.
    Bad: port 8080 in mode ingress in a swarm whose ingress network was removed.
    Good: exactly one ingress network: Docker's own, or one made with --ingress in its place.
    """
    nodes = [host for host in design.topology.of(Host) if in_swarm(host) and host.swarm == group.key]
    without = [node for node in nodes if not node.swarm_ingress]
    drawn = [part for part in group.members if isinstance(part, ContainerNetwork)]
    if group.key is None or not nodes:
        return
    if without and not drawn:
        for service in group.members:
            yield Finding(
                (service.id, *(node.id for node in without)),
                f"“{service.name}” publishes by the routing mesh, and the ingress network of its swarm was removed; "
                "make it again.",
                "ports",
                _with_ingress(without, present=True),
            )
    elif drawn and not without:
        yield Finding(
            (drawn[0].id, *(node.id for node in nodes)),
            f"“{drawn[0].name}” is a second ingress network; remove the one that the swarm made first.",
            "ingress",
            _with_ingress(nodes, present=False),
        )
    for other in drawn[1:]:
        yield Finding(
            (other.id, drawn[0].id),
            f"“{other.name}” and “{drawn[0].name}” are both ingress networks; a swarm has one.",
            "ingress",
            changed(f"Make {other.name} an ordinary network", other, ingress=False),
        )


def _with_ingress(nodes: list[Host], *, present: bool) -> ChangeSet:
    label = "Let the swarm make its ingress network" if present else "Remove the ingress network of the swarm"
    return ChangeSet(label, tuple(Edit(node, node.evolve(swarm_ingress=present)) for node in nodes))


@rule("NAM007", Severity.ERROR, subject=Service, fix=FixClass.QUICK, sources=(src.SWARMKIT_NAMES,))
def service_name(design: Design, service: Service) -> Iterator[Finding]:
    """A service with a name that is no DNS name.

    Why: the name is what other tasks look up; the swarm takes letters and digits with “-” and “_” between, 63 at most
    (“name must be valid as a DNS name component”).
    Bad: a service named “web shop”.
    Good: web-shop.
    """
    if SERVICE_NAME.fullmatch(service.name) and len(service.name) <= LONGEST_NAME:
        return
    stem = re.sub(r"[^a-zA-Z0-9_]+", "-", service.name).strip("-_")[: LONGEST_NAME - 3].rstrip("-_") or "service"
    name = free_name(design.topology, Service, stem)
    yield Finding(
        (service.id,),
        f"“{service.name}” is no name of a service; use letters, digits and “-”, {LONGEST_NAME} at most: {name}.",
        "name",
        changed(f"Rename it to {name}", service, name=name),
    )
