"""The building blocks of PowerShell steps: a guarded block, a cmdlet call, a docker call, the names of marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.export.docker_arguments import Option, tag
from designer.export.powershell_text import argument, quote
from designer.model.identity import EntityId

_CARELESS = "-WhatIf:$WhatIfPreference -ErrorAction Stop"
"""What script modules (NetNat, NetTCPIP, …) need, because the preferences of a script do not reach them."""

_WIDTH = 116


def guarded(condition: str, target: str, action: str, body: Iterable[str]) -> list[str]:
    """Return a step: what holds when it must act, what -WhatIf says about it, and what it does."""
    opening = f"if ({condition} -and"
    process = f"$PSCmdlet.ShouldProcess({quote(target)}, {quote(action)})) {{"
    head = [f"{opening} {process}"] if len(opening) + len(process) < _WIDTH else [opening, f"    {process}"]
    return [*head, *indented(body), "}"]


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines one level further in."""
    return [f"    {line}" for line in lines]


def call(name: str, parameters: Mapping[str, str], *, careful: bool = True) -> list[str]:
    """Return a call of a cmdlet; a careless one, of a script module, is told the preferences.

    Args:
        name: of the cmdlet, with an assignment before it if its output is not wanted.
        parameters: expressions by parameter name; an empty one is a switch.
        careful: whether the cmdlet sees the preferences of the script.
    """
    pairs = [f"-{key} {value}".rstrip() for key, value in parameters.items()]
    pairs += [] if careful else [_CARELESS]
    line = " ".join([name, *pairs])
    if len(line) < _WIDTH:
        return [line]
    return [f"{name} `", *indented(f"{pair} `" for pair in pairs[:-1]), f"    {pairs[-1]}"]


def invoke_docker(command: Iterable[Option]) -> list[str]:
    """Return a docker call, with one option on each line if it is long."""
    rows = [", ".join(map(argument, option)) for option in command]
    short = f"Invoke-Docker @({', '.join(rows)})"
    if len(short) < 100:
        return [short]
    return ["Invoke-Docker @(", *indented(f"{row}," for row in rows[:-1]), f"    {rows[-1]}", ")"]


def addresses_kept(body: list[str], *, moves: bool) -> list[str]:
    """Return steps that wait, when an adapter's configuration moves, until the machine has its addresses again."""
    return ["$addresses = @(Get-HostAddress)", *body, "Wait-HostAddress $addresses"] if moves else body


def mark(kind: str, element: EntityId) -> str:
    """Return the literal of a mark's name: of what can carry no tag itself."""
    return quote(f"{kind}-{tag(element)}")


def notes(element: EntityId) -> str:
    """Return the literal of the notes that tag a switch."""
    return quote(f"container-network-designer: {tag(element)}")
