"""Which row of the table of packet paths a packet is on, by the modes of its ends.

N nat, T transparent, B l2bridge, L l2tunnel, O overlay, I internal, V private, S ics, Z none.
"""

from __future__ import annotations

from designer.model.networks import NetworkMode
from designer.simulate.stations import Port
from designer.simulate.trip import Trip

NAT, TRANSPARENT, L2BRIDGE, L2TUNNEL, OVERLAY, INTERNAL, PRIVATE, ICS = (
    NetworkMode.NAT,
    NetworkMode.TRANSPARENT,
    NetworkMode.L2BRIDGE,
    NetworkMode.L2TUNNEL,
    NetworkMode.OVERLAY,
    NetworkMode.INTERNAL,
    NetworkMode.PRIVATE,
    NetworkMode.ICS,
)

SAME_NETWORK = {
    NAT: "N1",
    TRANSPARENT: "T1",
    L2BRIDGE: "B1",
    L2TUNNEL: "L1",
    OVERLAY: "O1",
    INTERNAL: "I1",
    PRIVATE: "V1",
    ICS: "S1",
}
"""To a container of the same network on the same host."""

OTHER_NETWORK = {
    NAT: "N2",
    TRANSPARENT: "T2",
    L2BRIDGE: "B2",
    L2TUNNEL: "L1",
    OVERLAY: "O4",
    INTERNAL: "I3",
    PRIVATE: "V2",
    ICS: "S1",
}
"""To a container of another network on the same host."""

TO_HOST = {
    NAT: "N3",
    TRANSPARENT: "T3",
    L2BRIDGE: "B3",
    L2TUNNEL: "L3",
    OVERLAY: "O5",
    INTERNAL: "I2",
    PRIVATE: "V2",
    ICS: "S1",
}
"""To the host that the container is on."""

TO_OUTSIDE = {
    NAT: "N5",
    TRANSPARENT: "T5",
    L2BRIDGE: "B5",
    L2TUNNEL: "L4",
    OVERLAY: "O6",
    INTERNAL: "I3",
    PRIVATE: "V2",
    ICS: "S1",
}
"""To anything outside."""

TO_OTHER_HOST = {
    NAT: "N6",
    TRANSPARENT: "T6",
    L2BRIDGE: "B8",
    L2TUNNEL: "L2",
    OVERLAY: "O4",
    INTERNAL: "I3",
    PRIVATE: "V2",
    ICS: "S1",
}
"""To the address of a container on another host."""

FROM_HOST = {
    NAT: "N4",
    TRANSPARENT: "T4",
    L2BRIDGE: "B4",
    L2TUNNEL: "L3",
    OVERLAY: "O5",
    INTERNAL: "I2",
    PRIVATE: "V2",
    ICS: "S1",
}
"""From a host to a container on it."""

INBOUND = {
    NAT: "N9",
    TRANSPARENT: "T7",
    L2BRIDGE: "B11",
    L2TUNNEL: "L5",
    OVERLAY: "O11",
    INTERNAL: "I3",
    PRIVATE: "V2",
    ICS: "S2",
}
"""From outside to the address of a container."""

PUBLISHED = {
    NAT: "N8",
    TRANSPARENT: "T8",
    L2BRIDGE: "B9",
    L2TUNNEL: "L5",
    OVERLAY: "O8",
    INTERNAL: "I3",
    PRIVATE: "V2",
    ICS: "S2",
}
"""From outside to a published port."""


def first_row(trip: Trip, port: Port) -> str:
    """Return the row that a packet starts on when it leaves by an interface."""
    goal, published = trip.goal, trip.packet.address != "own"
    if port.is_endpoint and port.mode is not None:
        return _from_container(port, port.mode, goal, published=published)
    mode = goal.mode if goal is not None and goal.is_endpoint else None
    if goal is None or mode is None:
        return ""
    is_own_host = trip.origin is not None and trip.origin.is_host and trip.origin.host == goal.host
    if published:
        if is_own_host:
            return "N11" if mode is NAT else "B10"
        return PUBLISHED[mode]
    if not is_own_host:
        return INBOUND[mode]
    return FROM_HOST[mode]


def _from_container(port: Port, mode: NetworkMode, goal: Port | None, *, published: bool) -> str:
    if goal is None or goal.host is None:
        return TO_OUTSIDE[mode]
    here = goal.host == port.host
    if published:
        return _to_published(mode, here=here)
    if not goal.is_endpoint:
        return TO_HOST[mode] if here else TO_OUTSIDE[mode]
    if goal.network is not None and port.network is not None and goal.network.id == port.network.id:
        if not here:
            return "O2" if mode is OVERLAY else TO_OTHER_HOST[mode]
        return SAME_NETWORK[mode]
    if here and goal.mode is mode:
        return OTHER_NETWORK[mode]
    if mode is L2BRIDGE and goal.addresses and port.reach(goal.addresses[0]) >= 0:
        return "B7"
    return TO_OTHER_HOST[mode] if goal.mode is mode else TO_OUTSIDE[mode]


def _to_published(mode: NetworkMode, *, here: bool) -> str:
    if here:
        return "N12" if mode is NAT else TO_HOST[mode]
    return "N7" if mode is NAT else TO_OUTSIDE[mode]
