"""Scripts for Bash: the docker commands of a host, sent to its engine from another machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from designer.export.bash_text import command, quote
from designer.export.comments import comment
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
    name_pattern,
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
    "It speaks to the engine of the host through the docker client of this machine: set DOCKER_CONTEXT or DOCKER_HOST.",
    "Steps that are already as they should be are left alone. With -n it only says what it would do.",
)

_FUNCTIONS = """\
set -euo pipefail

dry_run={dry_run}
while getopts n option; do
    case $option in
        n) dry_run=1 ;;
        *) echo "Usage: $0 [-n]" >&2; exit 2 ;;
    esac
done

problems=()

stop() {
    # Ends the script and says why.
    printf '%s\\n' "$@" >&2
    exit 1
}

run() {
    # Runs a command, or only says it.
    if ((dry_run)); then
        printf 'What if:'
        printf ' %q' "$@"
        echo
    else
        "$@" >/dev/null || stop "This failed, the words of docker are above; mend it and run the script again: $*"
    fi
}

has() {
    # Whether docker lists an object of a kind that passes all filters.
    local kind=$1 found options=()
    shift
    for each; do options+=(--filter "$each"); done
    if [[ $kind == container ]]; then options+=(--all); fi
    found=$(docker "$kind" ls --quiet "${options[@]}") || stop "docker $kind ls failed; its words are above."
    [[ -n $found ]]
}

swarm_is() {
    # Whether the engine is in a swarm: active, inactive; or manager.
    local state
    state=$(docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}') || stop 'docker info failed.'
    case $1 in
        manager) [[ $state == 'active true' ]] ;;
        *) [[ $state == "$1 "* ]] ;;
    esac
}

has_service() {
    # Whether the swarm has a service of this name; with a label, only one that has it.
    local found options=()
    swarm_is manager || return 1
    if [[ ${2:-} ]]; then options=(--filter "label=$2"); fi
    found=$(docker service ls --format '{{.Name}}' ${options[@]+"${options[@]}"}) || stop 'docker service ls failed.'
    [[ $'\\n'$found$'\\n' == *$'\\n'"$1"$'\\n'* ]]
}

current() {
    # Whether docker has something exactly as this script makes it: a label tells. Kind, name, settings.
    local label=container-network-designer.settings=$3
    if [[ $1 == service ]]; then has_service "$2" "$label"; else has "$1" "name=$2" "label=$label"; fi
}

ours() {
    # Whether docker has something and a script of this design made it: a label tells. Kind, name, element.
    local label=container-network-designer.element=$3
    if [[ $1 == service ]]; then has_service "$2" "$label"; else has "$1" "name=$2" "label=$label"; fi
}

