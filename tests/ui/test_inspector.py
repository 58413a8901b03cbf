from __future__ import annotations

from ipaddress import IPv4Address, IPv4Interface

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from designer.editing.commands import set_fields
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.base import Element, Link
from designer.model.entities import ELEMENT_TYPES, LINK_TYPES
from designer.model.flows import Flow
from designer.model.hosts import Host, PhysicalNic
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.realisation import PartKey
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.workloads import WindowsContainer
from designer.resources import example_folder
from designer.ui.inspector.fields import FORMS
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt

HIDDEN = {"id", "kind", "parent", "source", "target"}


def select(driver: WindowDriver, *names: str) -> None:
    topology = driver.workspace.controller.topology
    driver.workspace.controller.select(PartKey(found.id) for found in topology.elements() if found.name in names)


def element(driver: WindowDriver, name: str) -> Element:
    return next(found for found in driver.workspace.controller.topology.elements() if found.name == name)


def has(driver: WindowDriver, name: str) -> bool:
    return any(found.name == name for found in driver.workspace.controller.topology.elements())


def attachment_of(driver: WindowDriver, name: str) -> Attachment:
    topology = driver.workspace.controller.topology
    return topology.links_of(element(driver, name).id, Attachment)[0]


@pytest.mark.parametrize("kind", [*ELEMENT_TYPES, *LINK_TYPES])
def test_every_stored_field_has_a_place_in_the_form(kind: type[Element] | type[Link]) -> None:
    shown = {spec.name for spec in FORMS[kind]}
    wanted = set(kind.model_fields) - HIDDEN
    if issubclass(kind, Link):
        wanted.discard("remark")
    assert shown == wanted


def test_a_name_is_committed_by_enter_as_one_step(seed: WindowDriver) -> None:
    select(seed, "web01")
    seed.enter("Name", "shop01")
    assert has(seed, "shop01")
    assert seed.workspace.controller.undo_stack.count() == 1


def test_leaving_a_field_commits_and_escape_restores(seed: WindowDriver) -> None:
    select(seed, "web01")
    seed.enter("Name", "shop01", finish=False)
    seed.press("Tab")
    assert has(seed, "shop01")
    seed.enter("Name", "other", finish=False)
    seed.press("Esc")
    assert seed.find("Name", QLineEdit).text() == "shop01"
    assert seed.workspace.controller.undo_stack.count() == 1


def test_a_wrong_address_stays_with_a_sentence_and_changes_nothing(seed: WindowDriver) -> None:
    before = attachment_of(seed, "app01").ip
    seed.workspace.controller.select([PartKey(attachment_of(seed, "app01").id)])
    seed.enter("IP address", "10.0.0.999")
    assert seed.shows("“10.0.0.999” is not an IP address; write it like 10.0.0.5.")
    assert attachment_of(seed, "app01").ip == before
    seed.enter("IP address", "10.0.0.33")
    assert attachment_of(seed, "app01").ip == IPv4Address("10.0.0.33")
    assert not seed.shows("is not an IP address")


def test_a_finding_stands_below_its_field_with_its_fix(seed: WindowDriver) -> None:
    seed.workspace.controller.select([PartKey(attachment_of(seed, "app01").id)])
    seed.enter("IP address", "10.9.9.9")
    seed.wait_until(lambda: seed.workspace.controller.is_judged)
    field = seed.find("IP address", QLineEdit)
    assert "10.9.9.9" in field.accessibleDescription()
    fix = next(
        found.finding.fix.label
        for found in seed.workspace.controller.judged
        if found.finding.field == "ip" and found.finding.fix is not None
    )
    tip = seed.find(f"Fix: {fix}", QAbstractButton).toolTip()
    assert tip.startswith(f"{fix}\napp01 – ")
    assert ": IP address: 10.9.9.9 → 10.0.0." in tip
    seed.click(f"Fix: {fix}")
    seed.wait_until(lambda: seed.workspace.controller.is_judged)
    assert attachment_of(seed, "app01").ip in IPv4Interface("10.0.0.0/24").network


def test_ports_are_added_changed_and_removed_in_a_table(seed: WindowDriver) -> None:
    seed.workspace.controller.select([PartKey(attachment_of(seed, "web01").id)])
    seed.click("Publish a port")
    assert len(attachment_of(seed, "web01").ports) == 2
    ports = [port.host_port for port in attachment_of(seed, "web01").ports]
    assert len(set(ports)) == 2, "a new port is free"
    seed.enter("Port of the host of Published ports 2", "9443")
    assert attachment_of(seed, "web01").ports[1].host_port == 9443
    remove = seed.find("Remove Published ports 1", QToolButton)
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert [port.host_port for port in attachment_of(seed, "web01").ports] == [9443]


