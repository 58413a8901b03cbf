"""The stack of a host: what it takes itself, what WinNAT or ICS translates, what it forwards.

The core of nat (rows N1 to N12), ics (S1, S2) and internal (I1 to I3); behind a host endpoint, of l2bridge too.
"""

from __future__ import annotations

from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate import overlay
from designer.simulate.frames import Address, Frame
from designer.simulate.machines import Machine, Published
from designer.simulate.policies import is_blocked
from designer.simulate.publishing import BY_VFP, mapped, published_at, why_not_mapped
from designer.simulate.stations import Port, Stack, Way, find_way
from designer.simulate.steps import Entering, Routing, Step
from designer.simulate.trip import Trip

FIRST_LOOPBACK_BUILD = 17_763
"""Windows Server 2019, the first on which WinNAT translates what the host sends to itself."""

TRANSLATED = frozenset({NetworkMode.NAT, NetworkMode.ICS})
DNS_PORT = 53
LOCAL_ROUTED_VIP = "localroutedportmapping"
"""The option by which VFP maps ports for the host itself. Source: microsoft/windows-container-networking README."""


def receive(trip: Trip, stack: Stack, port: Port, frame: Frame, row: str) -> Step:
    """Take a packet at the stack of a host."""
    machine = trip.host(port)
    back = trip.recorded(("winnat", machine.host.id), frame) if trip.answering else None
    if back is not None:
        return _translated_back(trip, machine, back, row)
    if stack.owns(frame.target):
        if frame.inner is not None:
            return overlay.decapsulate(trip, machine, frame, row)
        return _local(trip, machine, port, frame, row)
    return _forward(trip, machine, port, frame, row)


def _translated_back(trip: Trip, machine: Machine, back: Frame, row: str) -> Step:
    host = machine.host
    second = trip.recorded(("second endpoint", host.id), back)
    text = (
        f"WinNAT on {host.name} knows the connection: the answer comes from {back.source.text}, port "
        f"{back.source_port}, and is for {back.target.text}, port {back.target_port}."
    )
    if second is not None and trip.origin is not None:
        port = next(own for own in trip.origin.ports if own.owns(second.target))
        return trip.move(machine.own, text, Entering(port), second.framed(port.name, host.name), row)
    return trip.move(machine.own, text, Routing(machine.stack), back.forwarded(), row)


