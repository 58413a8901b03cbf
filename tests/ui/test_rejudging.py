"""What a host is decides what cannot work on it: changing it in the inspector judges the design again at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox

from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.rules.registry import Judged
from tests.ui.drivers import WindowDriver
from tests.unit.rules.designs import Drawn, design

pytestmark = pytest.mark.qt

HOST = EntityId("HOST01")


def opened(driver: WindowDriver, drawn: Drawn, *sections: str) -> WindowDriver:
    """Show the host of a design in the inspector, with some of the folded parts of its form opened."""
    driver.workspace.controller.adopt(drawn.topology)
    driver.wait_until(lambda: driver.workspace.controller.is_judged)
    driver.workspace.controller.select([PartKey(HOST)])
    for section in sections:
        driver.click(section)
    return driver


def of_rule(driver: WindowDriver, rule: str) -> list[Judged]:
    driver.wait_until(lambda: driver.workspace.controller.is_judged)
    return [found for found in driver.workspace.controller.judged if found.rule.id == rule]


def test_the_release(app: WindowDriver) -> None:
    opened(app, design().host(engine_version="25.0.3"))
    assert not of_rule(app, "HST003")
    app.choose("Windows release", "Windows Server 2016")
    assert of_rule(app, "HST003")
    app.choose("Windows release", "Windows Server 2022")
    assert not of_rule(app, "HST003")


def test_the_version_of_the_engine(app: WindowDriver) -> None:
    opened(app, design().host(os="ws2016", engine_version="25.0.3"))
    assert of_rule(app, "HST003")
    app.enter("Docker engine", "17.06")
    assert not of_rule(app, "HST003")


def test_the_update(app: WindowDriver) -> None:
    opened(app, design().host(os="ws2016", update_revision=206))
    assert of_rule(app, "HST008")
    app.enter("Update revision (UBR)", "693")
    assert not of_rule(app, "HST008")


def test_the_build(app: WindowDriver) -> None:
    opened(app, design().host(os="ws2016"), "Windows")
    app.enter("Build", "10240")
    assert of_rule(app, "HST001")


def test_the_edition(app: WindowDriver) -> None:
    opened(app, design().host(os="win11", edition="home"))
    (found,) = of_rule(app, "HST007")
    assert app.find("Edition", QComboBox).accessibleDescription() == found.finding.message
    app.choose("Edition", "Enterprise")
    assert not of_rule(app, "HST007")


def test_the_virtualisation(app: WindowDriver) -> None:
    opened(app, design().host().container(hyperv=True), "Machine")
    assert not of_rule(app, "ISO006")
    app.choose("Runs on", "Hyper-V virtual machine")
    assert of_rule(app, "ISO006")
    app.find("Nested virtualization", QCheckBox).click()
    assert not of_rule(app, "ISO006")


def test_the_cloud(app: WindowDriver) -> None:
    opened(app, design().host().nic("Ethernet").network("tunnel", mode="l2tunnel", uplink="Ethernet"))
    assert of_rule(app, "AZR002")
    app.choose("Runs on", "Azure virtual machine")
    assert not of_rule(app, "AZR002")
    assert app.workspace.controller.undo_stack.count() == 1
