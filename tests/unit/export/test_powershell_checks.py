from __future__ import annotations

from designer.export.plan import plan
from designer.export.powershell_checks import checks
from designer.export.script import Statement
from designer.export.statements import ConnectContainer, CreateNetwork, CreateSwitch
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from tests.unit.export.designs import (
    HOST,
    attached,
    container,
    design,
    engine,
    network,
    own_nat_on_2016,
    second_manager,
    switches,
)


def asked(topology: Topology, kind: type[Statement], host: EntityId = HOST) -> list[str]:
    found = [each for each in plan(topology, host).statements if isinstance(each, kind)]
    return [line.strip() for statement in found for line in checks(statement, "")]


def test_an_adapter_must_be_free_of_other_switches() -> None:
    assert "Assert-AdapterUnswitched 'Ethernet 2' 'container-network-designer: set-switch'" in asked(
        switches(), CreateSwitch
    )
    assert "Assert-AdapterKnown 'Ethernet 2' 'lan'" in asked(engine(), CreateNetwork)


def test_a_container_that_runs_cannot_join_a_further_network() -> None:
    assert asked(engine(), ConnectContainer) == [
        "Assert-Stopped '^api01$' 'network=back' 'HOT002'",
        "Assert-Stopped '^web01$' 'network=back' 'HOT003' -ContainerdOnly",
    ]
    host = Host(id=HOST, name="HOST01", os=OsRelease.WS2016)
    both = design(
        network("a", NetworkMode.NAT, "172.31.0.0/24"),
        network("b", NetworkMode.INTERNAL, "172.31.1.0/24"),
        container("web01"),
        attached("web01", "a"),
        attached("web01", "b"),
        host=host,
    )
    assert asked(both, ConnectContainer) == ["Assert-Stopped '^web01$' 'network=b' 'HOT001'"]


def test_only_a_manager_makes_networks_of_the_swarm() -> None:
    assert "Assert-SwarmManager 'mesh'" in asked(second_manager(), CreateNetwork, EntityId("manager-a"))


def test_a_release_without_hns_commands_is_not_asked_about_hns() -> None:
    assert not any("AdapterKnown" in line for line in asked(own_nat_on_2016(), CreateNetwork))
