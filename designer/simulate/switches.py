"""From a workload into its Hyper-V switch, and out of the switch into a workload.

The segments SRC and DST of every packet path. They differ between the isolations: a Windows container has a
compartment, a host vNIC and the firewall of the host; a Hyper-V container has a kernel, a vmNIC and a firewall of its
own.
"""

from __future__ import annotations

from designer.model.hosts import SwitchType
from designer.model.realisation import PartKey
from designer.simulate.frames import Frame
from designer.simulate.neighbours import adapter_of
from designer.simulate.policies import blocking_rule, refusal
from designer.simulate.stations import Kind, Port
from designer.simulate.steps import (
    Arriving,
    AtPort,
    Entering,
    Guarded,
    InSwitch,
    InVfp,
    Leaving,
    OnNic,
    OnUplink,
    OnWire,
    Received,
    Step,
)
from designer.simulate.trip import Trip


def leave(trip: Trip, at: Leaving, frame: Frame, row: str) -> Step:
    """Pass the firewall of a workload on the way out."""
    port = at.port
    key, where = _firewall(port)
    if not trip.answering:
        rule = blocking_rule(trip, port, frame, "out", "host")
        if rule is not None:
            text = f"{where} blocks it: access list entry {rule.priority} of {port.title}."
            return trip.drop(key, "D-ACL", text, frame, row)
    what = "the answer belongs to a connection that it knows" if trip.answering else "outbound traffic is allowed"
    return trip.move(key, f"{where}: {what}.", OnNic(port, at.to), frame, row, inferred=True)


def _firewall(port: Port) -> tuple[PartKey, str]:
    if port.kind is Kind.VMNIC:
        return port.stack, "The firewall in the utility VM"
    return port.stack, f"Windows Firewall of the compartment of {port.title}"


def send_by_nic(trip: Trip, at: OnNic, frame: Frame, row: str) -> Step:
    """Hand a frame to what an interface is plugged into: a switch port, an adapter or a cable."""
    port, to = at.port, at.to
    if port.is_endpoint:
        bus = "goes over the VMBus to the switch of the host" if port.kind is Kind.VMNIC else "is the way to the switch"
        return trip.move(port.key, f"The {port.kind} of {port.title} {bus}.", AtPort(port, to), frame, row)
    assert to is not None
    if port.switch is not None and port.host is not None:
        text = f"“{port.title}” is the way of the host into the switch."
        return trip.move(port.key, text, InSwitch(port.host, port.switch, to, port), frame, row)
    nic = adapter_of(trip, port)
    if nic is not None and port.host is not None:
        text = f"The adapter “{nic.name}” belongs to the host itself; no switch is in between."
        return trip.move(port.key, text, OnUplink(port.host, nic, to), frame, row)
    assert port.segment is not None
    text = f"{port.title[:1].upper()}{port.title[1:]} sends the frame on “{trip.world.name(port.segment)}”."
    return trip.move(port.key, text, OnWire(port.segment, port.vlan, to), frame, row)


def enter_port(trip: Trip, at: AtPort, frame: Frame, row: str) -> Step:
    """Pass the switch port of an endpoint on the way out; with VFP, its access list is first."""
    port = at.port
    key = port.switch or port.key
    name = _switch_name(trip, port)
    if port.has_vfp:
        rule = None if trip.answering else blocking_rule(trip, port, frame, "out", "switch")
        if rule is not None:
            text = f"VFP blocks it at the port of {port.title} in “{name}”: access list entry {rule.priority}."
            return trip.drop(key, "D-ACL", text, frame, row)
        text = f"Port of {port.title} in the switch “{name}”: the access list of VFP lets it pass."
        return trip.move(key, text, InVfp(port, at.to), frame, row, inferred=True)
    blocking_rule(trip, port, frame, "out", "switch")
    assert at.to is not None
    assert port.host is not None
    assert port.switch is not None
    vlan = f", in VLAN {port.vlan}" if port.vlan is not None else ""
    text = f"Port of {port.title} in the switch “{name}”{vlan}; no VFP layers here."
    return trip.move(key, text, InSwitch(port.host, port.switch, at.to, port), frame, row)


def _switch_name(trip: Trip, port: Port) -> str:
    if port.switch is None:
        return port.network.name if port.network is not None else port.title
    return trip.host(port).switches[port.switch].name


