"""Rules about hosts: release, features, engine, daemon settings (HST)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from designer.model.hosts import Host, PhysicalNic
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import RELEASES, OsRelease
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, rule, same_host
from designer.rules.spans import BEFORE_2019, FROM_1709
from designer.rules.suggestions import as_hyperv

CONTAINERS = (WindowsContainer, HyperVContainer)
CLIENTS = (OsRelease.WIN10, OsRelease.WIN11)

KB4015217 = 1066
"""Revision of 14393 from which on HNS needs IPv6. Source: VD-N advanced.md; Windows update history."""

host_rule = partial(rule, subject=Host)


def engine_version(host: Host) -> tuple[int, int] | None:
    """Return major and minor version of the engine; None when it is not given."""
    found = re.match(r"v?(\d+)\.(\d+)", host.engine_version)
    return (int(found[1]), int(found[2])) if found else None


@host_rule("HST001", Severity.ERROR, fix=FixClass.MANUAL, sources=(src.REQUIREMENTS,))
def too_old_for_containers(_design: Design, host: Host) -> Iterator[Finding]:
    """Windows is too old for containers.

    Why: HNS, compartments and the container image format came with build 14393; older builds cannot run any.
    Bad: a host of build 10240.
    Good: Windows Server 2016 (build 14393) or later.
    """
    if host.build is not None and host.build < 14393:
        yield Finding((host.id,), f"{host.name} has build {host.build}; containers need build 14393 or later.", "build")


@host_rule(
    "HST002",
    Severity.ERROR,
    fix=FixClass.SCRIPT,
    sources=(src.DEBUG_HOST,),
    reads=same_host(ContainerNetwork, *CONTAINERS),
)
def containers_feature_missing(design: Design, host: Host) -> Iterator[Finding]:
    """The Containers feature is missing.

    Why: the feature brings HNS and vmcompute; without them the engine makes no network and no container.
    Bad: a host with a nat network on which the feature Containers is off.
    Good: the feature is installed and the host restarted once.
    """
    if host.containers_feature:
        return
    used = any(isinstance(child, (ContainerNetwork, *CONTAINERS)) for child in design.children(host.id))
    if used:
        step = (
            "Install-WindowsFeature -Name Containers"
            if host.is_server
            else "Enable-WindowsOptionalFeature -Online -FeatureName Containers -All"
        )
        yield Finding(
            (host.id,),
            f"{host.name} has networks or containers but not the feature Containers; install it and restart.",
            "containers_feature",
            script_step=step,
        )


@host_rule(
    "HST003",
    Severity.ERROR,
    fix=FixClass.MANUAL,
    sources=(src.DAEMON_WINDOWS, "moby/moby#43254"),
    os=BEFORE_2019,
)
def engine_refuses_release(_design: Design, host: Host) -> Iterator[Finding]:
    """The engine refuses this Windows.

    Why: engines from 23.0 on check the build at start and stop below 17763.
    Bad: Engine 25.0 on Windows Server 2016.
    Good: Engine 20.10 on Windows Server 2016, or Engine 25.0 on Windows Server 2019.
    """
    version = engine_version(host)
    if version is not None and version >= (23, 0) and host.build_number < 17763:
        yield Finding(
            (host.id,),
            f"{host.name}: Engine {host.engine_version} does not start on build {host.build_number}; "
            "use Engine 20.10 or Windows Server 2019.",
            "engine_version",
        )


@host_rule("HST005", Severity.ERROR, fix=FixClass.SCRIPT, sources=(src.ADVANCED,), reads=same_host(ContainerNetwork))
def ipv6_disabled(design: Design, host: Host) -> Iterator[Finding]:
    """IPv6 is disabled on the host.

    Why: HNS uses the IPv6 stack when it makes networks, on Windows Server 2016 from update KB4015217 on; with
    DisabledComponents set it stops with “Element not found”.
    Bad: a host with a nat network and IPv6 switched off in the registry.
    Good: IPv6 left on, even when no IPv6 address is used.
    """
    earlier = host.build_number == 14393 and host.update_revision is not None and host.update_revision < KB4015217
    if not host.ipv6_enabled and not earlier and design.networks_on(host.id):
        path = "HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters"
        yield Finding(
            (host.id,),
            f"{host.name} has IPv6 disabled, and HNS makes no network then; remove DisabledComponents and restart.",
            "ipv6_enabled",
            script_step=f"Remove-ItemProperty -Path '{path}' -Name DisabledComponents",
        )


@rule(
    "HST006",
    Severity.ERROR,
    subject=WindowsContainer,
    fix=FixClass.QUICK,
    sources=(src.REQUIREMENTS,),
    only=Only(host=lambda host: host.system_drive.upper() != "C:"),
)
def windows_not_on_c(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """Windows is not installed on C:.

    Why: process isolation maps the host's system files by the drive letter that the image was built with.
    Bad: a Windows container on a host whose system drive is D:.
    Good: a Hyper-V container there, or Windows on C:.
    """
    host = design.host_of(container.id)
    if host is not None and host.system_drive.upper() != "C:":
        yield Finding(
            (container.id, host.id),
            f"{container.name} needs Windows on C:, but {host.name} has it on {host.system_drive}; "
            "run it with Hyper-V isolation.",
            fix=as_hyperv(design, container),
        )


@host_rule("HST007", Severity.ERROR, fix=FixClass.MANUAL, sources=(src.REQUIREMENTS,), os=CLIENTS)
def home_edition(_design: Design, host: Host) -> Iterator[Finding]:
    """The Home edition runs no Windows containers.

    Why: the features Containers and Hyper-V are not part of Windows Home.
    Bad: Windows 11 Home as a container host.
    Good: Windows 11 Pro or Enterprise.
    """
    if not host.is_server and host.edition == "home":
        yield Finding(
            (host.id,), f"{host.name} is {RELEASES[host.os].title} Home; containers need Pro or Enterprise.", "edition"
        )


@host_rule("HST008", Severity.WARNING, fix=FixClass.MANUAL, sources=(src.DEBUG_HOST,), os=(OsRelease.WS2016,))
def below_minimum_update(_design: Design, host: Host) -> Iterator[Finding]:
    """Windows Server 2016 lacks the first container updates.

    Why: before revision 351 HNS and the compute service have faults that break networks.
    Bad: version 10.0.14393.206.
    Good: version 10.0.14393.351 or later.
    """
    revision = host.update_revision
    if host.build_number == 14393 and revision is not None and revision < 351:
        yield Finding(
            (host.id,),
            f"{host.name} is at 14393.{revision}; install the updates (351 or later).",
            "update_revision",
        )


@host_rule("HST009", Severity.INFO, fix=FixClass.MANUAL, sources=(src.FAQ,), os=CLIENTS)
def client_in_production(_design: Design, host: Host) -> Iterator[Finding]:
    """A client Windows in production.

    Why: containers on Windows 10 and 11 are supported for development and test.
    Bad: a Windows 11 host marked as production.
    Good: a Windows Server in production.
    """
    if host.production and not host.is_server:
        yield Finding(
            (host.id,), f"{host.name} runs {RELEASES[host.os].title}; use a Windows Server in production.", "production"
        )


@host_rule(
    "HST010",
    Severity.WARNING,
    fix=FixClass.MANUAL,
    sources=("moby/moby#30826",),
    reads=same_host(PhysicalNic, ContainerNetwork),
)
def vpn_beside_nat(design: Design, host: Host) -> Iterator[Finding]:
    """A VPN is active beside a nat network.

    Why: VPN clients add routes and filters that swallow the private prefix of the nat network.
    Bad: a connected VPN adapter on a host with a nat network.
    Good: the VPN disconnected, or a nat prefix that the VPN does not route.
    """
    vpn = next((nic for nic in design.inside(host.id, PhysicalNic) if nic.media == "vpn" and nic.link_up), None)
    if vpn is None:
        return
    for network in design.networks_on(host.id):
        if network.mode is NetworkMode.NAT:
            yield Finding(
                (vpn.id, network.id),
                f"The VPN “{vpn.name}” on {host.name} may take the traffic of “{network.name}”; disconnect it, or "
                "choose a prefix that it does not route.",
                "media",
            )


@host_rule(
    "HST011",
    Severity.WARNING,
    fix=FixClass.MANUAL,
    sources=(src.DENSITY_BLOG,),
    reads=same_host(*CONTAINERS, Compartment),
)
def too_many_containers(design: Design, host: Host) -> Iterator[Finding]:
    """More containers than the host carries well.

    Why: each endpoint costs a vNIC and work in HNS; about 50 per host were practical before 1803, about 500 since.
    Bad: 60 containers on Windows Server 2016.
    Good: 40 there, or the rest on another host.
    """
    limit = 50 if host.build_number < 17134 else 500
    number = len(design.children(host.id))
    if number <= limit and not any(isinstance(child, Compartment) for child in design.children(host.id)):
        return
    number = len(design.containers_on(host.id))
    if number > limit:
        yield Finding((host.id,), f"{host.name} carries {number} containers; about {limit} are practical there.")


@host_rule(
    "HST015",
    Severity.ERROR,
    fix=FixClass.MANUAL,
    sources=(src.HCN_RESULT, "inferred from docker/for-win#1397"),
    reads=same_host(ContainerNetwork),
    only=Only(host=lambda host: not host.sharing_service),
    os=FROM_1709,
)
def sharing_service_disabled(design: Design, host: Host) -> Iterator[Finding]:
    """The service for connection sharing is disabled.

    Why: ics networks, and nat networks of Windows 10 and 11, stand on the service SharedAccess (0x803b002A).
    Bad: an ics network on a host on which a policy disables SharedAccess.
    Good: the service allowed to start.
    """
    for network in design.networks_on(host.id):
        by_ics = network.mode is NetworkMode.NAT and not host.is_server and host.build_number >= 16299
        if not host.sharing_service and (network.mode is NetworkMode.ICS or by_ics):
            yield Finding(
                (host.id, network.id),
                f"“{network.name}” needs the service SharedAccess, which is disabled on {host.name}; allow it.",
                "sharing_service",
            )
