"""What Windows makes of a drawing: switches, host vNICs, WinNAT, compartments, utility VMs, endpoints.

Nothing here is stored; it follows from the design and is shown, judged and exported. A part that a person has drawn
explicitly takes the place of the derived one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, first_usable
from designer.model.census import Census, by_name, containers_on, host_of, networks_on, take_census, uplinks_of
from designer.model.hosts import Host, HostVNic, PhysicalNic, SwitchType, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

__all__ = [
    "HOST_COMPARTMENT",
    "LAYERED_MODES",
    "CompartmentPart",
    "EndpointPart",
    "HostRealisation",
    "HostVNicPart",
    "NicKind",
    "PartKey",
    "SwitchPart",
    "UtilityVmPart",
    "WinNatPart",
    "containers_on",
    "host_of",
    "networks_on",
    "realise",
    "uplinks_of",
]

HOST_COMPARTMENT = 1
"""The id of the compartment that the host itself is in. Source: Get-NetCompartment."""

LAYERED_MODES = frozenset({NetworkMode.L2BRIDGE, NetworkMode.OVERLAY})
"""Modes of which several networks on one adapter share its switch. Source: microsoft/SDN start-kubelet.ps1."""


class PartKey(NamedTuple):
    """Names a part: the stored element that it follows from, and which part of it; an empty part is the element."""

    element: EntityId
    part: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether the part follows from the drawing instead of being drawn."""
        return bool(self.part)


class NicKind(StrEnum):
    """How a workload joins a switch."""

    HOST_VNIC = "host vNIC"
    VMNIC = "vmNIC"


@dataclass(frozen=True, slots=True)
class SwitchPart:
    """A Hyper-V switch and the networks on it.

    Derived ones are made by HNS: one for each network, or one for the l2bridge (overlay) networks of one adapter, which
    then is a part of the first of them.
    """

    key: PartKey
    name: str
    switch_type: SwitchType
    networks: tuple[EntityId, ...]
    uplinks: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True)
class HostVNicPart:
    """The host's own vNIC on a switch, in compartment 1."""

    key: PartKey
    name: str
    switch: PartKey
    network: EntityId | None
    addresses: tuple[IpInterface, ...]


@dataclass(frozen=True, slots=True)
class WinNatPart:
    """The translation of a nat network: what is inside, and the vNIC or adapter whose address goes outside."""

    key: PartKey
    prefix: IpNetwork | None
    networks: tuple[EntityId, ...]
    inside: PartKey | None
    outside: PartKey | None
    outside_address: IpAddress | None


@dataclass(frozen=True, slots=True)
class CompartmentPart:
    """A network compartment of the host; number 1 holds the host's own vNICs."""

    key: PartKey
    number: int
    members: tuple[EntityId, ...]


@dataclass(frozen=True, slots=True)
class UtilityVmPart:
    """The utility VM of a Hyper-V container."""

    key: PartKey
    container: EntityId


@dataclass(frozen=True, slots=True)
class EndpointPart:
    """An HNS endpoint: how one attachment reaches its switch."""

    attachment: EntityId
    workload: EntityId
    network: EntityId
    nic: NicKind
    within: PartKey | None
    switch: PartKey
    address: IpAddress | None


@dataclass(frozen=True, slots=True)
class HostRealisation:
    """All parts of one host, each group in a stable order."""

    host: EntityId
    switches: tuple[SwitchPart, ...]
    host_vnics: tuple[HostVNicPart, ...]
    winnats: tuple[WinNatPart, ...]
    compartments: tuple[CompartmentPart, ...]
    utility_vms: tuple[UtilityVmPart, ...]
    endpoints: tuple[EndpointPart, ...]

    def switch_of(self, network: EntityId) -> SwitchPart | None:
        """Return the switch that carries a network on this host."""
        return next((switch for switch in self.switches if network in switch.networks), None)


