"""Which adapter a network or switch can stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from designer.model.addressing import IpAddress, IpNetwork, overlaps
from designer.model.base import Element
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Segment
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, SwitchType, VSwitch
from designer.model.links import Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import ContainerBase
from designer.rules.design import Design
from designer.rules.suggestions import fresh_id

ADAPTERS: tuple[type[PhysicalNic] | type[SetTeam], ...] = (PhysicalNic, SetTeam)
LAYERED = (NetworkMode.L2BRIDGE, NetworkMode.OVERLAY)
"""Modes of which several networks share an adapter by layering."""


def free_adapters(design: Design, host: Host) -> list[PhysicalNic | SetTeam]:
    """Return the adapters and teams of a host that carry no switch yet."""
    found: list[PhysicalNic | SetTeam] = []
    for child in design.children(host.id):
        usable = isinstance(child, SetTeam) or (isinstance(child, PhysicalNic) and child.media != "vpn")
        if usable and not design.uplinks(child.id):
            found.append(cast("PhysicalNic | SetTeam", child))
    return found


def bind(design: Design, upper: ContainerNetwork | VSwitch, adapter: PhysicalNic | SetTeam) -> ChangeSet:
    """Return the change that puts a network or switch on an adapter."""
    link_id = fresh_id(design.topology, "uplink", upper.id, adapter.id)
    link = Uplink(id=link_id, source=upper.id, target=adapter.id)
    return ChangeSet(f"Put {upper.name} on {adapter.name}", (Edit(None, link),))


def only_choice(design: Design, host: Host, upper: ContainerNetwork | VSwitch) -> PhysicalNic | SetTeam | None:
    """Return the one adapter that a network or switch can stand on; None when there are several or others need it."""
    free = free_adapters(design, host)
    fits = [found for found in free if takes_adapter(host, found) and _carries_vlan(design, host, upper, found)]
    if len(fits) != 1 or design.uplinks(upper.id) or (len(free) == 1 and _others_waiting(design, host, upper)):
        return None
    return fits[0] if _is_plain(design, host, upper, fits[0]) else None


def _is_plain(design: Design, host: Host, upper: ContainerNetwork | VSwitch, adapter: PhysicalNic | SetTeam) -> bool:
    """Whether nothing that is drawn speaks against a network or switch on the wire of an adapter."""
    networks = [upper] if isinstance(upper, ContainerNetwork) else []
    networks += [found for found in design.inside(host.id, ContainerNetwork) if found.switch == upper.id]
    members = design.members(adapter)
    wires = [wire for nic in members if (wire := design.segment_of(nic.id)) is not None]
    known = [address.network for nic in members for address in nic.addresses]
    known += [subnet.prefix.network for wire in wires for subnet in wire.subnets]
    elsewhere = [prefix for wire in wires for prefix in _bridged_elsewhere(design, host, wire)]
    taken = {address for nic in members for address in _devices_beside(design, nic)}
    for network in networks:
        ends = [design.topology.entities[link.source] for link in design.attachments(network.id)]
        fixed = {link.ip for link in design.attachments(network.id)} - {None}
        if fixed & taken or (fixed and network.mode is NetworkMode.L2TUNNEL):
            return False
        own = [subnet for subnet in network.subnets if not any(overlaps(subnet.network, prefix) for prefix in known)]
        if any(isinstance(end, ContainerBase) and end.forwards for end in ends):
            return False
        idle_leg = any(isinstance(end, HostVNic) and not end.forwarding for end in ends)
        if network.mode in _ROUTED and own and (host.is_vm or idle_leg):
            return False
        if network.mode in _ROUTED and any(subnet.network in elsewhere for subnet in own):
            return False
    return True


def _devices_beside(design: Design, nic: PhysicalNic) -> Iterator[IpAddress]:
    """Yield the addresses of an adapter and of the devices on its physical network."""
    yield from (address.ip for address in nic.addresses)
    wire = design.segment_of(nic.id)
    if wire is not None:
        yield from (subnet.router for subnet in wire.subnets if subnet.router is not None)
        for cable in design.cables(wire.id):
            device = design.topology.entities[cable.source]
            yield from (address.ip for address in getattr(device, "addresses", ()))


_ROUTED = (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL)


def _bridged_elsewhere(design: Design, host: Host, wire: Segment) -> Iterator[IpNetwork]:
    """Yield the prefixes of l2bridge networks on the other hosts of a physical network."""
    for cable in design.cables(wire.id):
        other = design.host_of(cable.source)
        if other is not None and other.id != host.id:
            networks = (found for found in design.inside(other.id, ContainerNetwork) if found.mode in _ROUTED)
            yield from (subnet.network for network in networks for subnet in network.subnets)


def _others_waiting(design: Design, host: Host, upper: ContainerNetwork | VSwitch) -> list[Element]:
    """Return what else on a host has no adapter yet and cannot share the one of a network or switch."""
    layered = upper.mode if isinstance(upper, ContainerNetwork) and upper.mode in LAYERED else None
    networks = (found for found in design.networks_on(host.id) if found.id != upper.id and found.mode is not layered)
    switches = (found for found in design.inside(host.id, VSwitch) if found.id != upper.id)
    return [
        *(network for network in networks if host in unbound(design, network)),
        *(found for found in switches if found.switch_type is SwitchType.EXTERNAL and not design.uplinks(found.id)),
    ]


def _carries_vlan(
    design: Design, host: Host, upper: ContainerNetwork | VSwitch, adapter: PhysicalNic | SetTeam
) -> bool:
    """Whether the switch ports behind an adapter pass the VLAN of a network; what nobody said is thought to be open."""
    vlan = upper.vlan if isinstance(upper, ContainerNetwork) else None
    ports = [nic.switch_port for nic in design.members(adapter)]
    if vlan is None:
        return True
    return all(not host.is_vm if port is None else port.mode == "trunk" and vlan in port.allowed for port in ports)


def takes_adapter(host: Host, adapter: PhysicalNic | SetTeam) -> bool:
    """Whether a new switch on the adapter would raise no error by itself."""
    lbfo = isinstance(adapter, PhysicalNic) and adapter.lbfo_team and host.build_number >= 20348
    return not lbfo


def unbound(design: Design, network: ContainerNetwork) -> Iterator[Host]:
    """Yield the hosts on which a network needs an adapter and has none drawn."""
    if MODES[network.mode].needs_uplink and network.switch is None:
        carried = {
            host.id for adapter in design.adapters(network.id) if (host := design.host_of(adapter.id)) is not None
        }
        yield from (host for host in design.hosts_of_network(network) if host.id not in carried)