claim() {
    # Notes a name that something else has. Kind, name, settings.
    if [[ $1 == service ]]; then has_service "$2" || return 0; else has "$1" "name=$2" || return 0; fi
    if current "$@"; then return 0; fi
    local shown=${2#^}
    problems+=("There is already a $1 named ${shown%\\$}, and it is not as this script makes it. If it comes \
from an older version of the design, run the teardown script of that version; else give one of the two another name.")
}
"""


def render_bash(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the docker part of a host's script for Bash.

    Raises:
        ExportError: something cannot be said on a docker command line; names the element and what to change.
    """
    options = options or ExportOptions()
    planned = only_docker(script)
    statements = tuple(planned.teardown()) if options.teardown else planned.statements
    does = "Removes the containers, networks and services" if options.teardown else "Containers, networks and services"
    functions = _FUNCTIONS.replace("{dry_run}", str(int(options.what_if)))
    before = [each for each in statements if each.section is Section.BEFORE]
    lines: list[Line] = [("#!/usr/bin/env bash", None), *header(script, does, _USE), *_steps(before)]
    lines += [(line, None) for line in functions.split("\n")]
    lines += [(line, script.host) for line in _engine_check(script)]
    if not options.teardown:
        lines += [(line, each.element) for each in statements for line in _check(each)]
        lines += [(line, None) for line in _PROBLEMS]
    lines.append(("", None))
    rest = (each for each in statements if each.section is not Section.BEFORE)
    return RenderedScript.of_lines([*lines, *_steps(rest)], TextForm.PLAIN)


_PROBLEMS = ('if ((${#problems[@]})); then stop "Nothing was changed." "${problems[@]}"; fi',)


def _engine_check(script: Script) -> Iterator[str]:
    low, high = builds_of(script)
    yield "# ---- Is this the engine? Nothing is changed before all of this is in order."
    yield "engine=$(docker info --format '{{.OSType}} {{.KernelVersion}}') || stop 'Docker does not answer.'"
    yield "build=${engine#windows 10.0 } build=${build%%[!0-9]*}"
    wrong = f"build < {low} || build > {high}" if high > low else f"build != {low}"
    yield f"if [[ $engine != windows* || -z $build ]] || (({wrong})); then"
    yield (
        f'    stop "This script is for a Windows engine of build {low}'
        + (f" to {high}" if high > low else "")
        + ', and the engine says: $engine. Choose another context, or export the script for that release."'
    )
    yield "fi"


def _check(statement: Statement) -> Iterator[str]:
    match statement:
        case CreateNetwork() | CreateContainer() | CreateService():
            yield _asked("claim", statement)
            if isinstance(statement, CreateContainer) and statement.network == "nat":
                yield "if ! has network 'name=^nat$'; then problems+=('NAT006: There is no network nat here.'); fi"
        case EnterSwarm() if statement.managers:
            yield "if ! swarm_is active && [[ -z ${SWARM_JOIN_TOKEN:-} ]]; then"
            yield "    problems+=('Set SWARM_JOIN_TOKEN to what docker swarm join-token prints on a manager.')"
            yield "fi"


def _asked(function: str, statement: Created) -> str:
    """Return the call that asks whether docker has something exactly as the statement makes it."""
    match statement:
        case CreateNetwork():
            kind, name = "network", name_pattern(statement.name)
        case CreateContainer():
            kind, name = "container", name_pattern(statement.name)
        case CreateService():
            kind, name = "service", statement.name
    return f"{function} {kind} {quote(name)} {statement.settings}"


def _has(kind: str, name: str, *filters: str) -> str:
    return " ".join(["has", kind, quote(f"name={name_pattern(name)}"), *map(quote, filters)])


# ---- steps


def _steps(statements: Iterable[Statement]) -> Iterator[Line]:
    section: Section | None = None
    for statement in statements:
        lines = list(_step(statement))
        if not lines and not isinstance(statement, Remark):
            continue
        if statement.section is not section:
            section = statement.section
            yield f"# ---- {section.value}", None
            yield "", None
        yield from ((line, statement.element) for line in (*comment(statement.reason), *lines, ""))


def _step(statement: Statement) -> Iterator[str]:
    writer = _WRITERS.get(type(statement))
    if writer is not None:
        yield from writer(statement)


def _unless(test: str, words: Iterable[Option]) -> Iterator[str]:
    yield f"if ! {test}; then"
    yield from (f"    {line}" for line in _run(words))
    yield "fi"


def _run(words: Iterable[Option]) -> list[str]:
    first, *others = words
    return command((("run", "docker", *first), *others))


def _create(statement: Created) -> Iterator[str]:
    match statement:
        case CreateNetwork():
            words = create_network(statement)
        case CreateContainer():
            words = create_container(statement)
        case CreateService():
            words = create_service(statement)
    return _unless(_asked("current", statement), words)


def _connect(statement: ConnectContainer) -> Iterator[str]:
    test = _has("container", statement.container, f"network={statement.network}")
    return _unless(test, connect_container(statement))


def _start(statement: StartContainer) -> Iterator[str]:
    return _unless(_has("container", statement.name, "status=running"), on_names(("start",), statement.name))


def _enter(statement: EnterSwarm) -> Iterator[str]:
    yield "if ! swarm_is active; then"
    if statement.managers:
        # The token comes from outside the script; it is a secret.
        words = " ".join(quote(word) for option in enter_swarm(statement) for word in option)
        yield f'    run docker {words} --token "$SWARM_JOIN_TOKEN" {quote(f"{statement.managers[0]}:2377")}'
    else:
        yield from (f"    {line}" for line in _run(enter_swarm(statement)))
        label = quote(f"{ELEMENT_LABEL}={tag(statement.element)}")
        yield f"    run docker node update --label-add {label} self"
    yield "fi"


def _leave(statement: LeaveSwarm) -> Iterator[str]:
    template = quote(f'{{{{index .Spec.Labels "{ELEMENT_LABEL}"}}}}')
    found = f"$(docker node inspect self --format {template})"
    yield f"if swarm_is manager && [[ {found} == {quote(tag(statement.element))} ]]; then"
    yield from (f"    {line}" for line in _run((("swarm", "leave", "--force"),)))
    yield "fi"


def _remove(statement: RemoveNetwork | RemoveContainer | RemoveService) -> Iterator[str]:
    kind, words = _REMOVALS[type(statement)]
    name = statement.name if kind == "service" else name_pattern(statement.name)
    test = f"ours {kind} {quote(name)} {quote(tag(statement.element))}"
    asked = isinstance(statement, RemoveNetwork) and statement.ingress
    yield f"if {test}; then"
    first, *others = _run(on_names(words, statement.name))
    yield f"    {'echo y | ' if asked else ''}{first}"
    yield from (f"    {line}" for line in others)
    yield "fi"


_REMOVALS: Mapping[type[Statement], tuple[str, Option]] = MappingProxyType(
    {
        RemoveNetwork: ("network", ("network", "rm")),
        RemoveContainer: ("container", ("rm", "--force")),
        RemoveService: ("service", ("service", "rm")),
    }
)


def _remove_ingress(_: RemoveIngress) -> Iterator[str]:
    yield "if swarm_is manager; then"
    yield "    for id in $(docker network ls --quiet --filter driver=overlay); do"
    label = f'{{{{.Ingress}}}} {{{{index .Labels "{ELEMENT_LABEL}"}}}}'
    yield f"        if [[ $(docker network inspect --format {quote(label)} \"$id\") == 'true ' ]]; then"
    yield '            echo y | run docker network rm "$id"'
    yield "        fi"
    yield "    done"
    yield "fi"


def _restore_ingress(_: RestoreIngress) -> Iterator[str]:
    yield "# Where the swarm stays: docker network create --driver overlay --ingress ingress"


_WRITERS: Mapping[type[Statement], Callable[[Any], Iterator[str]]] = MappingProxyType(
    {
        EnterSwarm: _enter,
        LeaveSwarm: _leave,
        CreateNetwork: _create,
        RemoveNetwork: _remove,
        CreateContainer: _create,
        RemoveContainer: _remove,
        CreateService: _create,
        RemoveService: _remove,
        RemoveIngress: _remove_ingress,
        RestoreIngress: _restore_ingress,
        ConnectContainer: _connect,
        StartContainer: _start,
    }
)
