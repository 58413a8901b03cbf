"""Rules about options that the engine on Windows refuses or does not read (DKR, ISO, IPA)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet, Edit
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.suggestions import changed

OWN_IPAM = frozenset({"", "default", "windows"})
"""IPAM drivers that are the one of Windows. Source: moby daemon/network.go."""


@rule(
    "DKR008",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    only=Only("ipv4_disabled"),
)
def ipv4_disabled(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """IPv4 is switched off.

    Why: the Windows drivers refuse a network without it (“IPv4 cannot be disabled on Windows”).
    Bad: --ipv4=false.
    Good: no such option.
    """
    yield Finding(
        (network.id,),
        f"“{network.name}”: Docker refuses a network without IPv4 on Windows; remove --ipv4=false.",
        "ipv4_disabled",
        changed(f"Leave IPv4 of {network.name} on", network, ipv4_disabled=False),
    )


def _asks_dhcp(network: ContainerNetwork) -> bool:
    return network.ipam_driver.casefold() == "dhcp" and network.mode is not NetworkMode.TRANSPARENT


@rule(
    "DKR010",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE, src.ENGINE_NETWORK),
)
def custom_ipam(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An IPAM driver or IPAM options.

    Why: Windows has one IPAM driver; another is refused as a missing plug-in, and its options are not read.
    Bad: --ipam-driver infoblox.
    Good: no IPAM driver named.
    """
    if network.ipam_driver not in OWN_IPAM and not _asks_dhcp(network):
        yield Finding(
            (network.id,),
            f"“{network.name}”: Windows has no IPAM driver “{network.ipam_driver}”; leave it to HNS.",
            "ipam_driver",
            changed(f"Leave the addresses of {network.name} to HNS", network, ipam_driver=""),
        )
    if network.ipam_options:
        yield Finding(
            (network.id,),
            f"“{network.name}”: IPAM options do nothing on Windows; remove them.",
            "ipam_options",
            changed(f"Remove the IPAM options of {network.name}", network, ipam_options=()),
            Severity.WARNING,
        )


@rule(
    "IPA010",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED, src.TOPOLOGIES),
    only=Only("ipam_driver"),
)
def dhcp_elsewhere(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """DHCP in a mode that has none.

    Why: only the containers of a transparent network ask a DHCP server of the wire; elsewhere HNS gives addresses.
    Bad: an l2bridge network with the IPAM driver dhcp.
    Good: an l2bridge network with a subnet.
    """
    if _asks_dhcp(network):
        yield Finding(
            (network.id,),
            f"“{network.name}” is {network.mode.value}, where no DHCP reaches the containers; leave it to HNS.",
            "ipam_driver",
            changed(f"Leave the addresses of {network.name} to HNS", network, ipam_driver=""),
        )


@rule(
    "DKR020",
    Severity.INFO,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.DAEMON_WINDOWS,),
    reads=links(Attachment, ContainerNetwork, names=True),
    only=Only("legacy_links"),
)
def legacy_links(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """Links between containers.

    Why: --link is accepted on Windows and does nothing; names come from aliases and container names.
    Bad: --link db01:db.
    Good: the alias db at the endpoint of db01.
    """
    yield Finding(
        (container.id,),
        f"{container.name}: links ({', '.join(container.legacy_links)}) do nothing on Windows; use aliases.",
        "legacy_links",
        _as_aliases(design, container),
    )


def _as_aliases(design: Design, container: ContainerBase) -> ChangeSet:
    """Return the container without links; where the other one shares a network with names, it gets the alias."""
    label = f"Replace the links of {container.name} by aliases"
    edits = list(changed(label, container, legacy_links=()).edits)
    wanted = {name: alias for text in container.legacy_links for name, _, alias in [text.partition(":")] if alias}
    for own in design.attachments(container.id):
        network = design.network_of(own)
        if network is None or network.mode not in (NetworkMode.NAT, NetworkMode.OVERLAY):
            continue
        for link in design.attachments(network.id):
            alias = wanted.pop(design.label(link.source), None)
            if alias is not None and alias not in link.aliases:
                edits.append(Edit(link, link.evolve(aliases=(*link.aliases, alias))))
    return ChangeSet(label, tuple(edits))


@rule(
    "DKR022",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=("moby/moby#41046",),
    only=Only(host=lambda host: host.engine_os == "linux"),
)
def engine_runs_linux(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A Windows network on an engine for Linux containers.

    Why: an engine that is switched to Linux containers has no Windows drivers (“plugin not found”).
    Bad: a nat network while Docker Desktop runs Linux containers.
    Good: the engine switched to Windows containers.
    """
    host = design.host_of(network.id)
    if host is not None and host.engine_os == "linux" and network.mode is not NetworkMode.OVERLAY:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” is a {network.mode.value} network, and the engine of {host.name} runs Linux containers; "
            "switch it to Windows containers.",
        )


@rule(
    "ISO013",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.HOST_CONFIG_WINDOWS, src.DAEMON_WINDOWS),
    only=Only("linux_options"),
)
def linux_option(_design: Design, container: ContainerBase) -> Iterator[Finding]:
    """An option of Linux containers.

    Why: the Windows engine refuses privileged, read-only root, sysctl, cgroup and ulimit options.
    Bad: --privileged.
    Good: no such option.
    """
    yield Finding(
        (container.id,),
        f"{container.name}: Windows containers have no {', '.join(container.linux_options)}; remove it.",
        "linux_options",
        changed(f"Remove the options of Linux from {container.name}", container, linux_options=()),
    )
