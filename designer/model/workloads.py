"""Containers and network compartments."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from designer.model.addressing import IpAddress
from designer.model.base import REPRESENTABLE, Element, Text, Value
from designer.model.hosts import ListeningPort
from designer.model.identity import EntityId


class EnvironmentVariable(Value):
    """One ``-e NAME=VALUE``."""

    name: Annotated[str, Field(min_length=1), REPRESENTABLE]
    value: Text = ""


class Compartment(Element):
    """A network compartment drawn by hand: its own interfaces, addresses, routes and ports. Its parent is a host.

    Attributes:
        number: compartment id; 1 is the host's own; None until Windows gives one.
        pod: whether the containers in it belong together on purpose.
    """

    title: ClassVar[str] = "Compartment"
    kind: Literal["compartment"] = "compartment"
    number: Annotated[int, Field(ge=1)] | None = None
    pod: bool = False


class ContainerBase(Element):
    """What both isolations share.

    Attributes:
        image: image reference.
        image_build: Windows build of the image; None when unknown.
        network_none: ``--network none``.
        network_host: ``--network host``, which Windows does not have (rule DKR003).
        shares_network_of: the container whose network it uses (``--network container:…``).
        memory_mb: memory limit in MiB.
        cpus: processor limit in CPUs.
        listening: ports that the programs in the container open.
        forwards: whether it is meant to pass packets from one of its networks to another.
        legacy_links: ``--link`` values (``db01:db``), which do nothing on Windows; scripts leave them out.
        linux_options: options of docker run that only Linux has (``--privileged``); scripts leave them out.
    """

    image: Text = "mcr.microsoft.com/windows/servercore:ltsc2022"
    image_build: int | None = None
    image_revision: int | None = None
    command: tuple[Text, ...] = ()
    environment: tuple[EnvironmentVariable, ...] = ()
    hostname: Text = ""
    dns_servers: tuple[IpAddress, ...] = ()
    dns_options: tuple[Text, ...] = ()
    network_none: bool = False
    network_host: bool = False
    shares_network_of: EntityId | None = None
    memory_mb: Annotated[int, Field(ge=1)] | None = None
    cpus: Annotated[float, Field(gt=0)] | None = None
    explicit_isolation: bool = True
    listening: tuple[ListeningPort, ...] = ()
    forwards: bool = False
    legacy_links: tuple[Text, ...] = ()
    linux_options: tuple[Text, ...] = ()

    def references(self) -> tuple[EntityId, ...]:
        """Return the container whose network it shares, if any."""
        return (self.shares_network_of,) if self.shares_network_of else ()


class WindowsContainer(ContainerBase):
    """A container with process isolation: on the host's kernel, in a compartment, on a host vNIC.

    Its parent is a host, or a compartment drawn by hand.
    """

    title: ClassVar[str] = "Windows container"
    kind: Literal["windows_container"] = "windows_container"


class HyperVContainer(ContainerBase):
    """A container with Hyper-V isolation: in a utility VM, on a synthetic vmNIC of that VM. Its parent is a host."""

    title: ClassVar[str] = "Hyper-V container"
    kind: Literal["hyperv_container"] = "hyperv_container"


Container = WindowsContainer | HyperVContainer
