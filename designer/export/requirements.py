"""What must hold on a machine before the first change; the pre-flight of a script asks for each."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.addressing import IpNetwork


@dataclass(frozen=True, slots=True)
class Feature:
    """A Windows feature that must be installed: ``Containers`` or ``Hyper-V``."""

    name: str


@dataclass(frozen=True, slots=True)
class AdapterUp:
    """An adapter of that name must exist and have a link."""

    adapter: str


@dataclass(frozen=True, slots=True)
class PrefixFree:
    """No interface of the host may have an address in the prefix."""

    prefix: IpNetwork


@dataclass(frozen=True, slots=True)
class PortFree:
    """Nothing on the host may use the port."""

    port: int
    protocol: str


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
    """Docker's own network nat must exist; ``"bridge": "none"`` in daemon.json keeps it away."""


Requirement = (
    Feature | AdapterUp | PrefixFree | PortFree | JoinToken | HnsModule | DefaultNatRemovable | DefaultNatPresent
)
