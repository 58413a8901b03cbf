"""The one docker command of a step, as a person would type it in PowerShell."""

from __future__ import annotations

import re

from designer.export import docker_arguments as arguments
from designer.export.powershell_text import argument
from designer.export.script import Statement
from designer.export.statements import ConnectContainer, CreateContainer, CreateNetwork, StartContainer

_BARE = re.compile(r"[A-Za-z0-9_./:=-]+")


def command_of(statement: Statement) -> str:
    """Return the command of a step that is a single docker command; else nothing: the script says how it is done."""
    match statement:
        case CreateNetwork():
            options = arguments.create_network(statement)
        case CreateContainer():
            options = arguments.create_container(statement)
        case ConnectContainer():
            options = arguments.connect_container(statement)
        case StartContainer(name=name):
            options = arguments.on_names(("start",), name)
        case _:
            return ""
    words = [word for option in options for word in option]
    return " ".join(["docker", *(word if _BARE.fullmatch(word) else argument(word) for word in words)])
