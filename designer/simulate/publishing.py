"""Published ports: what a host does with a packet for a port that a container publishes."""

from __future__ import annotations

from designer.model.hosts import HostRole, PhysicalNic
from designer.model.modes import Feature, has
from designer.model.networks import NetworkMode
from designer.model.realisation import PartKey
from designer.simulate.frames import Frame
from designer.simulate.machines import Machine, Published
from designer.simulate.policies import is_blocked
from designer.simulate.steps import Entering, Step
from designer.simulate.trip import Trip

BY_VFP = {NetworkMode.L2BRIDGE: "B9", NetworkMode.L2TUNNEL: "L5", NetworkMode.OVERLAY: "O8"}
"""Modes whose ports VFP maps at the uplink, with the row of the packet path."""


def published_at(machine: Machine, frame: Frame) -> Published | None:
    """Return the mapping that a packet meets on a host: one that works before one that cannot."""
    entries = machine.published.get((frame.protocol, frame.target_port), ())
    return min(entries, key=lambda entry: bool(why_not_mapped(machine, entry)), default=None)


def why_not_mapped(machine: Machine, entry: Published) -> str:
    """Return why HNS makes no mapping for a published port; empty when it does."""
    port = entry.port
    if port is None or port.network is None:
        return ""
    host, network = machine.host, port.network
    if not has(network.mode, Feature.PUBLISH_PORTS, host.column):
        return f"a {network.mode} network on {host.name} publishes no ports"
    if network.internal_flag:
        return f"“{network.name}” was made with --internal, which drops published ports"
    if host.role is HostRole.KUBERNETES_NODE and not network.cni_port_mappings:
        return f"the CNI configuration of “{network.name}” lacks the capability portMappings"
    return ""


def mapping_at_uplink(trip: Trip, machine: Machine, nic: PhysicalNic, frame: Frame) -> Step | None:
    """Map a packet from the wire by VFP; None when no port of l2bridge, l2tunnel or overlay is published there."""
    entry = published_at(machine, frame)
    if entry is None or entry.port is None or entry.port.mode not in BY_VFP or why_not_mapped(machine, entry):
        return None
    row, host = BY_VFP[entry.port.mode], machine.host
    if is_blocked(host, frame.protocol, frame.target_port):
        text = f"The firewall towards {host.name} blocks {frame.protocol} {frame.target_port}."
        return trip.drop(PartKey(nic.id), "D-FW", text, frame, row)
    after = mapped(trip, ("vfp", host.id), entry, frame)
    text = f"VFP at “{nic.name}” maps port {frame.target_port} to {entry.port.title}, port {entry.target_port}."
    return trip.move(PartKey(nic.id), text, Entering(entry.port), after, row, inferred=True)


def mapped(trip: Trip, where: object, entry: Published, frame: Frame) -> Frame:
    """Return a packet with the address and port of the container, and remember the translation."""
    after = frame._replace(target=entry.address, target_port=entry.target_port)
    trip.record(where, frame, after)
    trip.mapped = True
    trip.goal = entry.port
    return after
