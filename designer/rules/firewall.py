"""Rules about ports that a firewall closes towards a host (OVL, PRT)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import Host, HostRole
from designer.model.links import Attachment
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Group, Index, Only, Reach, Severity, group_rule, rule
from designer.simulate.policies import is_blocked

NODE_PORTS: tuple[tuple[str, int, str], ...] = (
    ("tcp", 7946, "the nodes do not find each other"),
    ("udp", 7946, "the nodes do not find each other"),
    ("udp", 4789, "no traffic of overlay networks arrives"),
)
"""Ports that every node of a swarm needs, and what happens without. Source: swarm-mode.md."""

MANAGER_PORT = ("tcp", 2377, "no node can join")


def _swarm(_design: Design, host: Host) -> Iterator[str]:
    if host.role in (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER):
        yield host.swarm


NODES = Index("nodes of a swarm", (Host,), _swarm, Reach.SELF)


@group_rule("OVL005", Severity.ERROR, index=NODES, fix=FixClass.SCRIPT, sources=(src.SWARM_MODE,))
def swarm_port_closed(_design: Design, group: Group) -> Iterator[Finding]:
    """A port that the swarm needs is closed.

    Why: nodes talk on 7946 (TCP and UDP), carry overlay traffic on 4789/udp, and join at 2377/tcp of a manager.
    Bad: two nodes, and a firewall that closes 4789/udp towards one of them.
    Good: the ports open between all nodes.
    """
    for host in group.members:
        needed = (*NODE_PORTS, MANAGER_PORT) if host.role is HostRole.SWARM_MANAGER else NODE_PORTS
        for protocol, port, result in needed:
            if is_blocked(host, protocol, port):
                yield Finding(
                    (host.id,),
                    f"{port}/{protocol} is closed towards {host.name}, so {result}; open it between the nodes.",
                    "blocked_ports",
                    script_step=opening(f"Swarm {port}/{protocol}", protocol, port),
                )


def opening(title: str, protocol: str, port: int) -> str:
    """Return the command that opens a port of a host."""
    return (
        f"New-NetFirewallRule -DisplayName '{title}' -Direction Inbound -Action Allow "
        f"-Protocol {protocol.upper()} -LocalPort {port}"
    )


@rule(
    "PRT020",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.SCRIPT,
    sources=(src.ARCHITECTURE,),
    only=Only("ports", host=lambda host: bool(host.blocked_ports)),
)
def published_port_closed(design: Design, link: Attachment) -> Iterator[Finding]:
    """A published port that a firewall closes.

    Why: HNS adds an allow rule for nat networks only, and a rule that blocks by policy wins over it.
    Bad: 8080:80 on a host whose firewall closes 8080/tcp.
    Good: the port open on the profile of the adapter.
    """
    host = design.host_of_link(link)
    for mapping in link.ports if host is not None else ():
        if host is not None and is_blocked(host, mapping.protocol, mapping.host_port):
            yield Finding(
                (link.id, host.id),
                f"{design.label(link.source)} publishes {mapping.host_port}/{mapping.protocol}, which a firewall "
                f"closes towards {host.name}; open it.",
                "ports",
                script_step=opening(
                    f"Published {mapping.host_port}/{mapping.protocol}", mapping.protocol, mapping.host_port
                ),
            )
