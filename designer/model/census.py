"""What stands on a host, and which host something stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from designer.model.base import Element
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, Uplink
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer


def host_of(topology: Topology, element: EntityId) -> Host | None:
    """Return the host that an element stands in, or the host itself; None outside all hosts."""
    found = topology.find(element, Host)
    if found is not None:
        return found
    return next((outer for outer in topology.ancestors(element) if isinstance(outer, Host)), None)


def networks_on(topology: Topology, host: EntityId) -> tuple[ContainerNetwork, ...]:
    """Return the networks that exist on a host: its own, and the overlays that reach it, sorted by name and id."""
    return take_census(topology, host).networks


def containers_on(topology: Topology, host: EntityId) -> tuple[WindowsContainer | HyperVContainer, ...]:
    """Return the containers of a host, those in its compartments too, sorted by name and id."""
    found = [inner for inner in topology.descendants(host) if isinstance(inner, WindowsContainer | HyperVContainer)]
    return tuple(sorted(found, key=by_name))


def uplinks_of(topology: Topology, switch_or_network: EntityId, host: EntityId) -> tuple[PhysicalNic | SetTeam, ...]:
    """Return the adapters or teams of a host that carry a switch or network."""
    ends = (topology.get(link.target) for link in topology.links_of(switch_or_network, Uplink))
    return tuple(end for end in ends if isinstance(end, PhysicalNic | SetTeam) and _stands_on(topology, end.id, host))


def _stands_on(topology: Topology, element: EntityId, host: EntityId) -> bool:
    outer = host_of(topology, element)
    return outer is not None and outer.id == host


def by_name(element: Element) -> tuple[str, EntityId]:
    """Return the key of the stable order in which elements of a kind are listed."""
    return (element.name, element.id)


@dataclass(slots=True)
class Census:
    """What stands on a host, sorted by kind in one walk; each list in the order of the walk."""

    topology: Topology
    host: EntityId
    networks: tuple[ContainerNetwork, ...] = ()
    switches: list[VSwitch] = field(default_factory=list)
    nics: list[PhysicalNic] = field(default_factory=list)
    vnics: list[HostVNic] = field(default_factory=list)
    winnats: list[WinNat] = field(default_factory=list)
    compartments: list[Compartment] = field(default_factory=list)
    containers: list[WindowsContainer | HyperVContainer] = field(default_factory=list)
    uplinks: dict[EntityId, list[EntityId]] = field(default_factory=dict)

    def adapters(self, uplinks: Iterable[EntityId]) -> Iterator[PhysicalNic]:
        """Yield the adapters among some uplinks, members of teams included."""
        for uplink in uplinks:
            nic = self.topology.find(uplink, PhysicalNic)
            yield from (nic,) if nic is not None else self.topology.children(uplink, PhysicalNic)


def take_census(topology: Topology, host: EntityId) -> Census:
    """Walk through a host once; overlay networks are found from the ends that stand here."""
    census = Census(topology, host)
    networks: dict[EntityId, ContainerNetwork] = {}
    for element in topology.descendants(host):
        match element:
            case ContainerNetwork():
                networks[element.id] = element
            case VSwitch():
                census.switches.append(element)
            case PhysicalNic() | SetTeam():
                for link in topology.links_of(element.id, Uplink):
                    _reach(topology, link.source, networks)
                    census.uplinks.setdefault(link.source, []).append(element.id)
                if isinstance(element, PhysicalNic):
                    census.nics.append(element)
            case HostVNic() | Compartment() | WindowsContainer() | HyperVContainer():
                for attachment in topology.links_of(element.id, Attachment):
                    _reach(topology, attachment.target, networks)
                _sort_in(census, element)
            case WinNat():
                census.winnats.append(element)
    census.networks = tuple(sorted(networks.values(), key=by_name))
    census.containers.sort(key=by_name)
    return census


def _sort_in(census: Census, element: HostVNic | Compartment | WindowsContainer | HyperVContainer) -> None:
    match element:
        case HostVNic():
            census.vnics.append(element)
        case Compartment():
            census.compartments.append(element)
        case _:
            census.containers.append(element)


def _reach(topology: Topology, end: EntityId, networks: dict[EntityId, ContainerNetwork]) -> None:
    if end not in networks:
        network = topology.find(end, ContainerNetwork)
        if network is not None and network.parent is None:
            networks[end] = network
