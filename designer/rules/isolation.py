"""Rules about isolation and images (ISO)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import Host
from designer.model.releases import RELEASES, OsRelease
from designer.model.workloads import Compartment, ContainerBase, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.images import STABLE_SINCE, floor_of, image_build
from designer.rules.registry import Finding, FixClass, Only, Severity, rule, same_host
from designer.rules.spans import SERVERS
from designer.rules.suggestions import as_hyperv, changed


@rule(
    "ISO001", Severity.ERROR, subject=WindowsContainer, fix=FixClass.MANUAL, sources=(src.VERSIONS, src.PLATFORM_COMPAT)
)
def image_newer_process(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """The image is newer than the host (process isolation).

    Why: a Windows container runs on the host's kernel, which does not have what a newer image calls.
    Bad: an image of build 20348 on Windows Server 2019.
    Good: an image of build 17763 there, or a newer host.
    """
    host, build = design.host_of(container.id), image_build(container)
    if host is not None and build is not None and build > host.build_number:
        yield Finding(
            (container.id, host.id),
            f"{container.name}: the image has build {build}, {host.name} has {host.build_number}; "
            "use an older tag or a newer host.",
            "image",
        )


def _is_disputed(host: Host, build: int) -> bool:
    """Whether sources disagree about an image: the documentation allows 2022 on newer clients, hcsshim refuses it."""
    return not host.is_server and host.build_number >= 26200 and build == 20348


@rule("ISO002", Severity.ERROR, subject=WindowsContainer, fix=FixClass.QUICK, sources=(src.PLATFORM_COMPAT,))
def image_too_old_for_process(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """The image is too old for process isolation.

    Why: below build 20348 image and host must have the same build; later hosts take images back to a floor.
    Bad: an ltsc2016 image with process isolation on Windows Server 2022.
    Good: the same image with Hyper-V isolation, or an ltsc2022 image.
    """
    host, build = design.host_of(container.id), image_build(container)
    if host is None or build is None or build > host.build_number or _is_disputed(host, build):
        return
    own = host.build_number
    too_old = build != own if own < STABLE_SINCE else build < floor_of(own)
    if too_old:
        needed = f"build {own}" if own < STABLE_SINCE else f"build {floor_of(own)} or later"
        yield Finding(
            (container.id, host.id),
            f"{container.name}: the image has build {build}; process isolation on {host.name} takes {needed}. "
            "Use Hyper-V isolation or another tag.",
            "image",
            as_hyperv(design, container),
        )


@rule(
    "ISO003",
    Severity.WARNING,
    subject=WindowsContainer,
    fix=FixClass.QUICK,
    sources=(src.VERSIONS,),
    os=(OsRelease.WS2016,),
    only=Only("image_revision", host=lambda host: host.build_number == 14393),
)
def revision_differs(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """Image and host have different revisions on Windows Server 2016.

    Why: on build 14393 process isolation is supported only when the fourth part of the version is equal too.
    Bad: an image 14393.2273 on a host 14393.4651.
    Good: both patched to the same revision, or Hyper-V isolation.
    """
    host = design.host_of(container.id)
    if host is None or host.build_number != 14393 or host.update_revision is None:
        return
    if container.image_revision != host.update_revision:
        yield Finding(
            (container.id, host.id),
            f"{container.name}: image revision {container.image_revision}, {host.name} has {host.update_revision}; "
            "patch both to one revision or use Hyper-V isolation.",
            "image_revision",
            as_hyperv(design, container),
        )


@rule("ISO004", Severity.ERROR, subject=HyperVContainer, fix=FixClass.MANUAL, sources=(src.VERSIONS,))
def image_newer_hyperv(design: Design, container: HyperVContainer) -> Iterator[Finding]:
    """The image is newer than the host (Hyper-V isolation).

    Why: the utility VM boots with files of the image, and the compute service starts none that is newer than itself.
    Bad: an image of build 26100 on Windows Server 2022.
    Good: an image of build 20348 or older there.
    """
    host, build = design.host_of(container.id), image_build(container)
    if host is not None and build is not None and build > host.build_number:
        yield Finding(
            (container.id, host.id),
            f"{container.name}: the image has build {build}, {host.name} has {host.build_number}; use an older tag.",
            "image",
        )


@rule(
    "ISO005",
    Severity.ERROR,
    subject=HyperVContainer,
    fix=FixClass.SCRIPT,
    sources=(src.REQUIREMENTS,),
    only=Only(host=lambda host: not host.hyperv_role),
)
def hyperv_missing(design: Design, container: HyperVContainer) -> Iterator[Finding]:
    """Hyper-V is missing.

    Why: the utility VM of a Hyper-V container needs the hypervisor.
    Bad: a Hyper-V container on a host without the role Hyper-V.
    Good: the role installed and the host restarted.
    """
    host = design.host_of(container.id)
    if host is not None and not host.hyperv_role:
        step = (
            "Install-WindowsFeature -Name Hyper-V -IncludeManagementTools"
            if host.is_server
            else "Enable-WindowsOptionalFeature -Online -FeatureName Microsoft-Hyper-V -All"
        )
        yield Finding(
            (container.id, host.id),
            f"{container.name} needs Hyper-V, which {host.name} does not have; install the role and restart.",
            script_step=step,
        )


@rule(
    "ISO006",
    Severity.ERROR,
    subject=HyperVContainer,
    fix=FixClass.SCRIPT,
    sources=(src.REQUIREMENTS,),
    only=Only(host=lambda host: host.is_vm),
)
def no_nested_virtualization(design: Design, container: HyperVContainer) -> Iterator[Finding]:
    """The host is a VM without nested virtualisation.

    Why: a utility VM inside a VM needs the processor's virtualisation extensions handed through.
    Bad: a Hyper-V container in a VM with nested virtualisation off.
    Good: the extensions exposed on the parent while the VM is off.
    """
    host = design.host_of(container.id)
    if host is not None and host.is_vm and not host.nested_virtualization:
        yield Finding(
            (container.id, host.id),
            f"{container.name} needs nested virtualisation in the VM {host.name}; expose the virtualisation extensions "
            "on its parent.",
            script_step="Set-VMProcessor -VMName <name of the VM> -ExposeVirtualizationExtensions $true",
        )


@rule(
    "ISO007",
    Severity.ERROR,
    subject=HyperVContainer,
    fix=FixClass.MANUAL,
    sources=(src.REQUIREMENTS,),
    only=Only(host=lambda host: host.is_vm),
)
def nested_host_too_small(design: Design, container: HyperVContainer) -> Iterator[Finding]:
    """The nested host is too small.

    Why: a VM that runs utility VMs needs at least 4 GB of memory and two virtual processors.
    Bad: a Hyper-V container in a VM with 2 GB.
    Good: a VM with 4 GB and two processors.
    """
    host = design.host_of(container.id)
    if host is None or not host.is_vm:
        return
    lacks = []
    if host.memory_mb is not None and host.memory_mb < 4096:
        lacks.append(f"{host.memory_mb} MB of memory (4096 needed)")
    if host.processors is not None and host.processors < 2:
        lacks.append(f"{host.processors} processor (2 needed)")
    if lacks:
        yield Finding((container.id, host.id), f"{container.name}: the VM {host.name} has {' and '.join(lacks)}.")


@rule(
    "ISO008",
    Severity.WARNING,
    subject=WindowsContainer,
    fix=FixClass.QUICK,
    sources=(src.FAQ, src.VERSIONS),
    os=(OsRelease.WIN10,),
    only=Only(host=lambda host: not host.is_server),
)
def process_isolation_on_client(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """Process isolation on Windows 10.

    Why: it exists since 1809 with Engine 18.09, for development and test, and needs an image of exactly the same build.
    Bad: a Windows container with an ltsc2019 image on Windows 10 22H2.
    Good: a Hyper-V container.
    """
    host = design.host_of(container.id)
    if host is None or host.is_server or host.build_number >= 22000:
        return
    build = image_build(container)
    hopeless = host.build_number < 17763 or (build is not None and build != host.build_number)
    yield Finding(
        (container.id, host.id),
        f"{container.name}: process isolation on {RELEASES[host.os].title} is for tests only and needs an image of "
        f"build {host.build_number}; use Hyper-V isolation.",
        "image",
        as_hyperv(design, container),
        Severity.ERROR if hopeless else None,
    )


@rule(
    "ISO009",
    Severity.INFO,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.HYPERV_CONTAINER, src.DAEMON_WINDOWS),
)
def isolation_left_to_default(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """The isolation is left to the default.

    Why: without --isolation a server takes process and a client Windows hyperv, so one command does two things.
    Bad: a container without an explicit isolation.
    Good: --isolation process or --isolation hyperv.
    """
    if not container.explicit_isolation:
        yield Finding(
            (container.id,),
            f"{container.name} leaves the isolation to the host's default; say which one it needs.",
            "explicit_isolation",
            changed(f"Make the isolation of {container.name} explicit", container, explicit_isolation=True),
        )


@rule(
    "ISO011",
    Severity.WARNING,
    subject=WindowsContainer,
    fix=FixClass.QUICK,
    sources=(src.PLATFORM_COMPAT, src.VERSIONS),
    os=(OsRelease.WIN11,),
    only=Only(host=lambda host: not host.is_server),
)
def older_image_on_new_client(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """A 2022 image on Windows 11 from build 26200.

    Why: the documentation allows process isolation there, hcsshim refuses it; sources disagree.
    Bad: an ltsc2022 image with process isolation on Windows 11 25H2.
    Good: Hyper-V isolation, or an ltsc2025 image.
    """
    host = design.host_of(container.id)
    build = image_build(container)
    if host is not None and build is not None and _is_disputed(host, build):
        yield Finding(
            (container.id, host.id),
            f"{container.name}: whether {host.name} (build {host.build_number}) takes an image of build 20348 with "
            "process isolation is disputed; use Hyper-V isolation.",
            "image",
            as_hyperv(design, container),
        )


@rule(
    "ISO012",
    Severity.INFO,
    subject=Host,
    fix=FixClass.MANUAL,
    sources=(src.FAQ,),
    reads=same_host(HyperVContainer, Compartment),
    os=SERVERS,
)
def licence_ceiling(design: Design, host: Host) -> Iterator[Finding]:
    """More Hyper-V containers than the licence covers.

    Why: a licence of Windows Server Standard covers two Hyper-V containers; Datacenter covers any number.
    Bad: three Hyper-V containers on Windows Server 2022 Standard.
    Good: Datacenter, another licence, or process isolation.
    """
    if host.edition != "standard" or not host.is_server:
        return
    number = len(design.inside(host.id, HyperVContainer))
    if number > 2:
        yield Finding(
            (host.id,), f"{host.name}: {number} Hyper-V containers; one Standard licence covers two.", "edition"
        )
