"""What Windows makes of a drawing: switches, host vNICs, WinNAT, compartments, utility VMs, endpoints.

Nothing here is stored; it follows from the design and is shown, judged and exported. A part that a person has drawn
explicitly takes the place of the derived one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from designer.model.addressing import IpAddress, IpInterface, IpNetwork, contains, first_usable
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

HOST_COMPARTMENT = 1
"""The id of the compartment that the host itself is in. Source: Get-NetCompartment."""


@dataclass(frozen=True, slots=True)
class PartKey:
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
    """A Hyper-V switch and the networks on it; derived ones are made by HNS, one for each network."""

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


def host_of(topology: Topology, element: EntityId) -> Host | None:
    """Return the host that an element stands in, or the host itself; None outside all hosts."""
    found = topology.find(element, Host)
    if found is not None:
        return found
    return next((outer for outer in topology.ancestors(element) if isinstance(outer, Host)), None)


def networks_on(topology: Topology, host: EntityId) -> tuple[ContainerNetwork, ...]:
    """Return the networks that exist on a host: its own, and the overlays that reach it, sorted by name and id."""
    own = {network.id: network for network in topology.children(host, ContainerNetwork)}
    for network in topology.of(ContainerNetwork):
        if network.parent is None and _reaches(topology, network, host):
            own[network.id] = network
    return tuple(sorted(own.values(), key=lambda network: (network.name, network.id)))


def _reaches(topology: Topology, network: ContainerNetwork, host: EntityId) -> bool:
    for link in topology.links_of(network.id):
        for end in (link.source, link.target):
            if end != network.id and _stands_on(topology, end, host):
                return True
    return False


def containers_on(topology: Topology, host: EntityId) -> tuple[WindowsContainer | HyperVContainer, ...]:
    """Return the containers of a host, those in its compartments too, sorted by name and id."""
    found = [
        element for element in topology.descendants(host) if isinstance(element, WindowsContainer | HyperVContainer)
    ]
    return tuple(sorted(found, key=lambda container: (container.name, container.id)))


def uplinks_of(topology: Topology, switch_or_network: EntityId, host: EntityId) -> tuple[PhysicalNic | SetTeam, ...]:
    """Return the adapters or teams of a host that carry a switch or network."""
    ends = (topology.get(link.target) for link in topology.links_of(switch_or_network, Uplink))
    return tuple(end for end in ends if isinstance(end, PhysicalNic | SetTeam) and _stands_on(topology, end.id, host))


def _stands_on(topology: Topology, element: EntityId, host: EntityId) -> bool:
    outer = host_of(topology, element)
    return outer is not None and outer.id == host


def realise(topology: Topology, host_id: EntityId) -> HostRealisation:
    """Return what HNS, Hyper-V and WinNAT make of a host and the networks on it."""
    networks = networks_on(topology, host_id)
    switches = _switches(topology, host_id, networks)
    vnics = _host_vnics(topology, host_id, networks, switches)
    compartments, utility_vms = _surroundings(topology, host_id)
    return HostRealisation(
        host=host_id,
        switches=switches,
        host_vnics=vnics,
        winnats=_winnats(topology, host_id, networks, vnics),
        compartments=compartments,
        utility_vms=utility_vms,
        endpoints=_endpoints(topology, networks, switches, compartments, host_id),
    )


def _switches(topology: Topology, host: EntityId, networks: tuple[ContainerNetwork, ...]) -> tuple[SwitchPart, ...]:
    drawn = {switch.id: switch for switch in topology.children(host, VSwitch)}
    parts = [
        SwitchPart(
            PartKey(switch.id),
            switch.name,
            switch.switch_type,
            tuple(network.id for network in networks if network.switch == switch.id),
            tuple(uplink.id for uplink in uplinks_of(topology, switch.id, host)),
        )
        for switch in drawn.values()
    ]
    parts += [
        SwitchPart(
            PartKey(network.id, "switch"),
            network.name,
            MODES[network.mode].switch,
            (network.id,),
            tuple(uplink.id for uplink in uplinks_of(topology, network.id, host)),
        )
        for network in networks
        if network.switch not in drawn
    ]
    return tuple(parts)


def _host_vnics(
    topology: Topology, host: EntityId, networks: tuple[ContainerNetwork, ...], switches: tuple[SwitchPart, ...]
) -> tuple[HostVNicPart, ...]:
    parts: list[HostVNicPart] = []
    served: set[EntityId] = set()
    by_network = {network.id: network for network in networks}
    for vnic in (found for found in topology.descendants(host) if isinstance(found, HostVNic)):
        for link in topology.links_of(vnic.id, Attachment):
            served.add(link.target)
            switch = next(
                (part for part in switches if part.key.element == link.target or link.target in part.networks), None
            )
            if switch is not None:
                network = link.target if link.target in by_network else None
                parts.append(HostVNicPart(PartKey(vnic.id), vnic.name, switch.key, network, vnic.addresses))
    for switch in switches:
        subject = switch.key.element
        if subject in served or any(network in served for network in switch.networks):
            continue
        if _gives_host_vnic(topology, switch, by_network):
            network = subject if subject in by_network else None
            addresses = _host_addresses(topology, switch, by_network.get(subject))
            parts.append(
                HostVNicPart(
                    PartKey(subject, f"vnic:{host}"), f"vEthernet ({switch.name})", switch.key, network, addresses
                )
            )
    return tuple(parts)


def _gives_host_vnic(topology: Topology, switch: SwitchPart, networks: dict[EntityId, ContainerNetwork]) -> bool:
    drawn = topology.find(switch.key.element, VSwitch)
    if drawn is not None:
        internal = drawn.switch_type is SwitchType.INTERNAL
        return internal or (drawn.switch_type is SwitchType.EXTERNAL and drawn.allow_management_os)
    return MODES[networks[switch.key.element].mode].host_vnic


def _host_addresses(
    topology: Topology, switch: SwitchPart, network: ContainerNetwork | None
) -> tuple[IpInterface, ...]:
    if switch.switch_type is SwitchType.EXTERNAL:
        nics = (topology.find(uplink, PhysicalNic) for uplink in switch.uplinks)
        return tuple(address for nic in nics if nic is not None for address in nic.addresses)
    if network is None:
        return ()
    found: list[IpInterface] = []
    for subnet in network.subnets:
        gateway = subnet.gateway or first_usable(subnet.network)
        found.append(type(subnet.prefix)((gateway, subnet.network.prefixlen)))
    return tuple(found)


def _winnats(
    topology: Topology, host: EntityId, networks: tuple[ContainerNetwork, ...], vnics: tuple[HostVNicPart, ...]
) -> tuple[WinNatPart, ...]:
    outside = _outside(topology, host, vnics)
    outside_address = outside[1] if outside else None
    parts: list[WinNatPart] = []
    covered: set[EntityId] = set()
    nat_networks = [network for network in networks if network.mode is NetworkMode.NAT]
    for drawn in (found for found in topology.descendants(host) if isinstance(found, WinNat)):
        prefix = drawn.internal_prefix.network if drawn.internal_prefix else None
        inside = [
            network
            for network in nat_networks
            if prefix is not None and any(contains(prefix, subnet.network) for subnet in network.subnets)
        ]
        covered.update(network.id for network in inside)
        parts.append(_winnat_part(PartKey(drawn.id), prefix, inside, vnics, outside, outside_address))
    for network in nat_networks:
        if network.id not in covered:
            prefix = network.subnets[0].network if network.subnets else None
            parts.append(
                _winnat_part(PartKey(network.id, "winnat"), prefix, [network], vnics, outside, outside_address)
            )
    return tuple(parts)


def _winnat_part(
    key: PartKey,
    prefix: IpNetwork | None,
    networks: list[ContainerNetwork],
    vnics: tuple[HostVNicPart, ...],
    outside: tuple[PartKey, IpAddress | None] | None,
    outside_address: IpAddress | None,
) -> WinNatPart:
    ids = tuple(network.id for network in networks)
    inside = next((vnic.key for vnic in vnics if vnic.network in ids), None)
    return WinNatPart(key, prefix, ids, inside, outside[0] if outside else None, outside_address)


def _outside(
    topology: Topology, host: EntityId, vnics: tuple[HostVNicPart, ...]
) -> tuple[PartKey, IpAddress | None] | None:
    """Return what carries the host's address to the outside: a vNIC on an external switch, else an adapter."""
    taken: set[EntityId] = set()
    for vnic in vnics:
        uplinks = uplinks_of(topology, vnic.switch.element, host)
        taken.update(uplink.id for uplink in uplinks)
        if uplinks and vnic.addresses:
            return vnic.key, vnic.addresses[0].ip
    nics = sorted(
        (found for found in topology.descendants(host) if isinstance(found, PhysicalNic) and found.id not in taken),
        key=lambda nic: (nic.gateway is None, not nic.addresses, nic.name, nic.id),
    )
    return (PartKey(nics[0].id), nics[0].addresses[0].ip if nics[0].addresses else None) if nics else None


