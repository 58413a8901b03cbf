"""Traffic that a design promises: who opens connections to whom."""

from __future__ import annotations

from typing import ClassVar, Literal

from designer.model.addressing import PortNumber
from designer.model.base import Link

FlowProtocol = Literal["tcp", "udp", "icmp", "igmp", "gre", "esp", "sctp"]

PROTOCOLS_WITH_PORTS = frozenset({"tcp", "udp", "sctp"})


class Flow(Link):
    """A declared flow: it makes no connection, it says what must work, and the rules tell whether it does.

    The source opens: a container, service, host or client. The target answers: one of these, or a load balancer.

    Attributes:
        protocol: what is sent; ``igmp``, ``gre``, ``esp`` and ``sctp`` stand for what is neither TCP, UDP nor ICMP.
        port: the port that the source sends to: of the program in the target, or with ``published`` and ``localhost``
            the published one. None takes the first port that the target publishes or listens on, else 80.
        address: how the source addresses the target: by its own address, by the address of its host and a published
            port, or by 127.0.0.1 and a published port (from its own host only).
        ip_version: 4 or 6.
        ipsec: whether the packets are protected by IPsec.
    """

    title: ClassVar[str] = "Flow"
    kind: Literal["flow"] = "flow"
    protocol: FlowProtocol = "tcp"
    port: PortNumber | None = None
    address: Literal["own", "published", "localhost"] = "own"
    ip_version: Literal[4, 6] = 4
    ipsec: bool = False
