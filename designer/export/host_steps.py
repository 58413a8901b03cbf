"""Statements for the host below the networks: engine settings, swarm, switches, host vNICs, WinNAT."""

from __future__ import annotations

from collections.abc import Iterator

from designer.export.docker_arguments import tag
from designer.export.requirements import (
    AdapterUnswitched,
    AdapterUp,
    DefaultNatRemovable,
    Feature,
    HyperVTools,
    JoinToken,
)
from designer.export.script import Risk, Section, Statement
from designer.export.statements import (
    AddStaticMapping,
    AdoptSwitch,
    CreateHostVNic,
    CreateNat,
    CreateSwitch,
    EnableForwarding,
    EnterSwarm,
    MergeDaemonSettings,
    OpenPorts,
    Remark,
    SetAddress,
)
from designer.model.hosts import (
    DaemonSettings,
    Host,
    HostRole,
    HostVNic,
    Machine,
    PhysicalNic,
    PortVlan,
    SetTeam,
    SwitchType,
    VSwitch,
    WinNat,
)
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.realisation import networks_on, uplinks_of
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.model.workloads import Compartment

_TOOLS = (Feature("Hyper-V", "SWI024"), HyperVTools())

_ALGORITHMS = {"dynamic": "Dynamic", "hyper-v-port": "HyperVPort"}
SWARM_ROLES = (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER)


def adapter_names(topology: Topology, uplinks: tuple[PhysicalNic | SetTeam, ...]) -> tuple[str, ...]:
    """Return the adapters behind uplinks, as Get-NetAdapter names them; a team counts with its members."""
    names: list[str] = []
    for uplink in uplinks:
        members = topology.children(uplink.id, PhysicalNic) if isinstance(uplink, SetTeam) else (uplink,)
        names += sorted(member.name for member in members)
    return tuple(names)


def engine_statements(host: Host) -> Iterator[Statement]:
    """Yield the change of daemon.json, if the design asks for one."""
    settings = tuple(_daemon_settings(host.daemon))
    if settings:
        replaces_nat = not host.daemon.default_nat or host.daemon.fixed_cidr is not None
        of_2016 = host.column is OsRelease.WS2016
        shown = ", ".join(key for key, _ in settings)
        reason = f"daemon.json: {shown}; every other key stays as it is"
        if not host.daemon.default_nat:
            reason += "; Docker's own network nat goes, so that its prefix is free"
        yield MergeDaemonSettings(
            element=host.id,
            reason=reason,
            requires=(DefaultNatRemovable(of_2016),) if replaces_nat else (),
            risk=Risk.STOPS_CONTAINERS,
            settings=settings,
            replaces_nat=replaces_nat,
            of_2016=of_2016,
        )


def _daemon_settings(daemon: DaemonSettings) -> Iterator[tuple[str, str | int | tuple[str, ...]]]:
    if not daemon.default_nat:
        yield ("bridge", "none")
    if daemon.fixed_cidr is not None:
        yield ("fixed-cidr", str(daemon.fixed_cidr))
    if daemon.isolation is not None:
        yield ("exec-opts", (f"isolation={daemon.isolation}",))
    if daemon.dns:
        yield ("dns", tuple(map(str, daemon.dns)))
    if daemon.mtu is not None:
        yield ("mtu", daemon.mtu)


def opened_ports(host: Host) -> Iterator[Statement]:
    """Yield the firewall rules that let containers in at ports of the host itself."""
    for entry in host.opened_ports:
        for protocol in ("TCP", "UDP") if entry.protocol == "any" else (entry.protocol.upper(),):
            yield OpenPorts(
                element=host.id,
                reason=f"let containers in at the {protocol} port {entry.port} of {host.name}",
                rule=f"container-network-designer-{tag(host.id)}-{protocol}-{entry.port}",
                title=f"Containers ({protocol} {entry.port})",
                protocol=protocol,
                port=entry.port,
                section=Section.NETWORKS,
            )


def swarm_hosts(topology: Topology, host: Host) -> tuple[Host, ...]:
    """Return the nodes of the swarm that a host belongs to, sorted by name and id."""
    nodes = (other for other in topology.of(Host) if other.role in SWARM_ROLES and other.swarm == host.swarm)
    return tuple(sorted(nodes, key=lambda node: (node.name, node.id)))


def swarm_managers(topology: Topology, host: Host) -> tuple[Host, ...]:
    """Return the managers of the swarm that a host belongs to, sorted by name and id; they are few."""
    managers = (
        other for other in topology.of(Host) if other.role is HostRole.SWARM_MANAGER and other.swarm == host.swarm
    )
    return tuple(sorted(managers, key=lambda node: (node.name, node.id)))


