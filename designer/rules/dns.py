"""Rules about name resolution (DNS) and MAC addresses (MAC)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from designer.model.addressing import MacAddress
from designer.model.base import EntityBase
from designer.model.changes import ChangeSet
from designer.model.hosts import Host, HostVNic, PhysicalNic
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, MacRange, NetworkMode
from designer.model.workloads import ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import (
    Finding,
    FixClass,
    Group,
    Index,
    Only,
    Reach,
    Severity,
    group_rule,
    links,
    rule,
    same_host,
)
from designer.rules.repairs import free_mac_range
from designer.rules.suggestions import changed

_DOMAIN = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
BROADCAST = MacAddress("FF-FF-FF-FF-FF-FF")


@rule(
    "DNS002",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER,),
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def dns_options_on_overlay(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """DNS options on an overlay network.

    Why: the overlay driver never reads them; the containers keep the servers of the engine.
    Bad: an overlay network with DNS servers or a suffix.
    Good: DNS servers at the containers.
    """
    if network.mode is NetworkMode.OVERLAY and (network.dns_servers or network.dns_suffix):
        yield Finding(
            (network.id,),
            f"“{network.name}” is an overlay network, whose DNS options are ignored; set them at its containers.",
            "dns_servers" if network.dns_servers else "dns_suffix",
            changed(f"Remove the DNS options of {network.name}", network, dns_servers=(), dns_suffix=""),
        )


@rule(
    "DNS003",
    Severity.WARNING,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    only=Only("dns_options"),
)
def dns_resolver_options(_design: Design, container: ContainerBase) -> Iterator[Finding]:
    """DNS resolver options.

    Why: Windows has no resolv.conf; --dns-option does nothing.
    Bad: --dns-option ndots:2.
    Good: no such option.
    """
    yield Finding(
        (container.id,),
        f"{container.name}: DNS options ({', '.join(container.dns_options)}) do nothing on Windows; remove them.",
        "dns_options",
        changed(f"Remove the DNS options of {container.name}", container, dns_options=()),
    )


@rule(
    "DNS004",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from RFC 1123",),
    only=Only("dns_suffix"),
)
def bad_dns_suffix(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The DNS suffix is no domain name.

    Why: the suffix is appended to short names; with blanks or underscores no name resolves.
    Bad: “my site”.
    Good: corp.example.com.
    """
    if _DOMAIN.fullmatch(network.dns_suffix) is None:
        yield Finding(
            (network.id,),
            f"“{network.name}”: “{network.dns_suffix}” is no domain name; write one such as corp.example.com.",
            "dns_suffix",
            changed(f"Clear the DNS suffix of {network.name}", network, dns_suffix=""),
        )


@rule(
    "DNS010",
    Severity.WARNING,
    subject=Host,
    fix=FixClass.MANUAL,
    sources=("inferred from " + src.NETWORK_WINDOWS,),
    reads=same_host(ContainerNetwork),
    only=Only("listening"),
)
def port_53_taken(design: Design, host: Host) -> Iterator[Finding]:
    """A DNS server of the host takes port 53 of the gateway.

    Why: Docker's resolver listens on port 53 of each nat gateway.
    Bad: the DNS server role listening on all addresses beside nat0.
    Good: the role bound to the address of the adapter.
    """
    if not any(listener.port == 53 for listener in host.listening):
        return
    for network in design.networks_on(host.id):
        if network.mode is NetworkMode.NAT and network.gateway_dns:
            yield Finding(
                (host.id, network.id),
                f"A service of {host.name} listens on port 53, which Docker needs at the gateway of “{network.name}”; "
                "bind the service to one address.",
                "listening",
            )
            return


@rule(
    "DNS011",
    Severity.INFO,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK,),
    reads=links(ContainerNetwork),
    only=Only("dns_servers"),
)
def dns_dropped_on_internal(design: Design, link: Attachment) -> Iterator[Finding]:
    """DNS servers on a network made with --internal.

    Why: Docker does not send them to the endpoints of such a network.
    Bad: an endpoint with DNS servers on a network with the internal flag.
    Good: the network without the flag.
    """
    network = design.network_of(link)
    if network is not None and network.internal_flag:
        yield Finding(
            (link.id, network.id),
            f"{design.label(link.source)}: its DNS servers are not sent on “{network.name}”, which has --internal.",
            "dns_servers",
            changed("Remove the DNS servers of the endpoint", link, dns_servers=()),
        )