def realise(topology: Topology, host_id: EntityId) -> HostRealisation:
    """Return what HNS, Hyper-V and WinNAT make of a host and the networks on it; linear in what stands there."""
    census = take_census(topology, host_id)
    switches = _switches(census)
    vnics = _host_vnics(census, switches)
    compartments = _compartments(census)
    return HostRealisation(
        host=host_id,
        switches=switches,
        host_vnics=vnics,
        winnats=_winnats(census, switches, vnics),
        compartments=compartments,
        utility_vms=tuple(
            UtilityVmPart(PartKey(container.id, "utility-vm"), container.id)
            for container in census.containers
            if isinstance(container, HyperVContainer)
        ),
        endpoints=_endpoints(census, switches, compartments),
    )


def _switches(census: Census) -> tuple[SwitchPart, ...]:
    on_drawn: dict[EntityId, list[EntityId]] = {switch.id: [] for switch in census.switches}
    layers: dict[object, list[ContainerNetwork]] = {}
    for network in census.networks:
        if network.switch is not None and network.switch in on_drawn:
            on_drawn[network.switch].append(network.id)
        else:
            layers.setdefault(_layer(census, network), []).append(network)
    parts = [
        SwitchPart(
            PartKey(switch.id),
            switch.name,
            switch.switch_type,
            tuple(on_drawn[switch.id]),
            tuple(census.uplinks.get(switch.id, ())),
        )
        for switch in census.switches
    ]
    parts += [
        SwitchPart(
            PartKey(first.id, f"switch:{census.host}" if first.parent is None else "switch"),
            first.name,
            MODES[first.mode].switch,
            tuple(network.id for network in (first, *others)),
            tuple(census.uplinks.get(first.id, ())),
        )
        for first, *others in layers.values()
    ]
    return tuple(parts)


def _layer(census: Census, network: ContainerNetwork) -> object:
    """Return what networks on one derived switch have in common."""
    uplinks = tuple(census.uplinks.get(network.id, ()))
    return (network.mode, uplinks) if uplinks and network.mode in LAYERED_MODES else network.id


def _host_vnics(census: Census, switches: tuple[SwitchPart, ...]) -> tuple[HostVNicPart, ...]:
    carriers = {end: switch for switch in switches for end in (switch.key.element, *switch.networks)}
    by_id = {network.id: network for network in census.networks}
    parts: list[HostVNicPart] = []
    served: set[PartKey] = set()
    for vnic in census.vnics:
        for link in census.topology.links_of(vnic.id, Attachment):
            switch = carriers.get(link.target)
            if switch is not None:
                network = link.target if link.target in by_id else None
                parts.append(HostVNicPart(PartKey(vnic.id), vnic.name, switch.key, network, vnic.addresses))
                if vnic.role == "management" and _is_hosts_own(census, vnic):
                    served.add(switch.key)
    for switch in switches:
        networks = [by_id[network] for network in switch.networks]
        if switch.key not in served and _gives_host_vnic(census.topology, switch, networks):
            parts.append(
                HostVNicPart(
                    PartKey(switch.key.element, f"vnic:{census.host}"),
                    f"vEthernet ({switch.name})",
                    switch.key,
                    networks[0].id if networks else None,
                    _host_addresses(census, switch, networks),
                )
            )
    return tuple(parts)


def _is_hosts_own(census: Census, vnic: HostVNic) -> bool:
    """Whether a vNIC is in the host's own compartment."""
    compartment = census.topology.find(vnic.parent, Compartment)
    return compartment is None or compartment.number == HOST_COMPARTMENT


def _gives_host_vnic(topology: Topology, switch: SwitchPart, networks: list[ContainerNetwork]) -> bool:
    drawn = topology.find(switch.key.element, VSwitch)
    if drawn is not None:
        internal = drawn.switch_type is SwitchType.INTERNAL
        return internal or (drawn.switch_type is SwitchType.EXTERNAL and drawn.allow_management_os)
    return MODES[networks[0].mode].host_vnic


