"""How a `Machine` is made from what stands on a host: stacks, interfaces, addresses, gateways, published ports."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpAddress
from designer.model.base import Element
from designer.model.fabric import Segment, SegmentSubnet
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, StaticMapping, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment, PortMapping
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.realisation import (
    HOST_COMPARTMENT,
    CompartmentPart,
    EndpointPart,
    HostVNicPart,
    PartKey,
    SwitchPart,
    realise,
)
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer
from designer.simulate.frames import Address, fixed, of_interface
from designer.simulate.machines import GATEWAY_ON_HOST, Machine, Published, wire_of
from designer.simulate.packets import FIRST_DYNAMIC_PORT
from designer.simulate.stations import Kind, Port, Stack

WITH_VLAN = frozenset({NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE})


def build_machine(topology: Topology, host: Host) -> Machine:
    """Return what is known of a host; linear in what stands on it."""
    parts = realise(topology, host.id)
    compartment = next((part for part in parts.compartments if part.number == HOST_COMPARTMENT), None)
    own = compartment.key if compartment is not None else PartKey(host.id)
    machine = Machine(topology, host, parts, own)
    for switch in parts.switches:
        machine.switches[switch.key] = switch
        machine.on_switch[switch.key] = []
        machine.adapters[switch.key] = _adapter(topology, switch)
    _add_wires(machine)
    _add_stacks(machine)
    _add_published(machine)
    return machine


def _add_wires(machine: Machine) -> None:
    """Note what reaches beyond the host: the physical networks behind its adapters, and networks that span hosts."""
    topology = machine.topology
    for element in topology.descendants(machine.host.id):
        segment = wire_of(topology, element.id) if isinstance(element, PhysicalNic) else None
        if segment is not None:
            machine.wires[element.id] = segment
            machine.read.append((segment.id, segment))
    for switch in machine.parts.switches:
        for network in (topology.find(network, ContainerNetwork) for network in switch.networks):
            if network is not None and network.parent is None:
                machine.read.append((network.id, network))


def _adapter(topology: Topology, switch: SwitchPart) -> PhysicalNic | None:
    """Return the adapter that a switch sends through: of a team, a member that has a link."""
    found: list[PhysicalNic] = []
    for uplink in switch.uplinks:
        nic = topology.find(uplink, PhysicalNic)
        found += (nic,) if nic is not None else topology.children(uplink, PhysicalNic)
    return min(found, key=lambda nic: (not nic.link_up, wire_of(topology, nic.id) is None, nic.name), default=None)


def _add_stacks(machine: Machine) -> None:
    ports: dict[PartKey, list[Port]] = {machine.own: []}
    owners: dict[PartKey, EntityId] = {machine.own: machine.host.id}
    machine.stack_of[machine.host.id] = machine.own
    for compartment in machine.parts.compartments:
        _add_compartment(machine, compartment, owners)
        ports.setdefault(compartment.key, [])
    for vm in machine.parts.utility_vms:
        machine.stack_of[vm.container] = vm.key
        owners[vm.key] = vm.container
        ports.setdefault(vm.key, [])
    for part in machine.parts.host_vnics:
        port = _host_vnic(machine, part)
        ports.setdefault(port.stack, []).append(port)
    for nic in _free_adapters(machine):
        ports[machine.own].append(_host_nic(machine, nic))
    for endpoint in machine.parts.endpoints:
        endpoint_port = _endpoint(machine, endpoint)
        if endpoint_port is not None:
            ports.setdefault(endpoint_port.stack, []).append(endpoint_port)
    for key, found in ports.items():
        owner = owners.get(key, key.element)
        element = machine.topology.find(owner, Element)
        is_host = key == machine.own
        name = element.name if element is not None else owner
        machine.stacks[key] = Stack(key, owner, name, tuple(found), host=machine.host.id, is_host=is_host)
        for port in found:
            if port.switch is not None:
                machine.on_switch[port.switch].append(port)


def _add_compartment(machine: Machine, part: CompartmentPart, owners: dict[PartKey, EntityId]) -> None:
    if part.key != machine.own:
        owners[part.key] = part.members[0] if part.key.is_derived and part.members else part.key.element
        machine.stack_of[part.key.element] = part.key
    for member in part.members:
        machine.stack_of[member] = part.key


def _host_vnic(machine: Machine, part: HostVNicPart) -> Port:
    drawn = machine.topology.find(part.key.element, HostVNic) if not part.key.is_derived else None
    inside = machine.stack_of.get(drawn.parent) if drawn is not None and drawn.parent is not None else None
    network = machine.topology.find(part.network, ContainerNetwork)
    nic = machine.adapters.get(part.switch)
    gateway = (drawn.gateway if drawn is not None else None) or (nic.gateway if nic is not None else None)
    is_leg = drawn is not None and (drawn.role == "host-endpoint" or _is_custom_leg(machine, network, drawn))
    lent = _lent(machine, part.switch)
    addresses = tuple(of_interface(address) for address in part.addresses if address.ip not in lent)
    if not addresses and nic is not None and not is_leg:
        addresses = _of_host(machine, nic)
        if gateway is None and addresses:
            gateway = _router(machine, nic, addresses[0])
    if not addresses and network is not None and network.mode in GATEWAY_ON_HOST:
        addresses = (_gateway_on_host(network, machine.host.id),)
    return Port(
        part.key,
        machine.host.id,
        inside or machine.own,
        Kind.HOST_VNIC,
        machine.host.name,
        part.name,
        addresses,
        fixed(gateway) if gateway is not None and not is_leg else None,
        machine.host.id,
        network,
        part.switch,
        vlan=(drawn.vlan or None) if drawn is not None else None,
        leg=is_leg,
        forwards=drawn is not None and drawn.forwarding,
    )


def _is_custom_leg(machine: Machine, network: ContainerNetwork | None, vnic: HostVNic) -> bool:
    """Whether a host vNIC has its address in an l2bridge subnet that is not on the wire."""
    if network is None or network.mode is not NetworkMode.L2BRIDGE or not vnic.addresses:
        return False
    return machine.is_custom(network, vnic.addresses[0].network)


def _lent(machine: Machine, switch: PartKey) -> set[IpAddress | None]:
    """Return the addresses of an adapter that its l2tunnel containers have: the fabric gives them to the adapter."""
    return {
        part.address
        for part in machine.parts.endpoints
        if part.switch == switch and _mode(machine, part.network) is NetworkMode.L2TUNNEL
    }


def _mode(machine: Machine, network: EntityId) -> NetworkMode | None:
    found = machine.topology.find(network, ContainerNetwork)
    return found.mode if found is not None else None


def _gateway_on_host(network: ContainerNetwork, host: EntityId) -> Address:
    """Return the address of the host in a network whose prefix HNS chooses."""
    return Address(f"gateway of {network.name}", owner=host, home=network.id)


def _free_adapters(machine: Machine) -> Iterator[PhysicalNic]:
    """Yield the adapters that no switch has taken."""
    taken = {uplink for switch in machine.parts.switches for uplink in switch.uplinks}
    for element in machine.topology.descendants(machine.host.id):
        if isinstance(element, PhysicalNic) and element.id not in taken:
            team = machine.topology.find(element.parent, SetTeam)
            if team is None or team.id not in taken:
                yield element


def _host_nic(machine: Machine, nic: PhysicalNic) -> Port:
    addresses = tuple(of_interface(address) for address in nic.addresses)
    addresses = addresses or _of_host(machine, nic)
    gateway = nic.gateway or (_router(machine, nic, addresses[0]) if addresses and not nic.addresses else None)
    return Port(
        PartKey(nic.id),
        machine.host.id,
        machine.own,
        Kind.NIC,
        machine.host.name,
        nic.name,
        addresses,
        fixed(gateway) if gateway is not None else None,
        machine.host.id,
        nic=nic.id,
    )


def _endpoint(machine: Machine, part: EndpointPart) -> Port | None:
    topology = machine.topology
    link = topology.find(part.attachment, Attachment)
    network = topology.find(part.network, ContainerNetwork)
    workload = topology.find(part.workload, Element)
    if link is None or network is None or workload is None:
        return None
    addresses, gateway, dhcp = _configuration(machine, part, link, network, workload)
    if network.mode is NetworkMode.TRANSPARENT:
        addresses = (*addresses, *_link_local(machine, part, network, workload))
    return Port(
        PartKey(link.id),
        workload.id,
        part.within or PartKey(workload.id),
        Kind.VMNIC if isinstance(workload, HyperVContainer) else Kind.VNIC,
        workload.name,
        workload.name,
        addresses,
        gateway,
        machine.host.id,
        network,
        part.switch,
        vlan=(network.vlan or None) if network.mode in WITH_VLAN else None,
        attachment=link,
        dhcp=dhcp,
    )


def _configuration(
    machine: Machine, part: EndpointPart, link: Attachment, network: ContainerNetwork, workload: Element
) -> tuple[tuple[Address, ...], Address | None, bool]:
    """Return the addresses of an endpoint, its default gateway, and whether both come from DHCP."""
    nic = machine.adapters.get(part.switch)
    if network.mode is NetworkMode.TRANSPARENT and not network.subnets and link.ip is None:
        leased = _leased(machine, nic, workload.name, workload.id, network.vlan or None) if nic is not None else ()
        router = _router(machine, nic, leased[0]) if nic is not None and leased else None
        unknown = (Address(workload.name, owner=workload.id, home=network.id),)
        return leased or unknown, fixed(router) if router is not None else None, True
    addresses = endpoint_addresses(link.ip, network, workload)
    subnet = _subnet_of(network, addresses[0])
    given = link.gateway or (subnet.gateway if subnet is not None else None)
    return addresses, _gateway(machine, network, subnet, given), False


def endpoint_addresses(ip: IpAddress | None, network: ContainerNetwork, workload: Element) -> tuple[Address, ...]:
    """Return the addresses of an endpoint: the fixed one, and one of each other IP version that the network has."""
    found: list[Address] = []
    if ip is not None:
        holding = (subnet.network for subnet in network.subnets if ip in subnet.network)
        found.append(fixed(ip, next(holding, None), network.id))
    for subnet in network.subnets:
        prefix = subnet.network
        if all(address.version != prefix.version for address in found):
            found.append(
                Address(workload.name, prefix=prefix, owner=workload.id, home=network.id, version=prefix.version)
            )
    if all(address.version != 4 for address in found):
        found.append(Address(workload.name, owner=workload.id, home=network.id))
    return tuple(found)


def _link_local(
    machine: Machine, part: EndpointPart, network: ContainerNetwork, workload: Element
) -> tuple[Address, ...]:
    """Return the IPv6 address that an endpoint of a transparent network gives itself, where the release does so."""
    if not has(network.mode, Feature.IPV6, machine.host.column) or not machine.host.ipv6_enabled:
        return ()
    nic = machine.adapters.get(part.switch)
    segment = machine.wire_of(nic) if nic is not None else None
    home = segment.id if segment is not None else network.id
    return (Address(f"fe80::({workload.name})", owner=workload.id, home=home, version=6),)


def _subnet_of(network: ContainerNetwork, address: Address) -> Subnet | None:
    return next((subnet for subnet in network.subnets if subnet.network == address.prefix), None)


def _gateway(
    machine: Machine, network: ContainerNetwork, subnet: Subnet | None, given: IpAddress | None
) -> Address | None:
    """Return the default gateway of an endpoint, which depends on the mode."""
    if network.mode is NetworkMode.PRIVATE:
        return None
    if network.mode is NetworkMode.OVERLAY:
        return fixed(given) if given is not None else Address(f"gateway of {network.name}", home=network.id)
    if network.mode is NetworkMode.L2BRIDGE and subnet is not None and machine.is_custom(network, subnet.network):
        legs = (vnic for vnic in machine.parts.host_vnics if vnic.network == network.id and not vnic.key.is_derived)
        own = (address.ip for leg in legs for address in leg.addresses if address.ip in subnet.network)
        leg_address = next(own, None)
        return fixed(leg_address) if leg_address is not None else (fixed(given) if given is not None else None)
    if given is not None:
        return fixed(given)
    if network.mode not in GATEWAY_ON_HOST:
        return None
    leg = next((vnic for vnic in machine.parts.host_vnics if vnic.network == network.id), None)
    if leg is None:
        return None
    if leg.addresses:
        return of_interface(leg.addresses[0])
    return _gateway_on_host(network, machine.host.id)


def _of_host(machine: Machine, nic: PhysicalNic) -> tuple[Address, ...]:
    """Return the address that a host gets by DHCP: where the adapter is said to, or the wire has a server."""
    segment = machine.wire_of(nic)
    has_server = segment is not None and any(subnet.dhcp is not None for subnet in segment.subnets)
    return _leased(machine, nic, machine.host.name, machine.host.id, None) if nic.dhcp or has_server else ()


def _leased(machine: Machine, nic: PhysicalNic, name: str, owner: EntityId, vlan: int | None) -> tuple[Address, ...]:
    """Return an address that DHCP gives on the wire behind an adapter; none without a wire."""
    segment = machine.wire_of(nic)
    if segment is None:
        return ()
    subnet = subnet_in(segment, nic, vlan)
    prefix = subnet.prefix.network if subnet is not None else None
    version = prefix.version if prefix is not None else 4
    return (Address(name, prefix=prefix, owner=owner, home=segment.id, version=version),)


def subnet_in(segment: Segment, nic: PhysicalNic, vlan: int | None) -> SegmentSubnet | None:
    """Return the subnet of a physical network that an adapter sees, with or without a tag; DHCP goes before others."""
    port = nic.switch_port
    wanted = vlan if vlan is not None else (port.vlan if port is not None else None)
    fitting = [subnet for subnet in segment.subnets if wanted is None or subnet.vlan == wanted]
    fitting = fitting or [subnet for subnet in segment.subnets if vlan is None]
    return min(fitting, key=lambda subnet: subnet.dhcp is None, default=None)


def _router(machine: Machine, nic: PhysicalNic, address: Address) -> IpAddress | None:
    segment = machine.wire_of(nic)
    subnets = segment.subnets if segment is not None else ()
    return next((subnet.router for subnet in subnets if subnet.prefix.network == address.prefix), None)


def _add_published(machine: Machine) -> None:
    for stack in machine.stacks.values():
        for port in stack.ports:
            for mapping in port.attachment.ports if port.attachment is not None else ():
                _publish(machine, port, mapping)
    for nat in (machine.topology.find(part.key.element, WinNat) for part in machine.parts.winnats):
        for static in nat.mappings if nat is not None else ():
            _map(machine, static)


def _publish(machine: Machine, port: Port, mapping: PortMapping) -> None:
    address = port.address(4)
    if address is None:
        return
    number = mapping.host_port or FIRST_DYNAMIC_PORT
    protocols = ("tcp", "udp") if mapping.protocol == "any" else (mapping.protocol,)
    for protocol in protocols:
        entry = Published(port, address, mapping.container_port)
        machine.published.setdefault((protocol, number), []).append(entry)


def _map(machine: Machine, static: StaticMapping) -> None:
    entry = Published(None, fixed(static.internal_address), static.internal_port)
    machine.published.setdefault((static.protocol, static.external_port), []).append(entry)
