"""Firewalls and access lists: what lets a packet out of a workload and into one."""

from __future__ import annotations

from typing import Literal

from designer.model.hosts import Host
from designer.model.links import AclRule, PortRange
from designer.model.networks import NetworkMode
from designer.simulate.frames import Address, Frame
from designer.simulate.stations import Kind, Port
from designer.simulate.trip import Trip

Direction = Literal["in", "out"]
Enforcer = Literal["host", "switch"]

WITHOUT_VFP = frozenset({NetworkMode.NAT, NetworkMode.TRANSPARENT})
FILTERED = frozenset({"tcp", "udp"})
LET_IN = frozenset({"tcp", "udp", "icmp", "igmp"})
"""What the default policy of a process-isolated container lets in. Source: network-isolation-security.md."""

FIRST_OPEN_BUILD = 16_299
"""Version 1709, from which on the default policy lets TCP and UDP in."""

DROPPING_UPDATES = range(576, 1067)
"""Updates of Windows Server 2016 that dropped TCP and UDP to unpublished ports. Source: moby#29444, moby#32969."""


def is_blocked(host: Host, protocol: str, port: int) -> bool:
    """Whether a firewall closes a port towards a host."""
    return any(entry.port == port and entry.protocol in (protocol, "any") for entry in host.blocked_ports)


def blocking_rule(trip: Trip, port: Port, frame: Frame, direction: Direction, enforcer: Enforcer) -> AclRule | None:
    """Return the access list entry that stops a packet at an endpoint, where that enforcer works; else None.

    Entries are looked at by priority, and the first that fits decides; without one the packet passes.
    """
    rules = port.attachment.acls if port.attachment is not None else ()
    if not rules:
        return None
    fitting = [rule for rule in rules if rule.direction == direction and rule.enforced_by == enforcer]
    if not fitting or not _is_enforced(trip, port, enforcer):
        return None
    ordered = sorted(fitting, key=lambda rule: (rule.priority, rule.action != "block"))
    first = next((rule for rule in ordered if _fits(rule, frame, direction)), None)
    return first if first is not None and first.action == "block" else None


def _is_enforced(trip: Trip, port: Port, enforcer: Enforcer) -> bool:
    """Whether an enforcer works at an endpoint; where it does not, the access list is said to be without effect."""
    mode = port.mode
    if mode in WITHOUT_VFP and port.kind is Kind.VMNIC:
        trip.warn("ACL001", f"{port.title}: access lists of Hyper-V containers on {mode} networks have no effect.")
        return False
    if mode in WITHOUT_VFP and enforcer == "switch":
        trip.warn("ACL003", f"{port.title}: a {mode} network has no VFP, so its switch rules are not enforced.")
        return False
    if port.kind is Kind.VMNIC and enforcer == "host":
        trip.warn(
            "ACL002", f"{port.title}: Windows Firewall of the host does not see the traffic of a Hyper-V container."
        )
        return False
    return enforcer == "host" or port.has_vfp


def _fits(rule: AclRule, frame: Frame, direction: Direction) -> bool:
    remote, local_port, remote_port = (
        (frame.source, frame.target_port, frame.source_port)
        if direction == "in"
        else (frame.target, frame.source_port, frame.target_port)
    )
    return (
        rule.protocol in ("any", frame.protocol)
        and (not rule.remote_addresses or any(_in(remote, item.network) for item in rule.remote_addresses))
        and _port_fits(rule.local_ports, local_port)
        and _port_fits(rule.remote_ports, remote_port)
    )


def _in(address: Address, prefix: object) -> bool:
    return Address("", prefix=prefix).reach(address) >= 0 if address.ip or address.prefix else False  # type: ignore[arg-type]


def _port_fits(ranges: tuple[PortRange, ...], port: int) -> bool:
    return not ranges or any(found.first <= port <= found.last for found in ranges)


def refusal(trip: Trip, port: Port, frame: Frame, *, published: bool) -> tuple[str, str] | None:
    """Return why the firewall of a workload refuses a packet that comes in unasked: code and sentence; else None."""
    rule = blocking_rule(trip, port, frame, "in", "host")
    if rule is not None:
        return "D-ACL", f"Windows Firewall blocks it: access list entry {rule.priority} at {port.title}."
    if port.kind is Kind.VMNIC:
        return None
    machine = trip.host(port)
    build = machine.host.build_number
    if build >= FIRST_OPEN_BUILD:
        if frame.protocol in LET_IN:
            return None
        return "D-PROTO", (
            f"Windows Firewall in the compartment of {port.title} lets TCP, UDP, ICMP and IGMP in, "
            f"not {frame.protocol.upper()}."
        )
    if published or frame.protocol not in FILTERED:
        return None
    return _before_1709(trip, port, machine.host)


def _before_1709(trip: Trip, port: Port, host: Host) -> tuple[str, str] | None:
    if host.update_revision is not None and host.update_revision in DROPPING_UPDATES:
        return "D-ISO-DENY", (
            f"Windows Server 2016 with update {host.update_revision} drops TCP and UDP to the unpublished port of "
            f"{port.title}."
        )
    trip.warn(
        "ACL005",
        f"{host.name} runs a release before 1709, whose documented default lets nothing in to {port.title} that is "
        "not published.",
    )
    return None
