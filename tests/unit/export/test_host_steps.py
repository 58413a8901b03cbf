from __future__ import annotations

from designer.export.host_steps import (
    adapter_names,
    engine_statements,
    founds_swarm,
    swarm_hosts,
    swarm_managers,
    swarm_statements,
    switch_statements,
    vnic_name,
)
from designer.export.plan import plan
from designer.export.script import Risk
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
from designer.model.hosts import DaemonSettings, Host, HostRole, HostVNic, PortVlan, SwitchType, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.realisation import uplinks_of
from designer.model.releases import OsRelease
from designer.model.workloads import Compartment
from tests.unit.export.designs import HOST, attached, design, second_manager, switch_ports, switches

HOST01 = Host(id=HOST, name="HOST01")


def test_a_host_without_settings_leaves_the_daemon_file_alone() -> None:
    assert list(engine_statements(HOST01)) == []


def test_settings_of_the_engine_are_merged() -> None:
    daemon = DaemonSettings(default_nat=False, isolation="hyperv", mtu=1450)
    host = Host(id=HOST, name="HOST01", os=OsRelease.WS2016, daemon=daemon)

    (merge,) = engine_statements(host)
    assert isinstance(merge, MergeDaemonSettings)
    assert merge.settings == (("bridge", "none"), ("exec-opts", ("isolation=hyperv",)), ("mtu", 1450))
    assert (merge.replaces_nat, merge.of_2016, merge.risk) == (True, True, Risk.STOPS_CONTAINERS)


def test_the_adapters_of_a_team_are_its_members() -> None:
    assert adapter_names(switches(), uplinks_of(switches(), EntityId("set-switch"), HOST)) == (
        "Ethernet 2",
        "Ethernet 3",
    )


def test_switches_come_with_their_vnics_addresses_and_nats() -> None:
    kinds = [type(each) for each in switch_statements(switches(), HOST01)]

    assert kinds == [
        *(CreateSwitch, CreateHostVNic, SetAddress, EnableForwarding),
        CreateSwitch,
        *(CreateSwitch, AdoptSwitch, CreateHostVNic, SetAddress, CreateHostVNic, SetAddress, SetAddress),
        *(CreateNat, AddStaticMapping),
    ]


def test_the_vnic_that_comes_with_a_switch_is_used_once_and_never_for_a_fixed_mac() -> None:
    vnics = {each.name: each for each in switch_statements(switches(), HOST01) if isinstance(each, CreateHostVNic)}

    assert {name: each.automatic for name, each in vnics.items()} == {
        "Internal [lab]": True,
        "Mgmt": True,
        "Storage": False,
    }


def test_a_vnic_is_named_without_its_alias() -> None:
    assert vnic_name(HostVNic(id=EntityId("v"), name="vEthernet (Mgmt)")) == "Mgmt"
    assert vnic_name(HostVNic(id=EntityId("v"), name="Mgmt")) == "Mgmt"


def test_what_windows_cannot_put_into_a_compartment_is_a_remark() -> None:
    room = Compartment(id=EntityId("room"), name="room", parent=HOST)
    topology = design(
        room,
        WinNat(id=EntityId("nat-1"), name="inner", parent=room.id),
        WinNat(id=EntityId("nat-2"), name="outer", parent=HOST),
    )

    texts = [each.reason for each in switch_statements(topology, HOST01) if isinstance(each, Remark)]
    assert "in the compartment of the host only" in texts[0]
    assert "no internal prefix" in texts[1]


def test_swarm_nodes_know_each_other() -> None:
    topology = second_manager()
    first, second = swarm_hosts(topology, topology.of(Host)[0])

    assert (first.name, second.name) == ("A", "B")
    assert founds_swarm(topology, first)
    assert not founds_swarm(topology, second)
    assert swarm_managers(topology, second) == (first, second)


def test_a_node_opens_its_ports_and_enters() -> None:
    topology = second_manager()
    statements = list(swarm_statements(topology, topology.of(Host)[1]))

    rules = [(each.protocol, each.port) for each in statements if isinstance(each, OpenPorts)]
    assert rules == [("TCP", 2377), ("TCP", 7946), ("UDP", 7946), ("UDP", 4790)]
    assert isinstance(statements[-1], EnterSwarm)


def test_a_worker_without_a_manager_is_told_how_to_join() -> None:
    worker = Host(id=HOST, name="HOST01", role=HostRole.SWARM_WORKER, swarm="s")

    statements = list(swarm_statements(design(host=worker), worker))
    assert isinstance(statements[-1], Remark)
    assert "docker swarm join" in statements[-1].reason


def test_an_external_switch_without_an_adapter_is_a_remark() -> None:
    topology = design(VSwitch(id=EntityId("s"), name="S", parent=HOST))

    (remark,) = switch_statements(topology, HOST01)
    assert "external switch 'S' has no adapter" in remark.reason


def test_a_vnic_without_a_switch_needs_nothing() -> None:
    topology = design(HostVNic(id=EntityId("v"), name="v", parent=HOST))

    assert list(switch_statements(topology, HOST01)) == []


def test_ports_that_the_host_opens_to_containers_are_opened() -> None:
    rules = [each for each in plan(switch_ports(), HOST).statements if isinstance(each, OpenPorts)]

    assert [(each.protocol, each.port) for each in rules] == [("TCP", 1433), ("TCP", 53), ("UDP", 53)]


def test_a_port_that_is_not_complete_is_said_and_not_set() -> None:
    vnic = HostVNic(id=EntityId("v"), name="Trunk", parent=HOST, port_vlan=PortVlan(native=10))
    switch = VSwitch(id=EntityId("s"), name="Lab", parent=HOST, switch_type=SwitchType.INTERNAL)
    statements = plan(design(switch, vnic, attached("v", "s")), HOST).statements

    assert [each.port_vlan for each in statements if isinstance(each, CreateHostVNic)] == [None]
    assert any(isinstance(each, Remark) and "is not complete" in each.reason for each in statements)
