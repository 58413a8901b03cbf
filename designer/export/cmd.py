"""Batch files: the docker commands of a host for cmd.exe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from designer.errors import ExportError
from designer.export.cmd_text import command, escape, remark
from designer.export.comments import comment, visible
from designer.export.compose_parts import header
from designer.export.docker import only_docker
from designer.export.docker_arguments import (
    ELEMENT_LABEL,
    Option,
    connect_container,
    create_container,
    create_network,
    create_service,
    enter_swarm,
    on_names,
    tag,
)
from designer.export.removals import LeaveSwarm, RemoveContainer, RemoveNetwork
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.export.script import Script, Section, Statement, builds_of
from designer.export.service_statements import CreateService, RemoveIngress, RemoveService, RestoreIngress
from designer.export.statements import (
    ConnectContainer,
    CreateContainer,
    CreateNetwork,
    EnterSwarm,
    Remark,
    StartContainer,
)
from designer.model.identity import EntityId

Line = tuple[str, EntityId | None]
Created = CreateNetwork | CreateContainer | CreateService

_USE = (
    "Steps that are already as they should be are left alone. With /n it only says what it would do.",
    "Run it as administrator.",
)
_PLAIN_NETWORK = re.compile(r"[A-Za-z0-9_. -]+")

_END = """\
echo Done.
exit /b 0

:failed
echo This failed; the words of docker are above. Mend it and run the script again: it goes on where it stopped. 1>&2
exit /b 1

:silent
echo Docker does not answer. Install Docker Engine, or run: net start docker 1>&2
exit /b 1

:foreign
echo This script is for {builds} of Windows, not for %cnd_build%; export it for that release. 1>&2
exit /b 1

:taken
echo Nothing was changed. Mend the above: remove things with the script that made them, or rename. 1>&2
exit /b 1

:find
rem Whether docker lists something with a label of ours. What to list, label.
set found=0
for /f %%i in ('docker %~1 --quiet --filter "label=container-network-designer.%~2" 2^>nul') do set found=1
exit /b 0

:joined
rem Whether a container of ours is on a network. Element, network.
set found=0
for /f %%i in ('docker container ls --all --quiet --filter "label={label}=%~1" --filter "network=%~2"') do set found=1
exit /b 0

:swarm
rem Whether the engine is in a swarm.
set found=0
for /f %%i in ('docker info --format "{{.Swarm.LocalNodeState}}"') do if %%i==active set found=1
exit /b 0

:node
rem Whether this node is one that the setup made. Element.
set found=0
for /f %%i in ('docker node ls --quiet --filter "node.label={label}=%~1" 2^>nul') do set found=1
exit /b 0
"""


def render_cmd(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the docker part of a host's script as a batch file.

    Raises:
        ExportError: cmd.exe or docker cannot say something; names the element and what to change.
    """
    options = options or ExportOptions()
    planned = only_docker(script)
    statements = tuple(planned.teardown()) if options.teardown else planned.statements
    writer = _Writer(script, statements)
    does = "Removes the containers, networks and services" if options.teardown else "Containers, networks and services"
    lines: list[Line] = [("@echo off", None), ("setlocal", None), ("chcp 65001 >nul", None)]
    lines += [(line, None) for text, _ in header(script, does, _USE) for line in remark([text])]
    lines += writer.remarks(each for each in statements if each.section is Section.BEFORE)
    lines += [(line, None) for line in (f"set run={'echo' if options.what_if else ''}", 'if "%~1"=="/n" set run=echo')]
    lines += [(line, script.host) for line in _engine_check(script)]
    if not options.teardown:
        lines += writer.checks()
    lines += writer.steps()
    low, high = builds_of(script)
    builds = f"build {low}" if low == high else f"the builds {low} to {high}"
    end = _END.replace("{builds}", builds).replace("{label}", ELEMENT_LABEL)
    return RenderedScript.of_lines([*lines, *((line, None) for line in end.split("\n"))], TextForm.BATCH)


