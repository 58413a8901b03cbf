"""Where a packet can be, and what one step does with it."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.hosts import PhysicalNic
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.simulate.frames import Frame
from designer.simulate.stations import Port, Stack
from designer.simulate.trace import Hop


@dataclass(frozen=True, slots=True)
class Routing:
    """In an IP stack that looks for the way out; `arrived` is where a forwarded packet came in."""

    stack: Stack
    arrived: Port | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """At the firewall of a workload, on the way out; `to` is the next hop, None where VFP finds it."""

    port: Port
    to: Port | None


@dataclass(frozen=True, slots=True)
class OnNic:
    """At a vNIC, vmNIC or adapter, on the way out."""

    port: Port
    to: Port | None


@dataclass(frozen=True, slots=True)
class AtPort:
    """At the switch port of an endpoint, on the way out: where VFP works."""

    port: Port
    to: Port | None


@dataclass(frozen=True, slots=True)
class InVfp:
    """In the layers of VFP at the port of an endpoint, after the access list: balance, translate, encapsulate."""

    port: Port
    to: Port | None


@dataclass(frozen=True, slots=True)
class InSwitch:
    """In a Hyper-V switch of a host, with the port that it came in by; None from the wire."""

    host: EntityId
    switch: PartKey
    to: Port
    entered: Port | None


@dataclass(frozen=True, slots=True)
class OnUplink:
    """At the adapter of a host, on the way to the wire."""

    host: EntityId
    nic: PhysicalNic
    to: Port


@dataclass(frozen=True, slots=True)
class OnWire:
    """On a physical network, in a VLAN; `sender` is the adapter it left, to which only the cloud fabric returns it."""

    segment: EntityId
    vlan: int | None
    to: Port
    sender: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Landing:
    """At the adapter of a host, on the way in."""

    host: EntityId
    nic: PhysicalNic
    to: Port


@dataclass(frozen=True, slots=True)
class Entering:
    """At the switch port of an interface, on the way in: where VFP works."""

    port: Port


@dataclass(frozen=True, slots=True)
class Arriving:
    """At a vNIC, vmNIC or adapter, on the way in, before the firewall."""

    port: Port


@dataclass(frozen=True, slots=True)
class Guarded:
    """At the firewall of a workload, on the way in."""

    port: Port


@dataclass(frozen=True, slots=True)
class Received:
    """In the IP stack behind an interface."""

    port: Port


Place = (
    Routing
    | Leaving
    | OnNic
    | AtPort
    | InVfp
    | InSwitch
    | OnUplink
    | OnWire
    | Landing
    | Entering
    | Arriving
    | Guarded
    | Received
)


@dataclass(frozen=True, slots=True)
class State:
    """A packet at one moment.

    Attributes:
        row: the packet path that it is on.
    """

    place: Place
    frame: Frame
    row: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The packet goes on."""

    hop: Hop
    state: State


@dataclass(frozen=True, slots=True)
class Delivered:
    """The packet has arrived at a program."""

    hop: Hop
    stack: Stack


@dataclass(frozen=True, slots=True)
class Dropped:
    """The packet ends here."""

    hop: Hop
    code: str
    sentence: str


Step = Moved | Delivered | Dropped
