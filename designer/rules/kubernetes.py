"""Rules about networks that a CNI plug-in makes on Kubernetes nodes (PRT, VSI, IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import contains
from designer.model.changes import ChangeSet
from designer.model.hosts import HostRole
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.planning.known import FIRST_VNI
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.overlay import REACHED
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.spans import FROM_2019, FROM_2022
from designer.rules.suggestions import changed, with_subnet

UINT16 = 65_535
"""The largest VNI that a remote subnet route of hcsshim holds. Source: hcnpolicy.go."""


@rule(
    "PRT021",
    Severity.WARNING,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("containerd/nerdctl#5157",),
    reads=links(ContainerNetwork),
    os=FROM_2019,
    only=Only(
        "ports",
        modes=(NetworkMode.NAT, NetworkMode.L2BRIDGE),
        host=lambda host: host.role is HostRole.KUBERNETES_NODE,
    ),
)
def no_port_capability(design: Design, link: Attachment) -> Iterator[Finding]:
    """A port published through a CNI configuration without portMappings.

    Why: the runtime hands port mappings only to plug-ins that list the capability, and says nothing otherwise.
    Bad: a host port on a network whose configuration lacks capabilities.portMappings.
    Good: "capabilities": {"portMappings": true}.
    """
    network = design.network_of(link)
    if network is not None and not network.cni_port_mappings:
        yield Finding(
            (link.id, network.id),
            f"{design.label(link.source)} publishes a port, and the CNI configuration of “{network.name}” lists no "
            "capability portMappings; add it.",
            "ports",
            changed(f"Add portMappings to {network.name}", network, cni_port_mappings=True),
        )


@rule(
    "VSI007",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.HCN_POLICY, src.HNS_SCHEMA),
    reads=REACHED,
    os=FROM_2019,
    only=Only("subnets", modes=(NetworkMode.OVERLAY,)),
)
def vni_beyond_16_bits(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A VNI that the Go tooling cuts off.

    Why: hcsshim keeps the id of a remote subnet route in 16 bits, although HNS takes more.
    Bad: VNI 70000 on a Kubernetes node.
    Good: VNI 4096.
    """
    if not any(host.role is HostRole.KUBERNETES_NODE for host in design.hosts_of_network(network)):
        return
    for position, subnet in enumerate(network.subnets):
        if subnet.vni is not None and subnet.vni > UINT16:
            yield Finding(
                (network.id,),
                f"“{network.name}”: CNI plug-ins cut VNI {subnet.vni} off at 16 bits; use 4096 to {UINT16}.",
                "subnets",
                _smaller_vni(design, network, position),
            )


def _smaller_vni(design: Design, network: ContainerNetwork, position: int) -> ChangeSet | None:
    overlays = design.topology.children(None, ContainerNetwork)
    taken = {subnet.vni for overlay in overlays for subnet in overlay.subnets}
    free = next((vni for vni in range(FIRST_VNI, UINT16 + 1) if vni not in taken), None)
    if free is None:
        return None
    subnet = network.subnets[position]
    return changed(f"Use VNI {free}", network, **with_subnet(network, subnet, subnet.evolve(vni=free)))


@rule(
    "IPA029",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.MULTI_SUBNET,),
    os=FROM_2022,
    only=Only("subnets"),
)
def blocks_with_several_gateways(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """IP blocks of one network with different gateways.

    Why: Calico routes all blocks of a node through one gateway.
    Bad: a block in 10.244.1.0/24 with gateway 10.244.1.1 and one in 10.244.2.0/24 with gateway 10.244.2.1.
    Good: both blocks in one subnet.
    """
    with_blocks = [subnet for subnet in network.subnets if subnet.ip_blocks and subnet.gateway is not None]
    gateways = list(dict.fromkeys(str(subnet.gateway) for subnet in with_blocks))
    if len(gateways) > 1:
        subnets = tuple(
            subnet.evolve(gateway=None) if subnet.ip_blocks and str(subnet.gateway) != gateways[0] else subnet
            for subnet in network.subnets
        )
        yield Finding(
            (network.id,),
            f"The IP blocks of “{network.name}” have the gateways {' and '.join(gateways)}; use one.",
            "subnets",
            changed(f"Use the gateway {gateways[0]} only", network, subnets=subnets),
        )


@rule(
    "IPA030",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.HCN_RESULT, src.MULTI_SUBNET),
    os=FROM_2022,
    only=Only("subnets"),
)
def block_outside_subnet(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An IP block outside its subnet.

    Why: HNS refuses a block that its subnet does not cover (0x803b0033).
    Bad: block 10.245.0.0/26 in subnet 10.244.0.0/16.
    Good: block 10.244.0.0/26.
    """
    for subnet in network.subnets:
        for block in subnet.ip_blocks:
            if not contains(subnet.network, block.network):
                kept = subnet.evolve(ip_blocks=tuple(found for found in subnet.ip_blocks if found != block))
                yield Finding(
                    (network.id,),
                    f"“{network.name}”: the block {block.network} is not in {subnet.network}; remove it.",
                    "subnets",
                    changed(f"Remove the block {block.network}", network, **with_subnet(network, subnet, kept)),
                )