def _engine_check(script: Script) -> Iterator[str]:
    low, high = builds_of(script)
    yield ""
    yield "rem ---- Is this the engine? Nothing is changed before all of this is in order."
    yield "docker version >nul 2>nul"
    yield "if errorlevel 1 goto silent"
    yield """for /f "tokens=2" %%i in ('docker info --format "{{.KernelVersion}}"') do set cnd_build=%%i"""
    if low == high:
        yield f'if defined cnd_build if not "%cnd_build%"=="{low}" goto foreign'
    else:
        yield f"if defined cnd_build if %cnd_build% lss {low} goto foreign"
        yield f"if defined cnd_build if %cnd_build% gtr {high} goto foreign"


class _Writer:
    """Writes the statements one after another; counts the labels that they jump to."""

    def __init__(self, script: Script, statements: tuple[Statement, ...]) -> None:
        self._statements = statements
        self._labels = 0
        containers = (each for each in script.statements if isinstance(each, CreateContainer))
        self._elements = {each.name: each.element for each in containers}

    def remarks(self, statements: Iterable[Statement]) -> Iterator[Line]:
        yield from ((line, each.element) for each in statements for line in remark(comment(each.reason)))

    def checks(self) -> Iterator[Line]:
        yield "set taken=0", None
        for each in self._statements:
            if isinstance(each, CreateNetwork | CreateContainer | CreateService):
                yield from ((line, each.element) for line in self._claim(each))
            elif isinstance(each, EnterSwarm) and each.managers:
                yield from ((line, each.element) for line in self._token())
        yield "if %taken%==1 goto taken", None

    def steps(self) -> Iterator[Line]:
        section: Section | None = None
        for each in self._statements:
            lines = list(_WRITERS[type(each)](self, each)) if type(each) in _WRITERS else []
            if each.section is Section.BEFORE or (not lines and not isinstance(each, Remark)):
                continue
            if each.section is not section:
                section = each.section
                yield from (("", None), (f"rem ---- {section.value}", None))
            yield "", None
            yield from ((line, each.element) for line in (*remark(comment(each.reason)), *lines))

    def _label(self) -> str:
        self._labels += 1
        return f"next{self._labels}"

    def _claim(self, each: Created) -> Iterator[str]:
        kind, listing = _KINDS[type(each)]
        label = self._label()
        yield f'call :find "{listing}" settings={each.settings}'
        yield f"if %found%==1 goto {label}"
        if kind == "service":
            yield "call :swarm"
            yield f"if %found%==0 goto {label}"
        (line,) = command(on_names((kind, "inspect"), each.name), _named(each))
        yield f"docker {line} >nul 2>nul"
        yield f"if errorlevel 1 goto {label}"
        yield f"echo There is already a {kind} named {escape(visible(each.name))}. 1>&2"
        yield "set taken=1"
        yield f":{label}"

    def _token(self) -> Iterator[str]:
        label = self._label()
        yield "call :swarm"
        yield f"if %found%==1 goto {label}"
        yield f"if defined SWARM_JOIN_TOKEN goto {label}"
        yield "echo Set SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager. 1>&2"
        yield "set taken=1"
        yield f":{label}"

    def unless(self, test: str, words: Iterable[Option], what: str, *, found: int = 1) -> Iterator[str]:
        """Yield a step that is left out when the test finds something, or when it finds nothing."""
        label = self._label()
        yield f"call :{test}"
        yield f"if %found%=={found} goto {label}"
        yield from self.run(words, what)
        yield f":{label}"

    def run(self, words: Iterable[Option], what: str) -> Iterator[str]:
        """Yield a docker command that ends the script when it fails."""
        first, *others = command(words, what)
        yield f"%run% docker {first}"
        yield from others
        yield "if errorlevel 1 goto failed"

    def create(self, each: Created) -> Iterator[str]:
        _, listing = _KINDS[type(each)]
        match each:
            case CreateNetwork():
                words = create_network(each)
            case CreateContainer():
                words = create_container(each)
            case CreateService():
                words = create_service(each)
        return self.unless(f'find "{listing}" settings={each.settings}', words, _named(each))

    def connect(self, each: ConnectContainer) -> Iterator[str]:
        if not _PLAIN_NETWORK.fullmatch(each.network):
            raise ExportError(
                f"A batch file cannot ask whether container “{each.container}” is on “{visible(each.network)}”, for a "
                "character in the name of that network. Rename it, or export as powershell."
            )
        element = self._elements.get(each.container, each.element)
        test = f'joined {tag(element)} "{each.network}"'
        return self.unless(test, connect_container(each), f"container “{each.container}”")

    def start(self, each: StartContainer) -> Iterator[str]:
        return self.run(on_names(("start",), each.name), f"container “{each.name}”")

    def enter(self, each: EnterSwarm) -> Iterator[str]:
        what = "the swarm"
        label = self._label()
        yield "call :swarm"
        yield f"if %found%==1 goto {label}"
        if each.managers:
            (line,) = command(enter_swarm(each), what)
            yield f"%run% docker {line} --token %SWARM_JOIN_TOKEN% {each.managers[0]}:2377"
            yield "if errorlevel 1 goto failed"
        else:
            yield from self.run(enter_swarm(each), what)
            made = f"{ELEMENT_LABEL}={tag(each.element)}"
            yield from self.run((("node", "update"), ("--label-add", made), ("self",)), what)
        yield f":{label}"

    def leave(self, each: LeaveSwarm) -> Iterator[str]:
        return self.unless(f"node {tag(each.element)}", (("swarm", "leave", "--force"),), "the swarm", found=0)

    def remove(self, each: RemoveNetwork | RemoveContainer | RemoveService) -> Iterator[str]:
        listing, words = _REMOVALS[type(each)]
        label = self._label()
        yield f'call :find "{listing}" element={tag(each.element)}'
        yield f"if %found%==0 goto {label}"
        first, *others = self.run(on_names(words, each.name), f"“{each.name}”")
        asked = isinstance(each, RemoveNetwork) and each.ingress
        yield from (f"{'echo y| ' if asked else ''}{first}", *others)
        yield f":{label}"

    def remove_ingress(self, each: RemoveIngress) -> Iterator[str]:
        label = self._label()
        yield f'call :find "network ls" element={tag(each.element)}'
        yield f"if %found%==1 goto {label}"
        yield "docker network inspect ingress >nul 2>nul"
        yield f"if errorlevel 1 goto {label}"
        yield "echo y| docker network rm ingress"
        yield f":{label}"

    def restore_ingress(self, _: RestoreIngress) -> Iterator[str]:
        yield from remark(["Where the swarm stays: docker network create --driver overlay --ingress ingress"])


