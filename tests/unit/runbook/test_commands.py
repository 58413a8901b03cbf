from __future__ import annotations

from designer.export.plan import plan
from designer.export.statements import ConnectContainer, CreateContainer, CreateSwitch, StartContainer
from designer.model.networks import NetworkMode
from designer.runbook.commands import command_of
from tests.unit.export.designs import HOST, attached, container, design, network, switches

NAT = network("nat0", NetworkMode.NAT, "172.30.8.0/24")
LAN = network("b", NetworkMode.INTERNAL, "172.30.9.0/24", name="Bob's lan")


def test_a_docker_step_has_its_command() -> None:
    topology = design(NAT, LAN, container("web01"), attached("web01", "nat0"), attached("web01", "b"))
    commands = {type(each): command_of(each) for each in plan(topology, HOST).statements}

    created = commands[CreateContainer]
    assert created.startswith("docker create --name web01 --isolation process --network 'Bob''s lan' --label ")
    assert commands[ConnectContainer] == "docker network connect nat0 web01"
    assert commands[StartContainer] == "docker start web01"


def test_a_step_of_several_commands_has_none() -> None:
    assert {command_of(each) for each in plan(switches(), HOST).statements if isinstance(each, CreateSwitch)} == {""}
