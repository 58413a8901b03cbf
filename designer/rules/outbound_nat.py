"""Rules about OutboundNAT of l2bridge networks (DKR)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import contains
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, rule
from designer.rules.spans import FROM_1709
from designer.rules.suggestions import changed


@rule(
    "DKR013",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    only=Only("outbound_nat"),
)
def outbound_nat_elsewhere(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """OutboundNAT on a mode that has no such option.

    Why: nat and overlay translate by themselves, the others never do.
    Bad: enable_outboundnat on a transparent network.
    Good: enable_outboundnat on an l2bridge network.
    """
    if network.mode not in (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL):
        yield Finding(
            (network.id,),
            f"“{network.name}” is a {network.mode.value} network, where OutboundNAT does nothing; remove it.",
            "outbound_nat",
            changed(f"Remove OutboundNAT of {network.name}", network, outbound_nat=False),
        )


@rule(
    "DKR014",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OLD_WINDOWS_DRIVER,),
    os=(OsRelease.WS2016,),
    only=Only("outbound_nat"),
)
def outbound_nat_too_early(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """OutboundNAT on Windows Server 2016.

    Why: the driver refuses the option up to build 16236.
    Bad: an l2bridge network with OutboundNAT on Windows Server 2016.
    Good: a route on the router, or a newer host.
    """
    host = design.host_of(network.id)
    if host is None or network.mode not in (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL):
        return
    if not has(network.mode, Feature.OUTBOUND_NAT, host.column):
        yield Finding(
            (network.id, host.id),
            f"“{network.name}”: {host.name} (build {host.build_number}) refuses OutboundNAT; remove it.",
            "outbound_nat",
            changed(f"Remove OutboundNAT of {network.name}", network, outbound_nat=False),
        )


@rule(
    "DKR015",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    only=Only("outbound_nat"),
    os=FROM_1709,
)
def no_exception_for_itself(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """OutboundNAT without an exception for its own subnet.

    Why: traffic between containers of several hosts is translated too, and loses the container addresses.
    Bad: OutboundNAT for 10.244.1.0/24 without exceptions.
    Good: OutboundNAT with the exception 10.244.0.0/16.
    """
    if network.mode is not NetworkMode.L2BRIDGE:
        return
    exceptions = [found.network for found in network.outbound_nat_exceptions]
    missing = [
        subnet.prefix for subnet in network.subnets if not any(contains(outer, subnet.network) for outer in exceptions)
    ]
    if missing:
        listed = ", ".join(str(prefix.network) for prefix in missing)
        clean = tuple(type(prefix)((prefix.network.network_address, prefix.network.prefixlen)) for prefix in missing)
        yield Finding(
            (network.id,),
            f"“{network.name}”: OutboundNAT also translates traffic inside {listed}; add that as an exception.",
            "outbound_nat_exceptions",
            changed(
                f"Add the exception {listed}",
                network,
                outbound_nat_exceptions=(*network.outbound_nat_exceptions, *clean),
            ),
        )


@rule(
    "DKR016",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    only=Only("outbound_nat_exceptions"),
    os=FROM_1709,
)
def exceptions_without_outbound_nat(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Exceptions without OutboundNAT.

    Why: the list counts only when OutboundNAT is on.
    Bad: outboundnat_exceptions alone.
    Good: both options, or none.
    """
    if not network.outbound_nat:
        yield Finding(
            (network.id,),
            f"“{network.name}” lists exceptions from an OutboundNAT that is off.",
            "outbound_nat_exceptions",
            changed(f"Clear the exceptions of {network.name}", network, outbound_nat_exceptions=()),
        )
