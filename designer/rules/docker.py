"""Rules about options of docker network create (DKR, MTU)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from ipaddress import IPv6Address

from designer.model.addressing import overlaps
from designer.model.fabric import Segment
from designer.model.hosts import PhysicalNic, SetTeam, VSwitch
from designer.model.links import Attachment, Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.option_values import SHIM, contradicted
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule, wire
from designer.rules.suggestions import changed

KNOWN_OPTIONS = frozenset(
    SHIM + key
    for key in (
        "networkname",
        "interface",
        "vlanid",
        "vsid",
        "dnssuffix",
        "dnsservers",
        "macpool",
        "enable_outboundnat",
        "outboundnat_exceptions",
        "disable_gatewaydns",
        "hnsid",
        "hnsowned",
    )
)
NO_EFFECT = frozenset(SHIM + key for key in ("routingdomain", "disableicc", "disable_dns"))
QOS_OPTION = SHIM + "qospolicies"
MTU_OPTION = "com.docker.network.driver.mtu"
SOURCE_MAC = SHIM + "sourcemac"


def _without(network: ContainerNetwork, key: str) -> dict[str, object]:
    return {"options": tuple(option for option in network.options if option.key != key)}


@rule(
    "DKR004",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK, src.ARCHITECTURE),
    reads=links(Attachment),
    only=Only("internal_flag"),
)
def internal_flag(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """--internal does not isolate.

    Why: HNS builds a network with a gateway all the same; Docker only drops published ports and DNS servers.
    Bad: a nat network with --internal, to keep containers from the internet.
    Good: a network with the driver internal.
    """
    ports = any(link.ports for link in design.attachments(network.id))
    movable = network.mode is NetworkMode.NAT and not network.predefined and not ports and _is_apart(design, network)
    label = f"Make {network.name} an internal network"
    yield Finding(
        (network.id,),
        f"“{network.name}”: --internal does not keep containers from the outside on Windows; use the mode internal.",
        "internal_flag",
        changed(label, network, mode=NetworkMode.INTERNAL, internal_flag=False) if movable else None,
    )


def _is_apart(design: Design, network: ContainerNetwork) -> bool:
    """Whether a network stands on no adapter and shares no address with another of its host."""
    host = design.host_of(network.id)
    others = [other for other in design.networks_on(host.id) if other.id != network.id] if host is not None else []
    taken = [subnet.network for other in others for subnet in other.subnets]
    overlapping = any(overlaps(subnet.network, prefix) for subnet in network.subnets for prefix in taken)
    return not design.uplinks(network.id) and not overlapping


@rule(
    "DKR005",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_IPAM,),
    only=Only("ip_range"),
)
def ip_range(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """--ip-range is refused.

    Why: the Windows IPAM driver does not know it.
    Bad: --ip-range 172.16.1.0/24.
    Good: a subnet that is as small as needed.
    """
    yield Finding(
        (network.id,),
        f"“{network.name}”: the Windows IPAM driver refuses the range {network.ip_range}; remove it.",
        "ip_range",
        changed(f"Remove the range of {network.name}", network, ip_range=None),
    )


@rule(
    "DKR006",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE, src.WINDOWS_IPAM),
    only=Only("aux_addresses"),
)
def aux_addresses(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """--aux-address has no effect.

    Why: the option is accepted and HNS may still give the addresses to containers.
    Bad: --aux-address router=172.16.0.5.
    Good: fixed addresses elsewhere in the subnet.
    """
    yield Finding(
        (network.id,),
        f"“{network.name}”: auxiliary addresses are not kept free on Windows; remove them.",
        "aux_addresses",
        changed(f"Remove the auxiliary addresses of {network.name}", network, aux_addresses=()),
    )


@rule(
    "DKR007",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_IPAM, src.WINDOWS_DRIVER),
    only=Only("ipv6_flag"),
)
def ipv6_flag(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """--ipv6 is refused.

    Why: the Windows drivers do not support IPv6 subnets through Docker.
    Bad: --ipv6 on a nat network.
    Good: the same without.
    """
    if network.mode is not NetworkMode.OVERLAY:
        yield Finding(
            (network.id,),
            f"“{network.name}”: Docker refuses --ipv6 on Windows; remove it.",
            "ipv6_flag",
            changed(f"Remove --ipv6 of {network.name}", network, ipv6_flag=False),
        )


@rule("DKR009", Severity.ERROR, subject=Attachment, fix=FixClass.QUICK, sources=(src.ARCHITECTURE,), only=Only("ip"))
def ipv6_endpoint(design: Design, link: Attachment) -> Iterator[Finding]:
    """A fixed IPv6 address.

    Why: --ip6 does not exist for Windows networks.
    Bad: an endpoint with fd00::10.
    Good: an endpoint with 172.16.0.10.
    """
    if isinstance(link.ip, IPv6Address):
        yield Finding(
            (link.id,),
            f"{design.label(link.source)}: Docker sets no IPv6 address ({link.ip}) on Windows; remove it.",
            "ip",
            changed("Remove the IPv6 address", link, ip=None),
        )


@rule(
    "DKR011",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, names=True),
    only=Only("options"),
)
def unknown_option(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An option that no Windows driver knows, or that the design contradicts.

    Why: unknown keys are ignored without a message, and of two values for one key Docker keeps the last.
    Bad: com.docker.network.windowsshim.vlan, or vlanid=20 among the options of a network with VLAN 30.
    Good: com.docker.network.windowsshim.vlanid, or the VLAN in its field.
    """
    for option in network.options:
        stated = contradicted(design.topology, network, option)
        if stated is not None:
            yield Finding(
                (network.id,),
                f"“{network.name}”: {option.key} is “{option.value}” among the options, and the design says {stated}; "
                "remove the option.",
                "options",
                changed(f"Remove {option.key}", network, **_without(network, option.key)),
            )
    known = KNOWN_OPTIONS | NO_EFFECT | {MTU_OPTION, SOURCE_MAC, QOS_OPTION}
    if network.mode is NetworkMode.OVERLAY:
        return
    for option in network.options:
        if option.key not in known:
            close = get_close_matches(option.key, KNOWN_OPTIONS, n=1)
            advice = f"did you mean {close[0]}?" if close else "remove it."
            yield Finding(
                (network.id,),
                f"“{network.name}”: no driver reads the option {option.key}; {advice}",
                "options",
                changed(f"Remove {option.key}", network, **_without(network, option.key)),
            )


