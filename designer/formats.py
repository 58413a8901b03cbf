"""What a host can be written as, by name: scripts and files for programs, run-books for people.

A further format adds a module and one line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from designer.errors import ExportError, UnknownNameError
from designer.export import ansible, bash, cmd, cni, compose, docker, hcn, hns, powershell, stack
from designer.export.plan import plan
from designer.export.rendered import ExportOptions, RenderedScript
from designer.export.script import Script
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.runbook.html import render_html
from designer.runbook.markdown import render_markdown

__all__ = ["FORMATS", "ExportOptions", "Exporter", "RenderedScript", "export_host"]

Render = Callable[[Topology, Host, ExportOptions], RenderedScript]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format.

    Attributes:
        title: what the export dialog shows.
        suffix: of the files.
        language: what Pygments calls the language of the files.
        render: writes one host of a design.
        undo: how to remove what it made, where there is no teardown script and no dry run; empty where there are.
    """

    title: str
    suffix: str
    language: str
    render: Render
    undo: str = ""


def _planned(render: Callable[[Script, ExportOptions | None], RenderedScript]) -> Render:
    """Return the format of what is rendered from the plan of a host."""
    return lambda topology, host, options: render(plan(topology, host.id, options.spoken), options)


_IN_THE_BOOK = "the run-book holds the teardown script too"

FORMATS: Mapping[str, Exporter] = MappingProxyType(
    {
        "powershell": Exporter("PowerShell", ".ps1", "powershell", _planned(powershell.render)),
        "docker": Exporter("Docker commands (PowerShell)", ".ps1", "powershell", _planned(docker.render_docker)),
        "bash": Exporter("Docker commands (Bash, remote)", ".sh", "bash", _planned(bash.render_bash)),
        "cmd": Exporter("Docker commands (batch file)", ".cmd", "batch", _planned(cmd.render_cmd)),
        "compose": Exporter("Compose file", ".compose.yaml", "yaml", _planned(compose.render_compose), compose.UNDO),
        "stack": Exporter("Stack file (swarm)", ".stack.yaml", "yaml", _planned(stack.render_stack), stack.UNDO),
        "ansible": Exporter("Ansible playbook", ".ansible.yaml", "yaml", _planned(ansible.render_ansible)),
        "hns": Exporter("HNS requests (version 1)", ".hns.json", "json", hns.render_hns, hns.UNDO),
        "hcn": Exporter("HCN settings (version 2)", ".hcn.json", "json", hcn.render_hcn, hcn.UNDO),
        "cni": Exporter("CNI configuration", ".cni.json", "json", cni.render_cni, cni.UNDO),
        "markdown": Exporter("Run-book (Markdown)", ".md", "markdown", render_markdown, _IN_THE_BOOK),
        "html": Exporter("Run-book (HTML)", ".html", "html", render_html, _IN_THE_BOOK),
    }
)


def export_host(
    topology: Topology, host_id: EntityId, target: str = "powershell", options: ExportOptions | None = None
) -> RenderedScript:
    """Return one host of a design in a format.

    Raises:
        UnknownNameError: there is no such format.
        ExportError: there is no such host; the design cannot be said in the format: names the element and what to
            change; or a teardown or dry run is wanted of a format without one.
    """
    exporter = FORMATS.get(target)
    if exporter is None:
        raise UnknownNameError("format", target, FORMATS)
    host = topology.find(host_id, Host)
    if host is None:
        raise ExportError(f"There is no host “{host_id}” in the design; name one of its hosts.")
    options = options or ExportOptions()
    if exporter.undo and (options.teardown or options.what_if):
        raise ExportError(f"There is no teardown and no dry run as {target}: {exporter.undo}.")
    return exporter.render(topology, host, options)
