"""A host's script as an Ansible playbook, for those who run it on many machines from one place.

Windows has no Ansible modules for container networks, so the playbook makes sure of the features and hands the script
to win_powershell. The script knows what is already as it should be; in check mode it runs with -WhatIf.

Source: Ansible documentation of ansible.windows.win_feature, win_optional_feature and win_powershell (check mode), and
of unsafe strings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from designer import __version__
from designer.export import powershell
from designer.export.comments import comment, visible
from designer.export.rendered import ExportOptions, RenderedScript, TextForm
from designer.export.script import Script
from designer.export.statements import EnterSwarm
from designer.export.yaml_text import Quoted, Unsafe, block
from designer.model.releases import RELEASES

Fields = dict[str, Any]

_TOKEN = "{{ lookup('env', 'SWARM_JOIN_TOKEN') }}"


def render_ansible(script: Script, options: ExportOptions | None = None) -> RenderedScript:
    """Return a playbook for a host.

    Raises:
        ExportError: something of the design cannot be said in PowerShell; names the element and what to change.
    """
    options = options or ExportOptions()
    title = "Take down" if options.teardown else "Set up"
    play: Fields = {
        "name": Unsafe(f"{title} the container networking of {script.host_name}"),
        "hosts": Unsafe(script.host_name),
        "gather_facts": False,
        "tasks": [*([] if options.teardown else _features(script)), _run(script, options)],
    }
    lines = [*_header(script), "---", *block([play])]
    return RenderedScript.of_lines([(line, None) for line in lines], TextForm.PLAIN)


def _header(script: Script) -> list[str]:
    texts = (
        f"Container networking of {visible(script.host_name)}, {RELEASES[script.os].title} (build {script.build}).",
        f"Design: {visible(script.design) or 'without a title'}",
        f"Writer: Container Network Designer {__version__}",
        "The inventory names this host; it needs the collection ansible.windows. --check shows what would be done.",
    )
    return [line for text in texts for line in comment(text)]


def _features(script: Script) -> list[Fields]:
    server = RELEASES[script.os].is_server
    module = "ansible.windows.win_feature" if server else "ansible.windows.win_optional_feature"
    wanted: Fields = {"name": "Containers", "state": "present"}
    task: Fields = {"name": "Windows feature Containers", module: wanted, "register": "containers_feature"}
    restart: Fields = {
        "name": "Restart where the feature asks for it",
        "ansible.windows.win_reboot": {},
        "when": "containers_feature.reboot_required | default(false)",
    }
    return [task, restart]


def _run(script: Script, options: ExportOptions) -> Fields:
    text = powershell.render(script, replace(options, what_if=False)).text
    joins = not options.teardown and any(isinstance(each, EnterSwarm) and each.managers for each in script.statements)
    call: Fields = {"script": Unsafe(text)}
    if joins:
        call["parameters"] = {"JoinToken": Quoted(_TOKEN)}
    task: Fields = {"name": "Container networking", "ansible.windows.win_powershell": call}
    if options.what_if:
        task["check_mode"] = True
    if joins:
        task["no_log"] = True
    return task
