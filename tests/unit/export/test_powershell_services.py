from __future__ import annotations

from designer.export.plan import plan
from designer.export.powershell_steps import step
from designer.export.removals import RemoveNetwork
from designer.export.script import Statement
from designer.export.service_statements import CreateService, RemoveIngress, RemoveService, RestoreIngress
from tests.unit.export.designs import HOST, services


def lines(kind: type[Statement], *, teardown: bool = False) -> list[str]:
    script = plan(services(), HOST)
    statements = script.teardown() if teardown else iter(script.statements)
    return [line.strip() for each in statements if isinstance(each, kind) for line in step(each)]


def test_a_service_is_made_unless_it_is_there() -> None:
    text = "\n".join(lines(CreateService))

    assert "if (-not (Test-Service 'shop' 'settings=" in text
    assert "'--publish', 'mode=host,published=9100,target=9100,protocol=tcp'," in text
    assert "'--network', 'name=mesh,alias=store'," in text
    assert "'--detach'," in text


def test_only_a_service_of_ours_is_removed_and_its_tasks_are_waited_for() -> None:
    removal = lines(RemoveService, teardown=True)

    assert (
        removal[0]
        == "if ((Test-Service 'shop' 'element=shop') -and $PSCmdlet.ShouldProcess('shop', 'Remove service')) {"
    )
    assert removal[1:3] == ["Invoke-Docker @('service', 'rm', 'shop')", "Wait-NoTask 'shop'"]


def test_the_mesh_of_docker_goes_and_comes_back() -> None:
    assert "Remove-Ingress (Get-ForeignIngress)" in lines(RemoveIngress)
    assert "Invoke-Docker @('network', 'create', '--driver', 'overlay', '--ingress', 'ingress')" in lines(
        RestoreIngress, teardown=True
    )
    assert "Remove-Ingress 'entry'" in lines(RemoveNetwork, teardown=True)
