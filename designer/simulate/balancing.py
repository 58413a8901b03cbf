"""Load balancing by VFP: a virtual address becomes a back end."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.links import Backend
from designer.model.modes import Feature, has
from designer.model.networks import LoadBalancer, NetworkMode
from designer.model.realisation import PartKey, host_of
from designer.model.services import Service
from designer.simulate.ends import stack_of_element
from designer.simulate.frames import Address, Frame, fixed
from designer.simulate.machines import Machine
from designer.simulate.stations import Port
from designer.simulate.steps import Dropped
from designer.simulate.tasks import make_task, task_nodes
from designer.simulate.trip import Trip


@dataclass(frozen=True, slots=True)
class Chosen:
    """The back end of a connection, the packet to it, and what happened in a sentence."""

    port: Port
    frame: Frame
    text: str


def is_virtual(trip: Trip, address: Address) -> bool:
    """Whether an address is that of a load balancer or of a service."""
    if address.key in trip.vips:
        return True
    return address.ip is not None and trip.world.balancer(address.ip) is not None


def virtual_row(port: Port) -> str:
    """Return the packet path of what an endpoint sends to a virtual address."""
    return "O10" if port.mode is NetworkMode.OVERLAY else "B12"


def balance(trip: Trip, machine: Machine, port: Port, frame: Frame, row: str) -> Chosen | Dropped:
    """Choose a back end for a packet to a virtual address, at the port of the sender."""
    service = trip.vips.get(frame.target.key)
    if service is not None:
        return _of_service(trip, machine, port, service, frame, row)
    balancer = trip.world.balancer(frame.target.ip)
    assert balancer is not None
    return of_balancer(trip, machine, port, balancer, frame, row)


def of_balancer(
    trip: Trip, machine: Machine, sender: Port | None, balancer: LoadBalancer, frame: Frame, row: str
) -> Chosen | Dropped:
    """Choose a back end of a load balancer; for packets of a container on a host, or from outside to the host."""
    key = PartKey(balancer.id)
    problem = _unable(trip, machine, sender, balancer, frame)
    if problem:
        return trip.drop(key, "D-LB", problem, frame, row)
    backends = list(_backends(trip, balancer, machine, sender))
    if not backends:
        where = f" on {machine.host.name}" if balancer.local_backends_only else ""
        text = f"{balancer.name} has no back end{where} on a network of VFP, so {frame.target.text} leads nowhere."
        return trip.drop(key, "D-LB", text, frame, row)
    chosen = backends[0]
    address = chosen.address(frame.target.version)
    assert address is not None
    source = frame.source
    if not balancer.direct_server_return:
        source = _source(trip, machine, balancer) or source
    after = frame._replace(source=source, target=address, target_port=balancer.target_port)
    if source is not frame.source:
        after = after._replace(source_port=trip.new_port())
    return _recorded(trip, machine, chosen, frame, after, f"{balancer.name}: {_among(len(backends))}", sender)


def _among(count: int) -> str:
    return "the only back end" if count == 1 else f"one of {count} back ends"


def _recorded(
    trip: Trip, machine: Machine, chosen: Port, before: Frame, after: Frame, what: str, sender: Port | None
) -> Chosen:
    trip.record(("vfp", machine.host.id), before, after)
    own = sender or machine.main_port()
    if own is not None and after.source is not before.source and not own.owns(after.source):
        trip.stand_in(after.source.key, own)
    trip.goal = chosen
    trip.mapped = True
    source = "" if after.source is before.source else f", and its source becomes {after.source.text}"
    text = f"VFP balances {before.target.text} to {chosen.title} ({after.target.text}), {what}{source}."
    return Chosen(chosen, after, text)


def _unable(trip: Trip, machine: Machine, sender: Port | None, balancer: LoadBalancer, frame: Frame) -> str:
    """Return why VFP does not balance a packet; empty when it does."""
    host, name = machine.host, balancer.name
    where = host_of(trip.world.topology, balancer.id)
    if where is not None and where.id != host.id:
        return f"{name} is set up on {where.name}, and VFP on {host.name} does not know {frame.target.text}."
    if (balancer.protocol, balancer.port) != (frame.protocol, frame.target_port):
        return f"{name} balances {balancer.protocol}/{balancer.port}, not {frame.protocol}/{frame.target_port}."
    mode = sender.mode if sender is not None and sender.mode is not None else NetworkMode.L2BRIDGE
    if not has(mode, Feature.LOAD_BALANCING, host.column):
        return f"VFP balances no load on a {mode} network of {host.name}, so nothing answers at {frame.target.text}."
    if mode is NetworkMode.OVERLAY and balancer.source_vip is None and not balancer.direct_server_return:
        trip.warn("LBL003", f"{name} has no source VIP, which overlay networks need.")
        return f"{name} has no source VIP, so HNS does not make it on an overlay network."
    return ""


def _source(trip: Trip, machine: Machine, balancer: LoadBalancer) -> Address | None:
    """Return the address that connections to the back ends come from."""
    if balancer.source_vip is not None:
        return fixed(balancer.source_vip)
    main = machine.main_port()
    return main.address(4) if main is not None else None


def _backends(trip: Trip, balancer: LoadBalancer, machine: Machine, sender: Port | None) -> list[Port]:
    """Return the interfaces that can answer: those on a network with VFP, of an overlay the one of the sender."""
    found: list[Port] = []
    overlay = sender.network if sender is not None and sender.mode is NetworkMode.OVERLAY else None
    for link in trip.world.topology.links_of(balancer.id, Backend):
        stack = stack_of_element(trip, link.target)
        for port in stack.ports if stack is not None else ():
            fits = port.has_vfp and (overlay is None or (port.network is not None and port.network.id == overlay.id))
            if fits and (port.host == machine.host.id or not balancer.local_backends_only) and port.address(4):
                found.append(port)
                break
    return found


def _of_service(
    trip: Trip, machine: Machine, sender: Port, service: Service, frame: Frame, row: str
) -> Chosen | Dropped:
    """Choose a task for the virtual address of a service."""
    host = machine.host
    if not has(NetworkMode.OVERLAY, Feature.LOAD_BALANCING, host.column):
        text = f"{host.name} has no virtual addresses of services before version 1709; endpoint mode dnsrr works there."
        return trip.drop(PartKey(service.id), "D-LB", text, frame, row)
    nodes = task_nodes(trip.world.topology, service)
    node = next((node for node in nodes if node.id == host.id), nodes[0])
    stack = make_task(trip, service, node)
    network = sender.network.id if sender.network is not None else None
    chosen = next(port for port in stack.ports if port.network is not None and port.network.id == network)
    source = source_vip(host.name, machine, chosen)
    after = frame._replace(source=source, source_port=trip.new_port(), target=chosen.addresses[0])
    return _recorded(trip, machine, chosen, frame, after, f"{service.name}: {_among(len(nodes))}", sender)


def source_vip(name: str, machine: Machine, port: Port) -> Address:
    """Return the address of a node in an overlay network that balanced connections come from."""
    home = port.network.id if port.network is not None else None
    prefix = port.addresses[0].prefix if port.addresses else None
    return Address(f"source VIP of {name}", prefix=prefix, owner=machine.host.id, home=home)
