from __future__ import annotations

from ipaddress import ip_address, ip_interface

import pytest

from designer.export.left_out import left_out
from designer.export.plan import plan
from designer.export.statements import Remark
from designer.model.base import EntityBase
from designer.model.entities import Entity
from designer.model.hosts import (
    DaemonSettings,
    Host,
    HostRole,
    HostVNic,
    ListeningPort,
    Machine,
    PhysicalNic,
    PortVlan,
    SetTeam,
    SwitchType,
    VSwitch,
    WinNat,
)
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, Backend, PortMapping
from designer.model.networks import ContainerNetwork, DriverOption, LoadBalancer, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import Compartment, EnvironmentVariable, WindowsContainer
from tests.unit.export.designs import HOST as DESIGN_HOST
from tests.unit.export.designs import engine, pods, services, switches

HOST = Host(id=EntityId("h"), name="HOST01")
NAT = ContainerNetwork(id=EntityId("n"), name="nat0", parent=HOST.id)
WEB = WindowsContainer(id=EntityId("w"), name="web01", parent=HOST.id)
JOINED = Attachment(id=EntityId("a"), source=WEB.id, target=NAT.id)
PLAIN: tuple[EntityBase, ...] = (HOST, NAT, WEB, JOINED)


def said(*changed: EntityBase) -> list[str]:
    entities = {entity.id: entity for entity in (*PLAIN, *changed)}
    topology = Topology.of_entities(entities.values())  # type: ignore[arg-type]  # each is one of the concrete kinds
    host, network = topology.find(HOST.id, Host), topology.find(NAT.id, ContainerNetwork)
    assert host is not None
    assert network is not None
    return [each.reason for each in left_out(topology, host, (network,)) if isinstance(each, Remark)]


def test_nothing_is_said_of_defaults() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        (NAT.evolve(mtu=1400), "nat0", "MTU"),
        (NAT.evolve(driver_name="bridge"), "nat0", "the driver that was asked for"),
        (NAT.evolve(ipv4_disabled=True), "nat0", "IPv4"),
        (WEB.evolve(network_host=True), "web01", "network mode host"),
        (JOINED.evolve(inbound_limit_bytes_per_second=1000), "web01", "inbound limit"),
    ],
)
def test_each_value_that_is_not_set_is_said(changed: EntityBase, name: str, words: str) -> None:
    (sentence,) = said(changed)

    assert sentence.startswith(f"{name}: ")
    assert words in sentence


CHANGES: dict[str, dict[str, object]] = {
    "host-1": {
        "os": OsRelease.WS2016,
        "build": 20349,
        "machine": Machine.OTHER_VM,
        "role": HostRole.STANDALONE,
        "name": "HOST99",
        "swarm": "other",
        "advertise_address": ip_address("10.30.0.99"),
        "vxlan_port": 4790,
        "daemon": DaemonSettings(isolation="hyperv"),
        "swarm_pools": (ip_interface("10.70.0.0/16"),),
        "swarm_ingress": False,
        "opened_ports": (ListeningPort(port=1433),),
    },
    "team": {"mode": "lacp", "algorithm": "hyper-v-port"},
    "nic-2": {"name": "Ethernet 9"},
    "set-switch": {
        "name": "Other",
        "switch_type": SwitchType.PRIVATE,
        "allow_management_os": False,
        "bandwidth_mode": "absolute",
    },
    "vnic-mgmt": {
        "name": "Other",
        "addresses": (ip_interface("10.20.0.9/24"),),
        "gateway": ip_address("10.20.0.1"),
        "mac": "00-15-5D-20-00-09",
        "vlan": 21,
        "port_vlan": PortVlan(native=1, allowed=(2,)),
        "isolation": "vlan",
        "forwarding": True,
        "minimum_bandwidth_weight": 10,
        "minimum_bandwidth_bits_per_second": 10,
    },
    "winnat": {
        "name": "Other",
        "owner": "hns",
        "internal_prefix": ip_interface("192.168.91.0/24"),
        "mappings": (),
    },
    "lan": {
        "name": "other",
        "mode": NetworkMode.L2BRIDGE,
        "driver_name": "bridge",
        "subnets": (Subnet(prefix=ip_interface("10.60.4.0/24"), ip_blocks=(ip_interface("10.60.4.0/25"),)),),
        "predefined": True,
        "switch": "set-switch",
        "vlan": 41,
        "vsid": 5000,
        "dns_servers": (),
        "dns_suffix": "x.example",
        "mac_pools": (),
        "outbound_nat": True,
        "outbound_nat_exceptions": (ip_interface("10.0.0.0/8"),),
        "gateway_dns": False,
        "attachable": True,
        "internal_flag": True,
        "ipv6_flag": True,
        "ip_range": ip_interface("10.60.4.128/25"),
        "aux_addresses": (ip_address("10.60.4.9"),),
        "encrypted": True,
        "hns_name": "x",
        "options": (DriverOption(key="k", value="v"),),
        "ipv4_disabled": True,
        "ipam_driver": "x",
        "ipam_options": (DriverOption(key="k", value="v"),),
        "mtu": 1400,
        "scope": "swarm",
        "ingress": True,
    },
    "pod": {"number": 9, "name": "pod", "pod": False},
    "web01": {
        "name": "other",
        "image": "other",
        "command": ("cmd",),
        "environment": (EnvironmentVariable(name="A", value="b"),),
        "hostname": "x",
        "dns_servers": (ip_address("10.0.0.98"),),
        "dns_options": ("ndots:1",),
        "network_none": True,
        "network_host": True,
        "shares_network_of": "api01",
        "memory_mb": 100,
        "cpus": 2.0,
        "explicit_isolation": False,
        "forwards": True,
        "legacy_links": ("api01",),
        "linux_options": ("--privileged",),
    },
    "web01-lan": {
        "ip": ip_address("10.60.4.77"),
        "mac": "00-15-5D-60-40-77",
        "gateway": ip_address("10.60.4.99"),
        "dns_servers": (ip_address("10.0.0.99"),),
        "aliases": ("x",),
        "ports": (PortMapping(host_port=99, container_port=99),),
        "acls": (AclRule(),),
        "outbound_limit_bytes_per_second": 5,
        "inbound_limit_bytes_per_second": 5,
    },
    "balancer": {
        "name": "other",
        "vip": ip_address("10.60.4.98"),
        "protocol": "udp",
        "port": 81,
        "target_port": 81,
        "source_vip": ip_address("10.60.4.97"),
        "direct_server_return": True,
        "session_affinity": True,
        "preserve_destination": True,
    },
    "shop": {
        "name": "other",
        "swarm": "none",
        "image": "other",
        "isolation": "hyperv",
        "mode": "global",
        "replicas": 9,
        "endpoint_mode": "dnsrr",
        "ports": (),
        "constraints": (),
        "command": (),
        "environment": (),
    },
}
"""A value for each field that a script follows, by the element of the design below that has it."""

