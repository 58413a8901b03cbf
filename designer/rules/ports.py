"""Rules about published ports (PRT)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import EntityBase
from designer.model.hosts import Host, HostRole, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import Feature, has, support
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.planning.known import FIRST_DYNAMIC_PORT
from designer.planning.ports import free_port
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
)
from designer.rules.suggestions import changed, with_port, without_port

SWARM_NEEDS = frozenset({("tcp", 2377), ("tcp", 7946), ("udp", 7946), ("udp", 4789)})
"""Protocols and ports that a swarm node needs. Source: swarm-mode.md."""

SWARM_ROLES = (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER)
VFP_MODES = (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL, NetworkMode.OVERLAY)
CLOSED_MODES = (NetworkMode.INTERNAL, NetworkMode.PRIVATE, NetworkMode.ICS)
NETWORK = links(ContainerNetwork)


def _without_ports(design: Design, link: Attachment, network: ContainerNetwork, why: str, use: str) -> Finding:
    return Finding(
        (link.id, network.id),
        f"{design.label(link.source)} publishes {listed(link)} on “{network.name}”, {why}; {use}.",
        "ports",
        changed(f"Publish no port of {design.label(link.source)} on {network.name}", link, ports=()),
    )


def listed(link: Attachment) -> str:
    """Return the published ports of an endpoint as text: “8080/tcp, 8443/tcp”."""
    return ", ".join(f"{port.host_port}/{port.protocol}" for port in link.ports)


@rule(
    "PRT001",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.PUBLISH_THREAD, src.HCN_RESULT),
    reads=NETWORK,
    only=Only("ports", modes=(NetworkMode.TRANSPARENT,)),
)
def publish_on_transparent(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port published on a transparent network.

    Why: no NAT stands between the physical network and the container; HNS refuses the mapping (0x803b0016).
    Bad: app01 on a transparent network with 8080:80.
    Good: clients use app01's own address and port 80.
    """
    network = design.network_of(link)
    if network is not None and network.mode is NetworkMode.TRANSPARENT:
        yield _without_ports(design, link, network, "which is transparent", "clients reach the container's own address")


