"""The targets of an export by name. A further target adds a module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from designer.errors import ExportError, UnknownNameError
from designer.export import compose, docker, powershell
from designer.export.plan import plan
from designer.export.rendered import ExportOptions, RenderedScript
from designer.export.script import Script
from designer.model.identity import EntityId
from designer.model.topology import Topology

__all__ = ["FORMATS", "ExportOptions", "Exporter", "RenderedScript", "export_host"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """One target.

    Attributes:
        title: what the export dialog shows.
        suffix: of the files.
        language: what Pygments calls the language of the files.
        render: the script of one host as text.
        undo: how to remove what it made, where there is no teardown script and no dry run; empty where there are.
    """

    title: str
    suffix: str
    language: str
    render: Callable[[Script, ExportOptions | None], RenderedScript]
    undo: str = ""


FORMATS: Mapping[str, Exporter] = MappingProxyType(
    {
        "powershell": Exporter("PowerShell", ".ps1", "powershell", powershell.render),
        "docker": Exporter("Docker commands (PowerShell)", ".ps1", "powershell", docker.render_docker),
        "compose": Exporter("Compose file", ".compose.yaml", "yaml", compose.render_compose, compose.UNDO),
    }
)


def export_host(
    topology: Topology, host_id: EntityId, target: str = "powershell", options: ExportOptions | None = None
) -> RenderedScript:
    """Return the script of one host for a target.

    Raises:
        UnknownNameError: there is no such target.
        ExportError: the design cannot be said in the target; names the element and what to change. Or a teardown or
            dry run is wanted of a target without one.
    """
    exporter = FORMATS.get(target)
    if exporter is None:
        raise UnknownNameError("format", target, FORMATS)
    options = options or ExportOptions()
    if exporter.undo and (options.teardown or options.what_if):
        raise ExportError(f"There is no teardown and no dry run as {target}: {exporter.undo}.")
    return exporter.render(plan(topology, host_id), options)
