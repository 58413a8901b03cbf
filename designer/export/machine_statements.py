"""What is done to the machine itself after consent, and what undoes it: features, IPv6, foreign NATs, start tasks."""

from __future__ import annotations

from dataclasses import dataclass

from designer.export.script import Section, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallFeature(Statement):
    """A Windows feature with its tools. Already so: it is installed, or waits for a restart.

    Attributes:
        name: ``Containers`` or ``Hyper-V``.
        server: whether the host is a server, which installs features with other commands than a client.
    """

    section: Section = Section.PREPARATION
    name: str
    server: bool

    @property
    def inverse(self) -> Statement:
        """Remove the feature, if the setup installed it."""
        return RemoveFeature(
            element=self.element, reason=f"feature {self.name}, after a restart", name=self.name, server=self.server
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFeature(Statement):
    """A Windows feature is gone. Already so: the setup did not install it."""

    section: Section = Section.PREPARATION
    name: str
    server: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableIPv6(Statement):
    """Windows starts its IPv6 components. Already so: DisabledComponents is not set."""

    section: Section = Section.PREPARATION

    @property
    def inverse(self) -> Statement:
        """Set the value that was found."""
        return RestoreIPv6(element=self.element, reason="DisabledComponents as it was, from the next restart on")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreIPv6(Statement):
    """DisabledComponents has the value that the setup found. Already so: the setup did not change it."""

    section: Section = Section.PREPARATION


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveForeignNat(Statement):
    """A NAT that HNS does not own is gone. Already so: there is none of that name."""

    section: Section = Section.SWITCHES
    name: str

    @property
    def inverse(self) -> Statement:
        """Make it again with its prefix."""
        return RestoreForeignNat(element=self.element, reason=f"WinNAT '{self.name}' as it was", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreForeignNat(Statement):
    """A NAT that the setup removed is there again. Already so: the setup did not remove it."""

    section: Section = Section.SWITCHES
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAtStart(Statement):
    """The script runs at each start of Windows. Already so: the task exists and has this script.

    Attributes:
        task: name of the scheduled task.
    """

    section: Section = Section.START
    task: str

    @property
    def inverse(self) -> Statement:
        """Remove the task."""
        return RemoveStartTask(element=self.element, reason=f"scheduled task '{self.task}'", task=self.task)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveStartTask(Statement):
    """A scheduled task is gone. Already so: the setup did not make it."""

    section: Section = Section.START
    task: str
