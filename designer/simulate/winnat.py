"""WinNAT and ICS: the source of what leaves becomes the host, and published ports lead in.

The core of nat (rows N1 to N12) and ics (S1, S2).
"""

from __future__ import annotations

from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate.frames import Address, Frame
from designer.simulate.machines import Machine, Published
from designer.simulate.publishing import BY_VFP, mapped, why_not_mapped
from designer.simulate.stations import Port, Way, find_way
from designer.simulate.steps import Entering, Routing, Step
from designer.simulate.trip import Trip

FIRST_LOOPBACK_BUILD = 17_763
"""Windows Server 2019, the first on which WinNAT translates what the host sends to itself."""

TRANSLATED = frozenset({NetworkMode.NAT, NetworkMode.ICS})
LOCAL_ROUTED_VIP = "localroutedportmapping"
"""The option by which VFP maps ports for the host itself. Source: microsoft/windows-container-networking README."""


def translate_back(trip: Trip, machine: Machine, back: Frame, row: str) -> Step:
    """Send an answer on to the one who asked, as it was before the translation."""
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


def map_in(trip: Trip, machine: Machine, port: Port, entry: Published, frame: Frame, row: str) -> Step:
    """Map a packet for a published port to its container, if HNS has made the mapping."""
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


def refuse_into_nat(trip: Trip, machine: Machine, port: Port, way: Way, frame: Frame, row: str) -> Step:
    """Drop a packet for the address of a container of a nat network that comes from elsewhere."""
    host, name = machine.host, way.port.network.name if way.port.network is not None else ""
    if port.mode is NetworkMode.NAT:
        text = (
            f"{host.name} keeps its nat networks apart: nothing goes from “{port.network_name}” to "
            f"“{name}”; a published port may."
        )
        return trip.drop(machine.own, "D-NATX", text, frame, row, inferred=True)
    text = f"{host.name} takes nothing for addresses of the nat network “{name}” from outside; publish a port."
    return trip.drop(machine.own, "D-NOROUTE", text, frame, row, inferred=True)


def translate_out(trip: Trip, machine: Machine, port: Port, way: Way | None, frame: Frame, row: str) -> Step:
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


def map_for_host(trip: Trip, machine: Machine, entry: Published, frame: Frame) -> Step:
    """Map what a host sends to a published port of its own, where the release or the policy does so."""
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
