"""Gives pasted things addresses, MACs, host ports and VXLAN ids of their own where theirs are taken."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Interface, IPv4Network

from designer.editing.draft import Draft
from designer.model.addressing import IpAddress, IpInterface, IpNetwork, Protocol
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Client, Router
from designer.model.hosts import HostVNic, PhysicalNic, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.realisation import host_of
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.model.workloads import Compartment
from designer.planning.addresses import free_address, taken_addresses
from designer.planning.area import Area
from designer.planning.ids import free_vni, used_vnis
from designer.planning.known import LOCAL_POOL, NAT_POOL, PRIVATE_POOLS, SWARM_POOL
from designer.planning.ports import free_port
from designer.planning.prefixes import free_prefix, is_free

LAST_PORT = 65_535

_POOLS: Mapping[NetworkMode, IPv4Network] = {
    NetworkMode.NAT: NAT_POOL,
    NetworkMode.OVERLAY: SWARM_POOL,
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
        own = _settled(current, network)
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
    taken = {interface.ip for interface in Area.whole(draft.topology).interfaces()}
    macs = {nic.mac for nic in draft.topology.of(PhysicalNic)} | {vnic.mac for vnic in draft.topology.of(HostVNic)}
    services = draft.topology.of(Service)
    published: set[tuple[Protocol, int]] = {(port.protocol, port.published) for one in services for port in one.ports}
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
            case Service(ports=ports):
                draft.update(entity, ports=tuple(_own_port(port, published) for port in ports))
            case Compartment(number=number, parent=parent) if number is not None and parent is not None:
                others = draft.topology.children(parent, Compartment) if parent in draft.topology else ()
                if any(other.number == number for other in others):
                    draft.update(entity, number=None)


def _own_port(port: ServicePort, taken: set[tuple[Protocol, int]]) -> ServicePort:
    """Return the port of a service, published at the next one that no service of the design has."""
    published = port.published
    while published and (port.protocol, published) in taken:
        published = published + 1 if published < LAST_PORT else 0
    taken.add((port.protocol, published))
    return port.evolve(published=published)


def _own(interface: IpInterface, taken: set[IpAddress]) -> IpInterface:
    """Return the address, or the next one in its prefix that no device has."""
    network, address = interface.network, interface.ip
    while address in taken and address + 1 in network and address + 1 != network.broadcast_address:
        address += 1
    taken.add(address)
    return type(interface)((address, network.prefixlen))


def _settled(topology: Topology, network: ContainerNetwork) -> ContainerNetwork:
    """Return the network with subnets that are free where networks of its mode have prefixes of their own."""
    pool = _POOLS.get(network.mode)
    if pool is None:
        return network
    host = host_of(topology, network.id)
    area, own = Area.whole(topology, *(() if host is None else (host,))), network.evolve(subnets=())
    vnis = set(used_vnis(topology))
    for subnet in network.subnets:
        fresh = _free_subnet(area, pool, subnet)
        if fresh.vni in vnis:
            fresh = fresh.evolve(vni=free_vni(topology, vnis))
        vnis.update((fresh.vni,) if fresh.vni is not None else ())
        own = own.evolve(subnets=(*own.subnets, fresh))
        area = area._replace(networks=(*(found for found in area.networks if found.id != own.id), own))
    return own


def _free_subnet(area: Area, pool: IPv4Network, subnet: Subnet) -> Subnet:
    """Return the subnet, or one like it that is free."""
    old = subnet.network
    if not isinstance(old, IPv4Network) or is_free(area, old):
        return subnet
    new = free_prefix(area, (pool, *PRIVATE_POOLS), old.prefixlen)
    if new is None:
        return subnet
    gateway = shifted(subnet.gateway, {old: new}) if subnet.gateway is not None else None
    return subnet.evolve(prefix=IPv4Interface(new), gateway=gateway, ip_blocks=())


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
        self._area = Area.whole(topology)
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
        network = self._topology.find(attachment.target, ContainerNetwork)
        if attachment.ip is None or network is None:
            return None
        address = shifted(attachment.ip, moved)
        if network.id not in self._addresses:
            self._addresses[network.id] = set(taken_addresses(self._area, network))
        taken = self._addresses[network.id]
        found = address if address not in taken else free_address(self._area, network, taken)
        taken.update((found,) if found is not None else ())
        return found

    def _port(self, workload: EntityId, port: PortMapping) -> PortMapping:
        host = host_of(self._topology, workload)
        if host is None or not port.host_port:
            return port
        given = self._ports.setdefault((host.id, port.protocol), set())
        found = free_port(self._topology, [host.id], port.host_port, port.protocol, given) or 0
        given.add(found)
        return port.model_copy(update={"host_port": found})
