"""What follows from the drawing for the selected thing: values that cannot be edited, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from designer.drawing.looks import address_giver
from designer.editing.labels import display_name
from designer.model.fabric import Segment
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Cable
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork
from designer.model.realisation import (
    EndpointPart,
    HostRealisation,
    HostVNicPart,
    NicKind,
    PartKey,
    SwitchPart,
    WinNatPart,
    host_of,
    realise,
)
from designer.model.services import Service
from designer.model.swarm import nodes_of, swarm_of
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.planning.addresses import taken_addresses
from designer.planning.area import Area
from designer.simulate.engine import trace
from designer.simulate.packets import packet_of
from designer.simulate.world import World
from designer.ui.part_words import realisation_of, words_of


class Fact(NamedTuple):
    """One derived value.

    Attributes:
        why: one or two sentences: what it follows from.
        leads_to: what to select to see or change where it comes from.
        source: what that is called.
    """

    label: str
    value: str
    why: str
    leads_to: PartKey | None = None
    source: str = ""


def facts_of(topology: Topology, key: PartKey) -> tuple[Fact, ...]:
    """Return what follows from the drawing for one selected thing."""
    return tuple(
        fact._replace(source=words_of(topology, fact.leads_to).title) if fact.leads_to is not None else fact
        for fact in _facts(topology, key)
    )


def _facts(topology: Topology, key: PartKey) -> tuple[Fact, ...]:
    if key.is_derived:
        realisation = realisation_of(topology, key)
        return tuple(_part_facts(topology, key, realisation)) if realisation is not None else ()
    entity = topology.get(key.element)
    host = host_of(topology, key.element)
    match entity:
        case ContainerNetwork():
            return tuple(_network_facts(topology, entity))
        case WindowsContainer() | HyperVContainer() | Compartment() if host is not None:
            return tuple(_workload_facts(topology, entity.id, realise(topology, host.id)))
        case PhysicalNic() if host is not None:
            return tuple(_nic_facts(topology, entity, realise(topology, host.id)))
        case Attachment():
            return tuple(_attachment_facts(topology, entity))
        case Segment():
            return tuple(_segment_facts(topology, entity))
        case Service():
            return tuple(_service_facts(topology, entity))
        case Flow():
            return tuple(_flow_facts(topology, entity))
        case VSwitch() | HostVNic() if host is not None:
            return tuple(_stored_part_facts(topology, key, realise(topology, host.id)))
        case _:
            return ()


def _part_facts(topology: Topology, key: PartKey, realisation: HostRealisation) -> Iterator[Fact]:
    for winnat in realisation.winnats:
        if winnat.key == key:
            yield from _winnat_facts(topology, winnat)
    for vnic in realisation.host_vnics:
        if vnic.key == key:
            yield from _vnic_facts(topology, vnic)
    for switch in realisation.switches:
        if switch.key == key:
            yield from _switch_facts(topology, switch)
    yield from _surroundings(topology, key, realisation)


def _surroundings(topology: Topology, key: PartKey, realisation: HostRealisation) -> Iterator[Fact]:
    for compartment in realisation.compartments:
        if compartment.key == key:
            why = (
                "The host's own vNICs, WinNAT and services are in compartment 1."
                if compartment.number == 1
                else "A Windows container gets a network compartment of its own on the host's kernel, "
                "with its own interfaces, routes and ports."
            )
            members = ", ".join(display_name(topology, topology[member]) for member in compartment.members)
            yield Fact("Contains", members or "the host itself", why, PartKey(key.element))
    for vm in realisation.utility_vms:
        if vm.key == key:
            why = "Hyper-V isolation gives each container a small virtual machine with a kernel of its own."
            yield Fact("Runs", display_name(topology, topology[vm.container]), why, PartKey(vm.container))


def _winnat_facts(topology: Topology, winnat: WinNatPart) -> Iterator[Fact]:
    network = winnat.networks[0] if winnat.networks else None
    name = _name(topology, network)
    yield Fact(
        "Internal prefix",
        str(winnat.prefix) if winnat.prefix else "HNS chooses it",
        f"WinNAT translates the subnet of {name}. Change it there.",
        PartKey(network) if network else None,
    )
    if winnat.inside is not None:
        yield Fact(
            "Inside",
            words_of(topology, winnat.inside).title,
            "Containers send to the host's vNIC on the internal switch; it is their gateway.",
            winnat.inside,
        )
    if winnat.outside is not None:
        address = str(winnat.outside_address) if winnat.outside_address else "its address"
        host = host_of(topology, winnat.outside.element)
        yield Fact(
            "Outside address",
            f"{address} on {words_of(topology, winnat.outside).title}",
            f"What leaves {name} carries {host.name if host else 'the host'}'s address in place of the container's.",
            winnat.outside,
        )
    yield from _published(topology, winnat.networks)


def _published(topology: Topology, networks: tuple[EntityId, ...]) -> Iterator[Fact]:
    for network in networks:
        for link in topology.links_of(network, Attachment):
            for port in link.ports:
                target = f"{link.ip or display_name(topology, topology[link.source])}:{port.container_port}"
                yield Fact(
                    "Port mapping",
                    f"{port.host_port}/{port.protocol} → {target}",
                    f"Published by {display_name(topology, topology[link.source])}; change it at the attachment.",
                    PartKey(link.id),
                )


def _vnic_facts(topology: Topology, vnic: HostVNicPart) -> Iterator[Fact]:
    switch = words_of(topology, vnic.switch).title
    network = topology.find(vnic.network, ContainerNetwork)
    external = network is not None and MODES[network.mode].needs_uplink
    why = (
        f"An external switch takes the adapter over; the host keeps its address on this vNIC, not on the adapter. "
        f"It stands on {switch}."
        if external or isinstance(topology.get(vnic.switch.element), VSwitch)
        else f"HNS gives the host a vNIC on the switch of {switch}; its address is the containers' gateway."
    )
    yield Fact("Addresses", _list(vnic.addresses) or "Windows or DHCP gives it", why, PartKey(vnic.switch.element))


def _switch_facts(topology: Topology, switch: SwitchPart) -> Iterator[Fact]:
    mode = topology.find(switch.key.element, ContainerNetwork)
    made = (
        f"HNS makes it for the {mode.mode.value} network {mode.name}."
        if mode
        else "The administrator made this switch."
    )
    yield Fact("Switch", f"{switch.name} · {switch.switch_type.value}", made, None)
    if switch.uplinks:
        names = ", ".join(_name(topology, uplink) for uplink in switch.uplinks)
        yield Fact("Uplink", names, "An external switch stands on an adapter or SET team.", PartKey(switch.uplinks[0]))


def _network_facts(topology: Topology, network: ContainerNetwork) -> Iterator[Fact]:
    for realisation in _realisations(topology, network):
        switch = realisation.switch_of(network.id)
        if switch is None:
            continue
        yield from _switch_facts(topology, switch)
        for vnic in realisation.host_vnics:
            if vnic.switch == switch.key:
                yield Fact("Host vNIC", vnic.name, next(_vnic_facts(topology, vnic)).why, vnic.key)
        for winnat in realisation.winnats:
            if network.id in winnat.networks:
                outside = f"outside address {winnat.outside_address}" if winnat.outside_address else "WinNAT"
                why = (
                    "A nat network has an internal switch; what leaves it goes through WinNAT, which puts the "
                    "host's address in place of the container's."
                )
                yield Fact("Translation", outside, why, winnat.key)


def _workload_facts(topology: Topology, workload: EntityId, realisation: HostRealisation) -> Iterator[Fact]:
    for compartment in realisation.compartments:
        if workload in compartment.members:
            why = "Process isolation: the container is on the host's kernel, in a network compartment of its own."
            yield Fact("Compartment", str(compartment.number), why, compartment.key)
    for vm in realisation.utility_vms:
        if vm.container == workload:
            why = "Hyper-V isolation: the container is in a virtual machine of its own."
            yield Fact("Utility VM", words_of(topology, vm.key).title, why, vm.key)
    for endpoint in realisation.endpoints:
        if endpoint.workload == workload:
            yield _endpoint_fact(topology, endpoint)


def _endpoint_fact(topology: Topology, endpoint: EndpointPart) -> Fact:
    network = topology.find(endpoint.network, ContainerNetwork)
    given = f"address from {address_giver(network)}" if network is not None else "no address"
    address = endpoint.address or given
    why = (
        "A host vNIC, because the container is on the host's kernel."
        if endpoint.nic is NicKind.HOST_VNIC
        else "A synthetic vmNIC, because the container is in a utility VM."
    )
    label = f"Endpoint on {_name(topology, endpoint.network)}"
    return Fact(label, f"{address} · {endpoint.nic.value}", why, PartKey(endpoint.attachment))


def _attachment_facts(topology: Topology, link: Attachment) -> Iterator[Fact]:
    host = host_of(topology, link.source)
    if host is None:
        return
    realisation = realise(topology, host.id)
    for endpoint in realisation.endpoints:
        if endpoint.attachment == link.id:
            fact = _endpoint_fact(topology, endpoint)
            yield fact._replace(label="Joins by", value=endpoint.nic.value, leads_to=endpoint.within)
            yield Fact("Switch", words_of(topology, endpoint.switch).title, "The network's switch.", endpoint.switch)
    network = topology.find(link.target, ContainerNetwork)
    if network is not None:
        yield from _free_addresses(topology, network)
    if network is not None and link.gateway is None and network.subnets:
        gateway = network.subnets[0].gateway or network.subnets[0].network[1]
        yield Fact("Gateway", str(gateway), f"The gateway of {network.name}'s subnet.", PartKey(network.id))


def _free_addresses(topology: Topology, network: ContainerNetwork) -> Iterator[Fact]:
    taken = set(taken_addresses(Area.whole(topology), network))
    for subnet in network.subnets:
        prefix = subnet.network
        usable = max(prefix.num_addresses - 2, 1)
        free = usable - sum(1 for address in taken if address in prefix)
        why = f"What {network.name} has left; gateways and everything with a fixed address are counted as taken."
        yield Fact("Free addresses", f"{free} of {usable} in {prefix}", why, PartKey(network.id))


def _nic_facts(topology: Topology, nic: PhysicalNic, realisation: HostRealisation) -> Iterator[Fact]:
    for switch in realisation.switches:
        if nic.id in switch.uplinks:
            why = "The switch has taken this adapter over; Windows binds no addresses to it any more."
            yield Fact(
                "Carries", f"{switch.name} · {switch.switch_type.value} switch", why, PartKey(switch.key.element)
            )
            for vnic in realisation.host_vnics:
                if vnic.switch == switch.key and nic.addresses:
                    moved = "With an external switch the host's address is on the vNIC, not on the adapter."
                    yield Fact("Its address is on", vnic.name, moved, vnic.key)
    for cable in topology.links_of(nic.id, Cable):
        why = "The cable from this adapter leads there."
        yield Fact("Cabled to", _name(topology, cable.target), why, PartKey(cable.target))


def _segment_facts(topology: Topology, segment: Segment) -> Iterator[Fact]:
    names = [_name(topology, cable.source) for cable in topology.links_of(segment.id, Cable)]
    if names:
        yield Fact("Connected", ", ".join(sorted(names)), "Cables lead from these to it.", None)


def _service_facts(topology: Topology, service: Service) -> Iterator[Fact]:
    swarm, nodes = swarm_of(topology, service), nodes_of(topology, service)
    if swarm is None:
        why = "No host is in a swarm, or there are several and the service names none of them."
        yield Fact("Runs on", "no node", why)
        return
    names = ", ".join(node.name for node in nodes) or "no node"
    why = "The nodes of its swarm that meet its constraints; the swarm chooses among them, and again when one fails."
    yield Fact("Runs on", names, why, PartKey(nodes[0].id) if nodes else None)
    if any(port.mode == "ingress" for port in service.ports):
        why = "Published by the routing mesh: any node of the swarm takes the port, whether a task runs there or not."
        yield Fact("Answers at", "every node of the swarm", why)


def _flow_facts(topology: Topology, flow: Flow) -> Iterator[Fact]:
    packet = packet_of(topology, flow)
    if flow.port is None and packet.port is not None:
        why = "The first port that the target publishes or opens, else 80; enter a port to ask for another one."
        yield Fact("Port", str(packet.port), why, PartKey(flow.target))
    found = trace(World(topology), packet)
    lost = found.reply if found.delivered and found.reply is not None and not found.reply.delivered else found
    value = (
        "arrives, and the answer comes back" if found.works else "the answer is lost" if lost is not found else "lost"
    )
    yield Fact("What becomes of it", value, lost.sentence, PartKey(lost.where) if lost.where is not None else None)


def _stored_part_facts(topology: Topology, key: PartKey, realisation: HostRealisation) -> Iterator[Fact]:
    for switch in realisation.switches:
        if switch.key == key:
            yield from _switch_facts(topology, switch)
    for vnic in realisation.host_vnics:
        if vnic.switch == key:
            yield Fact("Host vNIC", vnic.name, next(_vnic_facts(topology, vnic)).why, vnic.key)


def _realisations(topology: Topology, network: ContainerNetwork) -> list[HostRealisation]:
    own = host_of(topology, network.id)
    hosts = [own] if own is not None else list(topology.of(Host))
    found = [realise(topology, host.id) for host in hosts]
    return [part for part in found if part.switch_of(network.id) is not None]


def _name(topology: Topology, entity_id: EntityId | None) -> str:
    entity = topology.get(entity_id)
    return display_name(topology, entity) if entity is not None else "its network"


def _list(addresses: tuple[object, ...]) -> str:
    return ", ".join(str(address) for address in addresses)
