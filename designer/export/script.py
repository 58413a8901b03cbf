"""What a script is: statements in sections, each with its reason, its requirements and its risk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from designer.export.requirements import Requirement
from designer.model.identity import EntityId
from designer.model.releases import OsRelease


class Risk(Enum):
    """What a statement can do to the machine besides its purpose."""

    NONE = "none"
    STOPS_CONTAINERS = "the engine restarts, so running containers stop"
    CUTS_CONNECTION = "the IP configuration of an adapter moves, so the management connection can drop"


class Section(Enum):
    """The parts of a script, in order."""

    BEFORE = "Before this script"
    PREPARATION = "Preparation of the machine"
    ENGINE = "Docker Engine settings"
    SWARM = "Swarm"
    SWITCHES = "Virtual switches, host vNICs and WinNAT"
    NETWORKS = "Container networks"
    CONTAINERS = "Containers"
    SERVICES = "Swarm services"
    POLICIES = "Policies and load balancers"
    START = "At each start of Windows"
    REMARKS = "Not in this script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One step on a host.

    Attributes:
        element: the element of the design that it is for.
        reason: one sentence for the reader of the script.
        requires: what must hold before the first change, unless the statement is already so.
        risk: what it can do besides its purpose.
        section: the part of the script that it stands in.
    """

    element: EntityId
    reason: str
    requires: tuple[Requirement, ...] = ()
    risk: Risk = Risk.NONE
    section: Section = Section.REMARKS

    @property
    def inverse(self) -> Statement | None:
        """What undoes the statement; None when that goes with the inverse of an earlier one, or is not needed."""
        return None


_CLIENT_BUILDS = {OsRelease.WIN10: (17763, 19045), OsRelease.WIN11: (22000, 26200)}


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody lives with; the reader of the script is told."""

    rule: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class Script:
    """All statements of one host, in order.

    Attributes:
        design: title of the design, for people.
        os: the release that the statements are for.
        build: the build that the machine must have.
        suppressed: findings about the host that somebody lives with.
    """

    design: str
    host: EntityId
    host_name: str
    os: OsRelease
    build: int
    statements: tuple[Statement, ...]
    suppressed: tuple[Suppressed, ...] = ()

    def teardown(self) -> Iterator[Statement]:
        """Yield what takes the host back to where it was, in order."""
        for statement in reversed(self.statements):
            if (inverse := statement.inverse) is not None:
                yield inverse


def builds_of(script: Script) -> tuple[int, int]:
    """Return the first and the last build of Windows that a script is for; they differ on clients only."""
    return _CLIENT_BUILDS.get(script.os, (script.build, script.build))
