"""Changes that quick fixes are made of."""

from __future__ import annotations

import hashlib
from ipaddress import IPv4Network, ip_interface
from itertools import count
from typing import Any, cast

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, first_usable
from designer.model.base import Element, EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import Entity, entity_adapter
from designer.model.fabric import SegmentSubnet
from designer.model.hosts import Host, HostVNic, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from designer.planning.area import Area
from designer.planning.prefixes import free_nat_prefix, taken_prefixes
from designer.rules.design import Design
from designer.rules.images import image_build

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
    interface: IpInterface = ip_interface((prefix.network_address, prefix.prefixlen))
    return subnet.evolve(prefix=interface, gateway=first_usable(prefix))


def handed_out(subnet: SegmentSubnet, address: IpAddress) -> bool:
    """Whether a DHCP server of the physical network gives the address to others."""
    scope = subnet.dhcp
    if scope is None or scope.first.version != address.version:
        return False
    return int(scope.first) <= int(address) <= int(scope.last)


def prefixes_of_host(design: Design, host: Host) -> list[IpNetwork]:
    """Return the prefixes that a host knows: of its adapters, networks and WinNATs, and of what is behind it."""
    return list(taken_prefixes(Area.around(design.topology, host)))


def can_renumber(design: Design, network: ContainerNetwork) -> bool:
    """Whether no fixed address, host vNIC or gateway of an endpoint depends on the prefixes of a network."""
    for link in design.attachments(network.id):
        if link.ip is not None or link.gateway is not None or isinstance(design.topology.get(link.source), HostVNic):
            return False
    return len(network.subnets) == 1 and network.ip_range is None and not _shares_one_winnat(design, network)


def _shares_one_winnat(design: Design, network: ContainerNetwork) -> bool:
    """Whether a network is one of several on Windows Server 2016 of which the first says what WinNAT translates."""
    host = design.host_of(network.id)
    if host is None or host.build_number >= 16299 or network.mode is not NetworkMode.NAT:
        return False
    if any(nat.internal_prefix is not None for nat in design.inside(host.id, WinNat)):
        return False
    networks = (found for found in design.inside(host.id, ContainerNetwork) if found.mode is NetworkMode.NAT)
    return sum(1 for found in networks if found.subnets) > 1


def renumbered(design: Design, host: Host, network: ContainerNetwork) -> ChangeSet | None:
    """Return a change that moves a network to a free prefix of the same size; None when something depends on it."""
    if not can_renumber(design, network):
        return None
    subnet = network.subnets[0]
    length = min(max(subnet.network.prefixlen, 16), 29) if isinstance(subnet.network, IPv4Network) else 24
    prefix = free_nat_prefix(Area.around(design.topology, host), host, length)
    if prefix is None:
        return None
    moved = reshaped(subnet, prefix)
    return changed(f"Use {prefix} for {network.name}", network, **with_subnet(network, subnet, moved))


def with_port(link: Attachment, position: int, **fields: object) -> dict[str, Any]:
    """Return the fields of an attachment in which one published port is changed."""
    ports = list(link.ports)
    ports[position] = ports[position].evolve(**fields)
    return {"ports": tuple(ports)}


def without_port(link: Attachment, position: int) -> dict[str, Any]:
    """Return the fields of an attachment without one published port."""
    return {"ports": link.ports[:position] + link.ports[position + 1 :]}


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
    if any(link.acls or link.while_running for link in design.attachments(container.id)):
        return None
    fields = container.model_dump() | {"kind": "hyperv_container"}
    after = cast(Entity, entity_adapter.validate_python(fields))
    return ChangeSet(f"Run {container.name} with Hyper-V isolation", (Edit(container, after),))


def is_private(prefix: IpNetwork) -> bool:
    """Whether a prefix lies in private address space."""
    if not isinstance(prefix, IPv4Network):
        return True
    return any(prefix.subnet_of(block) for block in PRIVATE)
