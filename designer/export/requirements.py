"""What must hold on a machine before the first change; the pre-flight of a script asks for each."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.addressing import IpNetwork


@dataclass(frozen=True, slots=True)
class Feature:
    """A Windows feature that must be installed: ``Containers`` or ``Hyper-V``.

    Attributes:
        rule: id of the rule that says why.
    """

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class HyperVTools:
    """The PowerShell module of Hyper-V must be on the machine."""


@dataclass(frozen=True, slots=True)
class SharingService:
    """The service for connection sharing must be allowed to start."""


@dataclass(frozen=True, slots=True)
class AdapterUp:
    """An adapter of that name must exist and have a link."""

    adapter: str


@dataclass(frozen=True, slots=True)
class AdapterUnswitched:
    """No other switch may hold the adapter that the statement makes a switch on."""

    adapter: str


@dataclass(frozen=True, slots=True)
class AdapterKnown:
    """No switch that HNS does not know may hold the adapter that HNS makes a switch on."""

    adapter: str


@dataclass(frozen=True, slots=True)
class PrefixFree:
    """No interface of the host may have an address in the prefix."""

    prefix: IpNetwork


@dataclass(frozen=True, slots=True)
class PortFree:
    """Nothing on the host may use the port, nor may Windows keep it for something."""

    port: int
    protocol: str


@dataclass(frozen=True, slots=True)
class MemoryFree:
    """So much memory must be free; the requirements of all statements add up."""

    megabytes: int


@dataclass(frozen=True, slots=True)
class ContainerStopped:
    """A container that already exists must be stopped before it can join a further network.

    Attributes:
        rule: id of the rule that says why.
        containerd_only: whether only the containerd runtime asks for it.
    """

    container: str
    network: str
    rule: str
    containerd_only: bool = False


@dataclass(frozen=True, slots=True)
class SwarmManager:
    """A host that is in a swarm already must be a manager of it."""


@dataclass(frozen=True, slots=True)
class JoinToken:
    """The join token of a swarm must be at hand when the script runs; it is never in the script."""


@dataclass(frozen=True, slots=True)
class HnsModule:
    """The module hns.v2.psm1 of microsoft/SDN must be on the machine."""


@dataclass(frozen=True, slots=True)
class DefaultNatRemovable:
    """No container may use Docker's own network nat, which the step replaces, and something must be able to remove it.

    Attributes:
        of_2016: whether the host is Windows Server 2016, which has other commands for it.
    """

    of_2016: bool


@dataclass(frozen=True, slots=True)
class DefaultNatPresent:
    """Docker's own network nat must exist; ``"bridge": "none"`` in daemon.json keeps it away.

    Attributes:
        of_2016: whether the host is Windows Server 2016, on which its NetNat can be lost.
    """

    of_2016: bool = False


Requirement = (
    Feature
    | HyperVTools
    | SharingService
    | AdapterUp
    | AdapterUnswitched
    | AdapterKnown
    | PrefixFree
    | PortFree
    | MemoryFree
    | ContainerStopped
    | SwarmManager
    | JoinToken
    | HnsModule
    | DefaultNatRemovable
    | DefaultNatPresent
)
