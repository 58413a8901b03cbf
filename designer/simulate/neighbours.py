"""Who answers on the same layer 2 network: what ARP finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.model.fabric import Segment
from designer.model.hosts import PhysicalNic, SwitchType
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate.ends import stack_of_element
from designer.simulate.fabric import ANY_VLAN, same_vlan, vlan_on_wire
from designer.simulate.frames import Address
from designer.simulate.machines import Machine
from designer.simulate.stations import Kind, Port
from designer.simulate.trip import Trip


@dataclass(frozen=True, slots=True)
class Nobody:
    """Why no one answers: the code of the drop, the part at which it shows, and a sentence."""

    code: str
    key: PartKey
    sentence: str


def find_neighbour(trip: Trip, port: Port, wanted: Address) -> Port | Nobody:
    """Return the interface that has an address on the layer 2 network of another one."""
    stand_in = trip.standing_in(wanted.key)
    if stand_in is not None:
        return stand_in
    if port.segment is not None:
        return _on_wire(trip, port, port.segment, port.vlan, wanted)
    if port.host is None:
        return Nobody("D-NOLINK", port.key, f"No cable leads from {port.title} to a physical network.")
    machine = trip.host(port)
    if port.switch is None:
        nic = trip.world.topology.find(port.nic, PhysicalNic)
        return _behind(trip, machine, port, nic, wanted)
    other_vlan = False
    for other in machine.on_switch[port.switch]:
        if other is not port and other.owns(wanted):
            if other.vlan == port.vlan:
                return other
            other_vlan = True
    if not machine.switches[port.switch].uplinks or other_vlan:
        return _not_on_switch(machine, port, wanted, other_vlan=other_vlan)
    return _behind(trip, machine, port, machine.adapters[port.switch], wanted)


def _not_on_switch(machine: Machine, port: Port, wanted: Address, *, other_vlan: bool) -> Nobody:
    assert port.switch is not None
    switch = machine.switches[port.switch]
    if other_vlan:
        return Nobody(
            "D-VLAN",
            switch.key,
            f"{wanted.text} is on the switch “{switch.name}” too, but in another VLAN than {port.title}.",
        )
    if switch.switch_type is SwitchType.PRIVATE:
        return Nobody(
            "D-PRIVATE",
            switch.key,
            f"The private switch “{switch.name}” joins only its containers; {wanted.text} is none.",
        )
    if port.mode is NetworkMode.INTERNAL:
        return Nobody("D-INTERNAL", switch.key, f"The internal switch “{switch.name}” has no way to {wanted.text}.")
    if switch.switch_type is SwitchType.EXTERNAL:
        return Nobody("D-NOLINK", switch.key, f"The switch “{switch.name}” has no uplink, so nothing leaves it.")
    return Nobody("D-ARP", switch.key, f"Nobody on the switch “{switch.name}” has the address {wanted.text}.")


def _behind(trip: Trip, machine: Machine, port: Port, nic: PhysicalNic | None, wanted: Address) -> Port | Nobody:
    """Look for an address on the wire behind an adapter."""
    if nic is None:
        return Nobody("D-NOLINK", port.key, f"No adapter carries {port.title} on {machine.host.name}.")
    segment = machine.wire_of(nic)
    if segment is None:
        return Nobody(
            "D-NOLINK",
            PartKey(nic.id),
            f"No cable is drawn from “{nic.name}” of {machine.host.name}, so nothing leaves it.",
        )
    try:
        vlan: int | None = vlan_on_wire(nic, port.vlan, segment)
    except LookupError:
        vlan = ANY_VLAN  # the physical port will drop the frame and say so
    return _on_wire(trip, port, segment.id, vlan, wanted)


def _on_wire(trip: Trip, port: Port, segment_id: object, vlan: int | None, wanted: Address) -> Port | Nobody:
    segment = trip.world.topology.find(segment_id, Segment)  # type: ignore[arg-type]  # an id of a segment
    assert segment is not None
    elsewhere = False
    for candidate in _candidates(trip, segment, wanted):
        if candidate is not port:
            if same_vlan(vlan, _vlan_of(trip, candidate, segment)):
                return candidate
            elsewhere = True
    if elsewhere:
        return Nobody(
            "D-VLAN",
            PartKey(segment.id),
            f"{wanted.text} is on “{segment.name}”, but in another VLAN than {port.title}.",
        )
    return Nobody("D-ARP", PartKey(segment.id), f"Nobody on “{segment.name}” has the address {wanted.text}.")


def _candidates(trip: Trip, segment: Segment, wanted: Address) -> Iterator[Port]:
    """Yield the interfaces on a physical network that have an address: first who is known to have it, then all."""
    known = list(trip.origin.ports) if trip.origin is not None else []
    if trip.goal is not None:
        known.insert(0, trip.goal)
    if wanted.owner is not None:
        stack = stack_of_element(trip, wanted.owner)
        known += stack.ports if stack is not None else ()
    yield from (port for port in known if port.owns(wanted) and is_on(trip, port, segment))
    wire = trip.world.wire(segment.id)
    if wire is None:
        return
    yield from wire.stations.get(wanted.key, ())
    if wanted.ip is None:
        return
    owning = [host for nic, host in wire.adapters if any(address.ip == wanted.ip for address in nic.addresses)]
    others = [host for _, host in wire.adapters if host not in owning]
    for host in (*owning, *others):
        machine = trip.machine(host.id)
        for stack in machine.stacks.values() if machine is not None else ():
            yield from (port for port in stack.ports if port.owns(wanted) and is_on(trip, port, segment))


def adapter_of(trip: Trip, port: Port) -> PhysicalNic | None:
    """Return the adapter through which frames reach an interface from the wire."""
    if port.host is None:
        return None
    if port.nic is not None:
        return trip.world.topology.find(port.nic, PhysicalNic)
    return trip.host(port).adapters.get(port.switch) if port.switch is not None else None


def is_on(trip: Trip, port: Port, segment: Segment) -> bool:
    """Whether frames on a physical network reach an interface."""
    if port.segment is not None:
        return port.segment == segment.id
    if port.is_endpoint and port.mode is NetworkMode.OVERLAY:
        return False
    nic = adapter_of(trip, port)
    wire = trip.host(port).wire_of(nic) if nic is not None else None
    return wire is not None and wire.id == segment.id


def _vlan_of(trip: Trip, port: Port, segment: Segment) -> int | None:
    """Return the VLAN of an interface on the wire; where its physical port refuses the tag, that shows later."""
    nic = adapter_of(trip, port)
    if nic is None or port.kind in (Kind.ROUTER, Kind.CLIENT):
        return port.vlan
    try:
        return vlan_on_wire(nic, port.vlan, segment)
    except LookupError:
        return ANY_VLAN