def _local(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Take a packet for an address of the host: a published port, or a program of the host."""
    host, stack = machine.host, machine.stack
    if trip.answering:
        return trip.deliver(stack.key, f"{host.name}: the answer reaches the program that asked.", stack, frame, row)
    if is_blocked(host, frame.protocol, frame.target_port):
        text = f"The firewall towards {host.name} blocks {frame.protocol} {frame.target_port}."
        return trip.drop(stack.key, "D-FW", text, frame, row or "N10")
    entry = published_at(machine, frame)
    if entry is not None:
        return _published(trip, machine, port, entry, frame, row)
    if trip.packet.address == "published" and trip.goal is not None and trip.goal.is_endpoint:
        text = f"{host.name} maps no port {frame.target_port}/{frame.protocol} to {trip.goal.title}."
        return trip.drop(stack.key, "D-MAP", text, frame, row)
    return _program(trip, machine, port, frame, row)


def _published(trip: Trip, machine: Machine, port: Port, entry: Published, frame: Frame, row: str) -> Step:
    host, where = machine.host, _winnat(machine, entry.port)
    problem = why_not_mapped(machine, entry)
    if problem:
        text = f"Port {frame.target_port} of {host.name} is not mapped: {problem}. The packet ends at the host."
        return trip.drop(machine.own, "D-MAP", text, frame, row)
    if entry.port is not None and entry.port.mode in BY_VFP:
        text = f"VFP maps port {frame.target_port} only for what comes from the wire, not on {host.name} itself."
        return trip.drop(machine.own, "D-LOOPBACK", text, frame, row)
    if port.mode in TRANSLATED:
        return _hairpin(trip, machine, entry, frame)
    after = mapped(trip, ("winnat", host.id), entry, frame.forwarded())
    name = entry.port.title if entry.port is not None else entry.address.text
    text = (
        f"The firewall of {host.name} has a rule of HNS for the port, and WinNAT maps it to {name}, port "
        f"{entry.target_port}."
    )
    return trip.move(where, text, Routing(machine.stack), after, "N8")


def _hairpin(trip: Trip, machine: Machine, entry: Published, frame: Frame) -> Step:
    """Map a port for a container of the same host, which newer releases do, though not reliably."""
    host, where = machine.host, _winnat(machine, entry.port)
    if host.build_number < FIRST_LOOPBACK_BUILD:
        text = (
            f"Before Windows Server 2019, WinNAT does not map port {frame.target_port} for containers of {host.name}."
        )
        return trip.drop(where, "D-LOOPBACK", text, frame, "N12")
    own = _gateway_address(machine, entry)
    after = frame.forwarded()._replace(source=own or frame.source, source_port=trip.new_port())
    after = after._replace(target=entry.address, target_port=entry.target_port)
    trip.record(("winnat", host.id), frame, after)
    trip.goal, trip.mapped = entry.port, True
    text = (
        f"WinNAT maps port {frame.target_port} to {after.target.text} and translates the source too; this way back "
        "into the host is not reliable."
    )
    return trip.move(where, text, Routing(machine.stack), after, "N12", inferred=True)


def _gateway_address(machine: Machine, entry: Published) -> Address | None:
    leg = machine.leg(entry.port.network.id) if entry.port is not None and entry.port.network is not None else None
    return leg.address(4) if leg is not None else None


def _program(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Hand a packet to a program of the host, if its firewall lets it in."""
    host, stack = machine.host, machine.stack
    number = frame.target_port
    if number == DNS_PORT and port.mode is NetworkMode.NAT:
        text = f"Docker's resolver on {host.name} answers at port 53 of the gateway."
        return trip.deliver(stack.key, text, stack, frame, row)
    listens = any(entry.port == number and entry.protocol in (frame.protocol, "any") for entry in host.listening)
    inside = trip.origin is not None and trip.origin.host == host.id
    opened = any(entry.port == number and entry.protocol in (frame.protocol, "any") for entry in host.opened_ports)
    if (inside and opened) or (listens and not inside) or trip.packet.port is None:
        text = f"The firewall of {host.name} lets the packet in to the host itself."
        return trip.deliver(stack.key, text, stack, frame, row, inferred=True)
    if inside:
        text = f"The firewall of {host.name} has to let port {number} in on the profile of “{port.title}”."
        trip.warn("PRT022", f"{text} The design states no inbound rule for it.")
        return trip.deliver(stack.key, text, stack, frame, row, inferred=True)
    text = (
        f"{host.name} publishes no port {number}/{frame.protocol}, and the design lists no program of the host there."
    )
    return trip.drop(stack.key, "D-FW", text, frame, row or "N10", inferred=True)


def _forward(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Take a packet that is for somebody else: translate it, forward it, or refuse."""
    host, stack = machine.host, machine.stack
    way = find_way(stack, frame.target)
    target = way.port.mode if way is not None and not way.default else None
    if frame.target_port == 0 and way is None and not stack.ports:
        return trip.drop(stack.key, "D-NOROUTE", f"{host.name} has no way on.", frame, row)
    if port.mode is NetworkMode.INTERNAL or target is NetworkMode.INTERNAL:
        text = f"{host.name} neither forwards nor translates for an internal network."
        return trip.drop(stack.key, "D-INTERNAL", text, frame, row)
    if target is NetworkMode.NAT and way is not None and way.port.network is not port.network:
        return _into_nat(trip, machine, port, way, frame, row)
    if port.mode in TRANSLATED:
        return _translate(trip, machine, port, way, frame, row)
    if target is NetworkMode.ICS:
        text = f"{host.name} maps no port into the ics network, so nothing gets in."
        return trip.drop(stack.key, "D-MAP", text, frame, row)
    return _route_on(trip, machine, port, way, frame, row)


def _into_nat(trip: Trip, machine: Machine, port: Port, way: Way, frame: Frame, row: str) -> Step:
    host, name = machine.host, way.port.network.name if way.port.network is not None else ""
    if port.mode is NetworkMode.NAT:
        text = (
            f"{host.name} keeps its nat networks apart: nothing goes from “{port.network_name}” to "
            f"“{name}”; a published port may."
        )
        return trip.drop(machine.own, "D-NATX", text, frame, row, inferred=True)
    text = f"{host.name} takes nothing for addresses of the nat network “{name}” from outside; publish a port."
    return trip.drop(machine.own, "D-NOROUTE", text, frame, row, inferred=True)


def _translate(trip: Trip, machine: Machine, port: Port, way: Way | None, frame: Frame, row: str) -> Step:
    """Give a packet of a nat or ics network the address of the host."""
    host = machine.host
    what = "ICS" if port.mode is NetworkMode.ICS else "WinNAT"
    address = way.port.address(frame.source.version) if way is not None else None
    if way is None or address is None:
        text = f"{host.name} has no way to {frame.target.text}: no route, or no address of its own to translate to."
        return trip.drop(machine.own, "D-NOROUTE", text, frame, row)
    after = frame.forwarded()._replace(source=address, source_port=trip.new_port())
    trip.record(("winnat", host.id), frame, after)
    text = (
        f"{what} on {host.name} opens a session: the source {frame.source.text} becomes {address.text}, port "
        f"{after.source_port}."
    )
    return trip.move(_winnat(machine, port), text, Routing(machine.stack), after, row)


def _winnat(machine: Machine, port: Port | None) -> PartKey:
    """Return the WinNAT of a nat network, or the compartment of the host."""
    network = port.network.id if port is not None and port.network is not None else None
    return next((part.key for part in machine.parts.winnats if network in part.networks), machine.own)


def _route_on(trip: Trip, machine: Machine, port: Port, way: Way | None, frame: Frame, row: str) -> Step:
    """Forward a packet of an l2bridge network with a subnet of its own, which the host routes for."""
    host = machine.host
    legs = [leg for leg in (port, way.port if way is not None else None) if leg is not None and leg.leg]
    if not legs:
        text = f"{host.name} is no router: it forwards nothing between its other networks."
        return trip.drop(machine.own, "D-NOROUTE", text, frame, row)
    closed = next((leg for leg in legs if not leg.forwards), None)
    if closed is not None:
        text = f"IP forwarding is off at “{closed.title}” of {host.name}, so it passes nothing on."
        return trip.drop(machine.own, "D-NOROUTE", text, frame, row)
    on = frame.forwarded()
    text = f"{host.name} forwards it in compartment 1: hop limit {on.ttl}."
    return trip.move(machine.own, text, Routing(machine.stack, port), on, row)


def to_own_address(trip: Trip, stack: Stack, frame: Frame, row: str) -> Step:
    """Deal with what a host sends to an address of its own: a published port, or a program of its own."""
    machine = trip.machine(stack.host)
    assert machine is not None
    host = machine.host
    entry = published_at(machine, frame) if not trip.answering else None
    if entry is not None and trip.packet.address != "own":
        return _to_own_port(trip, machine, entry, frame, row)
    if trip.packet.address != "own" and not trip.answering and trip.goal is not None and trip.goal.is_endpoint:
        text = f"{host.name} maps no port {frame.target_port}/{frame.protocol} at {frame.target.text}."
        return trip.drop(stack.key, "D-MAP", text, frame, row or "N10")
    what = "the answer reaches the program that asked" if trip.answering else "the packet stays in the stack"
    return trip.deliver(stack.key, f"{host.name}: {what}.", stack, frame.bare(), row, inferred=True)


def _to_own_port(trip: Trip, machine: Machine, entry: Published, frame: Frame, row: str) -> Step:
    host = machine.host
    by_vfp = entry.port is not None and entry.port.mode in BY_VFP
    row = "B10" if by_vfp else "N11"
    problem = why_not_mapped(machine, entry)
    if problem:
        return trip.drop(
            machine.own, "D-MAP", f"Port {frame.target_port} of {host.name} is not mapped: {problem}.", frame, row
        )
    if by_vfp and not _maps_for_host(entry):
        text = f"VFP maps port {frame.target_port} only for what comes from the wire, not for {host.name} itself."
        return trip.drop(machine.own, "D-LOOPBACK", text, frame, row)
    if not by_vfp and host.build_number < FIRST_LOOPBACK_BUILD:
        text = f"Before Windows Server 2019, what {host.name} sends to its own published ports never reaches WinNAT."
        return trip.drop(machine.own, "D-LOOPBACK", text, frame, row)
    way = find_way(machine.stack, entry.address)
    own = way.port.address(4) if way is not None else None
    after = frame._replace(source=own or frame.source, target=entry.address, target_port=entry.target_port)
    trip.record(("winnat", host.id), frame, after)
    trip.goal, trip.mapped = entry.port, True
    text = f"{host.name} redirects port {frame.target_port} to {after.target.text}, port {after.target_port}."
    return trip.move(_winnat(machine, entry.port), text, Routing(machine.stack), after, row)


def _maps_for_host(entry: Published) -> bool:
    network = entry.port.network if entry.port is not None else None
    return network is not None and any(item.key.casefold() == LOCAL_ROUTED_VIP for item in network.options)
