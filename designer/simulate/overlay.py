"""The core of overlay: VFP carries frames in VXLAN between nodes, translates what leaves, and has no leg for the host.

Rows O1 to O11.
"""

from __future__ import annotations

from itertools import chain

from designer.model.hosts import Host, HostRole
from designer.model.hosts import Machine as Hardware
from designer.model.identity import EntityId
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.model.swarm import in_swarm
from designer.simulate.balancing import is_virtual
from designer.simulate.ends import stack_of_element
from designer.simulate.frames import USUAL_MTU, VXLAN_BYTES, Address, Frame
from designer.simulate.machines import Machine
from designer.simulate.policies import is_blocked
from designer.simulate.stations import Kind, Port, Stack, Way
from designer.simulate.steps import Arriving, Dropped, Entering, Received, Routing, Step
from designer.simulate.trip import Trip

VXLAN_PORT = 4789
GOSSIP_PORT = 7946
FIRST_HOST_ROUTE_BUILD = 17_763


def name_of_next_hop(trip: Trip, way: Way, frame: Frame) -> str:
    """Return whose MAC address VFP answers with."""
    if is_virtual(trip, frame.target):
        return frame.target.text
    if not way.default:
        owner = find_member(trip, way.port, frame.target)
        return owner.name if owner is not None else frame.target.text
    return way.next_hop.text


def find_member(trip: Trip, port: Port, wanted: Address) -> Port | None:
    """Return the interface that has an address in the overlay network of another one, on whichever host."""
    assert port.network is not None
    network = port.network.id
    stand_in = trip.standing_in(wanted.key)
    if stand_in is not None:
        return stand_in
    known = [*(trip.origin.ports if trip.origin is not None else ())]
    if trip.goal is not None:
        known.insert(0, trip.goal)
    owner = wanted.owner if wanted.ip is None else trip.world.member(network, wanted.ip)
    stack = stack_of_element(trip, owner) if owner is not None else None
    candidates = chain(known, stack.ports if stack is not None else ())
    return next((found for found in candidates if _is_in(found, network) and found.owns(wanted)), None)


def _is_in(port: Port, network: EntityId) -> bool:
    return port.is_endpoint and port.network is not None and port.network.id == network


def missing_leg(trip: Trip, stack: Stack, frame: Frame) -> Dropped | Step | None:
    """Deal with a packet of a host to an overlay container: a host has no leg there, unless CNI makes a host route."""
    goal = trip.endpoint_with(frame.target)
    if frame.inner is not None or goal is None or goal.mode is not NetworkMode.OVERLAY:
        return None
    machine = trip.host(goal)
    if goal.host == stack.host and has_host_route(machine.host, goal.network):
        source = machine.main_port()
        text = f"A HostRoute policy lets VFP carry the packet from {stack.name} to the port of {goal.title}."
        frame = frame.framed(goal.name, stack.name)
        return trip.move(source.key if source is not None else stack.key, text, Entering(goal), frame, "O5")
    if trip.answering:
        return None
    own = "its own" if goal.host == stack.host else "another host's"
    text = (
        f"{stack.name} has no leg in the overlay network “{goal.network_name}”, so it does not "
        f"reach {own} container {goal.title}; a published port does."
    )
    return trip.drop(stack.key, "D-HOSTROUTE", text, frame, "O5" if goal.host == stack.host else "O11")


def has_host_route(host: Host, network: ContainerNetwork | None) -> bool:
    """Whether a CNI configuration gives the host a route to its own overlay containers (HNS 9.2)."""
    options = network.options if network is not None else ()
    return host.build_number >= FIRST_HOST_ROUTE_BUILD and any(item.key.casefold() == "hostroute" for item in options)


