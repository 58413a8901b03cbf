"""The tasks of swarm services, which a design does not draw: which nodes run one, and with which interfaces."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.services import Service
from designer.model.swarm import nodes_of, swarm_of
from designer.model.topology import Topology
from designer.simulate.building import endpoint_addresses
from designer.simulate.frames import Address
from designer.simulate.stations import TASK, Kind, Port, Stack
from designer.simulate.trip import Trip

INGRESS = "ingress"
"""The name of the network of the routing mesh."""


def task_nodes(topology: Topology, service: Service) -> tuple[Host, ...]:
    """Return the hosts that run a task: all that may, or the first ones when there are fewer replicas."""
    nodes = nodes_of(topology, service)
    return nodes if service.mode == "global" else nodes[: service.replicas]


def mesh_nodes(topology: Topology, service: Service) -> tuple[Host, ...]:
    """Return the hosts on which the routing mesh publishes the ports of a service: every node of its swarm."""
    swarm = swarm_of(topology, service)
    if swarm is None:
        return ()
    return nodes_of(topology, service.evolve(constraints=(), swarm=swarm) if service.constraints else service)


def networks_of(topology: Topology, service: Service) -> list[tuple[Attachment, ContainerNetwork]]:
    """Return the networks of a service with its attachments to them."""
    links = topology.links_of(service.id, Attachment)
    found = [(link, topology.find(link.target, ContainerNetwork)) for link in links]
    return [(link, network) for link, network in found if network is not None]


def task_key(service: EntityId, host: EntityId) -> PartKey:
    """Return the part that stands for the task of a service on a host."""
    return PartKey(service, f"{TASK}:{host}")


def make_task(trip: Trip, service: Service, node: Host) -> Stack:
    """Return the stack of a task with an interface on each network of the service that is on its node."""
    key = task_key(service.id, node.id)
    hyperv = service.isolation == "hyperv" or (service.isolation == "default" and not node.is_server)
    kind = Kind.VMNIC if hyperv else Kind.VNIC
    ports = tuple(_task_ports(trip, service, node, kind))
    stack = Stack(key, service.id, f"{service.name}.1 on {node.name}", ports, host=node.id)
    trip.add_stack(stack)
    return stack


def _task_ports(trip: Trip, service: Service, node: Host, kind: Kind) -> Iterator[Port]:
    machine = trip.machine(node.id)
    for link, network in networks_of(trip.world.topology, service):
        if network.parent is not None and network.parent != node.id:
            continue
        switch = machine.parts.switch_of(network.id) if machine is not None else None
        task = f"{service.name}.1"
        addresses = tuple(
            Address(task, prefix=address.prefix, owner=service.id, home=network.id, version=address.version)
            for address in endpoint_addresses(None, network, service)
        )
        leg = machine.leg(network.id) if machine is not None else None
        gateway = next((subnet.gateway for subnet in network.subnets if subnet.gateway is not None), None)
        own_gateway = (
            leg.addresses[0] if leg is not None and network.mode is NetworkMode.NAT and leg.addresses else None
        )
        yield Port(
            task_key(service.id, node.id),
            service.id,
            task_key(service.id, node.id),
            kind,
            task,
            task,
            addresses,
            own_gateway or Address(str(gateway) if gateway else f"gateway of {network.name}", gateway, home=network.id),
            node.id,
            network,
            switch.key if switch is not None else None,
            attachment=link,
        )


def ingress_port(trip: Trip, service: Service, node: Host) -> Port:
    """Return the interface that a task has on the network of the routing mesh."""
    topology = trip.world.topology
    drawn = next((network for network in topology.of(ContainerNetwork) if network.ingress), None)
    network = drawn or ContainerNetwork(
        id=EntityId(INGRESS), name=INGRESS, mode=NetworkMode.OVERLAY, scope="swarm", ingress=True
    )
    stack = make_task(trip, service, node)
    machine = trip.machine(node.id)
    switch = machine.parts.switch_of(network.id) if machine is not None else None
    address = Address(f"{service.name}.1", owner=service.id, home=network.id)
    kind = stack.ports[0].kind if stack.ports else Kind.VNIC
    port = Port(
        stack.key,
        service.id,
        stack.key,
        kind,
        f"{service.name}.1",
        f"{service.name}.1",
        (address,),
        None,
        node.id,
        network,
        switch.key if switch is not None else None,
    )
    trip.add_stack(Stack(stack.key, service.id, stack.name, (*stack.ports, port), host=node.id))
    return port