_KINDS: Mapping[type[Statement], tuple[str, str]] = MappingProxyType(
    {
        CreateNetwork: ("network", "network ls"),
        CreateContainer: ("container", "container ls --all"),
        CreateService: ("service", "service ls"),
    }
)
_REMOVALS: Mapping[type[Statement], tuple[str, Option]] = MappingProxyType(
    {
        RemoveNetwork: ("network ls", ("network", "rm")),
        RemoveContainer: ("container ls --all", ("rm", "--force")),
        RemoveService: ("service ls", ("service", "rm")),
    }
)
_WRITERS: Mapping[type[Statement], Callable[[_Writer, Any], Iterator[str]]] = MappingProxyType(
    {
        EnterSwarm: _Writer.enter,
        LeaveSwarm: _Writer.leave,
        CreateNetwork: _Writer.create,
        RemoveNetwork: _Writer.remove,
        CreateContainer: _Writer.create,
        RemoveContainer: _Writer.remove,
        CreateService: _Writer.create,
        RemoveService: _Writer.remove,
        RemoveIngress: _Writer.remove_ingress,
        RestoreIngress: _Writer.restore_ingress,
        ConnectContainer: _Writer.connect,
        StartContainer: _Writer.start,
    }
)


def _named(each: Created) -> str:
    return f"{_KINDS[type(each)][0]} “{visible(each.name)}”"
