"""Scripts for Windows PowerShell 5.1 and PowerShell 7: docker, Hyper-V, NetNat, NetTCPIP and HNS commands."""

from __future__ import annotations

import textwrap

from designer import __version__
from designer.export.comments import comment, visible
from designer.export.machine_statements import EnableIPv6, InstallFeature
from designer.export.powershell_functions import functions_for, variables_for
from designer.export.powershell_machine import waits_for_restart
from designer.export.powershell_preflight import Line, release_check, setup_preflight, teardown_preflight
from designer.export.powershell_steps import step
from designer.export.powershell_text import quote
from designer.export.rendered import ExportOptions, RenderedScript
from designer.export.script import Risk, Script, Section, Statement
from designer.export.statements import EnterSwarm
from designer.model.releases import RELEASES


def render(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return the script of a host as PowerShell.

    Raises:
        ExportError: something of the design cannot be said in PowerShell; names the element and what to change.
    """
    options = options or ExportOptions()
    body = _teardown(script) if options.teardown else _setup(script)
    functions = functions_for([text for text, _ in body])
    variables = variables_for([*functions, *(text for text, _ in body)])
    return RenderedScript.of_lines([*_whole([*_header(script, options), *variables, *functions]), *body])


_PREFLIGHT = "Pre-flight: reads the machine; nothing is changed before all of it is in order"


def _teardown(script: Script) -> list[Line]:
    steps = _steps(tuple(script.teardown()))
    return [*_whole(_rule(_PREFLIGHT)), *teardown_preflight(script), ("", None), *steps]


def _setup(script: Script) -> list[Line]:
    before = tuple(each for each in script.statements if each.section is Section.BEFORE)
    steps = tuple(each for each in script.statements if each.section not in (Section.BEFORE, Section.PREPARATION))
    return [
        *_steps(before),
        *_preparation(script),
        *_whole(_rule(_PREFLIGHT)),
        *setup_preflight(script),
        ("", None),
        *_steps(steps),
        *_whole(_footer(script)),
    ]


def _preparation(script: Script) -> list[Line]:
    """Return the steps that all others wait for, because Windows must restart after them."""
    statements = [each for each in script.statements if isinstance(each, InstallFeature | EnableIPv6)]
    if not statements:
        return []
    end = [*waits_for_restart(statements), ""]
    return [
        *_whole(_rule("Is this the right Windows?")),
        *release_check(script),
        ("", None),
        *_steps(tuple(statements)),
        *((line, script.host) for line in end),
    ]


def _whole(lines: list[str]) -> list[Line]:
    """Mark lines as belonging to the script as a whole."""
    return [(line, None) for line in lines]


def _steps(statements: tuple[Statement, ...]) -> list[Line]:
    lines: list[Line] = []
    section: Section | None = None
    for statement in statements:
        if statement.section is not section:
            section = statement.section
            lines += _whole(_rule(section.value))
        head = comment(statement.reason)
        if statement.risk is not Risk.NONE:
            head += comment(f"RISK: {statement.risk.value}.")
        lines += [(line, statement.element) for line in (*head, *step(statement), "")]
    return lines


def _rule(title: str) -> list[str]:
    return [f"# ---- {title} ".ljust(118, "-"), ""]


def _header(script: Script, options: ExportOptions) -> list[str]:
    host = visible(script.host_name)
    does = "Removes what the setup script of" if options.teardown else "Sets up the container networking of"
    synopsis = f"{does} {host}" + (" made." if options.teardown else ".")
    return [
        "#Requires -Version 5.1",
        "#Requires -RunAsAdministrator",
        "<#",
        ".SYNOPSIS",
        f"    {synopsis}",
        ".DESCRIPTION",
        f"    Design:  {visible(script.design) or 'without a title'}",
        f"    Host:    {host}, {RELEASES[script.os].title} (build {script.build})",
        f"    Writer:  Container Network Designer {__version__}",
        "",
        *(f"    {line}" for line in (_TEARDOWN_HELP if options.teardown else _SETUP_HELP)),
        *([] if options.teardown else _suppressed(script)),
        "#>",
        "[CmdletBinding(SupportsShouldProcess)]",
        *_parameters(script, options),
        "",
        "Set-StrictMode -Version Latest",
        "$ErrorActionPreference = 'Stop'",
        *(["$WhatIfPreference = $true  # exported as a dry run"] if options.what_if else []),
        "$PSNativeCommandArgumentPassing = 'Legacy'  # PowerShell 7 hands arguments to docker as 5.1 does",
        "trap {",
        f"    Write-Warning {quote(_STOPPED_TEARDOWN if options.teardown else _STOPPED_SETUP)}",
        "    break",
        "}",
        "",
    ]


def _suppressed(script: Script) -> list[str]:
    """Return the findings that somebody lives with, and why."""
    if not script.suppressed:
        return []
    lines = ["", "    Findings that the author of the design lives with:"]
    for each in script.suppressed:
        text = visible(f"{each.rule}: {each.message} Reason: {each.reason}")
        lines += textwrap.wrap(text, 112, initial_indent="    - ", subsequent_indent="      ", break_on_hyphens=False)
    return lines


_SETUP_HELP = (
    "Steps that are already as they should be are left alone, so the script can run again at any time;",
    "after an interruption it goes on where it stopped. -WhatIf shows what it would do, -Confirm asks before each",
    "step. The teardown script of the same design removes exactly what this one makes.",
)
_TEARDOWN_HELP = (
    "It knows what the setup made by its labels, notes and marks, and leaves everything else alone. It can run at",
    "any time, after an interrupted setup too, and more than once. -WhatIf shows what it would do.",
)
_STOPPED_SETUP = "Stopped. Mend what the error says and run the script again, or undo with its teardown script."
_STOPPED_TEARDOWN = "Stopped. Mend what the error says and run the script again: it goes on with what is left."


def _parameters(script: Script, options: ExportOptions) -> list[str]:
    joins = any(isinstance(each, EnterSwarm) and each.managers for each in script.statements)
    if options.teardown or not joins:
        return ["param()"]
    return [
        "param(",
        "    # What docker swarm join-token prints on a manager; it is a secret and not kept in any file.",
        "    [string] $JoinToken = $env:SWARM_JOIN_TOKEN",
        ")",
    ]


def _footer(script: Script) -> list[str]:
    left = sum(statement.section is Section.REMARKS for statement in script.statements)
    if not left:
        return []
    parts = "1 part of the design is" if left == 1 else f"{left} parts of the design are"
    return [f"Write-Warning {quote(f'{parts} not in this script; its last section says which and what to do.')}"]
