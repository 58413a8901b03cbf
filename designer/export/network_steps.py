"""Statements for the container networks of a host and for the host's own endpoints in them."""

from __future__ import annotations

from collections.abc import Iterator

from designer.errors import ExportError
from designer.export.docker_arguments import with_settings
from designer.export.host_steps import (
    SWARM_ROLES,
    adapter_names,
    founds_swarm,
    swarm_hosts,
    swarm_managers,
    vnic_addresses,
    vnic_name,
)
from designer.export.requirements import (
    AdapterKnown,
    AdapterUp,
    HnsModule,
    PrefixFree,
    Requirement,
    SharingService,
    SwarmManager,
)
from designer.export.script import Risk, Section, Statement
from designer.export.service_steps import service_networks
from designer.export.statements import CreateHostEndpoint, CreateNetwork, Remark
from designer.model.addressing import IpInterface
from designer.model.hosts import Host, HostRole, HostVNic, SwitchType, VSwitch
from designer.model.links import Attachment
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import host_of, networks_on, uplinks_of
from designer.model.releases import RELEASES, OsRelease
from designer.model.swarm import swarm_names
from designer.model.topology import Topology

SHIM = "com.docker.network.windowsshim."
VXLAN_IDS = "com.docker.network.driver.overlay.vxlanid_list"

_HCN_BUILD = RELEASES[OsRelease.WS2019].build
"""The first build with the HCN interface that hns.v2.psm1 speaks. Source: VDAPI HNS_Schema.md, schema 2.0."""


def has_hcn(host: Host) -> bool:
    """Whether the host has the HCN interface (schema 2), which policies and host endpoints are made with."""
    return host.build_number >= _HCN_BUILD


def networks_of(topology: Topology, host: Host) -> tuple[ContainerNetwork, ...]:
    """Return the networks that the script of a host speaks of: its own, and all overlays if it founds the swarm."""
    found = {network.id: network for network in networks_on(topology, host.id)}
    if founds_swarm(topology, host):
        for node in swarm_hosts(topology, host):
            found |= {each.id: each for each in networks_on(topology, node.id) if each.parent is None}
        found |= {each.id: each for each in service_networks(topology, host)}
        if len(swarm_names(topology)) == 1:
            found |= {each.id: each for each in topology.of(ContainerNetwork) if each.ingress and each.parent is None}
    return tuple(sorted(found.values(), key=lambda network: (network.name, network.id)))


def network_statements(topology: Topology, host: Host, network: ContainerNetwork) -> Iterator[Statement]:
    """Yield how a network comes into being on a host, and the host's endpoints in it.

    Raises:
        ExportError: an adapter's name cannot stand in the ``interface`` option.
    """
    if network.parent is None and not founds_swarm(topology, host):
        where = (
            "the first manager of the swarm makes it and Docker brings it here; run the script of that manager first"
        )
        if host.role not in SWARM_ROLES:
            where = f"an overlay needs a swarm, and {host.name} is in none; make the host a manager or worker of one"
        yield Remark(element=network.id, reason=f"{network.name}: {where}.")
    elif network.scope == "swarm" and not _makes_for_swarm(topology, host, network):
        yield Remark(
            element=network.id,
            reason=f"{network.name} belongs to the swarm: the script of a manager makes it, and Docker brings it here.",
        )
    elif not network.predefined:
        yield _create(topology, host, network)
        yield from _unused_switch(topology, network)
    for link in topology.links_of(network.id, Attachment):
        vnic = topology.find(link.source, HostVNic)
        if vnic is not None and _stands_on(topology, vnic, host):
            yield from _host_endpoint(topology, host, network, vnic, link)


def _makes_for_swarm(topology: Topology, host: Host, network: ContainerNetwork) -> bool:
    """Whether a host makes a network of the swarm: the first manager, or another one when the first has no such."""
    if founds_swarm(topology, host):
        return True
    if host.role is not HostRole.SWARM_MANAGER:
        return False
    managers = swarm_managers(topology, host)
    earlier = managers[: next(at for at, each in enumerate(managers) if each.id == host.id)]
    return not any(each.name == network.name for node in earlier for each in networks_on(topology, node.id))


def _stands_on(topology: Topology, vnic: HostVNic, host: Host) -> bool:
    outer = host_of(topology, vnic.id)
    return outer is not None and outer.id == host.id


def _create(topology: Topology, host: Host, network: ContainerNetwork) -> CreateNetwork:
    adapters = _adapters(topology, host, network)
    subnets = tuple((subnet.prefix, subnet.gateway) for subnet in network.subnets)
    prefixes = ", ".join(str(subnet.prefix) for subnet in network.subnets)
    facts = [f"{network.name}: {network.mode.value} network"]
    facts += [prefixes] if prefixes else []
    facts += [f"on {', '.join(adapters)}"] if adapters else []
    facts += [f"VLAN {network.vlan}"] if network.vlan else []
    moves = MODES[network.mode].needs_uplink and network.switch is None and network.mode is not NetworkMode.OVERLAY
    return with_settings(
        CreateNetwork(
            element=network.id,
            reason=" ".join(facts),
            requires=tuple(_requirements(host, network, adapters)),
            risk=Risk.CUTS_CONNECTION if moves else Risk.NONE,
            name=network.name,
            driver=network.mode.value,
            subnets=subnets,
            options=tuple(_options(network, adapters)),
            attachable=network.attachable,
            internal=network.internal_flag,
            ipv6=network.ipv6_flag,
            ingress=network.ingress,
            swarm_scope=network.scope == "swarm" and network.mode is not NetworkMode.OVERLAY,
            ip_range=network.ip_range,
            aux_addresses=network.aux_addresses,
        )
    )


