"""The statements of a teardown: each takes away one thing that the setup made, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from designer.export.script import Section, Statement
from designer.model.addressing import IpAddress, IpInterface


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreDaemonSettings(Statement):
    """The daemon.json that the setup found. Already so: no backup is left."""

    section: Section = Section.ENGINE
    replaces_nat: bool
    of_2016: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePorts(Statement):
    """A firewall rule is gone. Already so: no rule has that name."""

    section: Section = Section.SWARM
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveSwarm(Statement):
    """The host is in no swarm. Already so: the setup did not enter one."""

    section: Section = Section.SWARM


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSwitch(Statement):
    """A switch is gone. Already so: no switch of that name has the tag in its notes."""

    section: Section = Section.SWITCHES
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHostVNic(Statement):
    """A vNIC of the host is gone, or has its old name again. Already so: the setup did not make or rename one.

    Attributes:
        old_name: of the vNIC that came with its switch; it holds the addresses of the machine and goes with the switch.
    """

    section: Section = Section.SWITCHES
    name: str
    old_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveAddress(Statement):
    """An address is gone. Already so: the setup did not set it."""

    section: Section = Section.SWITCHES
    interface: str
    address: IpInterface
    gateway: IpAddress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveNat(Statement):
    """A NAT is gone. Already so: the setup did not make it."""

    section: Section = Section.SWITCHES
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveNetwork(Statement):
    """A network is gone. Already so: no network of that name has the label of this element.

    Attributes:
        ingress: whether it carries the routing mesh, so that Docker asks before it removes it.
    """

    section: Section = Section.NETWORKS
    name: str
    ingress: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveHostEndpoint(Statement):
    """A host endpoint is gone. Already so: the setup did not make it."""

    section: Section = Section.NETWORKS
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveContainer(Statement):
    """A container is gone. Already so: no container of that name has the label of this element."""

    section: Section = Section.CONTAINERS
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLoadBalancer(Statement):
    """A load balancer is gone. Already so: the setup did not make it."""

    section: Section = Section.POLICIES
    vip: IpAddress
    protocol: str
    port: int
