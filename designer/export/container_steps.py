"""Statements for the containers of a host: create, connect to further networks, start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.export.docker_arguments import with_settings
from designer.export.requirements import ContainerStopped, DefaultNatPresent, Feature, MemoryFree, PortFree, Requirement
from designer.export.script import Risk, Statement
from designer.export.statements import ConnectContainer, CreateContainer, Remark, StartContainer
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import containers_on
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import Compartment, Container, HyperVContainer, WindowsContainer

_UTILITY_VM_MB = 1024
"""Memory of the utility VM of a Hyper-V container without a limit of its own. Source: inferred from HCS defaults."""

Joined = tuple[Attachment, ContainerNetwork]


@dataclass(frozen=True, slots=True)
class PlacedContainer:
    """A container and what it is attached to; the first attachment is the one that it is created with.

    Attributes:
        shares_with: the container whose network it uses instead.
    """

    host: Host
    container: Container
    joined: tuple[Joined, ...]
    shares_with: Container | None = None


def placed_containers(topology: Topology, host: Host) -> tuple[PlacedContainer, ...]:
    """Return the containers of a host in the order of their creation: one that lends its network comes first."""
    waiting = [_placed(topology, host, container) for container in containers_on(topology, host.id)]
    ordered: dict[EntityId, PlacedContainer] = {}
    while waiting:
        ready = [item for item in waiting if item.shares_with is None or item.shares_with.id in ordered]
        ordered |= {
            item.container.id: item for item in ready or waiting
        }  # a circle of lenders is a finding of the rules
        waiting = [item for item in waiting if item.container.id not in ordered]
    return tuple(ordered.values())


def joined_networks(topology: Topology, workload: EntityId) -> tuple[Joined, ...]:
    """Return the networks of a workload; first the one with published ports, else with a fixed MAC, else by name."""
    found = [
        (link, network)
        for link in topology.links_of(workload, Attachment)
        if (network := topology.find(link.target, ContainerNetwork)) is not None
    ]
    return tuple(sorted(found, key=lambda joined: _rank(*joined)))


def _rank(link: Attachment, network: ContainerNetwork) -> tuple[bool, bool, str, EntityId]:
    return (not link.ports, link.mac is None, network.name, link.id)


def _placed(topology: Topology, host: Host, container: Container) -> PlacedContainer:
    joined = joined_networks(topology, container.id)
    lender = _container(topology, container.shares_network_of)
    compartment = topology.find(container.parent, Compartment)
    if compartment is not None and lender is None and isinstance(container, WindowsContainer):
        inside = topology.children(compartment.id, WindowsContainer)
        first = min(inside, key=lambda other: (other.name, other.id))
        if first.id != container.id:
            return PlacedContainer(host, container, joined, first)
        joined = tuple(sorted(joined + joined_networks(topology, compartment.id), key=lambda each: _rank(*each)))
    return PlacedContainer(host, container, joined, lender)


def _container(topology: Topology, found: EntityId | None) -> Container | None:
    entity = topology.get(found)
    return entity if isinstance(entity, WindowsContainer | HyperVContainer) else None


def container_statements(placed: PlacedContainer) -> Iterator[Statement]:
    """Yield how a container comes to run on its networks.

    It is connected while it is stopped: Windows Server 2016, Hyper-V isolation and containerd refuse it later.
    """
    container = placed.container
    lent = placed.shares_with is not None
    primary = None if lent or container.network_none or not placed.joined else placed.joined[0]
    yield _create(placed, primary)
    if primary is not None:
        for link, network in placed.joined[1:]:
            alias = f", address {link.ip}" if link.ip else ""
            yield ConnectContainer(
                element=link.id,
                reason=f"{container.name} also joins {network.name}{alias}",
                requires=(_stopped(placed, network),),
                container=container.name,
                network=network.name,
                ip=link.ip,
                aliases=link.aliases,
            )
    yield _start(placed)
    yield from _remarks(placed, primary)


def _start(placed: PlacedContainer) -> StartContainer:
    name = placed.container.name
    overlays = [network.name for _, network in placed.joined if network.mode is NetworkMode.OVERLAY]
    first = f"; with the first one on {overlays[0]} HNS puts a switch on the adapter" if overlays else ""
    return StartContainer(
        element=placed.container.id,
        reason=f"start {name}{first}",
        risk=Risk.CUTS_CONNECTION if overlays else Risk.NONE,
        name=name,
    )


def _requirements(placed: PlacedContainer, ports: tuple[PortMapping, ...]) -> Iterator[Requirement]:
    hyperv = isinstance(placed.container, HyperVContainer)
    if hyperv:
        yield Feature("Hyper-V", "ISO005")
    if any(network.predefined for _, network in placed.joined):
        yield DefaultNatPresent(placed.host.column is OsRelease.WS2016)
    yield from (PortFree(port.host_port, port.protocol) for port in ports if port.host_port)
    if placed.container.memory_mb or hyperv:
        yield MemoryFree(placed.container.memory_mb or _UTILITY_VM_MB)


def _stopped(placed: PlacedContainer, network: ContainerNetwork) -> ContainerStopped:
    name = placed.container.name
    if placed.host.column is OsRelease.WS2016:
        return ContainerStopped(name, network.name, "HOT001")
    if isinstance(placed.container, HyperVContainer):
        return ContainerStopped(name, network.name, "HOT002")
    return ContainerStopped(name, network.name, "HOT003", containerd_only=True)


def _create(placed: PlacedContainer, primary: Joined | None) -> CreateContainer:
    container, link = placed.container, primary[0] if primary else None
    hyperv = isinstance(container, HyperVContainer)
    ports = tuple(port for each, _ in placed.joined for port in each.ports) if link else ()
    attached_dns = tuple(server for each, _ in placed.joined for server in each.dns_servers) if link else ()
    kind = "Hyper-V container" if hyperv else "Windows container"
    network = f"container:{placed.shares_with.name}" if placed.shares_with else primary[1].name if primary else "none"
    where = f" at {link.ip}" if link and link.ip else ""
    return with_settings(
        CreateContainer(
            element=container.id,
            reason=f"{container.name}: {kind} on {network}{where}",
            requires=tuple(_requirements(placed, ports)),
            name=container.name,
            image=container.image,
            isolation=("hyperv" if hyperv else "process") if container.explicit_isolation else "",
            network=network,
            ip=link.ip if link else None,
            mac=link.mac if link else None,
            aliases=link.aliases if link else (),
            ports=ports,
            dns_servers=tuple(dict.fromkeys(container.dns_servers + attached_dns)),
            dns_options=container.dns_options,
            hostname=container.hostname,
            memory_mb=container.memory_mb,
            cpus=container.cpus,
            environment=container.environment,
            command=container.command,
        )
    )


def _remarks(placed: PlacedContainer, primary: Joined | None) -> Iterator[Statement]:
    name = placed.container.name
    if primary is None:
        for link, network in placed.joined:
            lender = placed.shares_with
            whose = f"the network of {lender.name}" if lender else "no network (--network none)"
            yield Remark(element=link.id, reason=f"{name} is not attached to {network.name}: it uses {whose}.")
        return
    for number, (link, network) in enumerate(placed.joined):
        expected = {subnet.gateway for subnet in network.subnets}
        if link.gateway is not None and link.gateway not in expected:
            yield Remark(
                element=link.id,
                reason=f"{name} on {network.name}: Docker gives the gateway of the network, never {link.gateway}; "
                "set that route inside the container.",
            )
        if number and link.mac is not None:
            yield Remark(
                element=link.id,
                reason=f"{name} on {network.name}: docker network connect cannot set the MAC address {link.mac}; only "
                "the network that the container is created on can have a fixed one.",
            )
