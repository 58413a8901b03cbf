"""Rules about what a command asks for and Windows does not have: drivers of Linux, the mode host, hot-add (DKR, HOT).

A design can hold such a wish, so that what was typed or imported can be judged; the scripts never have it.
"""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.workloads import ContainerBase, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule
from designer.rules.suggestions import changed

_MODES = frozenset(mode.value for mode in NetworkMode)


@rule(
    "DKR001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("docker/for-win#2109", src.NETWORK_MODE),
    only=Only("driver_name"),
)
def linux_driver(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A network driver of Linux.

    Why: bridge, macvlan, ipvlan and host are no plug-ins of a Windows engine (“could not find plugin”); a network made
        without a driver asks for bridge.
    Bad: docker network create -d bridge, or without -d.
    Good: docker network create -d nat.
    """
    if network.driver_name.casefold() not in _MODES:
        yield Finding(
            (network.id,),
            f"“{network.name}”: a Windows engine has no driver “{network.driver_name}”; use {network.mode.value}.",
            "driver_name",
            changed(f"Use the driver {network.mode.value} for {network.name}", network, driver_name=""),
        )


@rule(
    "DKR002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("docker/for-win#1400",),
    only=Only("driver_name"),
)
def driver_with_capitals(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A driver name with capitals.

    Why: driver names are compared letter by letter.
    Bad: -d Transparent.
    Good: -d transparent.
    """
    lower = network.driver_name.casefold()
    if lower in _MODES and lower != network.driver_name:
        yield Finding(
            (network.id,),
            f"“{network.name}”: Docker knows the driver {lower}, and not “{network.driver_name}”; write small letters.",
            "driver_name",
            changed(f"Write the driver of {network.name} in small letters", network, driver_name=""),
        )


@rule(
    "DKR003",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    only=Only("network_host"),
)
def host_network_mode(_design: Design, container: ContainerBase) -> Iterator[Finding]:
    """The network mode host.

    Why: Windows containers cannot use the compartment of the host.
    Bad: --network host.
    Good: a nat network with published ports.
    """
    yield Finding(
        (container.id,),
        f"{container.name}: Windows has no network mode host; use a nat network and publish the ports.",
        "network_host",
        changed(f"Take {container.name} off the network of the host", container, network_host=False),
    )


@rule(
    "HOT001",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=(src.ADVANCED,),
    os=(OsRelease.WS2016,),
    reads=links(WindowsContainer),
    only=Only("while_running"),
)
def connect_running_2016(design: Design, link: Attachment) -> Iterator[Finding]:
    """A running container is connected on Windows Server 2016.

    Why: endpoints are added to stopped containers only.
    Bad: docker network connect for a running container.
    Good: stop, connect, start.
    """
    container = design.topology.find(link.source, WindowsContainer)
    host = design.host_of(link.source)
    if container is not None and host is not None and host.column is OsRelease.WS2016:
        yield Finding(
            (link.id,),
            f"{container.name} cannot be connected to “{design.label(link.target)}” while it runs on Windows Server "
            "2016; stop it first.",
            "while_running",
            _stopped_first(link, container.name),
        )


@rule(
    "HOT002",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.QUICK,
    sources=("docker/for-win#3699",),
    reads=links(HyperVContainer),
    only=Only("while_running"),
)
def connect_running_hyperv(design: Design, link: Attachment) -> Iterator[Finding]:
    """A running Hyper-V container is connected.

    Why: the platform adds no adapter to a running utility VM through Docker (“unsupported platform request”).
    Bad: docker network connect for a running Hyper-V container.
    Good: stop, connect, start.
    """
    container = design.topology.find(link.source, HyperVContainer)
    if container is not None:
        yield Finding(
            (link.id,),
            f"{container.name} is a Hyper-V container and cannot be connected to “{design.label(link.target)}” while "
            "it runs; stop it first.",
            "while_running",
            _stopped_first(link, container.name),
        )


def _stopped_first(link: Attachment, name: str) -> ChangeSet:
    return changed(f"Connect {name} while it is stopped", link, while_running=False)
