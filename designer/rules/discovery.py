"""Rules about names of containers and the servers that resolve names for them (DNS)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.hosts import HostRole
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import Compartment, ContainerBase, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.suggestions import changed

WITHOUT_DISCOVERY = (
    NetworkMode.TRANSPARENT,
    NetworkMode.L2BRIDGE,
    NetworkMode.L2TUNNEL,
    NetworkMode.INTERNAL,
    NetworkMode.PRIVATE,
    NetworkMode.ICS,
)
CLOSED = (NetworkMode.INTERNAL, NetworkMode.PRIVATE)


@rule(
    "DNS005",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES,),
    reads=links(ContainerNetwork),
    only=Only("aliases", modes=WITHOUT_DISCOVERY),
)
def name_without_discovery(design: Design, link: Attachment) -> Iterator[Finding]:
    """A name on a network that resolves none.

    An alias says that others are to use the name; without a declared flow it is what shows that wish.

    Why: Docker resolves names on nat and overlay networks only; elsewhere there is just the DNS of the site.
    Bad: app01 with the alias api on a transparent network.
    Good: the alias on a nat or overlay network, or a record in the DNS of the site.
    """
    network, host = design.network_of(link), design.host_of_link(link)
    if network is None or (host is not None and host.role is HostRole.KUBERNETES_NODE):
        return
    yield Finding(
        (link.id, network.id),
        f"{design.label(link.source)}: nobody resolves {', '.join(link.aliases)} on “{network.name}” "
        f"({network.mode.value}); use its address, or the DNS of the site.",
        "aliases",
        changed(f"Remove the aliases of {design.label(link.source)}", link, aliases=()),
    )


@rule(
    "DNS006",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    reads=links(Attachment),
    only=Only(modes=(NetworkMode.NAT,)),
)
def names_without_resolver(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Names on a nat network whose resolver is switched off.

    Why: with disable_gatewaydns nothing answers at the gateway, so that no alias is found.
    Bad: db01 with the alias db on a nat network with disable_gatewaydns.
    Good: the resolver left on.
    """
    if network.gateway_dns:
        return
    named = next((link for link in design.attachments(network.id) if link.aliases), None)
    if named is not None:
        yield Finding(
            (network.id, named.id),
            f"“{network.name}” has no resolver at its gateway, so that nobody finds {', '.join(named.aliases)}; turn "
            "it on.",
            "gateway_dns",
            changed(f"Turn the resolver of {network.name} on", network, gateway_dns=True),
        )


@rule(
    "DNS007",
    Severity.WARNING,
    subject=(ContainerNetwork, WindowsContainer, HyperVContainer),
    fix=FixClass.MANUAL,
    sources=("inferred from " + src.TOPOLOGIES,),
    reads=links(Attachment, ContainerNetwork, Compartment),
    only=Only("dns_servers"),
)
def server_out_of_reach(design: Design, subject: Element) -> Iterator[Finding]:
    """A DNS server that the containers cannot reach.

    Why: internal and private networks lead nowhere; a server outside their subnet gets no question.
    Bad: the server 10.0.0.2 on an internal network 172.16.0.0/24.
    Good: a server inside the network, or none.
    """
    if isinstance(subject, ContainerNetwork):
        networks, servers = [subject], subject.dns_servers
    else:
        assert isinstance(subject, ContainerBase)
        found = (design.network_of(link) for link in design.attachments(subject.id))
        networks, servers = [network for network in found if network is not None], subject.dns_servers
    if not networks or any(network.mode not in CLOSED or not network.subnets for network in networks):
        return
    subnets = [subnet.network for network in networks for subnet in network.subnets]
    lost = next((server for server in servers if not any(server in subnet for subnet in subnets)), None)
    if lost is not None:
        yield Finding(
            (subject.id,),
            f"“{subject.name}”: {lost} is outside {subnets[0]}, and a network in mode {networks[0].mode.value} leads "
            "nowhere else.",
            "dns_servers",
        )
