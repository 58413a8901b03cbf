"""Rules about containers that use the network of another one (CMP)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.links import Attachment
from designer.model.workloads import Compartment, ContainerBase, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.suggestions import changed

SHARING = links(WindowsContainer, HyperVContainer, Attachment, Compartment)


@rule(
    "CMP008",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.HOST_CONFIG_WINDOWS, src.CONTAINER_OPERATIONS_WINDOWS),
    reads=SHARING,
    only=Only("shares_network_of"),
)
def sharing_with_hyperv(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A Hyper-V container shares a network.

    Why: Docker refuses “--network container:” when either side has Hyper-V isolation.
    Bad: web01 uses the network of the Hyper-V container api01.
    Good: web01 with an endpoint of its own.
    """
    donor = design.topology.get(container.shares_network_of)
    if not isinstance(donor, ContainerBase):
        return
    guilty = [found for found in (container, donor) if isinstance(found, HyperVContainer)]
    if guilty and donor.id != container.id:
        yield Finding(
            (container.id, donor.id),
            f"{container.name} uses the network of {donor.name}, but {guilty[0].name} has Hyper-V isolation; give "
            f"{container.name} an endpoint of its own.",
            "shares_network_of",
            changed(f"Stop sharing the network of {donor.name}", container, shares_network_of=None),
        )


@rule(
    "CMP009",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.HOST_CONFIG,),
    only=Only("shares_network_of"),
)
def sharing_conflicts(_design: Design, container: ContainerBase) -> Iterator[Finding]:
    """Network settings beside a shared network.

    Why: host name and DNS belong to the container whose network is used; Docker refuses both together.
    Bad: a container with the network of web01 and a host name of its own.
    Good: the same without host name and DNS servers.
    """
    named = [
        title
        for title, value in (
            ("host name", container.hostname),
            ("DNS servers", container.dns_servers),
            ("DNS options", container.dns_options),
            ("links", container.legacy_links),
        )
        if value
    ]
    if named:
        yield Finding(
            (container.id,),
            f"{container.name} uses the network of another container and cannot set {' and '.join(named)}.",
            "shares_network_of",
            changed(
                f"Drop {' and '.join(named)}",
                container,
                hostname="",
                dns_servers=(),
                dns_options=(),
                legacy_links=(),
            ),
        )


@rule(
    "CMP010",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.MANUAL,
    sources=(src.CONTAINER_OPERATIONS,),
    only=Only("shares_network_of"),
)
def sharing_with_itself(_design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A container shares its own network.

    Why: the container whose network is used must exist and run before.
    Bad: web01 with the network of web01.
    Good: web01 with the network of another running container.
    """
    if container.shares_network_of == container.id:
        yield Finding(
            (container.id,),
            f"{container.name} cannot use its own network; name another one.",
            "shares_network_of",
        )
