"""Changes that quick fixes are made of, and the free addresses, prefixes, ports and names that they use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Interface, IPv4Network
from itertools import count, islice
from typing import Any, cast

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, first_usable, overlaps
from designer.model.base import Element, EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import Entity, entity_adapter
from designer.model.fabric import SegmentSubnet
from designer.model.hosts import Host, HostVNic, PhysicalNic, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, Subnet
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from designer.rules.design import Design
from designer.rules.images import image_build

_TRIES = 4096
"""Addresses and ports looked at before a suggestion is given up."""

PRIVATE: tuple[IPv4Network, ...] = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv4Network("100.64.0.0/10"),
)
"""Prefixes that no site on the internet has. Source: RFC 1918, RFC 6598."""


def changed(label: str, entity: EntityBase, **fields: object) -> ChangeSet:
    """Return a change of some fields of one entity."""
    before = cast(Entity, entity)
    return ChangeSet(label, (Edit(before, cast(Entity, entity.evolve(**fields))),))


def attached(topology: Topology, workload: Element, network: ContainerNetwork) -> ChangeSet:
    """Return the change that attaches a workload to a network."""
    link_id = fresh_id(topology, "attachment", workload.id, network.id)
    link = Attachment(id=link_id, source=workload.id, target=network.id)
    return ChangeSet(f"Attach {workload.name} to {network.name}", (Edit(None, link),))


def removed(topology: Topology, label: str, entity_id: EntityId) -> ChangeSet:
    """Return the removal of an entity with its contents, links and placements."""
    doomed: dict[EntityId, None] = {}
    waiting = [entity_id]
    while waiting:
        current = waiting.pop()
        if current not in doomed:
            doomed[current] = None
            waiting += [child.id for child in topology.children(current)]
            waiting += [found.id for found in topology.referrers(current)]
    return ChangeSet(label, tuple(Edit(topology[found], None) for found in reversed(doomed)))


def removable(topology: Topology, entity_id: EntityId) -> bool:
    """Whether nothing but links and placements would go with an entity."""
    return not topology.children(entity_id) and not any(
        isinstance(found, Element) for found in topology.referrers(entity_id)
    )


def fresh_id(topology: Topology, kind: str, *seed: str) -> EntityId:
    """Return an id that the design does not have, the same for the same seed."""
    for attempt in count():
        digest = hashlib.sha256("\0".join((*seed, str(attempt))).encode()).hexdigest()[:12]
        found = EntityId(f"{kind}-{digest}")
        if found not in topology:
            return found
    raise AssertionError("the numbers do not end")


def with_subnet(network: ContainerNetwork, old: Subnet, new: Subnet) -> dict[str, Any]:
    """Return the fields of a network in which one subnet is replaced."""
    return {"subnets": tuple(new if subnet is old else subnet for subnet in network.subnets)}


def reshaped(subnet: Subnet, prefix: IpNetwork) -> Subnet:
    """Return the subnet with another prefix and the first usable address as its gateway."""
    interface: IpInterface = type(subnet.prefix)((prefix.network_address, prefix.prefixlen))
    return subnet.evolve(prefix=interface, gateway=first_usable(prefix))


def free_address(design: Design, network: ContainerNetwork) -> IpAddress | None:
    """Return an address of the network that nothing has and that no DHCP server hands out."""
    taken = set(design.addresses_in(network))
    scopes: list[SegmentSubnet] = []
    if design.shares_wire(network):
        taken |= set(_on_the_wire(design, network))
        scopes = [subnet for segment in design.segments_under(network) for subnet in segment.subnets]
    for subnet in network.subnets:
        prefix = subnet.network
        reserved = {prefix[0], prefix[1], prefix[-1]} if prefix.num_addresses > 4 else {prefix[0], prefix[-1]}
        if prefix.num_addresses > 4:
            reserved.add(prefix[2])
        for address in cast(Iterator[IpAddress], islice(prefix.hosts(), _TRIES)):
            if (
                address not in taken
                and address not in reserved
                and not any(handed_out(scope, address) for scope in scopes)
            ):
                return address
    return None


def handed_out(subnet: SegmentSubnet, address: IpAddress) -> bool:
    """Whether a DHCP server of the physical network gives the address to others."""
    scope = subnet.dhcp
    if scope is None or scope.first.version != address.version:
        return False
    return int(scope.first) <= int(address) <= int(scope.last)


def _on_the_wire(design: Design, network: ContainerNetwork) -> Iterator[IpAddress]:
    for nic in design.nics_under(network):
        yield from (address.ip for address in nic.addresses)
    for segment in design.segments_under(network):
        for subnet in segment.subnets:
            if subnet.router is not None:
                yield subnet.router
        for cable in design.cables(segment.id):
            device = design.topology.entities[cable.source]
            yield from (address.ip for address in getattr(device, "addresses", ()))
            if isinstance(device, PhysicalNic):
                for uplink in design.uplinks(device.id):
                    yield from (link.ip for link in design.attachments(uplink.source) if link.ip is not None)


def prefixes_of_host(design: Design, host: Host) -> list[IpNetwork]:
    """Return the prefixes that a host knows: its adapters, networks, WinNATs, and the physical networks behind it."""
    found: list[IpNetwork] = [host.outer_nat_prefix.network] if host.outer_nat_prefix is not None else []
    for nic in design.inside(host.id, PhysicalNic):
        found += [address.network for address in nic.addresses]
        segment = design.segment_of(nic.id)
        if segment is not None:
            found += [subnet.prefix.network for subnet in segment.subnets]
    for vnic in design.inside(host.id, HostVNic):
        found += [address.network for address in vnic.addresses]
    for network in design.networks_on(host.id):
        found += [subnet.network for subnet in network.subnets]
    return found


def free_prefix(design: Design, host: Host, length: int = 20) -> IPv4Network | None:
    """Return a private prefix that the host does not know; inside the drawn WinNAT of a 2016 host when it has one."""
    known = prefixes_of_host(design, host)
    pools: Iterable[IPv4Network] = (
        IPv4Network("172.16.0.0/12"),
        IPv4Network("192.168.0.0/16"),
        IPv4Network("10.0.0.0/8"),
    )
    if host.build_number < 16299:
        drawn = [nat.internal_prefix for nat in design.inside(host.id, WinNat) if nat.internal_prefix is not None]
        if drawn:
            pools = [prefix.network for prefix in drawn if isinstance(prefix, IPv4Interface)]
            length = max(length, *(pool.prefixlen + 1 for pool in pools), 24) if pools else length
    for pool in pools:
        if length >= pool.prefixlen:
            for candidate in islice(pool.subnets(new_prefix=length), 256):
                if not any(overlaps(candidate, prefix) for prefix in known):
                    return candidate
    return None


def can_renumber(design: Design, network: ContainerNetwork) -> bool:
    """Whether no fixed address, host vNIC or gateway of an endpoint depends on the prefixes of a network."""
    for link in design.attachments(network.id):
        if link.ip is not None or link.gateway is not None or isinstance(design.topology.get(link.source), HostVNic):
            return False
    return len(network.subnets) == 1 and network.ip_range is None


def renumbered(design: Design, host: Host, network: ContainerNetwork) -> ChangeSet | None:
    """Return a change that moves a network to a free prefix of the same size; None when something depends on it."""
    if not can_renumber(design, network):
        return None
    subnet = network.subnets[0]
    length = min(max(subnet.network.prefixlen, 16), 29) if isinstance(subnet.network, IPv4Network) else 24
    prefix = free_prefix(design, host, length)
    if prefix is None:
        return None
    moved = reshaped(subnet, prefix)
    return changed(f"Use {prefix} for {network.name}", network, **with_subnet(network, subnet, moved))


def used_ports(design: Design, host: Host) -> set[tuple[str, int]]:
    """Return protocol and number of the ports of a host that services, mappings and containers occupy."""
    found = {(listener.protocol, listener.port) for listener in host.listening}
    found |= {
        (mapping.protocol, mapping.external_port) for nat in design.inside(host.id, WinNat) for mapping in nat.mappings
    }
    for network in design.networks_on(host.id):
        for link in design.attachments(network.id):
            owner = design.host_of(link.source)
            if owner is not None and owner.id == host.id:
                found |= {(mapping.protocol, mapping.host_port) for mapping in link.ports}
    return found | SWARM_PORTS


SWARM_PORTS: frozenset[tuple[str, int]] = frozenset({("tcp", 2377), ("tcp", 7946), ("udp", 7946), ("udp", 4789)})
"""Ports that a swarm node needs. Source: swarm-mode.md."""


def free_port(design: Design, host: Host, protocol: str, near: int) -> int:
    """Return a port of the host that nothing occupies, from the given one upwards and below the dynamic range."""
    used = used_ports(design, host)
    start = near if 1024 <= near < 49_000 else 8080
    candidates = (*range(start, 49_152), *range(1024, start))
    return next((port for port in candidates if (protocol, port) not in used), 0)


def with_port(link: Attachment, position: int, **fields: object) -> dict[str, Any]:
    """Return the fields of an attachment in which one published port is changed."""
    ports = list(link.ports)
    ports[position] = ports[position].evolve(**fields)
    return {"ports": tuple(ports)}


def without_port(link: Attachment, position: int) -> dict[str, Any]:
    """Return the fields of an attachment without one published port."""
    return {"ports": link.ports[:position] + link.ports[position + 1 :]}


def free_name(taken: Iterable[str], name: str) -> str:
    """Return the name with the first number that makes it unlike all taken ones, compared without case."""
    known = {found.casefold() for found in taken}
    stem = name.rstrip("0123456789-") or name
    return next(candidate for number in count(2) if (candidate := f"{stem[:58]}-{number}").casefold() not in known)


def as_hyperv(design: Design, container: WindowsContainer) -> ChangeSet | None:
    """Return the change to Hyper-V isolation; None where the host, the image or the surroundings do not allow it."""
    host = design.host_of(container.id)
    build = image_build(container)
    if host is None or not host.hyperv_role or (host.is_vm and not host.nested_virtualization):
        return None
    if host.is_vm and ((host.memory_mb or 4096) < 4096 or (host.processors or 2) < 2):
        return None
    shared = any(isinstance(found, Element) for found in design.topology.referrers(container.id))
    if container.parent != host.id or container.shares_network_of is not None or shared:
        return None
    if build is not None and build > host.build_number:
        return None
    if any(link.acls for link in design.attachments(container.id)):
        return None
    fields = container.model_dump() | {"kind": "hyperv_container"}
    after = cast(Entity, entity_adapter.validate_python(fields))
    return ChangeSet(f"Run {container.name} with Hyper-V isolation", (Edit(container, after),))


def is_private(prefix: IpNetwork) -> bool:
    """Whether a prefix lies in private address space."""
    if not isinstance(prefix, IPv4Network):
        return True
    return any(prefix.subnet_of(block) for block in PRIVATE)
