"""Gives pasted things addresses, MACs, host ports and VXLAN ids of their own where theirs are taken."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Interface, IPv4Network

from designer.editing.defaults import LOCAL_POOL, NAT_POOL, OVERLAY_POOL
from designer.editing.draft import Draft
from designer.editing.planner import (
    device_interfaces,
    free_address,
    free_port,
    free_prefix,
    free_vni,
    host_ports,
    taken_addresses,
    used_prefixes,
)
from designer.model.addressing import IpAddress, IpInterface, IpNetwork, Protocol, overlaps
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Client, Router
from designer.model.hosts import HostVNic, PhysicalNic, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.realisation import host_of
from designer.model.topology import Topology
from designer.model.workloads import Compartment

_POOLS: Mapping[NetworkMode, IPv4Network] = {
    NetworkMode.NAT: NAT_POOL,
    NetworkMode.OVERLAY: OVERLAY_POOL,
    NetworkMode.INTERNAL: LOCAL_POOL,
    NetworkMode.PRIVATE: LOCAL_POOL,
}
"""Where networks with a prefix of their own take another one from; the others share the prefix of the wire."""


def replan(topology: Topology, pasted: list[EntityBase]) -> list[EntityBase]:
    """Return the pasted entities as they fit into a design without taking anything twice."""
    draft = Draft(topology)
    for found in pasted:
        draft.put(found)
    _replan_devices(draft, pasted)
    current = topology.apply(_bare(draft, pasted))
    moved: dict[IpNetwork, IpNetwork] = {}
    for network in (entity for entity in pasted if isinstance(entity, ContainerNetwork)):
        own = network.evolve(subnets=tuple(_free_subnet(current, network, subnet) for subnet in network.subnets))
        current = current.apply(ChangeSet("", (Edit(current.find(network.id, ContainerNetwork), own),)))
        moved.update((old.network, new.network) for old, new in zip(network.subnets, own.subnets, strict=True))
        draft.put(own)
    for nat in (entity for entity in pasted if isinstance(entity, WinNat)):
        if nat.internal_prefix is not None and nat.internal_prefix.network in moved:
            draft.update(nat, internal_prefix=moved[nat.internal_prefix.network])
    ledger = _Ledger(current)
    for attachment in (entity for entity in pasted if isinstance(entity, Attachment)):
        draft.put(ledger.settled(attachment, moved))
    return [draft.get(entity.id) or entity for entity in pasted]


def _bare(draft: Draft, pasted: list[EntityBase]) -> ChangeSet:
    """Return the change that adds everything without what is to be planned."""
    bare = Draft(draft.topology)
    for entity in pasted:
        match entity:
            case ContainerNetwork():
                bare.put(entity.evolve(subnets=()))
            case Attachment():
                bare.put(entity.evolve(ip=None, mac=None, ports=()))
            case _:
                bare.put(draft.get(entity.id) or entity)
    return bare.change_set("")


def _replan_devices(draft: Draft, pasted: list[EntityBase]) -> None:
    taken = {interface.ip for interface in device_interfaces(draft.topology)}
    macs = {nic.mac for nic in draft.topology.of(PhysicalNic)} | {vnic.mac for vnic in draft.topology.of(HostVNic)}
    vips = {balancer.vip for balancer in draft.topology.of(LoadBalancer)}
    for entity in pasted:
        match entity:
            case PhysicalNic(mac=mac, addresses=addresses) | HostVNic(mac=mac, addresses=addresses):
                own = tuple(_own(interface, taken) for interface in addresses)
                draft.update(entity, addresses=own, mac=None if mac in macs else mac)
            case Router(addresses=addresses) | Client(addresses=addresses):
                draft.update(entity, addresses=tuple(_own(interface, taken) for interface in addresses))
            case LoadBalancer(vip=vip) if vip in vips:
                draft.update(entity, vip=None)
            case Compartment(number=number, parent=parent) if number is not None and parent is not None:
                others = draft.topology.children(parent, Compartment) if parent in draft.topology else ()
                if any(other.number == number for other in others):
                    draft.update(entity, number=None)


def _own(interface: IpInterface, taken: set[IpAddress]) -> IpInterface:
    """Return the address, or the next one in its prefix that no device has."""
    network, address = interface.network, interface.ip
    while address in taken and address + 1 in network and address + 1 != network.broadcast_address:
        address += 1
    taken.add(address)
    return type(interface)((address, network.prefixlen))


def _free_subnet(topology: Topology, network: ContainerNetwork, subnet: Subnet) -> Subnet:
    """Return the subnet, or one like it that is free where networks of the mode have prefixes of their own."""
    pool, old = _POOLS.get(network.mode), subnet.network
    if (
        pool is None
        or not isinstance(old, IPv4Network)
        or not any(overlaps(old, used) for used in used_prefixes(topology))
    ):
        return subnet
    new = free_prefix(topology, pool, old.prefixlen) if old.prefixlen >= pool.prefixlen else None
    if new is None:
        return subnet
    vni = free_vni(topology) if subnet.vni is not None else None
    gateway = shifted(subnet.gateway, {old: new}) if subnet.gateway is not None else None
    return Subnet(prefix=IPv4Interface(new), gateway=gateway, vni=vni)


def shifted(address: IpAddress, moved: Mapping[IpNetwork, IpNetwork]) -> IpAddress:
    """Return the address at the same place of the prefix that its own prefix has moved to."""
    for old, new in moved.items():
        if address in old:
            return new[int(address) - int(old.network_address)]
    return address


class _Ledger:
    """What is taken, kept up to date while attachments are settled one after another."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology
        self._macs = {link.mac for link in topology.of(Attachment) if link.mac is not None}
        self._addresses: dict[EntityId, set[IpAddress]] = {}
        self._ports: dict[tuple[EntityId, Protocol], set[int]] = {}

    def settled(self, attachment: Attachment, moved: Mapping[IpNetwork, IpNetwork]) -> Attachment:
        """Return the attachment with an address, MAC and host ports that nothing else has."""
        mac = attachment.mac if attachment.mac not in self._macs else None
        self._macs.update((mac,) if mac is not None else ())
        return attachment.evolve(
            mac=mac,
            ip=self._address(attachment, moved),
            gateway=shifted(attachment.gateway, moved) if attachment.gateway is not None else None,
            ports=tuple(self._port(attachment.source, port) for port in attachment.ports),
        )

    def _address(self, attachment: Attachment, moved: Mapping[IpNetwork, IpNetwork]) -> IpAddress | None:
        if attachment.ip is None:
            return None
        network, address = attachment.target, shifted(attachment.ip, moved)
        if network not in self._addresses:
            self._addresses[network] = set(taken_addresses(self._topology, network))
        taken = self._addresses[network]
        found = address if address not in taken else free_address(self._topology, network, taken)
        taken.update((found,) if found is not None else ())
        return found

    def _port(self, workload: EntityId, port: PortMapping) -> PortMapping:
        host = host_of(self._topology, workload)
        if host is None or not port.host_port:
            return port
        key = (host.id, port.protocol)
        if key not in self._ports:
            self._ports[key] = set(host_ports(self._topology, *key))
        taken, found = self._ports[key], port.host_port
        if found in taken:
            found = free_port(self._topology, host.id, found, port.protocol, taken) or 0
        taken.add(found)
        return port.model_copy(update={"host_port": found})