@rule(
    "PRT002",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.PUBLISH_THREAD, src.OLD_OVERLAY_ENDPOINT),
    reads=NETWORK,
    os=(OsRelease.WS2016,),
    only=Only("ports", modes=VFP_MODES),
)
def publish_too_early(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port published on l2bridge, l2tunnel or overlay before version 1709.

    Why: VFP maps ports from build 16299 on.
    Bad: 8080:80 on an l2bridge network of Windows Server 2016.
    Good: the same on a nat network, or on a newer host.
    """
    network, host = design.network_of(link), design.host_of(link.source)
    if network is None or host is None or network.mode not in VFP_MODES:
        return
    if not has(network.mode, Feature.PUBLISH_PORTS, host.column):
        note = support(network.mode, Feature.PUBLISH_PORTS, host.column).note
        reason = f"and {host.name} maps no ports on {network.mode.value} ({note})"
        yield _without_ports(design, link, network, reason, "use a nat network")


@rule(
    "PRT003",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.PUBLISH_THREAD,),
    reads=NETWORK,
    only=Only("ports", modes=CLOSED_MODES),
)
def publish_on_closed_network(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port published on an internal, private or ICS network.

    Why: nothing from outside reaches such a network, so there is nothing to map.
    Bad: 8080:80 on a private network.
    Good: a second endpoint on a nat network that publishes the port.
    """
    network = design.network_of(link)
    if network is not None and network.mode in CLOSED_MODES:
        yield _without_ports(design, link, network, f"which is {network.mode.value}", "publish on a nat network")


@rule(
    "PRT004",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK,),
    reads=NETWORK,
    only=Only("ports"),
)
def publish_behind_internal_flag(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port published on a network made with --internal.

    Why: Docker drops the mapping without a message.
    Bad: 8080:80 on a nat network with the internal flag.
    Good: the network without the flag.
    """
    network = design.network_of(link)
    if network is not None and network.internal_flag:
        yield Finding(
            (link.id, network.id),
            f"{design.label(link.source)} publishes {listed(link)}, and “{network.name}” is made with --internal, "
            "which drops it; clear the flag.",
            "ports",
            changed(f"Clear --internal of {network.name}", network, internal_flag=False),
        )


def _host_ports(design: Design, subject: EntityBase) -> Iterator[tuple[EntityId, str, int]]:
    if isinstance(subject, Attachment):
        host = design.host_of(subject.source)
        if host is not None:
            yield from ((host.id, port.protocol, port.host_port) for port in subject.ports if port.host_port)
    elif isinstance(subject, WinNat):
        host = design.host_of(subject.id)
        if host is not None:
            yield from ((host.id, mapping.protocol, mapping.external_port) for mapping in subject.mappings)


HOST_PORTS: Index[EntityBase] = Index("ports of a host", (Attachment, WinNat), _host_ports, Reach.LINKS, field="ports")


def _attachments(group: Group) -> list[Attachment]:
    return [member for member in group.members if isinstance(member, Attachment)]


def _other_port(design: Design, host: Host, link: Attachment, position: int) -> tuple[int, dict[str, object]]:
    mapping = link.ports[position]
    port = free_port(design.topology, [host.id], mapping.host_port, mapping.protocol) or 0
    return port, with_port(link, position, host_port=port)


def _positions(link: Attachment, key: tuple[EntityId, str, int]) -> list[int]:
    return [position for position, port in enumerate(link.ports) if (port.protocol, port.host_port) == (key[1], key[2])]


@group_rule("PRT005", Severity.ERROR, index=HOST_PORTS, fix=FixClass.QUICK, sources=(src.HCN_RESULT,))
def host_port_used_twice(design: Design, group: Group) -> Iterator[Finding]:
    """A host port published twice.

    Why: a protocol and port of the host lead to one container; HNS refuses the second mapping (0x803b0013).
    Bad: web01 and web02 both publish 8080/tcp on HOST01.
    Good: 8080 and 8081.
    """
    uses = [(link, position) for link in _attachments(group) for position in _positions(link, group.key)]
    host = design.host_of(group.key[0])
    if len(uses) < 2 or host is None:
        return
    first = uses[0][0]
    for link, position in uses[1:]:
        port, fields = _other_port(design, host, link, position)
        yield Finding(
            (link.id, first.id),
            f"{design.label(link.source)} and {design.label(first.source)} both publish {group.key[2]}/{group.key[1]} "
            f"on {host.name}; use {port} for one.",
            "ports",
            changed(f"Publish {port} for {design.label(link.source)}", link, **fields),
        )


@group_rule("NAT012", Severity.ERROR, index=HOST_PORTS, fix=FixClass.QUICK, sources=(src.HCN_RESULT,))
def static_mapping_clash(design: Design, group: Group) -> Iterator[Finding]:
    """A port of a WinNAT mapping is published by Docker too.

    Why: both claim the same port of the host (0x803b0013).
    Bad: a static mapping of 8080/tcp beside a container that publishes 8080/tcp.
    Good: another port for one of them.
    """
    nats = [member for member in group.members if isinstance(member, WinNat)]
    host = design.host_of(group.key[0])
    for link in group.members:
        if nats and host is not None and isinstance(link, Attachment):
            port, fields = _other_port(design, host, link, _positions(link, group.key)[0])
            yield Finding(
                (link.id, nats[0].id),
                f"{design.label(link.source)} publishes {group.key[2]}/{group.key[1]}, which “{nats[0].name}” maps "
                f"already; use {port}.",
                "ports",
                changed(f"Publish {port} for {design.label(link.source)}", link, **fields),
            )


@rule(
    "PRT006",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("docker/for-win#1745", "docker/for-win#3893"),
    only=Only("ports", host=lambda host: bool(host.listening)),
)
def host_service_has_port(design: Design, link: Attachment) -> Iterator[Finding]:
    """A host port that a service of the host occupies.

    Why: the container does not start; the port is in use (0x20).
    Bad: a container publishes 3389/tcp on a host with Remote Desktop.
    Good: another port of the host.
    """
    host = design.host_of(link.source)
    if host is None or not host.listening:
        return
    taken = {(listener.protocol, listener.port): listener.service for listener in host.listening}
    for position, mapping in enumerate(link.ports):
        if mapping.host_port and (mapping.protocol, mapping.host_port) in taken:
            port, fields = _other_port(design, host, link, position)
            service = taken[mapping.protocol, mapping.host_port] or "a service"
            yield Finding(
                (link.id, host.id),
                f"{design.label(link.source)} publishes {mapping.host_port}/{mapping.protocol}, where {service} of "
                f"{host.name} listens; use {port}.",
                "ports",
                changed(f"Publish {port} for {design.label(link.source)}", link, **fields),
            )


@rule(
    "PRT007", Severity.ERROR, subject=Attachment, fix=FixClass.QUICK, sources=(src.WINDOWS_DRIVER,), only=Only("ports")
)
def host_address_in_binding(design: Design, link: Attachment) -> Iterator[Finding]:
    """A published port is bound to an address.

    Why: the Windows drivers refuse an address of the host in a mapping.
    Bad: 10.0.0.11:8080:80.
    Good: 8080:80.
    """
    for position, mapping in enumerate(link.ports):
        if mapping.host_address is not None and not mapping.host_address.is_unspecified:
            yield Finding(
                (link.id,),
                f"{design.label(link.source)} binds {mapping.host_port} to {mapping.host_address}; Windows binds "
                "a port to all addresses only.",
                "ports",
                changed(
                    f"Bind {mapping.host_port} to all addresses", link, **with_port(link, position, host_address=None)
                ),
            )


@rule(
    "PRT009", Severity.ERROR, subject=Attachment, fix=FixClass.QUICK, sources=(src.WINDOWS_DRIVER,), only=Only("ports")
)
def protocol_not_published(design: Design, link: Attachment) -> Iterator[Finding]:
    """A protocol that cannot be published.

    Why: mappings exist for TCP and UDP.
    Bad: 5000:5000/sctp.
    Good: 5000:5000/tcp.
    """
    for position, mapping in enumerate(link.ports):
        if mapping.protocol not in ("tcp", "udp"):
            host = design.host_of(link.source)
            port = mapping.host_port if host is None else free_port(design.topology, [host.id], mapping.host_port) or 0
            yield Finding(
                (link.id,),
                f"{design.label(link.source)} publishes {mapping.host_port}/{mapping.protocol}; only tcp and udp work.",
                "ports",
                changed("Publish it over TCP", link, **with_port(link, position, protocol="tcp", host_port=port)),
            )


@rule("PRT010", Severity.ERROR, subject=Attachment, fix=FixClass.QUICK, sources=(src.HCN_RESULT,), only=Only("ports"))
def container_port_zero(design: Design, link: Attachment) -> Iterator[Finding]:
    """A container port of 0.

    Why: a mapping leads to one port from 1 to 65535 (0x803b002D otherwise).
    Bad: 8080:0.
    Good: 8080:80.
    """
    for position, mapping in enumerate(link.ports):
        if mapping.container_port == 0:
            yield Finding(
                (link.id,),
                f"{design.label(link.source)} maps {mapping.host_port} to port 0 of the container; name a port.",
                "ports",
                changed("Remove the mapping to port 0", link, **without_port(link, position)),
            )


@rule(
    "PRT011",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.SWARM_MODE,),
    only=Only("ports", host=lambda host: host.role in SWARM_ROLES),
)
def swarm_port_published(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port that the swarm needs is published.

    Why: 2377/tcp, 7946/tcp and udp and 4789/udp carry the swarm itself.
    Bad: 7946:80 on a swarm node.
    Good: another port.
    """
    host = design.host_of(link.source)
    if host is None or host.role not in (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER):
        return
    for position, mapping in enumerate(link.ports):
        if (mapping.protocol, mapping.host_port) in SWARM_NEEDS:
            port, fields = _other_port(design, host, link, position)
            yield Finding(
                (link.id, host.id),
                f"{design.label(link.source)} publishes {mapping.host_port}/{mapping.protocol}, which the swarm needs "
                f"on {host.name}; use {port}.",
                "ports",
                changed(f"Publish {port} for {design.label(link.source)}", link, **fields),
            )


@rule(
    "PRT012",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.KUBERNETES_PROBLEMS, src.PORT_ALLOCATOR),
    only=Only("ports"),
)
def port_in_dynamic_range(design: Design, link: Attachment) -> Iterator[Finding]:
    """A published port in the dynamic range.

    Why: Windows, WinNAT and VFP reserve ports from 49152 on in blocks, so the mapping may fail on some days.
    Bad: 50000:80.
    Good: 8080:80.
    """
    host = design.host_of(link.source)
    for position, mapping in enumerate(link.ports):
        if mapping.host_port >= FIRST_DYNAMIC_PORT and host is not None:
            port, fields = _other_port(design, host, link, position)
            yield Finding(
                (link.id,),
                f"{design.label(link.source)} publishes {mapping.host_port}, in the range that Windows hands out; use "
                f"a port below {FIRST_DYNAMIC_PORT} such as {port}.",
                "ports",
                changed(f"Publish {port} for {design.label(link.source)}", link, **fields),
            )


@rule("PRT018", Severity.INFO, subject=Attachment, fix=FixClass.QUICK, sources=(src.PORT_MAPPING,), only=Only("ports"))
def random_host_port(design: Design, link: Attachment) -> Iterator[Finding]:
    """The host port is chosen at start.

    Why: clients and firewall rules cannot know the number before the container runs.
    Bad: publish 80 without a host port.
    Good: 8080:80.
    """
    host = design.host_of(link.source)
    for position, mapping in enumerate(link.ports):
        if mapping.host_port == 0 and host is not None:
            port, fields = _other_port(design, host, link, position)
            yield Finding(
                (link.id,),
                f"{design.label(link.source)} publishes {mapping.container_port} on a port that is not known before it "
                f"starts; choose one such as {port}.",
                "ports",
                changed(f"Publish {port} for {design.label(link.source)}", link, **fields),
            )
