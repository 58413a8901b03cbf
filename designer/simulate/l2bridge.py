"""The core of l2bridge: frames are bridged, and on the wire they have the MAC address of the host.

Rows B1 to B12. A network in the subnet of its host uses the physical router; one with a subnet of its own needs a host
endpoint, behind which the host forwards.
"""

from __future__ import annotations

from dataclasses import replace

from designer.model.hosts import Host, HostRole
from designer.model.hosts import Machine as Hardware
from designer.model.modes import Feature, has
from designer.model.networks import NetworkMode
from designer.simulate.frames import Address, Frame
from designer.simulate.machines import Machine
from designer.simulate.neighbours import Nobody, find_neighbour
from designer.simulate.stations import Port, Stack, Way, find_way
from designer.simulate.steps import Dropped, InSwitch, Routing, Step
from designer.simulate.trip import Trip

FIRST_ROUTING_BUILD = 17_763
"""Windows Server 2019, from which on the management vNIC routes between the subnets of nodes."""


def host_gateway(trip: Trip, stack: Stack, target: Address) -> Way | None:
    """Return the route of a Kubernetes node to the pods of another one (host-gw); it needs the same layer 2 network."""
    owner = trip.endpoint_with(target)
    here = trip.machine(stack.host)
    if owner is None or here is None or owner.mode is not NetworkMode.L2BRIDGE or owner.host == stack.host:
        return None
    there = trip.host(owner)
    if not all(_routes_for_pods(machine.host) for machine in (here, there)):
        return None
    via = there.main_port()
    address = via.address(target.version) if via is not None else None
    if address is None:
        return None
    port = next((port for port in stack.ports if port.reach(address) >= 0), None)
    return Way(port, address) if port is not None else None


def _routes_for_pods(host: Host) -> bool:
    in_cluster = host.role is HostRole.KUBERNETES_NODE and host.machine is not Hardware.AZURE_VM
    return in_cluster and host.build_number >= FIRST_ROUTING_BUILD


def missing_leg(trip: Trip, stack: Stack, frame: Frame, row: str) -> Dropped | None:
    """Return the drop of a packet of a host to its own container in a subnet where it has no host endpoint."""
    goal, machine = trip.endpoint_with(frame.target), trip.machine(stack.host)
    if goal is None or machine is None or goal.host != stack.host:
        return None
    subnet = frame.target.prefix or goal.addresses[0].prefix
    if goal.mode is not NetworkMode.L2BRIDGE or goal.network is None or not machine.is_custom(goal.network, subnet):
        return None
    text = f"{stack.name} has no host endpoint in {subnet}, so it does not reach {goal.title}."
    return trip.drop(stack.key, "D-NOHOSTLEG", text, frame, row or "B4")


def layers(trip: Trip, machine: Machine, port: Port, to: Port | None, frame: Frame, row: str) -> Step:
    """Send a packet of an l2bridge container on: translated where OutboundNAT is on, with the MAC of the host."""
    assert port.switch is not None
    if to is None:
        neighbour = _next_hop(trip, port, frame)
        if isinstance(neighbour, Nobody):
            return trip.drop(neighbour.key, neighbour.code, neighbour.sentence, frame, row)
        to = neighbour
    if translates(trip, machine, port, frame):
        return translate(trip, machine, port, frame, "B6" if row in ("B5", "") else row)
    place = InSwitch(machine.host.id, port.switch, to, port)
    if to.host == machine.host.id and to.switch == port.switch:
        text = "VFP: no translation, and the frame stays in the switch."
        return trip.move(port.switch, text, place, frame, row)
    text = (
        f"VFP writes the MAC address of {machine.host.name} as the source: the wire never sees the one of {port.title}."
    )
    return trip.move(port.switch, text, place, frame.framed(frame.to, machine.host.name), row)


def _next_hop(trip: Trip, port: Port, frame: Frame) -> Port | Nobody:
    way = find_way(trip.stack_of(port), frame.target)
    if way is None:
        return Nobody("D-NOGW", port.stack, f"{port.title} has no way to {frame.target.text}.")
    return find_neighbour(trip, way.port, way.next_hop)


def translates(trip: Trip, machine: Machine, port: Port, frame: Frame) -> bool:
    """Whether OutboundNAT translates a packet: it is on, the release has it, and the destination is no exception."""
    network = port.network
    if trip.answering or network is None or not network.outbound_nat:
        return False
    if not has(network.mode, Feature.OUTBOUND_NAT, machine.host.column) or frame.source.version != 4:
        return False
    if machine.stack.owns(frame.target) or _is_source_vip(port, frame):
        return False
    exceptions = (item.network for item in network.outbound_nat_exceptions)
    return not any(replace(frame.source, prefix=prefix, home=None).reach(frame.target) >= 0 for prefix in exceptions)


def _is_source_vip(port: Port, frame: Frame) -> bool:
    """Whether a load balancer has given the packet its source already."""
    return not port.owns(frame.source)


def translate(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Put the address of the host in the place of the container's, and send as the host."""
    assert port.switch is not None
    if frame.protocol == "icmp":
        text = f"OutboundNAT translates TCP and UDP of {port.title}, not ICMP: a ping ends here."
        return trip.drop(port.switch, "D-ICMP", text, frame, row)
    outside = machine.management_port(port.switch) or machine.main_port()
    address = outside.address(4) if outside is not None else None
    if outside is None or address is None:
        text = f"{machine.host.name} has no address that OutboundNAT could translate to."
        return trip.drop(port.switch, "D-NOHOSTLEG", text, frame, row)
    after = frame._replace(source=address, source_port=trip.new_port())
    trip.record(("vfp", machine.host.id), frame, after)
    text = f"VFP, OutboundNAT: the source {frame.source.text} becomes {address.text}, port {after.source_port}."
    return trip.move(port.switch, text, Routing(machine.stack), after.bare(), row)