@rule(
    "DKR018",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    only=Only("options"),
)
def options_without_effect(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An option that does nothing on the command line.

    Why: routingdomain is parsed and never sent; disableicc and disable_dns belong to endpoints.
    Bad: -o com.docker.network.windowsshim.disableicc=true.
    Good: an ACL policy of HNS.
    """
    for option in network.options:
        if option.key in NO_EFFECT:
            yield Finding(
                (network.id,),
                f"“{network.name}”: {option.key} has no effect from the command line; remove it.",
                "options",
                changed(f"Remove {option.key}", network, **_without(network, option.key)),
            )


@rule(
    "MAC008",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER, src.WINDOWS_LABELS),
    only=Only("options"),
)
def sourcemac(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The option sourcemac has no effect.

    Why: the label exists, and no code reads it.
    Bad: -o com.docker.network.windowsshim.sourcemac=00-15-5D-01-02-03.
    Good: a MAC address at the endpoint.
    """
    if any(option.key == SOURCE_MAC for option in network.options):
        yield Finding(
            (network.id,),
            f"“{network.name}”: the option sourcemac does nothing; remove it.",
            "options",
            changed("Remove sourcemac", network, **_without(network, SOURCE_MAC)),
        )


@rule(
    "MTU002",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("moby/moby#35683", src.CONFIG_WINDOWS),
    only=Only("options"),
)
def mtu_option(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The option mtu has no effect.

    Why: the Windows drivers ignore com.docker.network.driver.mtu.
    Bad: -o com.docker.network.driver.mtu=1400.
    Good: the MTU set in the container or by an HNS policy.
    """
    if any(option.key == MTU_OPTION for option in network.options):
        yield Finding(
            (network.id,),
            f"“{network.name}”: the option {MTU_OPTION} is ignored on Windows; remove it.",
            "options",
            changed("Remove the MTU option", network, **_without(network, MTU_OPTION)),
        )


@rule(
    "MTU005",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=("docker/for-win#3972", "GoogleCloudPlatform/compute-image-tools#1985"),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, Cable, Segment),
    only=Only(modes=(NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE)),
)
def mtu_above_path(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The MTU of the containers is above the one of the path.

    Why: endpoints keep 1500 bytes; larger packets than the path takes vanish, so downloads and TLS hang.
    Bad: a transparent network on an adapter with MTU 1450.
    Good: an MTU of 1450 in the containers, or a path with 1500.
    """
    if network.mode not in (NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE):
        return
    limits = [(nic.mtu, nic.name) for nic in design.nics_under(network)]
    limits += [(segment.mtu, segment.name) for segment in design.segments_under(network)]
    own = network.mtu or 1500
    least = min(limits, default=(own, ""))
    if least[0] < own:
        yield Finding(
            (network.id,),
            f"“{network.name}”: containers send packets of {own} bytes, and “{least[1]}” takes {least[0]}; lower the "
            "MTU in the containers.",
            script_step=f"netsh interface ipv4 set subinterface <interface> mtu={least[0]} store=persistent",
        )