def founds_swarm(topology: Topology, host: Host) -> bool:
    """Whether a host is the manager that makes the swarm and its networks: the first manager by name."""
    return host.role is HostRole.SWARM_MANAGER and swarm_managers(topology, host)[0].id == host.id


def swarm_statements(topology: Topology, host: Host) -> Iterator[Statement]:
    """Yield the firewall rules of a swarm node and how it enters the swarm."""
    if host.role not in SWARM_ROLES:
        return
    for protocol, port, purpose in (
        ("TCP", 2377, "cluster management"),
        ("TCP", 7946, "node discovery"),
        ("UDP", 7946, "node discovery"),
        ("UDP", host.vxlan_port, "VXLAN"),
    ):
        if port == 2377 and host.role is not HostRole.SWARM_MANAGER:
            continue
        title = f"Docker Swarm {purpose} ({protocol} {port})"
        yield OpenPorts(
            element=host.id,
            reason=f"let {purpose} of the swarm in: {protocol} port {port}",
            rule=f"container-network-designer-{tag(host.id)}-{protocol}-{port}",
            title=title,
            protocol=protocol,
            port=port,
        )
    managers = swarm_managers(topology, host)
    founds = managers[:1] == (host,)
    others = () if founds else tuple(node for node in managers if node.id != host.id)
    addresses = tuple(node.advertise_address for node in others if node.advertise_address is not None)
    role = "manager" if host.role is HostRole.SWARM_MANAGER else "worker"
    if not founds and not addresses:
        yield Remark(
            element=host.id,
            reason=f"{host.name} cannot join its swarm: no manager has an advertise address in the design. "
            f"Join by hand with 'docker swarm join --token TOKEN MANAGER:2377' as a {role}.",
        )
        return
    if host.swarm_pools and not founds:
        reason = f"the address pools of {host.name} have no effect: the manager that founds the swarm sets them."
        yield Remark(element=host.id, reason=reason)
    yield EnterSwarm(
        element=host.id,
        reason=f"{host.name} founds the swarm" if founds else f"{host.name} joins the swarm as a {role}",
        requires=() if founds else (JoinToken(),),
        managers=addresses,
        advertise=host.advertise_address,
        data_path_port=host.vxlan_port if host.vxlan_port != 4789 else None,
        pools=host.swarm_pools if founds else (),
    )


def switch_statements(topology: Topology, host: Host) -> Iterator[Statement]:
    """Yield the administrator's switches, the host vNICs on them, and the NATs."""
    switches = sorted(topology.children(host.id, VSwitch), key=lambda switch: (switch.name, switch.id))
    used = {network.switch for network in networks_on(topology, host.id)} if switches else set()
    for switch in switches:
        if switch.switch_type is SwitchType.EXTERNAL and not uplinks_of(topology, switch.id, host.id):
            advice = "connect it to one in the design, or make it internal or private"
            yield Remark(element=switch.id, reason=f"external switch '{switch.name}' has no adapter; {advice}.")
            continue
        yield _switch(topology, host, switch)
        if switch.id in used and switch.switch_type is SwitchType.EXTERNAL:
            yield AdoptSwitch(
                element=switch.id,
                reason=f"HNS and Docker see a switch made by hand, such as '{switch.name}', only after a restart",
                risk=Risk.STOPS_CONTAINERS,
                switch=switch.name,
            )
        yield from _vnics(topology, switch)
    nats = [found for found in topology.descendants(host.id) if isinstance(found, WinNat) and found.owner == "user"]
    for nat in sorted(nats, key=lambda nat: (nat.name, nat.id)):
        yield from _nat(topology, nat)


def _switch(topology: Topology, host: Host, switch: VSwitch) -> CreateSwitch:
    uplinks = uplinks_of(topology, switch.id, host.id)
    adapters = adapter_names(topology, uplinks) if switch.switch_type is SwitchType.EXTERNAL else ()
    team = next((uplink for uplink in uplinks if isinstance(uplink, SetTeam)), None)
    where = f" on {', '.join(adapters)}" if adapters else ""
    return CreateSwitch(
        element=switch.id,
        reason=f"{switch.name}: {switch.switch_type.value} switch{where}",
        requires=(*_TOOLS, *map(AdapterUp, adapters), *map(AdapterUnswitched, adapters)),
        risk=Risk.CUTS_CONNECTION if adapters else Risk.NONE,
        name=switch.name,
        switch_type=switch.switch_type,
        adapters=adapters,
        allow_management_os=switch.allow_management_os,
        bandwidth_mode=switch.bandwidth_mode,
        teaming=team is not None or (len(adapters) > 1 and "SET006" in host.script_steps),
        algorithm=_ALGORITHMS[team.algorithm] if team is not None else "",
    )


