"""What both shells call and tests import: load, check, fix, export, render, lay out and save designs.

The parts that need numpy or the exporters are imported when they are first used, so that a check starts quickly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from designer.errors import ExportError, NothingToExportError, UnknownNameError
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.hosts import Host
from designer.model.topology import Topology
from designer.resources import example_folder
from designer.rules.catalogue import catalogue, rule_of
from designer.rules.mending import Fixed, has_quick_fix, is_safe, mend
from designer.rules.registry import Judged, Severity
from designer.rules.runner import Judgement, judge
from designer.rules.suppressing import About, Sifted, sift
from designer.simulate import engine
from designer.simulate import matrix as reach
from designer.simulate.asking import packet_from_words
from designer.simulate.world import World
from designer.storage import codec, files
from designer.storage.document import Document
from designer.storage.schema import schema

if TYPE_CHECKING:
    from designer.drawing.scene import Scene
    from designer.drawing.theme import Theme
    from designer.explaining.explain import Explanation
    from designer.export.rendered import RenderedScript
    from designer.simulate.trace import Addressing, Trace

__all__ = [
    "Document",
    "Exported",
    "Fixed",
    "Template",
    "catalogue",
    "check",
    "examples",
    "explain",
    "export",
    "export_formats",
    "fix",
    "has_quick_fix",
    "is_safe",
    "layout",
    "load",
    "matrix",
    "mode_tables",
    "new",
    "parse",
    "render_svg",
    "rule_of",
    "save",
    "scene",
    "schema",
    "sifted",
    "templates",
    "theme",
    "title_of",
    "to_bytes",
    "trace",
]


def load(path: Path | str) -> Document:
    """Return the design in a file.

    Raises:
        FileAccessError: the file cannot be read.
        DocumentError: it holds no design.
    """
    return files.load(path)


def parse(content: bytes, name: str) -> Document:
    """Return the design in a text that did not come from a file; the name is for messages."""
    return codec.decode(content, name)


def to_bytes(document: Document) -> bytes:
    """Return what ``save`` would write."""
    return codec.encode(document)


def save(document: Document, path: Path | str) -> None:
    """Write a design in one step, with backups of the versions before.

    Raises:
        FileAccessError: the file system refused; the file is as it was.
        NewerFormatError: the design is of a newer major format.
    """
    files.save(document, path)


def check(topology: Topology, rules: Iterable[str] = ()) -> Judgement:
    """Return all findings, or only those of some rules, worst first.

    Raises:
        UnknownNameError: there is no rule of that id.
    """
    chosen = [rule_of(rule_id) for rule_id in rules]
    return judge(topology, chosen or None)


def explain(text: str, topology: Topology | None = None) -> tuple[Explanation, ...]:
    """Return the rules that may explain an error text of docker or Windows, the likeliest first.

    Args:
        text: the message, or a log with it.
        topology: the design that it came from; what it breaks comes first, with its elements and fixes.
    """
    from designer.explaining.explain import explain as explained  # noqa: PLC0415 - not needed for a check

    return explained(text, topology)


def sifted(topology: Topology, rules: Iterable[str] = ()) -> Sifted:
    """Return the findings of ``check``: what has to be looked at, what is suppressed, and stale suppressions.

    Raises:
        UnknownNameError: there is no rule of that id.
    """
    named = tuple(rules)
    return sift(topology, check(topology, named), named)


def mode_tables() -> str:
    """Return what each mode can do on each release, as the rules answer, in Markdown."""
    from designer.explaining.mode_tables import as_markdown  # noqa: PLC0415 - not needed for a check

    return as_markdown()


def fix(topology: Topology, rules: Iterable[str] = (), chosen: Collection[About] = ()) -> Fixed:
    """Apply safe fixes, each followed by a new check, until none is left; what is suppressed stays as it is.

    Args:
        topology: the design; it is not changed.
        rules: ids of the only rules whose findings are fixed, hints too; all but the hints when empty.
        chosen: what the only findings that are fixed are about, hints too; all when empty.
    """
    named = tuple(rules)
    return mend(topology, check(topology, named), hints=bool(named or chosen), chosen=frozenset(chosen))


def trace(
    topology: Topology,
    source: str,
    target: str,
    *,
    address: Addressing = "own",
    ip_version: Literal[4, 6] = 4,
    name: str = "",
) -> Trace:
    """Return what becomes of a packet between two things, named as on the command line.

    Args:
        topology: the design.
        source: ``NAME``, ``HOST/NAME`` or id of a container, service, host or client.
        target: the same, of a load balancer too, or an IP address; ``:PORT`` or ``:PORT/PROTOCOL`` may follow.
        address: whether the target is addressed by its own address, its host and a published port, or 127.0.0.1.
        ip_version: 4 or 6.
        name: DNS name to look up first.

    Raises:
        UnknownNameError: nothing has that name.
        QuestionError: a name is not unique, or a port or protocol is none.
    """
    packet = packet_from_words(topology, source, target, address=address, ip_version=ip_version, name=name)
    return engine.trace(World(topology), packet)


def matrix(topology: Topology) -> reach.Matrix:
    """Return who reaches whom: every container, service, host and client, and load balancers as targets."""
    return reach.matrix(World(topology))


class Template(NamedTuple):
    """A design to start from."""

    name: str
    title: str


_BLANK = Template("blank", "An empty design")
_NOT_A_START = {"broken"}


def examples() -> tuple[Path, ...]:
    """Return the example designs, the seed scenario first, then by name."""
    found = example_folder().glob("*.cnd")
    return tuple(sorted(found, key=lambda path: (path.stem != "seed", path.stem)))


def templates() -> tuple[Template, ...]:
    """Return what a new design can start from: nothing, or one of the examples."""
    return (
        _BLANK,
        *(Template(path.stem, _title_of(path)) for path in examples() if path.stem not in _NOT_A_START),
    )


def _title_of(path: Path) -> str:
    return title_of(load(path).topology) or path.stem


def new(template: str = _BLANK.name) -> Document:
    """Return a new design.

    Raises:
        UnknownNameError: there is no template of that name.
    """
    if template == _BLANK.name:
        return Document(Topology())
    paths = {path.stem: path for path in examples() if path.stem not in _NOT_A_START}
    if template not in paths:
        raise UnknownNameError("template", template, [_BLANK.name, *paths])
    return load(paths[template])


def layout(topology: Topology, *, everything: bool = False) -> Topology:
    """Return the design with a place for what had none, or with everything placed anew but what is pinned."""
    from designer.drawing.layout import arrange  # noqa: PLC0415 - numpy, not needed for a check

    return topology.apply(arrange(topology, everything=everything))


def scene(topology: Topology, *, badges: bool = True) -> Scene:
    """Return the drawing of a design as geometry, with the findings on it unless they are not wanted."""
    from designer.drawing.scene import Scene  # noqa: PLC0415 - numpy, not needed for a check

    return Scene.build(topology, sifted(topology).active if badges else ())


def theme(name: str = "light") -> Theme:
    """Return a set of colours by name.

    Raises:
        UnknownNameError: there is none of that name.
    """
    from designer.drawing.theme import THEMES  # noqa: PLC0415 - not needed for a check

    if name not in THEMES:
        raise UnknownNameError("theme", name, THEMES)
    return THEMES[name]


def render_svg(topology: Topology, colours: str = "light", *, badges: bool = True) -> str:
    """Return the drawing of a design as SVG.

    Raises:
        UnknownNameError: there is no theme of that name.
    """
    from designer.drawing import svg  # noqa: PLC0415 - numpy, not needed for a check

    return svg.render(scene(topology, badges=badges), theme(colours), title_of(topology))


def title_of(topology: Topology) -> str:
    """Return the title that the design gives itself, else nothing."""
    info = topology.find(DESIGN_ID, DesignInfo)
    return info.title if info is not None else ""


class Exported(NamedTuple):
    """The script of one host.

    Attributes:
        host: name of the host.
        file_name: what the file is called in a folder with the files of the other hosts.
    """

    host: str
    file_name: str
    script: RenderedScript


def export_formats() -> tuple[str, ...]:
    """Return the names of the targets that scripts can be made for."""
    from designer.formats import FORMATS  # noqa: PLC0415 - not needed for a check

    return tuple(FORMATS)


def export(
    topology: Topology,
    target: str = "powershell",
    host: str | None = None,
    *,
    force: bool = False,
    teardown: bool = False,
    what_if: bool = False,
) -> tuple[Exported, ...]:
    """Return the scripts of one host, or of all hosts in the order of their names that have something to export.

    Args:
        topology: the design.
        target: one of ``export_formats()``.
        host: name of the only host.
        force: export although the design has errors.
        teardown: the script that takes the design down.
        what_if: a script that says what it would do and changes nothing.

    Raises:
        ExportError: the design has errors, has no host, or cannot be said in the target.
        UnknownNameError: there is no such host or target.
    """
    from designer.export.consent import Spoken  # noqa: PLC0415 - as above
    from designer.export.file_names import file_names  # noqa: PLC0415 - as above
    from designer.export.rendered import ExportOptions  # noqa: PLC0415 - as above
    from designer.formats import FORMATS, export_host  # noqa: PLC0415 - not needed for a check

    if target not in FORMATS:
        raise UnknownNameError("format", target, FORMATS)
    hosts = _hosts(topology, host)
    judgement = check(topology)
    told = sift(topology, judgement)
    if not force:
        _refuse_errors(told.active)
    spoken = Spoken.of(topology, judgement)
    options = ExportOptions(teardown=teardown, what_if=what_if, spoken=spoken, sifted=told)
    written = _written(hosts, lambda found: export_host(topology, found.id, target, options))
    suffix = f".teardown{FORMATS[target].suffix}" if teardown else FORMATS[target].suffix
    names = file_names([found.name for found, _ in written], suffix)
    return tuple(Exported(found.name, name, script) for (found, script), name in zip(written, names, strict=True))


def _written(hosts: list[Host], write: Callable[[Host], RenderedScript]) -> list[tuple[Host, RenderedScript]]:
    """Return the hosts with their scripts, without the hosts that have nothing for the format, unless all are so."""
    written: list[tuple[Host, RenderedScript]] = []
    nothing: NothingToExportError | None = None
    for host in hosts:
        try:
            written.append((host, write(host)))
        except NothingToExportError as error:
            nothing = nothing or error
    if nothing is not None and not written:
        raise nothing
    return written


def _hosts(topology: Topology, name: str | None) -> list[Host]:
    hosts = sorted(topology.of(Host), key=lambda host: (host.name, host.id))
    if not hosts:
        raise ExportError("The design has no host, so there is nothing to export. Add a host first.")
    if name is None:
        return hosts
    found = [host for host in hosts if name in (host.name, host.id)]
    if not found:
        raise UnknownNameError("host", name, [host.name for host in hosts])
    if len(found) > 1:
        raise ExportError(f"{len(found)} hosts are named “{name}”. Give them different names.")
    return found


def _refuse_errors(findings: Iterable[Judged]) -> None:
    errors = [judged for judged in findings if judged.severity is Severity.ERROR]
    if errors:
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise ExportError(
            f"The design has errors ({errors[0].rule.id}: {errors[0].finding.message.removesuffix('.')}{more}). "
            "Mend them, or export with --force."
        )
