"""Services of a swarm."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from designer.model.addressing import PortNumber
from designer.model.base import Element, Text, Value
from designer.model.workloads import EnvironmentVariable


class ServicePort(Value):
    """A published port of a service.

    Attributes:
        published: port on the nodes; 0 lets the swarm choose.
        target: port of the program in the containers.
        mode: ``ingress`` publishes on every node through the routing mesh, ``host`` on the nodes that run a task.
    """

    published: PortNumber = 0
    target: PortNumber = 80
    protocol: Literal["tcp", "udp"] = "tcp"
    mode: Literal["ingress", "host"] = "ingress"


class Service(Element):
    """A service of a swarm: tasks that the swarm places on its nodes. It stands on the canvas.

    Its networks are attachments: the service is the source, an overlay or swarm-scoped network the target.

    Attributes:
        swarm: name of the swarm; empty for the only one of the design.
        image_build: Windows build of the image; None when unknown.
        isolation: of the tasks; ``default`` leaves it to the nodes.
        mode: a number of tasks, or one on each node.
        replicas: number of tasks in mode ``replicated``.
        endpoint_mode: one virtual IP for all tasks, or DNS round robin over their addresses.
        constraints: placement constraints, such as ``node.platform.os == windows``.
    """

    title: ClassVar[str] = "Swarm service"
    kind: Literal["service"] = "service"
    swarm: Text = ""
    image: Text = "mcr.microsoft.com/windows/servercore:ltsc2022"
    image_build: int | None = None
    isolation: Literal["default", "process", "hyperv"] = "default"
    mode: Literal["replicated", "global"] = "replicated"
    replicas: Annotated[int, Field(ge=0, le=100_000)] = 1
    endpoint_mode: Literal["vip", "dnsrr"] = "vip"
    ports: tuple[ServicePort, ...] = ()
    constraints: tuple[Text, ...] = ()
    command: tuple[Text, ...] = ()
    environment: tuple[EnvironmentVariable, ...] = ()
