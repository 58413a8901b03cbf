"""Larger changes that quick fixes are made of: a network split, widened or moved as a whole, a team taken apart.

Each returns None where the change would break something that depends on what it changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network
from itertools import combinations, islice, product
from typing import Any, cast

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, MacAddress, overlaps
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet, Edit
from designer.model.entities import Entity
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.links import AclRule, PortRange
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, MacRange, NetworkMode, Subnet
from designer.planning.area import Area
from designer.planning.names import other_name
from designer.planning.prefixes import free_nat_prefix
from designer.rules.design import Design
from designer.rules.suggestions import (
    can_renumber,
    changed,
    fresh_id,
    is_private,
    prefixes_of_host,
    removed,
    renumbered,
    reshaped,
    with_subnet,
)

FREE_MODES = (NetworkMode.NAT, NetworkMode.INTERNAL, NetworkMode.PRIVATE)
"""Modes whose prefix the design may choose, because nothing outside the host knows it."""

MANY = 64
"""Entries of an access list beyond which splitting one is no help."""


def _edit(before: EntityBase, **fields: object) -> Edit:
    return Edit(cast(Entity, before), cast(Entity, before.evolve(**fields)))


def elsewhere(design: Design, network: ContainerNetwork) -> ChangeSet | None:
    """Return the move to a free prefix of the host, where the mode leaves the choice to the design."""
    host = design.host_of(network.id)
    return renumbered(design, host, network) if host is not None and network.mode in FREE_MODES else None


def one_winnat(design: Design, host: Host) -> bool:
    """Whether the nat networks of a host have to stay inside one WinNAT prefix that something depends on."""
    networks = [found for found in design.inside(host.id, ContainerNetwork) if found.mode is NetworkMode.NAT]
    return host.build_number < 16299 and (len(networks) > 1 or bool(design.inside(host.id, WinNat)))


def widened(design: Design, network: ContainerNetwork, endpoints: int) -> ChangeSet | None:
    """Return a change that gives a network a prefix with room for so many endpoints, in place where that is free."""
    host = design.host_of(network.id)
    if host is None or network.mode not in FREE_MODES or len(network.subnets) != 1 or one_winnat(design, host):
        return None
    subnet = network.subnets[0]
    if not isinstance(subnet.network, IPv4Network) or network.ip_range is not None:
        return None
    length = 32 - (endpoints + 2).bit_length()
    if length < 8:
        return None
    wide = subnet.network.supernet(new_prefix=min(length, subnet.network.prefixlen))
    known = prefixes_of_host(design, host)
    known.remove(subnet.network)
    if is_private(wide) and not any(overlaps(wide, prefix) for prefix in known):
        interface = type(subnet.prefix)((wide.network_address, wide.prefixlen))
        return changed(f"Use {wide}", network, **with_subnet(network, subnet, subnet.evolve(prefix=interface)))
    prefix = (
        free_nat_prefix(Area.around(design.topology, host), host, length) if can_renumber(design, network) else None
    )
    if prefix is None:
        return None
    return changed(f"Use {prefix}", network, **with_subnet(network, subnet, reshaped(subnet, prefix)))


def split(design: Design, network: ContainerNetwork) -> ChangeSet | None:
    """Return a change that makes a network of each subnet; endpoints go where their fixed address is."""
    host = design.host_of(network.id)
    if host is None or network.mode not in FREE_MODES or network.switch is not None or network.predefined:
        return None
    if (host.build_number < 16299 and network.mode is NetworkMode.NAT) or host.engine_os == "linux":
        return None
    if network.ip_range is not None or network.options:
        return None
    if any(overlaps(one.network, other.network) for one, other in combinations(network.subnets, 2)):
        return None
    first, *others = network.subnets
    edits = [_edit(network, subnets=(first,))]
    names = [found.name for found in design.networks_on(host.id)]
    for position, subnet in enumerate(others):
        name = other_name(names, network.name)
        names.append(name)
        copy = network.evolve(
            id=fresh_id(design.topology, "network", network.id, str(position)),
            name=name,
            subnets=(subnet,),
            hns_name="",
            mac_pools=(),
        )
        edits.append(Edit(None, copy))
        edits += [
            _edit(link, target=copy.id)
            for link in design.attachments(network.id)
            if link.ip is not None and link.ip in subnet.network and link.ip not in first.network
        ]
    return ChangeSet(f"Make {len(network.subnets)} networks of {network.name}", tuple(edits))


def _shift(address: IpAddress, old: IpNetwork, new: IpNetwork) -> IpAddress:
    return new[int(address) - int(old.network_address)]


def shifted(design: Design, network: ContainerNetwork, subnet: Subnet, new: IpNetwork) -> ChangeSet | None:
    """Return a change that moves a subnet with everything that has an address in it to a prefix of the same length."""
    old = subnet.network
    if any(design.backends(link.source) for link in design.attachments(network.id)) or network.ip_range is not None:
        return None
    gateway = subnet.gateway
    if gateway is not None:
        gateway = _shift(gateway, old, new) if gateway in old else None
    exceptions = tuple(
        _at(new.network_address, found, new.prefixlen) if found.network == old else found
        for found in network.outbound_nat_exceptions
    )
    moved = subnet.evolve(prefix=_at(new.network_address, subnet.prefix, new.prefixlen), gateway=gateway)
    edits = [_edit(network, **with_subnet(network, subnet, moved), outbound_nat_exceptions=exceptions)]
    for link in design.attachments(network.id):
        fields: dict[str, Any] = {
            name: _shift(value, old, new)
            for name, value in (("ip", link.ip), ("gateway", link.gateway))
            if value is not None and value in old
        }
        edits += [_edit(link, **fields)] if fields else []
        vnic = design.topology.find(link.source, HostVNic)
        if vnic is not None:
            addresses = tuple(
                _at(_shift(found.ip, old, new), found, found.network.prefixlen) if found.ip in old else found
                for found in vnic.addresses
            )
            edits += [_edit(vnic, addresses=addresses)] if addresses != vnic.addresses else []
    return ChangeSet(f"Use {new} for {network.name}", tuple(edits))


def _at(address: IpAddress, like: IpInterface, length: int) -> IpInterface:
    return type(like)((address, length))


def free_sibling(old: IpNetwork, known: Iterable[IpNetwork]) -> IpNetwork | None:
    """Return a prefix of the same length in the same private block that overlaps none of the known ones."""
    taken = list(known)
    if not isinstance(old, IPv4Network) or old.prefixlen <= 16:
        return None
    block = old.supernet(new_prefix=16)
    candidates = islice(block.subnets(new_prefix=old.prefixlen), 256)
    return next((found for found in candidates if not any(overlaps(found, prefix) for prefix in taken)), None)


def single_adapter(design: Design, team: SetTeam) -> ChangeSet | None:
    """Return a change that takes a team apart; its first adapter carries what the team carried."""
    members, uplinks = design.members(team), design.uplinks(team.id)
    if not members or len(uplinks) > 1 or any(design.uplinks(nic.id) for nic in members):
        return None
    if not all(_is_external(design.topology.get(link.source)) for link in uplinks):
        return None
    edits = [_edit(nic, parent=team.parent) for nic in members]
    edits += [_edit(link, target=members[0].id) for link in uplinks]
    moved = {edit.id for edit in edits}
    gone = removed(design.topology, "", team.id).edits
    edits += [edit for edit in gone if edit.id not in moved and not _concerns(edit, members)]
    return ChangeSet(f"Use {members[0].name} instead of {team.name}", tuple(edits))


def _is_external(upper: EntityBase | None) -> bool:
    """Whether a switch or network is one that stands on an adapter."""
    if isinstance(upper, ContainerNetwork):
        return MODES[upper.mode].needs_uplink
    return isinstance(upper, VSwitch) and upper.switch_type is SwitchType.EXTERNAL


def _concerns(edit: Edit, members: list[PhysicalNic]) -> bool:
    """Whether an edit removes something that hangs on an adapter, which stays."""
    assert edit.before is not None
    return any(nic.id in edit.before.references() for nic in members)


def single_values(entry: AclRule) -> tuple[AclRule, ...] | None:
    """Return entries with one address and one port each that together say the same; None when they are many."""
    locals_, remotes = _ports(entry.local_ports), _ports(entry.remote_ports)
    addresses: list[tuple[IpInterface, ...]] = [(address,) for address in entry.remote_addresses] or [()]
    if len(addresses) * len(locals_) * len(remotes) > MANY:
        return None
    return tuple(
        entry.evolve(remote_addresses=address, local_ports=local, remote_ports=remote)
        for address, local, remote in product(addresses, locals_, remotes)
    )


def _ports(ranges: tuple[PortRange, ...]) -> list[tuple[PortRange, ...]]:
    numbers = islice((port for span in ranges for port in range(span.first, span.last + 1)), MANY + 1)
    return [(PortRange(first=port, last=port),) for port in numbers] or [()]


def free_mac_range(pools: Iterable[MacRange], like: MacRange, size: int) -> MacRange | None:
    """Return a pool of a size, of the vendor of another pool, after all pools of that vendor."""
    last = max((pool.last.number for pool in pools if pool.last[:8] == like.first[:8]), default=like.first.number - 1)
    end = last + size
    if end >> 24 != like.first.number >> 24:
        return None
    return MacRange(first=_mac(last + 1), last=_mac(end))


def _mac(number: int) -> MacAddress:
    return MacAddress(f"{number:012X}")