def _requirements(host: Host, network: ContainerNetwork, adapters: tuple[str, ...]) -> Iterator[Requirement]:
    yield from map(AdapterUp, adapters)
    if network.switch is None and network.mode is not NetworkMode.OVERLAY and has_hcn(host):
        yield from map(AdapterKnown, adapters)
    if MODES[network.mode].switch is SwitchType.INTERNAL:
        yield from (PrefixFree(subnet.network) for subnet in network.subnets)
    if network.mode is NetworkMode.ICS or (network.mode is NetworkMode.NAT and not host.is_server):
        yield SharingService()
    if network.mode is NetworkMode.OVERLAY or network.scope == "swarm":
        yield SwarmManager()


def _adapters(topology: Topology, host: Host, network: ContainerNetwork) -> tuple[str, ...]:
    if not MODES[network.mode].needs_uplink:
        return ()
    carrier = network.switch or network.id
    adapters = adapter_names(topology, uplinks_of(topology, carrier, host.id))
    for adapter in adapters:
        if "," in adapter:
            raise ExportError(
                f"Network “{network.name}” cannot name the adapter “{adapter}”: Docker reads the comma as the start of "
                "a second adapter. Rename the adapter (Rename-NetAdapter) and change its name in the design."
            )
    return adapters


def _options(network: ContainerNetwork, adapters: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    vnis = [str(subnet.vni) for subnet in network.subnets if subnet.vni is not None]
    wanted: tuple[tuple[str, bool, str | None], ...] = (
        (SHIM + "networkname", bool(network.hns_name), network.hns_name),
        (SHIM + "interface", bool(adapters), ",".join(adapters)),
        (SHIM + "vlanid", network.vlan is not None, str(network.vlan)),
        (SHIM + "vsid", network.vsid is not None, str(network.vsid)),
        (SHIM + "dnssuffix", bool(network.dns_suffix), network.dns_suffix),
        (SHIM + "dnsservers", bool(network.dns_servers), ",".join(map(str, network.dns_servers))),
        (SHIM + "macpool", bool(network.mac_pools), ",".join(f"{p.first},{p.last}" for p in network.mac_pools)),
        (SHIM + "enable_outboundnat", network.outbound_nat, "true"),
        (
            SHIM + "outboundnat_exceptions",
            bool(network.outbound_nat_exceptions),
            ",".join(map(str, network.outbound_nat_exceptions)),
        ),
        (SHIM + "disable_gatewaydns", not network.gateway_dns, "true"),
        (VXLAN_IDS, bool(vnis), ",".join(vnis)),
        ("encrypted", network.encrypted, None),
    )
    yield from ((key, value) for key, given, value in wanted if given)
    yield from ((option.key, option.value) for option in network.options)


def _unused_switch(topology: Topology, network: ContainerNetwork) -> Iterator[Statement]:
    switch = topology.find(network.switch, VSwitch)
    if switch is not None and not MODES[network.mode].needs_uplink:
        yield Remark(
            element=network.id,
            reason=f"{network.name} cannot stand on the switch '{switch.name}': Docker names adapters, not switches, "
            f"so HNS makes an own {MODES[network.mode].switch.value} switch for {network.mode.value} networks.",
        )


def _host_endpoint(
    topology: Topology, host: Host, network: ContainerNetwork, vnic: HostVNic, link: Attachment
) -> Iterator[Statement]:
    addresses = vnic.addresses or _attached_address(network, link)
    problem = ""
    if not has_hcn(host):
        problem = "host endpoints are made with the HCN interface, which begins with Windows Server 2019"
    elif network.mode is NetworkMode.OVERLAY:
        problem = "Docker makes the HNS network of an overlay only while a container uses it"
    elif not addresses:
        problem = "it needs an address"
    if problem:
        yield Remark(element=vnic.id, reason=f"host endpoint '{vnic.name}' in {network.name}: {problem}.")
        return
    name = vnic_name(vnic)
    yield CreateHostEndpoint(
        element=vnic.id,
        reason=f"{name}: the host's own endpoint {addresses[0]} in {network.name}",
        requires=(HnsModule(),),
        name=name,
        network=network.name,
        address=addresses[0],
        mac=vnic.mac or link.mac,
    )
    yield from vnic_addresses(vnic.evolve(addresses=addresses[1:], gateway=None), Section.NETWORKS)


def _attached_address(network: ContainerNetwork, link: Attachment) -> tuple[IpInterface, ...]:
    for subnet in network.subnets:
        if link.ip is not None and link.ip in subnet.network:
            return (type(subnet.prefix)((link.ip, subnet.network.prefixlen)),)
    return ()