def switch(trip: Trip, at: InSwitch, frame: Frame, row: str) -> Step:
    """Look the destination MAC address up in a switch: a local port, or the uplink."""
    machine = trip.machine(at.host)
    assert machine is not None
    part = machine.switches[at.switch]
    to = at.to
    if to.host == at.host and to.switch == at.switch:
        text = (
            f"The switch “{part.name}” finds the MAC address at its port of {_port_name(to)} and passes the frame on."
        )
        inside = frame.framed(frame.to, frame.by, foreign=frame.foreign)
        return trip.move(part.key, text, Entering(to), inside, row)
    nic = machine.adapters[at.switch]
    if nic is not None:
        vlan = at.entered.vlan if at.entered is not None else None
        tag = f" with the tag of VLAN {vlan}" if vlan is not None else ""
        text = f"The switch “{part.name}” has no port with the MAC address: the frame goes to the uplink{tag}."
        frame = frame.framed(frame.to, frame.by, foreign=frame.foreign, vlan=vlan)
        return trip.move(part.key, text, OnUplink(at.host, nic, to), frame, row)
    code = {SwitchType.PRIVATE: "D-PRIVATE", SwitchType.INTERNAL: "D-INTERNAL"}.get(part.switch_type, "D-NOLINK")
    return trip.drop(part.key, code, f"The switch “{part.name}” has no uplink, so the frame goes nowhere.", frame, row)


def _port_name(port: Port) -> str:
    return f"“{port.title}”" if port.kind is Kind.HOST_VNIC else port.title


def leave_switch(trip: Trip, at: Entering, frame: Frame, row: str) -> Step:
    """Pass the switch port of an interface on the way in; VFP restores the MAC address and asks its access list."""
    port = at.port
    if not port.has_vfp:
        if port.is_endpoint and not trip.answering:
            blocking_rule(trip, port, frame, "in", "switch")
        return arrive(trip, Arriving(port), frame, row)
    key, name = port.switch or port.key, _switch_name(trip, port)
    rule = None if trip.answering else blocking_rule(trip, port, frame, "in", "switch")
    if rule is not None:
        text = f"VFP blocks it at the port of {port.title} in “{name}”: access list entry {rule.priority}."
        return trip.drop(key, "D-ACL", text, frame, row)
    hidden = port.hides_mac and frame.to != port.name
    frame = frame.framed(port.name, frame.by or _gateway_name(port), foreign=frame.foreign)
    what = f"VFP finds {port.title} by its IP address and writes its MAC address; " if hidden else ""
    text = f"Port of {port.title} in the switch “{name}”: {what}the access list of VFP lets it pass."
    return trip.move(key, text, Arriving(port), frame, row, inferred=True)


def _gateway_name(port: Port) -> str:
    return port.gateway.text if port.gateway is not None else "VFP"


def arrive(trip: Trip, at: Arriving, frame: Frame, row: str) -> Step:
    """Take a frame at a NIC."""
    port = at.port
    if port.kind is Kind.VMNIC:
        text = f"Over the VMBus to the vmNIC of {port.title} in its utility VM."
        return trip.move(port.key, text, Guarded(port), frame, row)
    if port.kind is Kind.VNIC:
        return trip.move(port.key, f"The host vNIC of {port.title}, in its compartment.", Guarded(port), frame, row)
    what = "the adapter" if port.kind is Kind.NIC else "the host vNIC"
    text = f"{trip.world.name(port.owner)} takes the frame at {what} “{port.title}”."
    return trip.move(port.key, text, Received(port), frame.bare(), row)


def guard(trip: Trip, at: Guarded, frame: Frame, row: str) -> Step:
    """Pass the firewall of a workload on the way in."""
    port = at.port
    key, where = _firewall(port)
    if trip.answering:
        text = f"{where}: the answer belongs to a connection that it knows."
        return trip.move(key, text, Received(port), frame, row, inferred=True)
    refused = refusal(trip, port, frame, published=trip.mapped)
    if refused is not None:
        code, sentence = refused
        return trip.drop(key, code, sentence, frame, row)
    return trip.move(key, f"{where}: inbound {frame.protocol.upper()} is allowed.", Received(port), frame, row)
