"""The routing mesh of a swarm, and load balancers with a published port: every node takes connections for a service.

Row O9.
"""

from __future__ import annotations

from designer.model.hosts import Host, PhysicalNic
from designer.model.modes import Feature, has
from designer.model.networks import LoadBalancer, NetworkMode
from designer.model.realisation import PartKey, host_of
from designer.model.services import Service, ServicePort
from designer.simulate.balancing import of_balancer, source_vip
from designer.simulate.frames import Frame
from designer.simulate.machines import Machine
from designer.simulate.overlay import encapsulate
from designer.simulate.policies import is_blocked
from designer.simulate.steps import Dropped, Entering, Routing, Step
from designer.simulate.tasks import ingress_port, make_task, mesh_nodes, task_nodes
from designer.simulate.trip import Trip


def at_node(trip: Trip, machine: Machine, nic: PhysicalNic, frame: Frame) -> Step | None:
    """Take a packet from the wire for a port of a service or load balancer; None when it is for neither."""
    topology = trip.world.topology
    for service in topology.of(Service):
        for port in service.ports:
            if (port.protocol, port.published) == (frame.protocol, frame.target_port):
                step = _for_service(trip, machine, nic, service, port, frame)
                if step is not None:
                    return step
    for balancer in topology.of(LoadBalancer):
        where = host_of(topology, balancer.id)
        here = where is None or where.id == machine.host.id
        fits = (balancer.protocol, balancer.port) == (frame.protocol, frame.target_port)
        if here and fits and (balancer.vip is None or balancer.vip == frame.target.ip):
            return _for_balancer(trip, machine, nic, balancer, frame)
    return None


def service_at(trip: Trip, machine: Machine, frame: Frame) -> Service | None:
    """Return the service whose published port a packet for a host is for; None without one on this node."""
    topology = trip.world.topology
    for service in topology.of(Service):
        for port in service.ports:
            if (port.protocol, port.published) == (frame.protocol, frame.target_port):
                nodes = task_nodes(topology, service) if port.mode == "host" else mesh_nodes(topology, service)
                if machine.host in nodes:
                    return service
    return None


def _for_balancer(trip: Trip, machine: Machine, nic: PhysicalNic, balancer: LoadBalancer, frame: Frame) -> Step:
    chosen = of_balancer(trip, machine, None, balancer, frame, "B12")
    if isinstance(chosen, Dropped):
        return chosen
    overlay = chosen.port.mode is NetworkMode.OVERLAY
    if chosen.port.host == machine.host.id:
        return trip.move(PartKey(nic.id), chosen.text, Entering(chosen.port), chosen.frame, "O9" if overlay else "B12")
    if overlay:
        return encapsulate(trip, machine, chosen.port.network, chosen.port, chosen.frame, "O9", chosen.text + " ")
    return trip.move(PartKey(nic.id), chosen.text, Routing(machine.stack), chosen.frame.bare(), "B12")


def _for_service(
    trip: Trip, machine: Machine, nic: PhysicalNic, service: Service, port: ServicePort, frame: Frame
) -> Step | None:
    topology, host, key = trip.world.topology, machine.host, PartKey(nic.id)
    nodes = task_nodes(topology, service)
    if port.mode == "host":
        return _in_mode_host(trip, machine, nic, service, port, frame) if host in nodes else None
    if host not in mesh_nodes(topology, service):
        return None
    problem = _no_mesh(host, service)
    if problem:
        return trip.drop(key, "D-MESH", problem, frame, "O9")
    if is_blocked(host, frame.protocol, frame.target_port):
        text = f"The firewall towards {host.name} blocks {frame.protocol} {frame.target_port}."
        return trip.drop(key, "D-FW", text, frame, "O9")
    if not nodes:
        text = f"The routing mesh takes port {port.published} for {service.name}, but no node runs a task of it."
        return trip.drop(key, "D-LB", text, frame, "O9")
    node = host if host in nodes else nodes[0]
    task = ingress_port(trip, service, node)
    source = source_vip(host.name, machine, task)
    after = frame._replace(
        source=source, source_port=trip.new_port(), target=task.addresses[0], target_port=port.target
    ).framed(task.name, host.name)
    trip.record(("vfp", host.id), frame, after)
    trip.goal, trip.mapped = task, True
    own = machine.main_port()
    if own is not None:
        trip.stand_in(source.key, own)
    text = (
        f"The routing mesh on {host.name} takes port {port.published} for {service.name} and chooses the task on "
        f"{node.name}; the source becomes {source.text}, so that the answer comes back here."
    )
    if node.id == host.id:
        return trip.move(key, text, Entering(task), after, "O9", inferred=True)
    return encapsulate(trip, machine, task.network, task, after, "O9", text + " ")


def _no_mesh(host: Host, service: Service) -> str:
    """Return why a node has no routing mesh for a service; empty when it has."""
    if not has(NetworkMode.OVERLAY, Feature.ROUTING_MESH, host.column):
        return f"{host.name} has no routing mesh before version 1709; publish the ports of {service.name} in mode host."
    if not host.swarm_ingress:
        return f"The ingress network of the swarm was removed, so {host.name} has no routing mesh."
    if service.endpoint_mode == "dnsrr":
        return f"{service.name} has the endpoint mode dnsrr, for which there is no routing mesh."
    return ""


def _in_mode_host(
    trip: Trip, machine: Machine, nic: PhysicalNic, service: Service, port: ServicePort, frame: Frame
) -> Step:
    """Map a port that a task publishes on its own node."""
    host, key = machine.host, PartKey(nic.id)
    task = make_task(trip, service, host)
    fitting = [found for found in task.ports if found.mode is not None]
    able = [found for found in fitting if found.mode and has(found.mode, Feature.PUBLISH_PORTS, host.column)]
    if not able:
        text = f"No network of {service.name} on {host.name} publishes ports."
        return trip.drop(key, "D-MAP", text, frame, "O8")
    if is_blocked(host, frame.protocol, frame.target_port):
        text = f"The firewall towards {host.name} blocks {frame.protocol} {frame.target_port}."
        return trip.drop(key, "D-FW", text, frame, "O8")
    after = frame._replace(target=able[0].addresses[0], target_port=port.target)
    trip.record(("vfp", host.id), frame, after)
    trip.goal, trip.mapped = able[0], True
    text = f"VFP at “{nic.name}” maps port {port.published} to the task of {service.name} on {host.name}."
    return trip.move(key, text, Entering(able[0]), after, "O8", inferred=True)
