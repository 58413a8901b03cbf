"""Rules about flows to containers behind NAT (NAT)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.fabric import Client
from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.links import Attachment, PortMapping
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import Compartment, ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.flow_ends import Ends, by_published_port, ends_of, port_of, spoken
from designer.rules.registry import Finding, FixClass, Severity, anywhere, rule
from designer.rules.spans import BEFORE_2019
from designer.rules.suggestions import changed

ENDS = anywhere(Flow, ContainerBase, Compartment, Attachment, ContainerNetwork, Host, Client)
NAT = (NetworkMode.NAT,)


@rule(
    "NAT008",
    Severity.WARNING,
    subject=Flow,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES, "moby/moby: integration/networking/nat_windows_test.go"),
    reads=ENDS,
)
def flow_between_nat_networks(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow from one nat network to another.

    Why: the nat networks of a host are isolated from each other, although the host has a route to each.
    Bad: web01 on nat0 sends to db01 on nat1 of the same host.
    Good: both on one network, or db01's published port.
    """
    ends = ends_of(design, flow)
    if flow.address != "own" or not ends.on_one_host or not _behind_another_nat(ends):
        return
    first, second = ends.source.networks[0], ends.target.networks[0]
    yield Finding(
        (flow.id, first.id, second.id),
        f"{spoken(design, flow)}: the nat networks “{first.name}” and “{second.name}” are isolated from each other; "
        "put both on one network, or publish the port.",
        fix=_onto_one_network(design, ends),
    )


def _behind_another_nat(ends: Ends) -> bool:
    return ends.source.only_on(NAT) and ends.target.only_on(NAT) and not ends.on_one_network and ends.apart


def _onto_one_network(design: Design, ends: Ends) -> ChangeSet | None:
    """Return the move of the source to the network of the target; None where others may need it where it is."""
    source, network = ends.source, ends.target.networks[0]
    if len(source.endpoints) != 1 or source.stack != source.element.id:
        return None
    if any(isinstance(found, ContainerBase) for found in design.topology.referrers(source.element.id)):
        return None
    label = f"Put {source.name} on {network.name}"
    return changed(label, source.endpoints[0], target=network.id, ip=None, gateway=None, mac=None)


@rule("NAT009", Severity.ERROR, subject=Flow, fix=FixClass.QUICK, sources=(src.TOPOLOGIES,), reads=ENDS)
def flow_to_private_address(design: Design, flow: Flow) -> Iterator[Finding]:
    """A flow to the private address of a nat container on another machine.

    Why: a nat prefix is known on its own host only; routers drop what is sent there, or lead it to another owner.
    Bad: a client, or web01 on HOST01, sends to the address of db01 on a nat network of HOST02.
    Good: db01 publishes a port, and the flow goes to HOST02 and that port.
    """
    ends = ends_of(design, flow)
    host = ends.target.host
    if flow.address != "own" or host is None or not ends.target.is_container or not ends.target.only_on(NAT):
        return
    if ends.on_one_host or not (ends.source.host is not None or isinstance(ends.source.element, Client)):
        return
    network = ends.target.networks[0]
    yield Finding(
        (flow.id, network.id, host.id),
        f"{spoken(design, flow)}: addresses of the nat network “{network.name}” are known on {host.name} only; publish "
        f"a port there and send to {host.name}.",
        "address",
        by_published_port(design, flow, ends.target, ends.target.endpoints[0]),
    )


@rule(
    "NAT011",
    Severity.WARNING,
    subject=Flow,
    fix=FixClass.QUICK,
    sources=("blog.sixeyed.com, Published Ports On Windows Containers Don't Do Loopback",),
    reads=ENDS,
    os=BEFORE_2019,
)
def published_port_on_localhost(design: Design, flow: Flow) -> Iterator[Finding]:
    """A published port that its own host uses through 127.0.0.1.

    Why: up to version 1803 packets to the loopback address never reach WinNAT.
    Bad: the host HOST01 (Windows Server 2016) sends to 127.0.0.1:8080, which web01 publishes.
    Good: HOST01 sends to web01's own address, or another machine to HOST01 and port 8080.
    """
    ends = ends_of(design, flow)
    host = ends.source.host
    if flow.address != "localhost" or not isinstance(ends.source.element, Host) or not ends.on_one_host:
        return
    if host is None or host.build_number >= 17763 or not ends.target.only_on(NAT):
        return
    mapping = _mapping(ends, flow, port_of(design, flow))
    yield Finding(
        (flow.id, host.id),
        f"{spoken(design, flow)}: on {host.name} (build {host.build_number}) 127.0.0.1 leads to no published port; use "
        f"the address of {ends.target.name} itself.",
        "address",
        changed("Use the container's address", flow, address="own", port=mapping.container_port if mapping else None),
    )


def _mapping(ends: Ends, flow: Flow, host_port: int | None) -> PortMapping | None:
    """Return the mapping of a published port at the target."""
    found = (mapping for link in ends.target.endpoints for mapping in link.ports)
    return next((one for one in found if one.host_port == host_port and one.protocol == flow.protocol), None)