def _surroundings(topology: Topology, host: EntityId) -> tuple[tuple[CompartmentPart, ...], tuple[UtilityVmPart, ...]]:
    containers = containers_on(topology, host)
    drawn = topology.children(host, Compartment)
    numbers = count(HOST_COMPARTMENT + 1)
    sharers: dict[EntityId, list[EntityId]] = {}
    for container in containers:
        if container.shares_network_of is not None:
            sharers.setdefault(container.shares_network_of, []).append(container.id)
    parts: list[CompartmentPart] = []
    if not any(compartment.number == HOST_COMPARTMENT for compartment in drawn):
        parts.append(CompartmentPart(PartKey(host, "compartment"), HOST_COMPARTMENT, ()))
    for compartment in drawn:
        members = tuple(child.id for child in topology.children(compartment.id))
        number = compartment.number if compartment.number is not None else next(numbers)
        parts.append(CompartmentPart(PartKey(compartment.id), number, members))
    for container in containers:
        if isinstance(container, WindowsContainer) and container.parent == host:
            if container.shares_network_of is not None:
                continue
            members = (container.id, *sharers.get(container.id, ()))
            parts.append(CompartmentPart(PartKey(container.id, "compartment"), next(numbers), members))
    utility_vms = tuple(
        UtilityVmPart(PartKey(container.id, "utility-vm"), container.id)
        for container in containers
        if isinstance(container, HyperVContainer)
    )
    return tuple(parts), utility_vms


def _endpoints(
    topology: Topology,
    networks: tuple[ContainerNetwork, ...],
    switches: tuple[SwitchPart, ...],
    compartments: tuple[CompartmentPart, ...],
    host: EntityId,
) -> tuple[EndpointPart, ...]:
    within = {member: part.key for part in compartments for member in part.members}
    carrier = {network: switch.key for switch in switches for network in switch.networks}
    parts: list[EndpointPart] = []
    for network in networks:
        for link in topology.links_of(network.id, Attachment):
            workload = topology.get(link.source)
            if not isinstance(workload, WindowsContainer | HyperVContainer | Compartment):
                continue
            if not _stands_on(topology, workload.id, host):
                continue
            match workload:
                case HyperVContainer():
                    nic, place = NicKind.VMNIC, PartKey(workload.id, "utility-vm")
                case Compartment():
                    nic, place = NicKind.HOST_VNIC, PartKey(workload.id)
                case _:
                    nic, place = NicKind.HOST_VNIC, within.get(workload.id, PartKey(workload.id, "compartment"))
            parts.append(EndpointPart(link.id, workload.id, network.id, nic, place, carrier[network.id], link.ip))
    return tuple(parts)
