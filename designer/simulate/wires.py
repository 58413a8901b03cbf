"""From a host to the wire, over the wire, and from the wire into a host.

Here a frame meets what is outside Windows: the port of the physical switch, the outer hypervisor, the cloud fabric.
"""

from __future__ import annotations

from designer.model.fabric import Segment
from designer.model.hosts import Machine as Hardware
from designer.model.hosts import PhysicalNic
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate import vfp
from designer.simulate.fabric import vlan_on_wire
from designer.simulate.frames import USUAL_MTU, Frame
from designer.simulate.machines import Machine
from designer.simulate.neighbours import adapter_of
from designer.simulate.steps import (
    Arriving,
    Dropped,
    InSwitch,
    Landing,
    OnUplink,
    OnWire,
    Received,
    Step,
)
from designer.simulate.trip import Trip

WITH_OWN_MTU = frozenset({NetworkMode.NAT, NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE})
"""Modes whose endpoints keep their MTU whatever the wire carries. Source: docker/for-win#3972."""


def leave_host(trip: Trip, at: OnUplink, frame: Frame, row: str) -> Step:
    """Send a frame by an adapter: link, cable, outer switch, VLAN of the physical port."""
    machine = trip.machine(at.host)
    assert machine is not None
    nic, key = at.nic, PartKey(at.nic.id)
    if not nic.link_up:
        text = f"The adapter “{nic.name}” of {machine.host.name} has no link."
        return trip.drop(key, "D-NOLINK", text, frame, row)
    segment = machine.wire_of(nic)
    if segment is None:
        text = f"No cable is drawn from the adapter “{nic.name}” of {machine.host.name}."
        return trip.drop(key, "D-NOLINK", text, frame, row)
    refused = outer_switch(trip, machine, nic, frame, row, inbound=False)
    if refused is not None:
        return refused
    try:
        vlan = vlan_on_wire(nic, frame.vlan, segment)
    except LookupError:
        return _no_trunk(trip, machine, nic, frame, row)
    _warn_of_mtu(trip, nic, segment, frame)
    tag = f" with the tag of VLAN {frame.vlan}" if frame.vlan is not None else ""
    text = f"The adapter “{nic.name}” of {machine.host.name} sends the frame{tag} on “{segment.name}”."
    return trip.move(key, text, OnWire(segment.id, vlan, at.to, nic.id), frame, row)


def _warn_of_mtu(trip: Trip, nic: PhysicalNic, segment: Segment, frame: Frame) -> None:
    """Warn where full packets of a container are larger than the wire carries."""
    sender = trip.origin.ports[0] if trip.origin is not None and trip.origin.ports else None
    if trip.answering or frame.inner is not None or sender is None or sender.mode not in WITH_OWN_MTU:
        return
    own = sender.network.mtu if sender.network is not None and sender.network.mtu is not None else USUAL_MTU
    path = min(nic.mtu, segment.mtu)
    if sender.is_endpoint and own > path:
        sentence = (
            f"{sender.title} sends packets of {own} bytes, and “{segment.name}” carries {path}: large ones are lost."
        )
        trip.warn("MTU005", sentence)


def _no_trunk(trip: Trip, machine: Machine, nic: PhysicalNic, frame: Frame, row: str) -> Dropped:
    port = nic.switch_port
    how = "is an access port" if port is None or port.mode == "access" else "is a trunk without it"
    text = (
        f"The physical port of “{nic.name}” of {machine.host.name} drops frames of VLAN {frame.vlan}: the port {how}."
    )
    return trip.drop(PartKey(nic.id), "D-TRUNK", text, frame, row)


def outer_switch(
    trip: Trip, machine: Machine, nic: PhysicalNic, frame: Frame, row: str, *, inbound: bool
) -> Dropped | None:
    """Ask the switch of the hypervisor, or the cloud fabric, about a MAC address that is not the adapter's."""
    if not frame.foreign:
        return None
    host, key = machine.host, PartKey(nic.id)
    mac = frame.to if inbound else frame.by
    match host.machine:
        case Hardware.AZURE_VM:
            text = f"Azure does not carry frames with the MAC address of {mac}: transparent networks do not work there."
            return trip.drop(key, "D-AZURE", text, frame, row)
        case Hardware.HYPERV_VM if not host.mac_spoofing:
            why = "MAC address spoofing is off for this VM"
        case Hardware.VMWARE_VM if not host.promiscuous_mode:
            why = "promiscuous mode and forged transmits are off for this VM"
        case Hardware.OTHER_VM:
            trip.warn("VMH005", f"The hypervisor of {host.name} may drop frames with the MAC address of {mac}.")
            return None
        case _:
            return None
    text = f"The outer switch of {host.name} drops frames with the MAC address of {mac}: {why}."
    return trip.drop(key, "D-SPOOF", text, frame, row)


def cross(trip: Trip, at: OnWire, frame: Frame, row: str) -> Step:
    """Cross a physical network to the machine that has the destination MAC address."""
    to, key = at.to, PartKey(at.segment)
    name = trip.world.name(at.segment)
    if to.host is None:
        text = f"“{name}” carries the frame to {to.title}."
        return trip.move(key, text, Received(to), frame, row)
    nic = adapter_of(trip, to)
    if nic is None:
        return trip.drop(key, "D-NOLINK", f"Nothing on “{name}” leads to {to.title}.", frame, row)
    host = trip.host(to).host
    if nic.id == at.sender:
        text = (
            f"The fabric of “{name}” applies its policy (network security groups) and returns the frame to {host.name}."
        )
    elif to.mode is NetworkMode.L2TUNNEL and to.is_endpoint:
        text = f"The fabric of “{name}” applies its policy and carries the frame to the host below {host.name}."
    else:
        text = f"“{name}” carries the frame to the adapter “{nic.name}” of {host.name}."
    return trip.move(key, text, Landing(to.host, nic, to), frame, row, inferred=nic.id == at.sender)


def land(trip: Trip, at: Landing, frame: Frame, row: str) -> Step:
    """Take a frame from the wire at an adapter of a host, and hand it to its switch or to the host."""
    machine = trip.machine(at.host)
    assert machine is not None
    nic, to, key = at.nic, at.to, PartKey(at.nic.id)
    if not nic.link_up:
        text = f"The adapter “{nic.name}” of {machine.host.name} has no link, so the frame does not arrive."
        return trip.drop(key, "D-NOLINK", text, frame, row)
    frame = frame.framed(frame.to, frame.by, vlan=to.vlan, foreign=to.is_endpoint and not to.hides_mac)
    refused = outer_switch(trip, machine, nic, frame, row, inbound=True)
    if refused is not None:
        return refused
    segment = machine.wire_of(nic)
    try:
        if segment is not None:
            vlan_on_wire(nic, to.vlan, segment)
    except LookupError:
        return _no_trunk(trip, machine, nic, frame, row)
    handled = vfp.from_wire(trip, machine, nic, to, frame, row)
    if handled is not None:
        return handled
    text = f"The adapter “{nic.name}” of {machine.host.name} takes the frame from the wire."
    frame = frame.framed(frame.to, frame.by, vlan=to.vlan)
    if to.switch is None:
        return trip.move(key, text, Arriving(to), frame, row)
    return trip.move(key, text, InSwitch(at.host, to.switch, to, None), frame, row)
