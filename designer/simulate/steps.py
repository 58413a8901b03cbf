"""Where a packet can be, and what one step does with it."""

from __future__ import annotations

from typing import NamedTuple

from designer.model.hosts import PhysicalNic
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.simulate.frames import Frame
from designer.simulate.stations import Port, Stack
from designer.simulate.trace import Hop


class Routing(NamedTuple):
    """In an IP stack that looks for the way out; `arrived` is where a forwarded packet came in."""

    stack: Stack
    arrived: Port | None = None


class Leaving(NamedTuple):
    """At the firewall of a workload, on the way out; `to` is the next hop, None where VFP finds it."""

    port: Port
    to: Port | None


class OnNic(NamedTuple):
    """At a vNIC, vmNIC or adapter, on the way out."""

    port: Port
    to: Port | None


class AtPort(NamedTuple):
    """At the switch port of an endpoint, on the way out: where VFP works."""

    port: Port
    to: Port | None


class InVfp(NamedTuple):
    """In the layers of VFP at the port of an endpoint, after the access list: balance, translate, encapsulate."""

    port: Port
    to: Port | None


class InSwitch(NamedTuple):
    """In a Hyper-V switch of a host, with the port that it came in by; None from the wire."""

    host: EntityId
    switch: PartKey
    to: Port
    entered: Port | None


class OnUplink(NamedTuple):
    """At the adapter of a host, on the way to the wire."""

    host: EntityId
    nic: PhysicalNic
    to: Port


class OnWire(NamedTuple):
    """On a physical network, in a VLAN; `sender` is the adapter it left, to which only the cloud fabric returns it."""

    segment: EntityId
    vlan: int | None
    to: Port
    sender: EntityId | None = None


class Landing(NamedTuple):
    """At the adapter of a host, on the way in."""

    host: EntityId
    nic: PhysicalNic
    to: Port


class Entering(NamedTuple):
    """At the switch port of an interface, on the way in: where VFP works."""

    port: Port


class Arriving(NamedTuple):
    """At a vNIC, vmNIC or adapter, on the way in, before the firewall."""

    port: Port


class Guarded(NamedTuple):
    """At the firewall of a workload, on the way in."""

    port: Port


class Received(NamedTuple):
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


class State(NamedTuple):
    """A packet at one moment.

    Attributes:
        row: the packet path that it is on.
    """

    place: Place
    frame: Frame
    row: str = ""


class Moved(NamedTuple):
    """The packet goes on."""

    hop: Hop
    state: State


class Delivered(NamedTuple):
    """The packet has arrived at a program."""

    hop: Hop
    stack: Stack


class Dropped(NamedTuple):
    """The packet ends here."""

    hop: Hop
    code: str
    sentence: str


Step = Moved | Delivered | Dropped
