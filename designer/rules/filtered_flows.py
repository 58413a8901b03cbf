"""Rules about flows that a firewall or access list decides (ACL, PRT)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.services import Service
from designer.model.workloads import Compartment, ContainerBase, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.flow_ends import End, ends_of, mapping_to, port_of, published, spoken
from designer.rules.registry import Finding, FixClass, Severity, anywhere, rule
from designer.rules.spans import FROM_1709

ENDS = anywhere(Flow, ContainerBase, Compartment, Attachment, ContainerNetwork, Host, Service)

LET_IN = frozenset({"tcp", "udp", "icmp", "igmp"})
"""What the firewall of a process-isolated container lets in. Source: network-isolation-security.md."""

DROPPING = range(576, 1067)
"""Revisions of build 14393 that drop what is not published. Source: moby#29444, moby#32969."""

RESOLVER_PORT = 53


@rule(
    "ACL005",
    Severity.WARNING,
    subject=Flow,
    fix=FixClass.QUICK,
    sources=(src.ISOLATION, "moby/moby#29444", "moby/moby#32969", "moby/moby#32410"),
    reads=ENDS,
    os=(OsRelease.WS2016,),
)
def unasked_before_1709(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow to an unpublished port of a Windows container on Windows Server 2016.

    Why: before version 1709 the firewall of a process-isolated container is to let in published ports only; which
    updates really do so differs (14393.576 to 1066 drop TCP and UDP while ping passes), so this is a warning.
    Bad: web01 sends to port 1433 of the Windows container db01 on Windows Server 2016.
    Good: db01 publishes 1433, an inbound rule on the host, or Windows Server 2019.
    """
    ends = ends_of(design, flow)
    host = ends.target.host
    if flow.protocol not in ("tcp", "udp") or flow.address != "own" or host is None or host.build_number >= 16299:
        return
    if not isinstance(ends.target.element, WindowsContainer) or not ends.apart or not ends.target.endpoints:
        return
    port = port_of(design, flow)
    if mapping_to(ends.target, flow.protocol, port) is not None:
        return
    dropped = host.build_number == 14393 and host.update_revision in DROPPING
    drops = "drops" if dropped else "may drop"
    yield Finding(
        (flow.id, ends.target.element.id, host.id),
        f"{spoken(design, flow)}: {host.name} ({host.build_number}.{host.update_revision or '?'}) {drops} what comes "
        "to an unpublished port of a Windows container; publish it, or open it on the host.",
        fix=_published_only(design, flow, ends.target),
        script_step=f"New-NetFirewallRule -DisplayName 'Containers {port}/{flow.protocol}' -Direction Inbound "
        f"-Action Allow -Protocol {flow.protocol.upper()} -LocalPort {port}",
    )


def _published_only(design: Design, flow: Flow, end: End) -> ChangeSet | None:
    """Return the change that publishes the port of a flow; None where the mode of the network maps no ports."""
    nat = next((link for link in end.endpoints if _mode(design, link) is NetworkMode.NAT), None)
    found = published(design, flow, end, nat) if nat is not None else None
    return ChangeSet(f"Publish the port of {end.name}", found[1]) if found is not None and found[1] else None


def _mode(design: Design, link: Attachment) -> NetworkMode | None:
    network = design.network_of(link)
    return network.mode if network is not None else None


@rule(
    "ACL006",
    Severity.ERROR,
    subject=Flow,
    fix=FixClass.MANUAL,
    sources=(src.ISOLATION,),
    reads=ENDS,
    os=FROM_1709,
)
def unusual_protocol(design: Design, flow: Flow) -> Iterator[Finding]:
    """A protocol that the firewall of a Windows container does not let in.

    Why: from version 1709 on TCP, UDP, ICMP and IGMP come in; everything else is dropped.
    Bad: GRE to a Windows container.
    Good: the same over UDP, an access list that allows all protocols, or Hyper-V isolation.
    """
    if flow.protocol in LET_IN:
        return
    ends = ends_of(design, flow)
    host = ends.target.host
    if not isinstance(ends.target.element, WindowsContainer) or not ends.apart or host is None:
        return
    if host.build_number < 16299 or any(_lets_all_in(link) for link in ends.target.endpoints):
        return
    yield Finding(
        (flow.id, ends.target.element.id),
        f"{spoken(design, flow)}: the firewall of {ends.target.element.name} lets in TCP, UDP, ICMP and IGMP only; "
        "allow all protocols in an access list, or use UDP.",
        "protocol",
    )


def _lets_all_in(link: Attachment) -> bool:
    entries = (entry for entry in link.acls if entry.direction == "in" and entry.enforced_by == "host")
    return any(entry.action == "allow" and entry.protocol == "any" for entry in entries)


@rule("ACL009", Severity.ERROR, subject=Flow, fix=FixClass.MANUAL, sources=(src.ARCHITECTURE,), reads=ENDS)
def ipsec_to_container(design: Design, flow: Flow) -> Iterator[Finding]:
    """IPsec between containers.

    Why: containers have no IPsec; the packets are neither encrypted nor taken.
    Bad: a flow between web01 and db01 that IPsec protects.
    Good: TLS between the programs.
    """
    inside = [end for end in ends_of(design, flow) if isinstance(end.element, ContainerBase | Service)]
    if flow.ipsec and inside:
        yield Finding(
            (flow.id, *dict.fromkeys(end.element.id for end in inside)),
            f"{spoken(design, flow)}: {inside[0].name} is a container workload, which has no IPsec; protect "
            "the traffic with TLS in the programs.",
            "ipsec",
        )


@rule("PRT022", Severity.WARNING, subject=Flow, fix=FixClass.SCRIPT, sources=("moby/moby#34526",), reads=ENDS)
def host_firewall_towards_host(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow from a container to a service of its own host.

    Why: the host's firewall judges what comes from the container network like anything from outside, and lets in
    only what an inbound rule allows.
    Bad: web01 sends to port 1433 of HOST01, on which it runs, and no rule opens the port.
    Good: an inbound rule for the prefix of the containers.
    """
    ends = ends_of(design, flow)
    host = ends.target.element
    if not isinstance(host, Host) or not ends.source.is_container or not ends.on_one_host or flow.address != "own":
        return
    networks = [network for network in ends.source.networks if _reaches_host(network)]
    port = port_of(design, flow)
    if flow.protocol not in ("tcp", "udp") or not networks or port is None or _is_open(host, flow.protocol, port):
        return
    if port == RESOLVER_PORT and networks[0].mode is NetworkMode.NAT:
        return
    prefix = str(networks[0].subnets[0].network) if networks[0].subnets else "<prefix of the containers>"
    yield Finding(
        (flow.id, host.id, networks[0].id),
        f"{spoken(design, flow)}: no inbound rule of {host.name} opens {port}/{flow.protocol} to “{networks[0].name}”.",
        script_step=f"New-NetFirewallRule -DisplayName 'Containers to {port}/{flow.protocol}' -Direction Inbound "
        f"-Action Allow -Protocol {flow.protocol.upper()} -LocalPort {port} -RemoteAddress {prefix}",
    )


def _reaches_host(network: ContainerNetwork) -> bool:
    return MODES[network.mode].host_vnic and not MODES[network.mode].spans_hosts


def _is_open(host: Host, protocol: str, port: int) -> bool:
    return any(entry.port == port and entry.protocol in (protocol, "any") for entry in host.opened_ports)