def layers(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    """Send a packet of an overlay container on: bridged, encapsulated, or translated to the outside."""
    member = find_member(trip, port, frame.target)
    if member is not None:
        return _to_member(trip, machine, port, member, frame, row)
    goal = trip.goal
    if goal is not None and goal.mode is NetworkMode.OVERLAY and goal.is_endpoint and goal.owns(frame.target):
        text = (
            f"VFP: {goal.title} is in the overlay network “{goal.network_name}”, another virtual "
            f"subnet than “{port.network_name}”; nothing leads from one to the other."
        )
        return trip.drop(_vfp(port), "D-VNI", text, frame, "O4", inferred=True)
    if machine.stack.owns(frame.target):
        return _to_own_host(trip, machine, port, frame)
    if port.reach(frame.target) >= 0:
        text = f"VFP has no record of {frame.target.text} in “{port.network_name}”."
        return trip.drop(_vfp(port), "D-PEER", text, frame, row)
    return _to_outside(trip, machine, port, frame, row)


def _vfp(port: Port) -> PartKey:
    return port.switch or port.key


def _to_member(trip: Trip, machine: Machine, port: Port, member: Port, frame: Frame, row: str) -> Step:
    other_subnet = (
        member.is_endpoint and port.addresses[0].reach(frame.target) < 0 and port.addresses[0].prefix is not None
    )
    if other_subnet:
        frame = frame._replace(ttl=frame.ttl - 1, decremented=True, to=member.name)
    routed = "The distributed router of VFP takes it to the other subnet. " if other_subnet else ""
    if member.host == port.host and member.is_endpoint:
        row = "O3" if other_subnet else (row if row == "O10" else "O1")
        text = f"{routed}VFP bridges the frame to the port of {member.title}: same virtual subnet, same host."
        return trip.move(_vfp(port), text, Entering(member), frame, row, inferred=other_subnet)
    row = "O3" if other_subnet else (row if row in ("O9", "O10") else "O2")
    return encapsulate(trip, machine, port.network, member, frame._replace(to=member.name), row, routed)


def encapsulate(
    trip: Trip,
    machine: Machine,
    network: ContainerNetwork | None,
    member: Port,
    frame: Frame,
    row: str,
    routed: str = "",
) -> Step:
    """Put a frame into VXLAN for the node of another container."""
    peer = trip.host(member)
    here, there = provider_port(machine, network), provider_port(peer, network)
    key = here.key if here is not None else PartKey(machine.host.id)
    source = here.address(4) if here is not None else None
    target = there.address(4) if there is not None else None
    unknown = _no_record(machine.host, peer.host)
    if unknown or source is None or target is None:
        nobody = next((host.name for host, found in ((machine.host, source), (peer.host, target)) if found is None), "")
        text = unknown or f"{nobody} has no address for VXLAN, so the nodes do not know each other's containers."
        return trip.drop(key, "D-PEER", text, frame, row)
    vni = next((subnet.vni for subnet in network.subnets if subnet.vni is not None), None) if network else None
    too_large = _too_large(machine, network)
    if too_large:
        return trip.drop(key, "D-MTU", too_large, frame, row)
    _warn_of_linux(trip, machine, peer, network)
    outer = Frame(source, target, "udp", target_port=VXLAN_PORT, inner=frame, vni=vni)
    text = (
        f"{routed}VFP: {member.title} is behind {peer.host.name} ({target.text}), so the frame goes into a VXLAN "
        f"packet to UDP {VXLAN_PORT} there, {VXLAN_BYTES} bytes more."
    )
    return trip.move(key, text, Routing(machine.stack), outer, row, inferred=True)


def provider_port(machine: Machine, network: ContainerNetwork | None) -> Port | None:
    """Return the interface of a host whose address VXLAN packets have: the one on the switch of the network."""
    part = machine.parts.switch_of(network.id) if network is not None else None
    found = machine.management_port(part.key) if part is not None else None
    return found or machine.main_port()


def _no_record(here: Host, there: Host) -> str:
    """Return why a node has no record of the containers of another one; empty when it has."""
    for host, other in ((here, there), (there, here)):
        clustered = in_swarm(host) or host.role is HostRole.KUBERNETES_NODE
        if not clustered:
            return f"{host.name} is no node of a swarm, so nothing tells it where the containers of {other.name} are."
        for protocol in ("tcp", "udp"):
            if is_blocked(host, protocol, GOSSIP_PORT):
                return (
                    f"Port {GOSSIP_PORT}/{protocol} of {host.name} is blocked, so the nodes do not learn each other's "
                    "containers."
                )
    if in_swarm(here) and in_swarm(there) and here.swarm != there.swarm:
        return f"{here.name} and {there.name} are in different swarms."
    return ""


def _path_mtu(machine: Machine, network: ContainerNetwork | None) -> int | None:
    """Return the largest packet that the adapter and the wire under an overlay network carry; None when it is open."""
    part = machine.parts.switch_of(network.id) if network is not None else None
    nic = machine.adapters.get(part.key) if part is not None else None
    if nic is None:
        return None
    segment = machine.wire_of(nic)
    return min(nic.mtu, segment.mtu) if segment is not None else nic.mtu


def _too_large(machine: Machine, network: ContainerNetwork | None) -> str:
    """Return why a full packet does not fit after encapsulation; empty when it does, or the path is open."""
    path = _path_mtu(machine, network)
    own = network.mtu if network is not None and network.mtu is not None else USUAL_MTU - VXLAN_BYTES
    if network is None or path is None or own + VXLAN_BYTES <= path:
        return ""
    return (
        f"A full packet of {own} bytes from “{network.name}” becomes {own + VXLAN_BYTES} bytes in VXLAN, "
        f"and the path from {machine.host.name} carries {path}; only small packets pass."
    )


def _warn_of_linux(trip: Trip, machine: Machine, peer: Machine, network: ContainerNetwork | None) -> None:
    path = _path_mtu(machine, network)
    mixed = machine.host.linux_nodes or peer.host.linux_nodes
    if mixed and path is not None and path < USUAL_MTU + VXLAN_BYTES:
        trip.warn(
            "MTU003", f"The swarm has Linux nodes; with a path of {path} bytes, packets over about 1434 get lost."
        )


def _to_own_host(trip: Trip, machine: Machine, port: Port, frame: Frame) -> Step:
    leg = next(found for found in machine.stack.ports if found.owns(frame.target))
    if has_host_route(machine.host, port.network):
        text = f"A HostRoute policy lets VFP carry the packet to {machine.host.name}."
        return trip.move(_vfp(port), text, Arriving(leg), frame, "O5")
    text = f"VFP: {machine.host.name} has no leg in “{port.network_name}”, so its own containers there do not reach it."
    return trip.drop(_vfp(port), "D-HOSTROUTE", text, frame, "O5")


def _to_outside(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Step:
    if not has(NetworkMode.OVERLAY, Feature.OUTBOUND_NAT, machine.host.column):
        return second_endpoint(trip, machine, port, frame)
    outside = provider_port(machine, port.network)
    address = outside.address(4) if outside is not None else None
    if trip.answering:
        return trip.move(_vfp(port), "VFP hands the answer to the host.", Routing(machine.stack), frame.bare(), row)
    row = "O6"
    if frame.protocol == "icmp":
        text = f"VFP translates TCP and UDP of “{port.network_name}”, not ICMP: a ping ends here."
        return trip.drop(_vfp(port), "D-ICMP", text, frame, row)
    if address is None:
        text = f"{machine.host.name} has no address that VFP could translate to."
        return trip.drop(_vfp(port), "D-NOHOSTLEG", text, frame, row)
    after = frame._replace(source=address, source_port=trip.new_port())
    trip.record(("vfp", machine.host.id), frame, after)
    text = f"VFP translates the source {frame.source.text} to {address.text}, port {after.source_port}."
    return trip.move(_vfp(port), text, Routing(machine.stack), after.bare(), row)


def second_endpoint(trip: Trip, machine: Machine, port: Port, frame: Frame) -> Step:
    """Send by the endpoint on nat that Docker adds on Windows Server 2016, where overlay has no way out."""
    nats = [network for network in _networks(machine) if network.mode is NetworkMode.NAT]
    nat = next((network for network in nats if network.predefined), nats[0] if nats else None)
    if nat is None and not machine.host.daemon.default_nat:
        text = (
            f"Before version 1709 an overlay container leaves by a second endpoint on nat, and {machine.host.name} has "
            "no nat network."
        )
        return trip.drop(port.stack, "D-NOGW", text, frame, "O7")
    leg = machine.leg(nat.id) if nat is not None else None
    name = nat.name if nat is not None else "nat"
    if leg is None:
        network = nat or ContainerNetwork(id=EntityId("nat"), name="nat", parent=machine.host.id, predefined=True)
        home = Address(f"gateway of {name}", owner=machine.host.id, home=network.id)
        leg = Port(
            PartKey(machine.host.id), machine.host.id, machine.own, Kind.HOST_VNIC, machine.host.name,
            f"vEthernet ({name})", (home,), None, machine.host.id, network,
        )  # fmt: skip
    address = Address(f"{port.title} on {name}", owner=port.owner, home=EntityId(f"{name} second"))
    trip.stand_in(address.key, port)
    after = frame._replace(source=address)
    trip.record(("second endpoint", machine.host.id), frame, after)
    text = f"The default route of {port.title} is on a second endpoint that Docker gave it on “{name}”."
    return trip.move(port.stack, text, Received(leg), after.bare(), "O7")


def _networks(machine: Machine) -> list[ContainerNetwork]:
    topology = machine.topology
    ids = (network for switch in machine.parts.switches for network in switch.networks)
    return [network for found in ids if (network := topology.find(found, ContainerNetwork)) is not None]


def decapsulate(trip: Trip, machine: Machine, frame: Frame, row: str) -> Step:
    """Take a frame out of VXLAN at the node that it is for."""
    inner = frame.inner
    assert inner is not None
    host, key = machine.host, machine.own
    if is_blocked(host, "udp", VXLAN_PORT):
        text = f"The firewall towards {host.name} blocks UDP {VXLAN_PORT}, so no VXLAN packet gets in."
        return trip.drop(key, "D-4789", text, frame, row)
    if host.nsx and host.machine is Hardware.VMWARE_VM:
        text = f"NSX below {host.name} takes UDP {VXLAN_PORT} for itself, so the packet does not get in."
        return trip.drop(key, "D-4789", text, frame, row)
    back = trip.recorded(("vfp", host.id), inner)
    if back is not None:
        text = f"VFP takes the frame out of VXLAN and translates the answer back: it comes from {back.source.text}."
        return trip.move(key, text, *_restored(trip, machine, back), row, inferred=True)
    port = _receiver(trip, machine, inner)
    if port is None:
        text = f"VFP on {host.name} has no port for {inner.target.text}."
        return trip.drop(key, "D-PEER", text, inner, row)
    name = port.network.name if port.network is not None else ""
    vni = f", VNI {frame.vni}" if frame.vni is not None else ""
    text = f"VFP on {host.name} takes the frame out of VXLAN{vni}: “{name}”, port of {port.title}."
    return trip.move(key, text, Entering(port), inner, row)


def _receiver(trip: Trip, machine: Machine, inner: Frame) -> Port | None:
    ends = [trip.goal, *(trip.origin.ports if trip.origin is not None else ())]
    known = (port for port in ends if port is not None and port.host == machine.host.id)
    others = (port for stack in machine.stacks.values() for port in stack.ports if port.is_endpoint)
    return next((port for port in chain(known, others) if port.owns(inner.target)), None)


def _restored(trip: Trip, machine: Machine, frame: Frame) -> tuple[Entering | Routing, Frame]:
    """Return where an answer goes after its translation back: to a container here, or out of the host."""
    port = _receiver(trip, machine, frame)
    if port is not None and port.is_endpoint:
        return Entering(port), frame.framed(port.name, frame.by or "VFP")
    return Routing(machine.stack), frame.bare()