def test_several_elements_show_what_they_share_and_change_in_one_step(seed: WindowDriver) -> None:
    select(seed, "web01", "app01")
    assert seed.shows("2 selected")
    image = seed.find("Image", QLineEdit)
    assert image.text() or image.placeholderText() == "(mixed)"
    seed.enter("Build of the image", "17763")
    topology = seed.workspace.controller.topology
    assert {found.image_build for found in topology.of(WindowsContainer)} == {17763}
    assert seed.workspace.controller.undo_stack.count() == 1
    seed.pick("Edit", "Undo")
    assert 17763 not in {found.image_build for found in seed.workspace.controller.topology.of(WindowsContainer)}


def test_different_values_are_mixed_until_one_is_chosen(seed: WindowDriver) -> None:
    select(seed, "web01")
    seed.enter("Image", "contoso/web:1")
    select(seed, "web01", "app01")
    image = seed.find("Image", QLineEdit)
    assert (image.text(), image.placeholderText()) == ("", "(mixed)")


def test_a_release_is_chosen_by_its_title(seed: WindowDriver) -> None:
    select(seed, "HOST01")
    seed.choose("Windows release", "Windows Server 2022")
    assert seed.workspace.controller.topology.of(Host)[0].os is OsRelease.WS2022
    assert seed.workspace.controller.undo_stack.undoText() == "Set Windows release of HOST01"


def test_a_choice_that_cannot_work_is_disabled_with_the_reason(seed: WindowDriver) -> None:
    select(seed, "corp")
    box = seed.find("Connectivity mode", QComboBox)
    box.showPopup()
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    refused = {
        model.item(row).text(): model.item(row).toolTip()
        for row in range(model.rowCount())
        if not model.item(row).isEnabled()
    }
    box.hidePopup()
    assert all(refused.values())
    assert box.currentText() == "Transparent"
    assert "Transparent" not in refused


def test_derived_values_are_marked_and_say_why(seed: WindowDriver) -> None:
    nat = next(found for found in seed.workspace.controller.topology.of(ContainerNetwork) if found.mode == "nat")
    seed.workspace.controller.select([PartKey(nat.id, "winnat")])
    outside = seed.find("Outside address", QLineEdit)
    assert outside.isReadOnly()
    assert outside.text().startswith("10.0.0.11 on vEthernet (corp)")
    assert outside.accessibleDescription().startswith("Derived:")
    assert seed.shows("derived")
    seed.click(f"Show {nat.name}")
    assert seed.workspace.controller.selection == {PartKey(nat.id)}


def test_nothing_selected_shows_the_design(seed: WindowDriver) -> None:
    seed.workspace.controller.select([])
    seed.enter("Title", "Seed")
    seed.find("Description", QPlainTextEdit).selectAll()
    seed.write("Description", "One host.")
    info = seed.workspace.controller.topology.find(DESIGN_ID, DesignInfo)
    assert info is not None
    assert (info.title, info.description) == ("Seed", "One host.")


def test_the_keyboard_stays_in_a_field_while_the_design_changes(seed: WindowDriver) -> None:
    select(seed, "web01")
    seed.enter("Image", "contoso/we", finish=False)
    seed.workspace.controller.judge_now()
    seed.workspace.canvas.place_from_palette("client")
    select(seed, "web01")
    assert has(seed, "web01")


def test_f4_goes_to_the_first_field(seed: WindowDriver) -> None:
    select(seed, "web01")
    seed.workspace.focus_canvas()
    seed.press("F4")
    assert seed.find("Name", QLineEdit).hasFocus()


