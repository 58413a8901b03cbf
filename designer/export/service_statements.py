"""What a manager does for the services of its swarm, and for the network of the routing mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from designer.export.script import Section, Statement
from designer.model.services import ServicePort
from designer.model.workloads import EnvironmentVariable


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateService(Statement):
    """A service of the swarm. Already so: a service of that name has the labels of this element and these settings.

    Attributes:
        networks: names of networks with the aliases of the service there.
        replicas: number of tasks; None for one on each node.
        isolation: ``default``, ``process`` or ``hyperv``.
        settings: changes with every option; the label that tells whether an object is as the design wants it.
    """

    section: Section = Section.SERVICES
    name: str
    image: str
    networks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    replicas: int | None = 1
    endpoint_mode: Literal["vip", "dnsrr"] = "vip"
    ports: tuple[ServicePort, ...] = ()
    constraints: tuple[str, ...] = ()
    isolation: Literal["default", "process", "hyperv"] = "default"
    environment: tuple[EnvironmentVariable, ...] = ()
    command: tuple[str, ...] = ()
    settings: str = ""

    @property
    def inverse(self) -> Statement:
        """Remove the service."""
        return RemoveService(element=self.element, reason=f"service '{self.name}'", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveService(Statement):
    """A service is gone. Already so: no service of that name has the label of this element."""

    section: Section = Section.SERVICES
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveIngress(Statement):
    """The routing-mesh network that Docker made is gone. Already so: there is none, or only the one of this design."""

    section: Section = Section.NETWORKS

    @property
    def inverse(self) -> Statement:
        """Make it again, unless the swarm itself goes."""
        return RestoreIngress(element=self.element, reason="the routing-mesh network of Docker")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreIngress(Statement):
    """A routing-mesh network is there again. Already so: the setup did not remove one."""

    section: Section = Section.NETWORKS