def _host_addresses(census: Census, switch: SwitchPart, networks: list[ContainerNetwork]) -> tuple[IpInterface, ...]:
    """Return the addresses of the host on a switch: the ones of its adapters, inside the gateways of its networks."""
    if switch.switch_type is SwitchType.EXTERNAL:
        return tuple(address for nic in census.adapters(switch.uplinks) for address in nic.addresses)
    found: list[IpInterface] = []
    for subnet in (subnet for network in networks for subnet in network.subnets):
        gateway = subnet.gateway or first_usable(subnet.network)
        if gateway.version == subnet.network.version:
            found.append(type(subnet.prefix)((gateway, subnet.network.prefixlen)))
    return tuple(found)


def _winnats(
    census: Census, switches: tuple[SwitchPart, ...], vnics: tuple[HostVNicPart, ...]
) -> tuple[WinNatPart, ...]:
    carried = {switch.key: switch.networks for switch in switches}
    inside = {network: vnic.key for vnic in reversed(vnics) for network in carried[vnic.switch]}
    outside, address = _outside(census, switches, vnics)
    parts: list[WinNatPart] = []
    for key, (prefix, members) in _translated(census).items():
        ids = tuple(network.id for network in sorted(members, key=by_name))
        leg = next((inside[network] for network in ids if network in inside), None)
        parts.append(WinNatPart(key, prefix, ids, leg, outside, address))
    return tuple(parts)


def _translated(census: Census) -> dict[PartKey, tuple[IpNetwork | None, list[ContainerNetwork]]]:
    """Return what each WinNAT translates: its prefix, and the nat networks in it.

    A nat network lies in a drawn WinNAT that covers it; else it has its own, or on Windows Server 2016, which has one
    WinNAT prefix, that of a nat network whose prefix covers it.
    """
    groups: dict[PartKey, tuple[IpNetwork | None, list[ContainerNetwork]]] = {}
    takers: dict[IpNetwork, PartKey] = {}
    for drawn in census.winnats:
        prefix = drawn.internal_prefix.network if drawn.internal_prefix else None
        groups[PartKey(drawn.id)] = (prefix, [])
        if prefix is not None:
            takers.setdefault(prefix, PartKey(drawn.id))
    host = census.topology.find(census.host, Host)
    shared = host is not None and host.column is OsRelease.WS2016
    nats = [network for network in census.networks if network.mode is NetworkMode.NAT]
    for network in sorted(nats, key=lambda found: found.subnets[0].network.prefixlen if found.subnets else 0):
        subnet = network.subnets[0].network if network.subnets else None
        taker = _covering(takers, subnet)
        if taker is not None:
            groups[taker][1].append(network)
            continue
        own = PartKey(network.id, "winnat")
        groups[own] = (subnet, [network])
        if shared and subnet is not None:
            takers.setdefault(subnet, own)
    return groups


def _covering(takers: dict[IpNetwork, PartKey], subnet: IpNetwork | None) -> PartKey | None:
    if subnet is None or not takers:
        return None
    lengths = range(subnet.prefixlen, -1, -1)
    return next((taker for length in lengths if (taker := takers.get(subnet.supernet(new_prefix=length)))), None)


def _outside(
    census: Census, switches: tuple[SwitchPart, ...], vnics: tuple[HostVNicPart, ...]
) -> tuple[PartKey | None, IpAddress | None]:
    """Return what carries the host's address to the outside: a vNIC on an external switch or an adapter.

    The one with a default gateway wins, then one with a link, then one with an address.
    """
    carriers = {switch.key: list(census.adapters(switch.uplinks)) for switch in switches if switch.uplinks}
    taken = {nic.id for nics in carriers.values() for nic in nics}
    ways = [(PartKey(nic.id), nic.name, nic.addresses, [nic]) for nic in census.nics if nic.id not in taken] + [
        (vnic.key, vnic.name, vnic.addresses, carriers[vnic.switch]) for vnic in vnics if vnic.switch in carriers
    ]
    if not ways:
        return None, None

    def rank(way: tuple[PartKey, str, tuple[IpInterface, ...], list[PhysicalNic]]) -> tuple[bool, bool, bool, str]:
        _, name, addresses, nics = way
        no_gateway = all(nic.gateway is None for nic in nics)
        return (no_gateway, not any(nic.link_up for nic in nics), not addresses, name)

    key, _, addresses, _ = min(ways, key=rank)
    return key, addresses[0].ip if addresses else None


