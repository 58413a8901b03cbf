from __future__ import annotations

from typing import Any

import pytest
import yaml

from designer.export import powershell
from designer.export.ansible import render_ansible
from designer.export.plan import plan
from designer.export.rendered import ExportOptions
from designer.model.hosts import Host
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from tests.unit.export.designs import DESIGNS, HOST, container, design


class _Reader(yaml.SafeLoader):
    """Reads what Ansible calls unsafe text as text."""


def _as_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    return loader.construct_scalar(node)


_Reader.add_constructor("!unsafe", _as_text)


def play(topology: Topology, host: str = HOST, *, teardown: bool = False, what_if: bool = False) -> dict[str, Any]:
    options = ExportOptions(teardown=teardown, what_if=what_if)
    found = render_ansible(plan(topology, topology[host].id), options)  # type: ignore[index]  # an id
    ((first,),) = [yaml.load(found.text, _Reader)]
    assert isinstance(first, dict)
    return first


def script_of(found: dict[str, Any]) -> str:
    text = found["tasks"][-1]["ansible.windows.win_powershell"]["script"]
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize(
    "value", ["{{ lookup('file', 'x') }}", "{% raw %}", "a\u2028b\u0085c", "tab\there\n", "'\"`$x"]
)
def test_the_script_reaches_the_machine_as_it_is(value: str) -> None:
    topology = design(container("web01", environment=({"name": "A", "value": value},)))

    assert script_of(play(topology)) == powershell.render(plan(topology, HOST)).text


def test_braces_are_never_a_template() -> None:
    topology = design(host=Host(id=HOST, name="{{ evil }}"))
    text = render_ansible(plan(topology, HOST)).text

    assert play(topology)["hosts"] == "{{ evil }}"
    assert 'hosts: !unsafe "{{ evil }}"' in text
    assert "script: !unsafe |" in text


def test_servers_and_clients_have_features_by_other_modules() -> None:
    server, client = design(), design(host=Host(id=HOST, name="PC", os=OsRelease.WIN11))

    assert "ansible.windows.win_feature" in play(server)["tasks"][0]
    assert "ansible.windows.win_optional_feature" in play(client)["tasks"][0]


def test_the_teardown_touches_no_feature() -> None:
    (task,) = play(design(), teardown=True)["tasks"]

    assert "Removes what the setup script" in task["ansible.windows.win_powershell"]["script"]


def test_a_dry_run_is_check_mode() -> None:
    assert play(design(), what_if=True)["tasks"][-1]["check_mode"] is True


def test_the_join_token_comes_from_the_environment_and_is_not_logged() -> None:
    topology = DESIGNS["second-manager"]()
    plays = [play(topology, host.id) for host in topology.of(Host)]
    joining = [
        found["tasks"][-1]
        for found in plays
        if "parameters" in found["tasks"][-1].get("ansible.windows.win_powershell", {})
    ]

    assert joining
    assert all(task["no_log"] for task in joining)
    assert all(
        "SWARM_JOIN_TOKEN" in task["ansible.windows.win_powershell"]["parameters"]["JoinToken"] for task in joining
    )
