"""From a design to what is drawn of it: the tree of nodes."""

from __future__ import annotations

from collections.abc import Iterable

from designer.drawing import looks
from designer.drawing.host_stack import StackCard, stack_cards
from designer.drawing.parts import Parts, Role, by_name
from designer.model.annotations import Note
from designer.model.base import Element
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.realisation import HOST_COMPARTMENT, HostRealisation, HostVNicPart, PartKey, WinNatPart, realise
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

STACK_PART = "compartment"
"""The part of a host that is its own compartment."""

_HOST_ORDER: tuple[type[Element], ...] = (
    *(WindowsContainer, HyperVContainer, Compartment, ContainerNetwork, VSwitch, PhysicalNic, SetTeam, LoadBalancer),
    Note,
)
_HOST_RANK = {kind: place for place, kind in enumerate(_HOST_ORDER)}
_ROLES: dict[type[Element], Role] = {
    WindowsContainer: Role.WORKLOAD,
    HyperVContainer: Role.WORKLOAD,
    ContainerNetwork: Role.NETWORK,
    VSwitch: Role.VSWITCH,
    PhysicalNic: Role.NIC,
    SetTeam: Role.TEAM,
    LoadBalancer: Role.BALANCER,
    HostVNic: Role.VNIC,
    WinNat: Role.WINNAT,
    Segment: Role.SEGMENT,
    Router: Role.OUTSIDE,
    Client: Role.OUTSIDE,
    Service: Role.SERVICE,
    Note: Role.NOTE,
}


def switch_part(host: EntityId) -> str:
    """Return the part of an overlay network that is its switch on one host."""
    return f"switch:{host}"


def roots_in_order(roots: Iterable[Element]) -> list[Element]:
    """Return what stands on the canvas in the order in which it is drawn: overlay networks first, each by name."""
    return sorted(roots, key=root_order)


def root_order(root: Element) -> tuple[bool, str, EntityId]:
    """Return the key of the order in which things on the canvas are drawn."""
    return (not isinstance(root, ContainerNetwork), root.name, root.id)