def _compartments(census: Census) -> tuple[CompartmentPart, ...]:
    sharers = _sharers(census)
    given = {compartment.number for compartment in census.compartments}
    numbers = (number for number in count(HOST_COMPARTMENT + 1) if number not in given)
    parts: list[CompartmentPart] = []
    if HOST_COMPARTMENT not in given:
        parts.append(CompartmentPart(PartKey(census.host, "compartment"), HOST_COMPARTMENT, ()))
    for compartment in census.compartments:
        inner = [child.id for child in census.topology.children(compartment.id)]
        members = (*inner, *(sharer for child in inner for sharer in sharers.get(child, ())))
        number = compartment.number if compartment.number is not None else next(numbers)
        parts.append(CompartmentPart(PartKey(compartment.id), number, members))
    joined = {sharer for group in sharers.values() for sharer in group}
    for container in census.containers:
        if not isinstance(container, WindowsContainer) or container.id in joined:
            continue
        if not _is_in_compartment(census, container):
            members = (container.id, *sharers.get(container.id, ()))
            parts.append(CompartmentPart(PartKey(container.id, "compartment"), next(numbers), members))
    return tuple(parts)


def _is_in_compartment(census: Census, container: WindowsContainer) -> bool:
    return census.topology.find(container.parent, Compartment) is not None


def _sharers(census: Census) -> dict[EntityId, list[EntityId]]:
    """Return which containers use the network of which, chains followed to their end.

    Only process isolation shares, on one host; a container that cannot, or shares in a circle, has its own compartment.
    """
    here = {found.id: found for found in census.containers if isinstance(found, WindowsContainer)}
    donors: dict[EntityId, EntityId | None] = {}
    sharers: dict[EntityId, list[EntityId]] = {}
    for container in here.values():
        donor = _last_donor(here, container.id, donors)
        if donor is not None and donor != container.id and not _is_in_compartment(census, container):
            sharers.setdefault(donor, []).append(container.id)
    return sharers


def _last_donor(
    here: dict[EntityId, WindowsContainer], container: EntityId, donors: dict[EntityId, EntityId | None]
) -> EntityId | None:
    """Return whose network a container uses in the end: itself without sharing, None in a circle."""
    path: dict[EntityId, None] = {}
    current = container
    while current not in donors and current not in path:
        path[current] = None
        wanted = here[current].shares_network_of
        if wanted is None or wanted not in here:
            donors[current] = current
        else:
            current = wanted
    donor = donors.get(current)
    donors.update((step, donor) for step in path)
    return donor


def _endpoints(
    census: Census, switches: tuple[SwitchPart, ...], compartments: tuple[CompartmentPart, ...]
) -> tuple[EndpointPart, ...]:
    within = {member: part.key for part in compartments for member in part.members}
    carrier = {network: switch.key for switch in switches for network in switch.networks}
    order = {network.id: number for number, network in enumerate(census.networks)}
    parts: list[EndpointPart] = []
    for workload in (*census.compartments, *census.containers):
        nic, place = NicKind.HOST_VNIC, within.get(workload.id, PartKey(workload.id))
        if isinstance(workload, HyperVContainer):
            nic, place = NicKind.VMNIC, PartKey(workload.id, "utility-vm")
        parts += [
            EndpointPart(link.id, workload.id, link.target, nic, place, carrier[link.target], link.ip)
            for link in census.topology.links_of(workload.id, Attachment)
            if link.source == workload.id and link.target in carrier
        ]
    return tuple(sorted(parts, key=lambda part: (order[part.network], part.attachment)))
