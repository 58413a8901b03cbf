"""Who sends, and which address and port the packet is for."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.addressing import IpAddress
from designer.model.base import Element
from designer.model.fabric import Client, Router
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Backend
from designer.model.networks import LoadBalancer, NetworkMode
from designer.model.realisation import PartKey, host_of
from designer.model.services import Service
from designer.model.workloads import Compartment, ContainerBase
from designer.simulate.frames import LOCALHOST, Address, fixed
from designer.simulate.packets import DEFAULT_PORT
from designer.simulate.stations import Port, Stack
from designer.simulate.tasks import make_task, mesh_nodes, networks_of, task_nodes
from designer.simulate.trip import Trip

BY_REACH = (
    NetworkMode.TRANSPARENT,
    NetworkMode.L2BRIDGE,
    NetworkMode.L2TUNNEL,
    NetworkMode.OVERLAY,
    NetworkMode.NAT,
    NetworkMode.ICS,
    NetworkMode.INTERNAL,
    NetworkMode.PRIVATE,
)
"""Of a container on several networks, the address that others use: the one that reaches furthest."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a packet is sent.

    Attributes:
        goal: the interface that it is meant for in the end, None where that is open.
    """

    address: Address
    port: int
    goal: Port | None


@dataclass(frozen=True, slots=True)
class NoAim:
    """Why there is nothing to send to: the code of the drop, where, and a sentence."""

    code: str
    where: EntityId
    sentence: str


def stack_of_element(trip: Trip, element: EntityId) -> Stack | None:
    """Return the IP stack of something that can send; of a service, that of its first task."""
    topology = trip.world.topology
    found = topology.get(element)
    if isinstance(found, Client | Router):
        return trip.world.outer_stack(PartKey(element))
    if isinstance(found, Service):
        nodes = task_nodes(topology, found)
        return make_task(trip, found, nodes[0]) if nodes else None
    host = host_of(topology, element)
    machine = trip.machine(host.id) if host is not None else None
    key = machine.stack_of.get(element) if machine is not None else None
    return machine.stacks[key] if machine is not None and key is not None else None


def take_aim(trip: Trip) -> Aim | NoAim:
    """Return the address and port that the packet is sent to."""
    packet, topology = trip.packet, trip.world.topology
    port = packet.port or 0
    if not isinstance(packet.target, str):
        return _at_address(trip, packet.target, port)
    target = topology.get(packet.target)
    match target:
        case LoadBalancer() as balancer:
            return _at_balancer(trip, balancer, port)
        case Service() as service:
            return _at_service(trip, service, port)
        case ContainerBase() | Compartment() if packet.address != "own":
            return _at_published(trip, target, port)
        case Element():
            return _at_element(trip, target, port)
        case _:
            return NoAim("D-ARP", packet.source, "The target of the packet is not in the design.")


def _at_address(trip: Trip, ip: IpAddress, port: int) -> Aim:
    """Aim at a plain address; on the host of the sender it is known whose it is."""
    if ip.is_loopback:
        return Aim(LOCALHOST, port, None)
    address = fixed(ip)
    machine = trip.machine(trip.origin.host) if trip.origin is not None else None
    stacks = machine.stacks.values() if machine is not None else ()
    own = (found for stack in stacks for found in stack.ports if found.owns(address))
    return Aim(address, port, next(own, None))


def _at_element(trip: Trip, target: Element, port: int) -> Aim | NoAim:
    version = trip.packet.ip_version
    stack = stack_of_element(trip, target.id)
    if stack is None:
        return NoAim(
            "D-ARP", target.id, f"{target.name} is nothing that has an address, so no packet can be sent to it."
        )
    if trip.packet.address == "localhost":
        return Aim(LOCALHOST, port, stack.ports[0] if stack.ports else None)
    chosen = _choose(trip, stack, version)
    if chosen is None:
        return _no_address(target, stack, version)
    address = chosen.address(version)
    assert address is not None
    return Aim(address, port, chosen)


def _no_address(target: Element, stack: Stack, version: int) -> NoAim:
    if version == 6:
        return NoAim("D-IPV6", target.id, f"{target.name} has no IPv6 address.")
    if stack.is_host:
        return NoAim(
            "D-NOHOSTLEG", target.id, f"{target.name} has no interface with an address, so nothing reaches it."
        )
    if isinstance(target, ContainerBase):
        why = "is set to have no network" if target.network_none else "has no endpoint"
        return NoAim("D-NONE", target.id, f"{target.name} {why}, so it has no address.")
    return NoAim("D-NONE", target.id, f"{target.name} has no address.")


def _choose(trip: Trip, stack: Stack, version: int) -> Port | None:
    """Return the interface of the target by which the sender addresses it: on a common network, else the furthest."""
    own = trip.origin.ports if trip.origin is not None else ()
    networks = {port.network.id for port in own if port.network is not None and port.is_endpoint}
    usable = [port for port in stack.ports if port.address(version) is not None]

    def rank(port: Port) -> tuple[bool, int, bool]:
        shared = port.network is not None and port.network.id in networks
        order = BY_REACH.index(port.mode) if port.mode is not None else 0
        if not port.is_endpoint:
            order += len(BY_REACH) * (port.gateway is None)
        return (not shared, order, port.gateway is None)

    return min(usable, key=rank, default=None)


def _at_published(trip: Trip, target: Element, port: int) -> Aim | NoAim:
    """Aim at the host of a container and a port that it publishes."""
    host = host_of(trip.world.topology, target.id)
    machine = trip.machine(host.id) if host is not None else None
    if machine is None:
        return NoAim("D-MAP", target.id, f"{target.name} is on no host, so none publishes a port for it.")
    ports = machine.ports_of(target.id)
    entries = machine.published.get((trip.packet.protocol, port), [])
    goal = next((entry.port for entry in entries if entry.port in ports), ports[0] if ports else None)
    return _at_host(trip, machine.host, port, goal)


def _at_host(trip: Trip, host: Host, port: int, goal: Port | None) -> Aim | NoAim:
    if trip.packet.address == "localhost":
        return Aim(LOCALHOST, port, goal)
    machine = trip.machine(host.id)
    leg = machine.main_port() if machine is not None else None
    address = leg.address(trip.packet.ip_version) if leg is not None else None
    if address is None:
        return NoAim("D-NOHOSTLEG", host.id, f"{host.name} has no address that others could send to.")
    return Aim(address, port, goal)


def _at_balancer(trip: Trip, balancer: LoadBalancer, port: int) -> Aim | NoAim:
    """Aim at the VIP of a load balancer, or at its host where it only has a published port."""
    if balancer.vip is not None:
        return Aim(fixed(balancer.vip), port or balancer.port, None)
    topology = trip.world.topology
    host = host_of(topology, balancer.id)
    for link in topology.links_of(balancer.id, Backend):
        host = host or host_of(topology, link.target)
    if host is None:
        return NoAim("D-LB", balancer.id, f"{balancer.name} has no VIP and no back end, so nothing can be sent to it.")
    return _at_host(trip, host, port or balancer.port, None)


def _at_service(trip: Trip, service: Service, port: int) -> Aim | NoAim:
    topology = trip.world.topology
    nodes = task_nodes(topology, service)
    if not nodes:
        return NoAim("D-LB", service.id, f"{service.name} has no task: no node of the swarm runs one.")
    if trip.packet.address != "own":
        return _at_service_port(trip, service, port)
    origin = trip.origin
    own = {found.network.id for found in origin.ports if found.network is not None} if origin is not None else set()
    task = make_task(trip, service, nodes[0])
    for _, network in networks_of(topology, service):
        if network.id in own and network.mode is NetworkMode.OVERLAY and service.endpoint_mode == "vip":
            prefix = network.subnets[0].network if network.subnets else None
            vip = Address(f"VIP of {service.name}", prefix=prefix, owner=service.id, home=EntityId(f"{network.id}/vip"))
            trip.vips[vip.key] = service
            goal = next((found for found in task.ports if found.network is network), None)
            return Aim(vip, port or DEFAULT_PORT, goal)
    chosen = _choose(trip, task, trip.packet.ip_version)
    if chosen is None:
        return NoAim("D-NONE", service.id, f"{service.name} is on no network, so its tasks have no address for others.")
    address = chosen.address(trip.packet.ip_version)
    assert address is not None
    return Aim(address, port or DEFAULT_PORT, chosen)


def _at_service_port(trip: Trip, service: Service, port: int) -> Aim | NoAim:
    """Aim at a node: any one for a port in the routing mesh, one that runs a task for a port in mode host."""
    topology = trip.world.topology
    mode = next((entry.mode for entry in service.ports if entry.published in (port, 0)), "ingress")
    nodes = mesh_nodes(topology, service) if mode == "ingress" else task_nodes(topology, service)
    here = trip.origin.host if trip.origin is not None else None
    return _at_host(trip, min(nodes, key=lambda node: node.id == here), port, None)