class Collector:
    """Adds the nodes of a design to ``parts``; ``realisations`` keeps what Windows makes of each host."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.parts = Parts()
        self.realisations: dict[EntityId, HostRealisation] = {}
        self._numbers: dict[PartKey, int] = {}
        self._vnics: dict[PartKey, HostVNicPart] = {}
        self._winnats: dict[PartKey, WinNatPart] = {}
        self._stacks: dict[EntityId, list[StackCard]] = {}
        self._sharers: dict[EntityId, list[WindowsContainer]] = {}
        self._searched: set[EntityId | None] = set()

    def collect(self) -> Parts:
        """Add everything: overlay bands first, so that they lie behind the hosts, then hosts, then the rest."""
        for root in roots_in_order(self.topology.children(None)):
            self.add_root(root)
        return self.parts

    def add_root(self, root: Element) -> None:
        """Add what stands on the canvas, with all that is in it."""
        if isinstance(root, ContainerNetwork):
            key = PartKey(root.id)
            self.parts.add(key, looks.band_look(root), Role.OVERLAY, -1, key, -1)
            self._children(root, -1)
        else:
            self._element(root, -1)

    def _sharers_of(self, container: WindowsContainer | HyperVContainer) -> list[WindowsContainer]:
        """Return the containers that are drawn in the compartment of one beside them."""
        if container.parent not in self._searched:
            self._searched.add(container.parent)
            for beside in self.topology.children(container.parent, WindowsContainer):
                root = self._share_root(beside)
                if root is not None:
                    self._sharers.setdefault(root, []).append(beside)
        return self._sharers.get(container.id, [])

    def _share_root(self, container: WindowsContainer) -> EntityId | None:
        """Return the container in whose compartment this one is drawn; None when it has its own."""
        seen = {container.id}
        owner = container
        while owner.shares_network_of is not None:
            shared = self.topology.find(owner.shares_network_of, WindowsContainer)
            if shared is None or shared.id in seen or shared.parent != container.parent:
                return None
            seen.add(shared.id)
            owner = shared
        return None if owner is container else owner.id

    def _element(self, element: Element, parent: int) -> None:
        match element:
            case Host() if parent < 0:
                self._host(element)
            case Host():  # no host stands in another; TOP014 says so
                self._zone(element, looks.host_look(element, []), Role.COMPARTMENT, parent)
            case WindowsContainer() | HyperVContainer():
                self._container(element, parent)
            case Compartment():
                number = self._numbers.get(PartKey(element.id), element.number or HOST_COMPARTMENT + 1)
                self._zone(element, looks.compartment_look(number, element.name), Role.COMPARTMENT, parent)
            case SetTeam():
                self._zone(element, looks.team_look(element), Role.TEAM, parent)
            case _:
                self._leaf(element, parent)

    def _leaf(self, element: Element, parent: int) -> None:
        key = PartKey(element.id)
        in_team = parent >= 0 and self.parts.nodes[parent].role is Role.TEAM
        mover = self.parts.nodes[parent].key if in_team else key
        frame = self.parts.frame(parent) if in_team else parent
        self.parts.add(key, self._look(element), _ROLES[type(element)], parent, mover, frame)
        self._children(element, parent)

    def _look(self, element: Element) -> looks.NodeLook:
        key = PartKey(element.id)
        match element:
            case ContainerNetwork():
                return looks.network_look(element)
            case PhysicalNic():
                uplinks = self.topology.links_of(element.id, Uplink)
                return looks.nic_look(element, any(link.target == element.id for link in uplinks))
            case HostVNic():
                part = self._vnics.get(key)
                return looks.vnic_look(part) if part is not None else looks.idle_vnic_look(element)
            case WinNat():
                prefix = element.internal_prefix.network if element.internal_prefix else None
                part_of_nat = self._winnats.get(key, WinNatPart(key, prefix, (), None, None, None))
                return looks.winnat_look(part_of_nat, element)
            case _:
                return looks.PLAIN_LOOKS[type(element)](element)

    def _children(self, element: Element, parent: int) -> None:
        """Add what a card or bar contains beside it: nothing is lost, however odd the design."""
        for child in by_name(self.topology.children(element.id)):
            self._element(child, parent)

    def _zone(self, element: Element, look: looks.NodeLook, role: Role, parent: int) -> None:
        key = PartKey(element.id)
        row = self.parts.add(key, look, role, parent, key, parent)
        children = [child for child in by_name(self.topology.children(element.id)) if self._has_own_place(child)]
        for child in children:
            self._element(child, row)
        for card in self._stacks.get(element.id, ()):
            self.parts.add(card.key, card.look, card.role, row, key, parent)
        self.parts.close(row)

    def _has_own_place(self, element: Element) -> bool:
        return not isinstance(element, WindowsContainer) or self._share_root(element) is None

    def _container(self, container: WindowsContainer | HyperVContainer, parent: int) -> None:
        key = PartKey(container.id)
        members = by_name(self._sharers_of(container))
        if (
            parent >= 0
            and self.parts.nodes[parent].role is Role.COMPARTMENT
            and isinstance(container, WindowsContainer)
        ):
            self.parts.add(key, self._look(container), Role.WORKLOAD, parent, key, parent)
            for member in members:
                member_key = PartKey(member.id)
                self.parts.add(member_key, self._look(member), Role.WORKLOAD, parent, member_key, parent)
            return
        zone = self._surround(container, parent)
        for member in (*members, container):
            self.parts.add(PartKey(member.id), self._look(member), Role.WORKLOAD, zone, key, parent)
        for owner in (container, *members):
            for child in by_name(self.topology.children(owner.id)):
                self._element(child, zone)
        self.parts.close(zone)

    def _surround(self, container: WindowsContainer | HyperVContainer, parent: int) -> int:
        key = PartKey(container.id)
        if isinstance(container, HyperVContainer):
            zone_key, look = PartKey(container.id, "utility-vm"), looks.utility_vm_look(container)
        else:
            zone_key = PartKey(container.id, "compartment")
            look = looks.compartment_look(self._numbers.get(zone_key, HOST_COMPARTMENT + 1))
        return self.parts.add(zone_key, look, Role.SURROUND, parent, key, parent)

    def _host(self, host: Host) -> None:
        realised = realise(self.topology, host.id)
        self.realisations[host.id] = realised
        self._numbers.update({part.key: part.number for part in realised.compartments})
        self._vnics.update({part.key: part for part in realised.host_vnics})
        self._winnats.update({part.key: part for part in realised.winnats})
        key = PartKey(host.id)
        networks = self._bars(host, realised)
        row = self.parts.add(key, looks.host_look(host, networks), Role.HOST, -1, key, -1)
        children = [child for child in self.topology.children(host.id) if self._has_own_place(child)]
        self._own_stack(host, realised, networks, row)
        rank = _HOST_RANK
        rest = [child for child in children if not isinstance(child, HostVNic | WinNat | ContainerNetwork)]
        before = [child for child in rest if rank.get(type(child), 0) < rank[ContainerNetwork]]
        for child in by_name(before):
            self._element(child, row)
        for network in networks:
            self._bar(network, host, row)
        after = [child for child in rest if rank.get(type(child), 0) >= rank[ContainerNetwork]]
        for child in sorted(after, key=lambda child: (rank[type(child)], child.name, child.id)):
            self._element(child, row)
        self.parts.close(row)

    def _bars(self, host: Host, realised: HostRealisation) -> list[ContainerNetwork]:
        """Return the networks on a host from left to right: by mode, what carries the host's address first."""
        outside = {part.outside for part in realised.winnats}
        carriers = {part.network for part in realised.host_vnics if part.key in outside}
        own = {network.id: network for network in self.topology.children(host.id, ContainerNetwork)}
        for switch in realised.switches:
            for network_id in switch.networks:
                network = self.topology.find(network_id, ContainerNetwork)
                if network is not None:
                    own[network.id] = network
        return sorted(
            own.values(),
            key=lambda network: (
                network.mode not in {"nat", "ics", "internal", "private"},
                network.id not in carriers,
                looks.MODE_ORDER[network.mode],
                network.name,
                network.id,
            ),
        )

    def _bar(self, network: ContainerNetwork, host: Host, row: int) -> None:
        if network.parent == host.id:
            self._leaf(network, row)
        else:
            key = PartKey(network.id, switch_part(host.id))
            self.parts.add(key, looks.network_look(network), Role.NETWORK, row, key, row)

    def _own_stack(self, host: Host, realised: HostRealisation, networks: list[ContainerNetwork], row: int) -> None:
        """Add the host's own compartment, unless a person drew it."""
        cards = stack_cards(self.topology, host.id, realised, networks)
        drawn = [child for child in self.topology.children(host.id, Compartment) if child.number == HOST_COMPARTMENT]
        if drawn:
            self._stacks[drawn[0].id] = cards
        elif cards:
            key = PartKey(host.id, STACK_PART)
            zone = self.parts.add(key, looks.compartment_look(HOST_COMPARTMENT), Role.STACK, row, key, row)
            for card in cards:
                self.parts.add(card.key, card.look, card.role, zone, key, row)
            self.parts.close(zone)