def _vnics(topology: Topology, switch: VSwitch) -> Iterator[Statement]:
    links = topology.links_of(switch.id, Attachment)
    vnics = [vnic for link in links if (vnic := topology.find(link.source, HostVNic)) is not None]
    given = switch.switch_type is SwitchType.INTERNAL or (
        switch.switch_type is SwitchType.EXTERNAL and switch.allow_management_os
    )
    for number, vnic in enumerate(sorted(vnics, key=lambda vnic: (vnic.mac is not None, vnic.name, vnic.id))):
        if isinstance(topology.get(vnic.parent), Compartment):
            yield Remark(
                element=vnic.id,
                reason=f"host vNIC '{vnic.name}': Windows has no command that puts a vNIC into a compartment; "
                "it can only be made in the compartment of the host.",
            )
            continue
        name = vnic_name(vnic)
        yield CreateHostVNic(
            element=vnic.id,
            reason=f"{name}: vNIC of the host on {switch.name}",
            requires=_TOOLS,
            name=name,
            switch=switch.name,
            automatic=given and number == 0 and vnic.mac is None,
            mac=vnic.mac,
            vlan=vnic.vlan,
            port_vlan=vnic.port_vlan if _is_complete(vnic.port_vlan) else None,
            isolation=vnic.isolation,
            bandwidth_weight=vnic.minimum_bandwidth_weight,
            bandwidth_bits_per_second=vnic.minimum_bandwidth_bits_per_second,
        )
        if vnic.port_vlan is not None and not _is_complete(vnic.port_vlan):
            lacks = "a trunk needs a native VLAN and a list, a private VLAN a primary and secondary ones"
            yield Remark(element=vnic.id, reason=f"the {vnic.port_vlan.mode} port of {name} is not complete: {lacks}.")
        yield from vnic_addresses(vnic)


def _is_complete(port: PortVlan | None) -> bool:
    if port is None:
        return False
    if port.mode == "trunk":
        return port.native is not None and bool(port.allowed)
    return port.primary is not None and bool(port.secondary)


def vnic_name(vnic: HostVNic) -> str:
    """Return the name of a host vNIC as Hyper-V has it: without the ``vEthernet (…)`` around it."""
    if vnic.name.startswith("vEthernet (") and vnic.name.endswith(")"):
        return vnic.name[len("vEthernet (") : -1] or vnic.name
    return vnic.name


def vnic_addresses(vnic: HostVNic, section: Section = Section.SWITCHES) -> Iterator[Statement]:
    """Yield the addresses and the forwarding of a host vNIC."""
    interface = f"vEthernet ({vnic_name(vnic)})"
    for number, address in enumerate(vnic.addresses):
        gateway = vnic.gateway if number == 0 else None
        yield SetAddress(
            element=vnic.id,
            reason=f"{address} on {interface}" + (f", default gateway {gateway}" if gateway else ""),
            interface=interface,
            address=address,
            gateway=gateway,
            section=section,
        )
    if vnic.forwarding:
        reason = f"IP forwarding at {interface}"
        yield EnableForwarding(element=vnic.id, reason=reason, interface=interface, section=section)


def _nat(topology: Topology, nat: WinNat) -> Iterator[Statement]:
    if isinstance(topology.get(nat.parent), Compartment):
        yield Remark(
            element=nat.id,
            reason=f"WinNAT '{nat.name}': New-NetNat works in the compartment of the host only; draw it in the host.",
        )
        return
    if nat.internal_prefix is None:
        yield Remark(
            element=nat.id,
            reason=f"WinNAT '{nat.name}' has no internal prefix, and New-NetNat needs one; give it one in the design.",
        )
        return
    yield CreateNat(
        element=nat.id,
        reason=f"{nat.name}: WinNAT for {nat.internal_prefix.network}",
        name=nat.name,
        prefix=nat.internal_prefix.network,
    )
    for mapping in nat.mappings:
        inside = f"{mapping.internal_address}:{mapping.internal_port}"
        yield AddStaticMapping(
            element=nat.id,
            reason=f"{nat.name}: {mapping.protocol} port {mapping.external_port} of the host to {inside}",
            nat=nat.name,
            mapping=mapping,
        )


def mac_spoofing_remark(host: Host, networks: tuple[ContainerNetwork, ...]) -> Iterator[Statement]:
    """Yield what a hypervisor other than Hyper-V must allow, which no script in the machine can do."""
    if host.machine in (Machine.VMWARE_VM, Machine.OTHER_VM) and networks:
        names = ", ".join(network.name for network in networks)
        yield Remark(
            element=host.id,
            reason=f"{host.name} is a virtual machine: the adapter of {names} must be allowed to send from other MAC "
            "addresses. On VMware: forged transmits and promiscuous mode.",
        )
