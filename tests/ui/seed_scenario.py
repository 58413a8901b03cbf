"""The seed scenario as a person types it, and whether what was drawn is the shipped example."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget

from designer.model.annotations import DesignInfo, Placement
from designer.model.base import Element, Link
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.resources import example_folder
from designer.storage.files import load
from tests.ui.drivers import WindowDriver


class Hands(Protocol):
    """What fills in the inspector: the driver of the window, with its mouse, or the keyboard alone."""

    @property
    def window(self) -> QWidget: ...
    def enter(self, name: str, text: str, /) -> None: ...
    def choose(self, name: str, text: str, /) -> None: ...
    def click(self, name: str, /) -> None: ...


HOST = {"Windows release": "Windows Server 2016", "Docker engine": "17.06"}
"""What is chosen or typed for the host, by the labels of the inspector."""


class Camera:
    """Takes a picture after each step into the folder that DESIGNER_SHOTS names; none without it."""

    def __init__(self, app: WindowDriver, name: str) -> None:
        folder = os.environ.get("DESIGNER_SHOTS")
        self._folder = Path(folder) if folder else None
        self._app, self._name, self._number = app, name, 0

    def shoot(self, step: str) -> None:
        """Take one picture."""
        self._number += 1
        if self._folder is not None:
            self._app.window.grab().save(str(self._folder / f"{self._name}-{self._number:02}-{step}.png"))


W = TypeVar("W", bound=QWidget)

REFERENCES = {"parent", "source", "target", "switch", "shares_network_of"}


def example() -> Topology:
    """Return the shipped example."""
    return load(example_folder() / "seed.cnd").topology


def described(topology: Topology) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Return what a design says, without ids and positions: kind, name and fields, with names in the place of ids."""
    found = []
    for entity in topology.entities.values():
        if isinstance(entity, Placement | DesignInfo):
            continue
        fields = {key: _named(topology, key, value) for key, value in dict(entity).items() if key != "id"}
        found.append((entity.kind, str(fields["name"]), fields))
    return sorted(found, key=lambda item: (item[0], item[1], str(item[2])))


def differences(drawn: Topology, wanted: Topology) -> list[str]:
    """Return what differs between two designs, one line each; empty when they say the same."""
    left, right = described(drawn), described(wanted)
    lines = [f"missing: {kind} {name} {fields}" for kind, name, fields in right if (kind, name, fields) not in left]
    return lines + [
        f"drawn: {kind} {name} {fields}" for kind, name, fields in left if (kind, name, fields) not in right
    ]


def fill_in_host(app: Hands) -> None:
    """Say what the host is."""
    app.choose("Windows release", HOST["Windows release"])
    app.enter("Docker engine", HOST["Docker engine"])


def fill_in_adapter(app: Hands) -> None:
    """Say what the adapter is, and how the port of the physical switch behind it is set."""
    app.enter("Addresses", "10.0.0.11/24")
    app.enter("Default gateway", "10.0.0.1")
    app.enter("Speed (Mbit/s)", "10000")
    unfold(app, "Port of the physical switch", "VLAN of the port")
    app.enter("VLAN of the port", "10")


def fill_in_transparent(app: Hands) -> None:
    """Give the transparent network its subnet."""
    app.click("Add a subnet")
    app.enter("Prefix of Subnets 1", "10.0.0.0/24")
    app.enter("Gateway of Subnets 1", "10.0.0.1")


def fill_in_nat(app: Hands) -> None:
    """Say that the nat network is the one that Docker makes by itself, with the addresses that HNS gives it."""
    if _visible(app, QAbstractButton, "Remove Subnets 1"):
        app.click("Remove Subnets 1")
    unfold(app, "Docker", "Name in HNS")
    (own,) = _visible(app, QCheckBox, "Docker's own nat network")
    if not own.isChecked():
        app.click("Docker's own nat network")


def fill_in_segment(app: Hands) -> None:
    """Say which subnet the physical network has."""
    app.enter("Prefix of Subnets 1", "10.0.0.0/24")
    app.enter("VLAN of Subnets 1", "10")
    app.enter("Router of Subnets 1", "10.0.0.1")
    app.enter("DHCP range of Subnets 1", "10.0.0.100 - 10.0.0.199")


def fill_in_client(app: Hands) -> None:
    """Give the client its address."""
    app.enter("Addresses", "10.0.0.50/24")
    app.enter("Default gateway", "10.0.0.1")


def publish_port(app: Hands) -> None:
    """Publish port 8080 of the host as port 80 of the container."""
    app.click("Publish a port")
    app.enter("Port of the host of Published ports 1", "8080")
    app.enter("Port of the container of Published ports 1", "80")


def unfold(app: Hands, section: str, field: str) -> None:
    """Open a folded part of the inspector."""
    if not _visible(app, QLineEdit, field):
        app.click(section)


def _visible(app: Hands, kind: type[W], name: str) -> list[W]:
    QApplication.processEvents()
    return [found for found in app.window.findChildren(kind) if found.isVisible() and found.accessibleName() == name]


def _named(topology: Topology, key: str, value: object) -> object:
    if key in REFERENCES and isinstance(value, str):
        entity = topology.get(EntityId(value))
        if isinstance(entity, Element | Link):
            return f"<{entity.kind} {entity.name}>"
    return value
