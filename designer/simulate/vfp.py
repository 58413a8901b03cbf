"""VFP, the filtering platform in the switch, for l2bridge, l2tunnel and overlay.

Out: access list, load balancer, translation, encapsulation, MAC address. In: the reverse. An answer takes the way of
the recorded connection.
"""

from __future__ import annotations

from dataclasses import replace

from designer.model.hosts import PhysicalNic
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate import l2bridge, l2tunnel, mesh, overlay
from designer.simulate.balancing import balance, is_virtual, virtual_row
from designer.simulate.frames import Frame
from designer.simulate.machines import Machine
from designer.simulate.publishing import mapping_at_uplink
from designer.simulate.stations import Port
from designer.simulate.steps import Dropped, Entering, InVfp, Place, Routing, Step
from designer.simulate.trip import Trip


def layers(trip: Trip, at: InVfp, frame: Frame, row: str) -> Step:
    """Pass the layers of VFP at the port of an endpoint, on the way out."""
    port = at.port
    machine = trip.host(port)
    back = trip.recorded(("vfp", machine.host.id), frame) if trip.answering else None
    if back is not None:
        return _translated_back(trip, machine, port, back, row)
    if is_virtual(trip, frame.target) and not trip.answering:
        row = virtual_row(port)
        chosen = balance(trip, machine, port, frame, row)
        if isinstance(chosen, Dropped):
            return chosen
        stack = trip.stack_of(port)
        place: Place = InVfp(port, None) if port.mode is NetworkMode.OVERLAY else Routing(replace(stack, ports=(port,)))
        if chosen.port.host == port.host and chosen.port.switch == port.switch:
            place = Entering(chosen.port)
        return trip.move(
            port.switch or port.key, chosen.text, place, chosen.frame.framed(chosen.port.name, port.name), row
        )
    match port.mode:
        case NetworkMode.OVERLAY:
            return overlay.layers(trip, machine, port, frame, row)
        case NetworkMode.L2TUNNEL:
            return l2tunnel.layers(trip, machine, port, at.to, frame, row)
        case _:
            return l2bridge.layers(trip, machine, port, at.to, frame, row)


def _translated_back(trip: Trip, machine: Machine, port: Port, back: Frame, row: str) -> Step:
    """Give an answer the address and port that its request was sent to."""
    sender = f"{back.source.text}, port {back.source_port}"
    text = f"VFP knows the connection and translates the answer back: it comes from {sender}."
    ends = trip.origin.ports if trip.origin is not None else ()
    here = next(
        (own for own in ends if own.host == machine.host.id and own.owns(back.target) and own.is_endpoint), None
    )
    if here is not None:
        return trip.move(port.switch or port.key, text, Entering(here), back.framed(here.name, port.name), row)
    return trip.move(port.switch or port.key, text, Routing(machine.stack), back.bare(), row)


def from_wire(trip: Trip, machine: Machine, nic: PhysicalNic, to: Port, frame: Frame, row: str) -> Step | None:
    """Meet a frame from the wire at the uplink: a known answer, a published port, the routing mesh; else None."""
    key = PartKey(nic.id)
    back = trip.recorded(("vfp", machine.host.id), frame) if trip.answering else None
    if back is not None:
        ends = trip.origin.ports if trip.origin is not None else ()
        port = next((own for own in ends if own.owns(back.target)), None) or trip.standing_in(back.target.key)
        text = f"VFP at “{nic.name}” knows the connection and translates the answer back: it is for {back.target.text}."
        if port is not None and port.is_endpoint:
            return trip.move(key, text, Entering(port), back.framed(frame.to, frame.by), row)
        return trip.move(key, text, Routing(machine.stack), back.bare(), row)
    if trip.answering or frame.inner is not None or not machine.stack.owns(frame.target):
        return None
    return mapping_at_uplink(trip, machine, nic, frame) or mesh.at_node(trip, machine, nic, frame)
