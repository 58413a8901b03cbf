from __future__ import annotations

from designer.export.docker import only_docker, render_docker
from designer.export.plan import plan
from designer.export.rendered import ExportOptions
from designer.export.statements import MergeDaemonSettings, Remark
from tests.unit.export.designs import HOST, engine, switches


def test_what_takes_more_than_docker_is_listed() -> None:
    script = only_docker(plan(engine(), HOST))

    assert not any(isinstance(each, MergeDaemonSettings) for each in script.statements)
    assert any(isinstance(each, Remark) and "not a docker command" in each.reason for each in script.statements)


def test_the_script_changes_nothing_but_by_docker() -> None:
    text = render_docker(plan(switches(), HOST)).text

    assert "New-VMSwitch" not in text
    assert "New-NetNat" not in text
    assert "'network', 'create'" in text


def test_the_teardown_removes_what_it_made() -> None:
    text = render_docker(plan(switches(), HOST), ExportOptions(teardown=True)).text

    assert "Remove-VMSwitch" not in text
    assert "'network', 'rm', 'bridge0'" in text
