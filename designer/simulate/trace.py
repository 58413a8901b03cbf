"""What is asked and what comes out: a packet, and the trace of its hops."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from designer.model.addressing import IpAddress
from designer.model.flows import FlowProtocol
from designer.model.identity import EntityId

Addressing = Literal["own", "published", "localhost"]


class Disposition(StrEnum):
    """How a packet ends."""

    DELIVERED = "delivered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Packet:
    """The first packet of a connection.

    Attributes:
        source: the container, service, host or client that sends it.
        target: what it is for, or the plain address that it is sent to.
        port: port that the source sends to; None where the protocol has none, or any will do.
        address: whether the target is addressed by its own address, by a host and a published port, or by 127.0.0.1.
        ip_version: 4 or 6.
        ipsec: whether the packets are protected by IPsec.
        name: DNS name of the target, looked up first; empty when the address is known.
    """

    source: EntityId
    target: EntityId | IpAddress
    protocol: FlowProtocol = "tcp"
    port: int | None = None
    address: Addressing = "own"
    ip_version: Literal[4, 6] = 4
    ipsec: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a packet.

    Attributes:
        element: where it happens.
        part: the part of the element that `designer.model.realisation` derives; empty for the element itself.
        text: what happens, in one sentence.
        header: the headers after the hop: ``E[to<-from vVLAN] I[source>target] T[port>port]``, ``O{…}`` around them.
        path: row of the table of packet paths that the hop belongs to: N5.
        inferred: whether no source states the hop, so that it follows from code or from how networks work.
    """

    element: EntityId
    part: str
    text: str
    header: str
    path: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """What becomes of a packet.

    Attributes:
        code: why it was dropped, a key of `designer.simulate.drops.DROPS`; empty for a delivered packet.
        where: the element at which it ends.
        sentence: the verdict for people.
        reply: the answer, sent through the recorded translations; None for a dropped packet and for an answer itself.
        warnings: id of a rule and a sentence, for what works with a limit.
        touched: the hosts that were looked at; what becomes of the packet follows from them and what is between them.
    """

    outcome: Disposition
    code: str
    where: EntityId | None
    sentence: str
    hops: tuple[Hop, ...] = ()
    reply: Trace | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    touched: frozenset[EntityId] = field(default_factory=frozenset)

    @property
    def delivered(self) -> bool:
        """Whether the packet arrives."""
        return self.outcome is Disposition.DELIVERED

    @property
    def works(self) -> bool:
        """Whether the packet arrives and the answer comes back."""
        return self.delivered and (self.reply is None or self.reply.delivered)