def test_folded_sections_are_remembered(seed: WindowDriver) -> None:
    select(seed, "web01")
    assert not _visible(seed, "Memory limit (MiB)")
    QTest.mouseClick(seed.find("Limits", QToolButton), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert _visible(seed, "Memory limit (MiB)")
    select(seed, "HOST01")
    select(seed, "web01")
    assert _visible(seed, "Memory limit (MiB)")


def test_a_tick_box_commits_at_once(seed: WindowDriver) -> None:
    select(seed, "HOST01")
    QTest.mouseClick(seed.find("Windows", QToolButton), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    box = seed.find("In production", QCheckBox)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert seed.workspace.controller.topology.of(Host)[0].production


def test_prose_takes_lines_and_escape_restores_it(seed: WindowDriver) -> None:
    select(seed, "web01")
    QTest.mouseClick(seed.find("Remark", QToolButton), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    box = seed.find("Remark", QPlainTextEdit)
    box.setFocus()
    QTest.keyClicks(box, "front")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.toPlainText() == ""
    seed.write("Remark", "front end")
    assert element(seed, "web01").remark == "front end"


def _visible(driver: WindowDriver, label: str) -> bool:
    QApplication.processEvents()
    return any(found.text() == label and found.isVisible() for found in driver.window.findChildren(QLabel))


def test_escape_with_nothing_to_restore_goes_back_to_the_canvas(seed: WindowDriver) -> None:
    select(seed, "web01")
    seed.press("F4")
    seed.press("Esc")
    assert seed.workspace.canvas.hasFocus()
    assert seed.workspace.controller.selection


def test_an_attachment_says_how_many_addresses_are_free(seed: WindowDriver) -> None:
    seed.workspace.controller.select([PartKey(attachment_of(seed, "app01").id)])
    free = seed.find("Free addresses", QLineEdit).text()
    number, _, rest = free.partition(" of ")
    assert rest == "254 in 10.0.0.0/24"
    assert 0 < int(number) < 254


def test_a_fix_in_the_inspector_is_asked_for_again_before_it_is_applied(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    select(app, "nat0")
    network = element(app, "nat0")
    assert isinstance(network, ContainerNetwork)
    mended = network.subnets[0].model_copy(update={"gateway": IPv4Address("172.16.0.7")})
    button = app.find("Fix: Use gateway 172.16.0.1", QPushButton)
    app.workspace.controller.execute(set_fields(app.workspace.controller.topology, [network.id], subnets=(mended,)))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert app.shows("There is nothing to fix any more")
    assert app.workspace.controller.undo_stack.count() == 1


def test_a_finding_leads_into_the_row_of_its_table(app: WindowDriver) -> None:
    app.workspace.files.open(example_folder() / "broken.cnd")
    app.wait_until(lambda: app.workspace.controller.is_judged)
    app.press("F8")
    assert app.find("Prefix of Subnets 1", QLineEdit).hasFocus()


def test_the_port_mode_of_an_adapter_can_be_unknown_again(seed: WindowDriver) -> None:
    select(seed, "Ethernet")
    nic = element(seed, "Ethernet")
    assert isinstance(nic, PhysicalNic)
    seed.workspace.inspector.begin("switch_port")
    seed.choose("Port mode", "Trunk")
    seed.choose("Port mode", "Unknown")
    nic = element(seed, "Ethernet")
    assert isinstance(nic, PhysicalNic)
    assert nic.switch_port is None


@pytest.fixture
def swarm(app: WindowDriver) -> WindowDriver:
    """Return the window with the example of a swarm."""
    app.workspace.files.open(example_folder() / "swarm.cnd")
    return app


def test_a_service_is_edited_with_its_ports_and_says_where_it_runs(swarm: WindowDriver) -> None:
    select(swarm, "shop")
    swarm.enter("Replicas", "5")
    swarm.choose("Endpoint mode", "DNS round robin: the addresses of the tasks")
    swarm.click("Publish a port")
    shop = next(found for found in swarm.workspace.controller.topology.of(Service) if found.name == "shop")
    assert (shop.replicas, shop.endpoint_mode) == (5, "dnsrr")
    assert shop.ports[1] == ServicePort(published=8081, mode="host"), "round robin has no address for the mesh"
    assert swarm.find("Runs on", QLineEdit).text() == "NODE01, NODE02"
    select(swarm, "orders")
    assert swarm.find("Runs on", QLineEdit).text() == "NODE02"
    swarm.click("Placement")
    swarm.enter("Constraints", "node.role == worker, node.hostname == NODE01")
    swarm.wait_until(lambda: swarm.shows("The nodes of its swarm that meet its constraints"))
    orders = next(found for found in swarm.workspace.controller.topology.of(Service) if found.name == "orders")
    assert orders.constraints == ("node.role == worker", "node.hostname == NODE01")


def test_traffic_is_edited_and_says_what_becomes_of_it(swarm: WindowDriver) -> None:
    topology = swarm.workspace.controller.topology
    flow = next(found for found in topology.of(Flow) if found.source == "client")
    swarm.workspace.controller.select([PartKey(flow.id)])
    assert swarm.find("What becomes of it", QLineEdit).text() == "arrives, and the answer comes back"
    swarm.enter("Port", "9999")
    swarm.wait_until(lambda: swarm.shows("publishes no port 9999"))
    swarm.enter("Port", "")
    swarm.wait_until(lambda: swarm.shows("The first port that the target publishes or opens"))
    swarm.choose("Protocol", "UDP")
    after = swarm.workspace.controller.topology.find(flow.id, Flow)
    assert after is not None
    assert (after.protocol, after.port, after.address) == ("udp", None, "published")
