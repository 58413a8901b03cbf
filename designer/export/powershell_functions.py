"""The functions that a script defines before it uses them; a script has only those it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from designer.export import (
    functions_checks,
    functions_docker,
    functions_hns,
    functions_machine,
    functions_switches,
)

_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    functions_docker.FUNCTIONS
    | functions_checks.FUNCTIONS
    | functions_machine.FUNCTIONS
    | functions_switches.FUNCTIONS
    | functions_hns.FUNCTIONS
)


def _used(text: str) -> set[str]:
    """Return the names of the functions that a text calls."""
    found = {name for name in _FUNCTIONS if name in text}
    longer = {name for name in found for other in found if other != name and other.startswith(name)}
    return {name for name in found if name not in longer or re.search(rf"{name}(?![A-Za-z0-9])", text)}


_CALLS = {name: _used(text) - {name} for name, text in _FUNCTIONS.items()}


def functions_for(lines: list[str]) -> list[str]:
    """Return the definitions that the lines use, directly or through each other, in the order of the table."""
    needed: set[str] = set()
    fresh = _used("\n".join(lines))
    while fresh:
        needed |= fresh
        fresh = {called for name in fresh for called in _CALLS[name]} - needed
    return [line for name, text in _FUNCTIONS.items() if name in needed for line in text.split("\n")]


def variables_for(lines: list[str]) -> list[str]:
    """Return the definitions of the folders and files that the lines use."""
    text = "\n".join(lines)
    found: list[str] = []
    if "$markFolder" in text:
        found.append("$markFolder = Join-Path $env:ProgramData 'ContainerNetworkDesigner'")
    if "$ipv6Key" in text:
        found.append("$ipv6Key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters'")
    if "$daemonFile" in text:
        found.append("$daemonFile = Join-Path $env:ProgramData 'docker\\config\\daemon.json'")
    if "$daemonBackup" in text:
        found.append("$daemonBackup = Join-Path $markFolder 'daemon.json'")
    return [*found, ""] if found else []