SURROUNDINGS: dict[type[EntityBase], str] = {
    Host: "update_revision edition nested_virtualization mac_spoofing promiscuous_mode memory_mb processors "
    "containers_feature hyperv_role ipv6_enabled system_drive engine_version production listening linux_nodes "
    "engine_os service_flags sharing_service blocked_ports nsx outer_nat_prefix script_steps",
    PhysicalNic: "media link_up speed_mbps model mac addresses gateway dhcp switch_port lbfo_team mtu",
    SetTeam: "name",
    VSwitch: "visible_to_docker",
    HostVNic: "role",
    WinNat: "",
    ContainerNetwork: "cni_port_mappings",
    Compartment: "name pod",
    WindowsContainer: "image_build image_revision listening",
    Attachment: "name while_running",
    LoadBalancer: "local_backends_only",
    Service: "image_build",
}
"""Fields that say what is there or how things are, which no script changes; the rules read them."""

OF_THE_DOCUMENT = {"id", "parent", "remark", "kind", "source", "target"}


def whole() -> Topology:
    """A design that has each kind of thing."""
    manager = Host(
        id=DESIGN_HOST,
        name="HOST01",
        role=HostRole.SWARM_MANAGER,
        swarm="s",
        advertise_address=ip_address("10.30.0.11"),
    )
    entities: dict[EntityId, Entity] = {}
    for topology in (services(), engine(), pods(), switches()):
        entities |= topology.entities
    del entities[EntityId("web01-front")], entities[EntityId("entry")]
    inside = Attachment(id=EntityId("web01-lan"), source=EntityId("web01"), target=EntityId("lan"))
    balancer = LoadBalancer(
        id=EntityId("balancer"), name="lb", parent=EntityId("bridge0"), vip=ip_address("10.20.0.100")
    )
    backend = Backend(id=EntityId("backend"), source=balancer.id, target=EntityId("web01"))
    entities |= {each.id: each for each in (manager, inside, balancer, backend)}
    return Topology.of_entities(entities.values())


@pytest.mark.parametrize("element", CHANGES)
def test_each_field_is_in_the_script_or_describes_the_surroundings(element: str) -> None:
    entity = whole().entities[EntityId(element)]
    described = set(SURROUNDINGS[type(entity)].split())
    ours = set(type(entity).model_fields) - OF_THE_DOCUMENT

    assert set(CHANGES[element]) | described >= ours
    before = plan(whole(), DESIGN_HOST)
    for field, value in CHANGES[element].items():
        if field in described:
            continue
        changed = entity.evolve(**{field: value})
        after = plan(Topology.of_entities({**whole().entities, entity.id: changed}.values()), DESIGN_HOST)
        assert after != before, field