@rule(
    "MAC003",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HNS_SCHEMA,),
    only=Only("mac_pools"),
)
def mac_pool_reversed(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A MAC pool runs backwards, or over two vendors.

    Why: a pool counts upwards inside the last three octets.
    Bad: 00-15-5D-00-20-00 to 00-15-5D-00-10-00.
    Good: 00-15-5D-00-10-00 to 00-15-5D-00-20-00.
    """
    for position, pool in enumerate(network.mac_pools):
        if pool.first[:8] != pool.last[:8]:
            yield Finding(
                (network.id,), f"“{network.name}”: the MAC pool {pool.first} to {pool.last} spans vendors.", "mac_pools"
            )
        elif pool.first.number > pool.last.number:
            pools = list(network.mac_pools)
            pools[position] = MacRange(first=pool.last, last=pool.first)
            yield Finding(
                (network.id,),
                f"“{network.name}”: the MAC pool {pool.first} to {pool.last} runs backwards; swap its ends.",
                "mac_pools",
                changed("Swap the ends of the MAC pool", network, mac_pools=tuple(pools)),
            )


@rule(
    "MAC004",
    Severity.ERROR,
    subject=Host,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HNS_SCHEMA,),
    reads=same_host(ContainerNetwork),
)
def mac_pools_overlap(design: Design, host: Host) -> Iterator[Finding]:
    """Two MAC pools overlap.

    Why: two endpoints could get one MAC address.
    Bad: the pools of nat0 and corp both have 00-15-5D-00-10-00.
    Good: pools that share no address.
    """
    pools = [(pool, network) for network in design.networks_on(host.id) for pool in network.mac_pools]
    pools.sort(key=lambda entry: (entry[0].first.number, entry[0].last.number))
    for (left, owner), (right, network) in pairwise(pools):
        if right.first.number <= left.last.number:
            size = max(right.last.number - right.first.number + 1, 1)
            free = free_mac_range((pool for pool, _ in pools), right, size)
            yield Finding(
                (network.id, owner.id),
                f"The MAC pools of “{network.name}” and “{owner.name}” overlap; give each its own range.",
                "mac_pools",
                _with_pool(network, right, free) if free is not None else None,
            )


def _with_pool(network: ContainerNetwork, old: MacRange, new: MacRange) -> ChangeSet:
    pools = tuple(new if pool is old else pool for pool in network.mac_pools)
    return changed(f"Use the MAC pool {new.first} to {new.last}", network, mac_pools=pools)


def _widened(design: Design, network: ContainerNetwork, missing: int) -> ChangeSet | None:
    """Return the last pool with more addresses at its end; None where another pool or vendor is in the way."""
    host, pool = design.host_of(network.id), network.mac_pools[-1]
    end = pool.last.number + missing
    others = design.networks_on(host.id) if host is not None else [network]
    starts = [found.first.number for other in others for found in other.mac_pools if found is not pool]
    if end >> 24 != pool.first.number >> 24 or any(pool.first.number < start <= end for start in starts):
        return None
    return _with_pool(network, pool, MacRange(first=pool.first, last=MacAddress(f"{end:012X}")))


def _has_mac(entity: EntityBase) -> MacAddress | None:
    return entity.mac if isinstance(entity, Attachment | PhysicalNic | HostVNic) else None


@rule(
    "MAC005",
    Severity.ERROR,
    subject=(Attachment, PhysicalNic, HostVNic),
    fix=FixClass.QUICK,
    sources=("inferred from IEEE 802",),
    only=Only("mac"),
)
def mac_not_unicast(design: Design, subject: EntityBase) -> Iterator[Finding]:
    """A MAC address that no adapter can have.

    Why: the lowest bit of the first octet marks a group; all zeroes is no address.
    Bad: 01-00-5E-00-00-01.
    Good: 00-15-5D-01-02-03.
    """
    mac = _has_mac(subject)
    if mac is not None and not mac.is_unicast:
        yield Finding(
            (subject.id,),
            f"{design.label(subject.id)}: {mac} is no address of one adapter; use one such as 00-15-5D-01-02-03.",
            "mac",
            changed("Let HNS choose the MAC address", subject, mac=None),
        )


def _macs(design: Design, subject: EntityBase) -> Iterator[tuple[EntityId | str, MacAddress]]:
    mac = _has_mac(subject)
    if mac is None:
        return
    if isinstance(subject, Attachment):
        network = design.network_of(subject)
        shared = network is not None and MODES[network.mode].needs_uplink
        yield ("wire" if shared else subject.target), mac
    elif isinstance(subject, HostVNic):
        for link in design.attachments(subject.id):
            yield link.target, mac
    else:
        yield "wire", mac


MACS: Index[EntityBase] = Index("MAC addresses", (Attachment, PhysicalNic, HostVNic), _macs, Reach.LINKS, field="mac")


@group_rule("MAC006", Severity.ERROR, index=MACS, fix=FixClass.QUICK, sources=("inferred from IEEE 802",))
def duplicate_mac(design: Design, group: Group) -> Iterator[Finding]:
    """Two adapters with one MAC address.

    Why: a switch learns one port for an address, so frames reach one of the two at random.
    Bad: web01 and app01 both with 00-15-5D-01-02-03 on corp.
    Good: an address each, or none so that HNS chooses.
    """
    first = group.members[0]
    for other in group.members[1:]:
        yield Finding(
            (other.id, first.id),
            f"{design.label(other.id)} and {design.label(first.id)} both have {group.key[1]}; change one.",
            "mac",
            changed("Let HNS choose the MAC address", other, mac=None),
        )


@rule(
    "MAC007",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.HNS_SCHEMA,),
    reads=links(Attachment),
    only=Only("mac_pools"),
)
def mac_pool_too_small(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The MAC pools are too small.

    Why: each endpoint takes one address of the pools; the next one fails.
    Bad: a pool of two addresses and three containers.
    Good: a pool with an address for each endpoint.
    """
    room = sum(max(pool.last.number - pool.first.number + 1, 0) for pool in network.mac_pools)
    number = len(design.workloads_on(network.id))
    if 0 < room < number:
        yield Finding(
            (network.id,),
            f"“{network.name}” has {number} endpoints and {room} MAC addresses; widen a pool.",
            "mac_pools",
            _widened(design, network, number - room),
        )
