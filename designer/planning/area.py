"""The part of a design that a suggestion looks at: the whole of it, what is near a host, or what is on one wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self, TypeVar

from designer.model.addressing import IpInterface
from designer.model.base import EntityBase
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import host_of, networks_on
from designer.model.topology import Topology

Device = PhysicalNic | HostVNic | Router | Client

E = TypeVar("E", bound=EntityBase)


class Area(NamedTuple):
    """Elements that may have taken something.

    Attributes:
        place: the hosts that the new thing will stand on; what these choose by themselves is avoided if possible.
        hosts: all hosts that are looked at.
    """

    topology: Topology
    place: tuple[Host, ...]
    hosts: tuple[Host, ...]
    networks: tuple[ContainerNetwork, ...]
    devices: tuple[Device, ...]
    segments: tuple[Segment, ...] = ()
    nats: tuple[WinNat, ...] = ()
    balancers: tuple[LoadBalancer, ...] = ()

    @classmethod
    def whole(cls, topology: Topology, *place: Host) -> Self:
        """Look at everything, for something on certain hosts or (none) outside of them."""
        return cls(
            topology,
            place,
            topology.of(Host),
            topology.of(ContainerNetwork),
            (*topology.of(PhysicalNic), *topology.of(HostVNic), *topology.of(Router), *topology.of(Client)),
            topology.of(Segment),
            topology.of(WinNat),
            topology.of(LoadBalancer),
        )

    @classmethod
    def around(cls, topology: Topology, host: Host) -> Self:
        """Look at a host, the networks that reach it, its physical networks and the routers at them."""
        inside = tuple(topology.descendants(host.id))
        nics = tuple(found for found in inside if isinstance(found, PhysicalNic))
        vnics = tuple(found for found in inside if isinstance(found, HostVNic))
        segments = _segments(topology, (nic.id for nic in nics))
        return cls(
            topology,
            (host,),
            (host,),
            networks_on(topology, host.id),
            (*nics, *vnics, *_ends(topology, segments, Router)),
            segments,
            tuple(found for found in inside if isinstance(found, WinNat)),
        )

    @classmethod
    def of_network(cls, topology: Topology, network: ContainerNetwork) -> Self:
        """Look at a network, and when it shares a physical network at all that is on that."""
        host = host_of(topology, network.id)
        hosts = (host,) if host is not None else ()
        balancers = _balancers(topology, network)
        if not on_the_wire(network):
            return cls(topology, hosts, hosts, (network,), _legs(topology, network), balancers=balancers)
        own = adapters_of(topology, network)
        segments = _segments(topology, (nic.id for nic in own))
        nics = {nic.id: nic for nic in (*own, *_ends(topology, segments, PhysicalNic))}
        networks = {found.id: found for found in (network, *_carried(topology, nics.values()))}
        vnics = tuple(vnic for found in networks.values() for vnic in _legs(topology, found))
        routers, clients = _ends(topology, segments, Router), _ends(topology, segments, Client)
        devices: tuple[Device, ...] = (*nics.values(), *vnics, *routers, *clients)
        return cls(topology, hosts, hosts, tuple(networks.values()), devices, segments, balancers=balancers)

    def interfaces(self) -> Iterator[IpInterface]:
        """Yield the addresses of all devices with their prefixes."""
        for device in self.devices:
            yield from device.addresses


def on_the_wire(network: ContainerNetwork) -> bool:
    """Whether the containers of a network have addresses of the physical network."""
    return MODES[network.mode].needs_uplink and network.mode is not NetworkMode.OVERLAY


def _ends(topology: Topology, segments: Iterable[Segment], kind: type[E]) -> tuple[E, ...]:
    found = (
        topology.find(cable.source, kind) for segment in segments for cable in topology.links_of(segment.id, Cable)
    )
    return tuple({end.id: end for end in found if end is not None}.values())


def _segments(topology: Topology, ends: Iterable[EntityId]) -> tuple[Segment, ...]:
    found = (topology.find(cable.target, Segment) for end in ends for cable in topology.links_of(end, Cable))
    return tuple({segment.id: segment for segment in found if segment is not None}.values())


def adapters_of(topology: Topology, network: ContainerNetwork) -> tuple[PhysicalNic, ...]:
    """Return the adapters under a network, members of teams one by one."""
    switch = topology.find(network.switch, VSwitch)
    found: list[PhysicalNic] = []
    for uplink in topology.links_of(switch.id if switch is not None else network.id, Uplink):
        end = topology.get(uplink.target)
        if isinstance(end, PhysicalNic):
            found.append(end)
        elif isinstance(end, SetTeam):
            found += topology.children(end.id, PhysicalNic)
    return tuple(found)


def _carried(topology: Topology, nics: Iterable[PhysicalNic]) -> Iterator[ContainerNetwork]:
    """Yield the networks that stand on adapters, their teams and their switches."""
    for nic in nics:
        team = topology.find(nic.parent, SetTeam)
        for uplink in topology.links_of(team.id if team is not None else nic.id, Uplink):
            upper = topology.get(uplink.source)
            if isinstance(upper, ContainerNetwork) and on_the_wire(upper):
                yield upper
            elif isinstance(upper, VSwitch):
                users = (found for found in topology.referrers(upper.id) if isinstance(found, ContainerNetwork))
                yield from (found for found in users if on_the_wire(found))


def _legs(topology: Topology, network: ContainerNetwork) -> tuple[HostVNic, ...]:
    found = (topology.find(link.source, HostVNic) for link in topology.links_of(network.id, Attachment))
    return tuple(vnic for vnic in found if vnic is not None)


def _balancers(topology: Topology, network: ContainerNetwork) -> tuple[LoadBalancer, ...]:
    """Return the load balancers over containers of a network."""
    workloads = (link.source for link in topology.links_of(network.id, Attachment))
    backends = (backend for workload in workloads for backend in topology.links_of(workload, Backend))
    found = (topology.find(backend.source, LoadBalancer) for backend in backends)
    return tuple({balancer.id: balancer for balancer in found if balancer is not None}.values())
