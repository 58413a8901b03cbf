"""Rules about flows over overlay networks (OVL, IPV)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet, Edit
from designer.model.fabric import Client
from designer.model.flows import Flow
from designer.model.hosts import Host, HostRole
from designer.model.links import Attachment
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service, ServicePort
from designer.model.swarm import nodes_of
from designer.model.workloads import Compartment, ContainerBase
from designer.planning.ports import free_port
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.flow_ends import End, Ends, by_published_port, ends_of, port_of, spoken
from designer.rules.registry import Finding, FixClass, Severity, anywhere, part, rule
from designer.rules.spans import FROM_1709
from designer.rules.suggestions import changed

ENDS = anywhere(Flow, ContainerBase, Compartment, Attachment, ContainerNetwork, Host, Client, Service, names=True)
OVERLAY = (NetworkMode.OVERLAY,)
WITHOUT_IPV6 = (NetworkMode.NAT, NetworkMode.OVERLAY)


def _homes(design: Design, end: End) -> list[Host]:
    """Return the hosts that an end is on: its own, or the nodes of a service."""
    if isinstance(end.element, Service):
        return list(nodes_of(design.topology, end.element))
    return [end.host] if end.host is not None else []


@rule(
    "OVL012",
    Severity.INFO,
    subject=Flow,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES,),
    reads=ENDS,
    os=FROM_1709,
)
def ping_out_of_overlay(design: Design, flow: Flow) -> Iterator[Finding]:
    """A ping from an overlay network to the outside.

    Why: VFP translates TCP and UDP of overlay containers, and no ICMP; the ping fails although all else works.
    Bad: ping from a container on an overlay network to a client.
    Good: a test with TCP.
    """
    ends = ends_of(design, flow)
    target = ends.target.element
    if flow.protocol != "icmp" or not ends.source.only_on(OVERLAY) or not isinstance(target, Client | Host):
        return
    homes = _homes(design, ends.source)
    if any(home.id == target.id for home in homes):
        return
    if any(has(NetworkMode.OVERLAY, Feature.OUTBOUND_NAT, home.column) for home in homes):
        yield Finding(
            (flow.id, ends.source.networks[0].id),
            f"{spoken(design, flow)}: a ping does not leave the overlay network “{ends.source.networks[0].name}”; "
            "test with TCP.",
            "protocol",
            changed("Test with TCP", flow, protocol="tcp"),
        )


@rule(
    "OVL014",
    Severity.WARNING,
    subject=Flow,
    fix=FixClass.SCRIPT,
    sources=("flannel-io/flannel#1096", src.HCN_GLOBALS),
    reads=ENDS,
)
def flow_between_host_and_own_overlay(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow between a host and an overlay container on it.

    Why: the host has no leg in the overlay network; from HNS 9.2 (2019) on a HostRoute policy gives it one, which a CNI
    plug-in sets and Docker does not.
    Bad: HOST01 sends to web01 on an overlay network of a swarm, and web01 runs on HOST01.
    Good: a node of Kubernetes with Windows Server 2019 or later, or a request from another container.
    """
    ends = ends_of(design, flow)
    for outer, inner in ((ends.source, ends.target), (ends.target, ends.source)):
        host = outer.element
        if not isinstance(host, Host) or flow.address != "own" or not inner.only_on(OVERLAY):
            continue
        at_home = any(home.id == host.id for home in _homes(design, inner))
        if at_home and not _has_leg(host):
            network = inner.networks[0]
            yield Finding(
                (flow.id, host.id, network.id),
                f"{spoken(design, flow)}: {host.name} has no leg in the overlay network “{network.name}”; a HostRoute "
                "policy gives it one.",
                script_step="New-HnsHostRoutePolicy -NetworkId (Get-HnsNetwork | Where-Object Name -EQ <network>).ID",
            )


def _has_leg(host: Host) -> bool:
    return host.role is HostRole.KUBERNETES_NODE and host.build_number >= 17763


@rule("OVL015", Severity.ERROR, subject=Flow, fix=FixClass.QUICK, sources=("flannel-io/flannel#1096",), reads=ENDS)
def flow_into_overlay(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow from another machine to the address of an overlay container.

    Why: addresses of an overlay network are known inside it; no machine outside has a route, and HNS makes none.
    Bad: HOST02, or a client, sends to the address of web01 on an overlay network.
    Good: web01 publishes a port.
    """
    ends = ends_of(design, flow)
    source = ends.source.element
    if flow.address != "own" or not isinstance(source, Host | Client) or not ends.target.only_on(OVERLAY):
        return
    if any(home.id == source.id for home in _homes(design, ends.target)):
        return
    network = ends.target.networks[0]
    yield Finding(
        (flow.id, network.id),
        f"{spoken(design, flow)}: addresses of the overlay network “{network.name}” are unknown outside it; publish a "
        "port and send there.",
        "address",
        _published(design, flow, ends),
    )


def _published(design: Design, flow: Flow, ends: Ends) -> ChangeSet | None:
    homes = _homes(design, ends.target)
    if not homes or not all(has(NetworkMode.OVERLAY, Feature.PUBLISH_PORTS, home.column) for home in homes):
        return None
    service = ends.target.element
    if not isinstance(service, Service):
        return by_published_port(design, flow, ends.target, ends.target.endpoints[0])
    port = port_of(design, flow)
    if flow.protocol not in ("tcp", "udp") or not port:
        return None
    known = (one for one in service.ports if (one.protocol, one.target) == (flow.protocol, port) and one.published)
    mapping = next(known, None)
    edits: tuple[Edit, ...] = ()
    if mapping is None:
        mode = "ingress" if service.endpoint_mode == "vip" else "host"
        free = free_port(design.topology, [home.id for home in homes], protocol=flow.protocol)
        mapping = ServicePort.model_validate(
            {"published": free or 0, "target": port, "protocol": flow.protocol, "mode": mode}
        )
        edits = (Edit(service, service.evolve(ports=(*service.ports, mapping))),)
    moved = flow.evolve(address="published", port=mapping.published or None)
    return ChangeSet(f"Reach {service.name} by a published port", (*edits, Edit(flow, moved)))


@part("IPV001", subject=Flow, reads=ENDS)
def ipv6_flow(design: Design, flow: Flow) -> Iterator[Finding]:
    """Tell of an IPv6 flow whose end is on nat or overlay networks only."""
    if flow.ip_version != 6:
        return
    ends = ends_of(design, flow)
    for end in ends if ends.apart else ():
        if end.only_on(WITHOUT_IPV6):
            network = end.networks[0]
            yield Finding(
                (flow.id, network.id),
                f"{spoken(design, flow)}: “{network.name}” is a {network.mode.value} network and carries no IPv6; use "
                "IPv4.",
                "ip_version",
                changed("Use IPv4", flow, ip_version=4),
            )
            return
