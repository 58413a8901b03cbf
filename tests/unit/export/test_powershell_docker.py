from __future__ import annotations

from designer.export.plan import plan
from designer.export.powershell_docker import connect, create, current, remove_container, remove_network, start
from designer.export.removals import RemoveContainer, RemoveNetwork
from designer.export.statements import ConnectContainer, CreateNetwork, StartContainer
from designer.model.identity import EntityId
from tests.unit.export.designs import HOST, engine


def lan() -> CreateNetwork:
    return next(
        each for each in plan(engine(), HOST).statements if isinstance(each, CreateNetwork) and each.name == "lan"
    )


def test_a_network_is_made_when_it_is_not_there_as_it_should_be() -> None:
    lines = create(lan())

    assert lines[0].startswith("if (-not (Test-Current network '^lan$' '")
    assert "        '--driver', 'transparent'," in lines
    assert lines[-2:] == ["    Wait-HostAddress $addresses", "}"]
    assert current(lan(), "Assert-DockerName").startswith("Assert-DockerName network '^lan$' '")


def test_a_container_joins_and_starts() -> None:
    element = EntityId("c")

    assert connect(ConnectContainer(element=element, reason="", container="web01", network="back")) == [
        "if (-not (Test-Docker container '^web01$' 'network=back') -and",
        "    $PSCmdlet.ShouldProcess('web01', 'Connect to back')) {",
        "    Invoke-Docker @('network', 'connect', 'back', 'web01')",
        "}",
    ]
    assert "    Invoke-Docker @('start', 'web01')" in start(StartContainer(element=element, reason="", name="web01"))


def test_only_what_is_ours_is_removed() -> None:
    element = EntityId("c")

    container = remove_container(RemoveContainer(element=element, reason="", name="web01"))
    network = remove_network(RemoveNetwork(element=element, reason="", name="back"))
    assert container[0].startswith("if ((Test-Ours container '^web01$' 'c')")
    assert network[0].startswith("if ((Test-Ours network '^back$' 'c')")
