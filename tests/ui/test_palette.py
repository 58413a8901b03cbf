from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView

from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import PartKey
from designer.ui.canvas.catalogue import CATALOGUE
from designer.ui.palette_entries import ENTRIES, ENTRY
from tests.ui.drivers import WindowDriver

pytestmark = pytest.mark.qt


def test_the_palette_offers_exactly_what_the_canvas_can_place() -> None:
    assert [entry.key for entry in ENTRIES if not entry.policy] == [entry.key for entry in CATALOGUE]


def test_all_eight_modes_are_networks() -> None:
    assert {entry.key for entry in ENTRIES if entry.group == "Networks"} == {f"network:{mode}" for mode in NetworkMode}


def test_the_filter_finds_by_every_word(app: WindowDriver) -> None:
    app.enter("Find an element", "hyp", finish=False)
    assert app.rows("Elements") == ["Workloads", "Hyper-V container"]
    app.enter("Find an element", "vxlan", finish=False)
    assert "Overlay network" in app.rows("Elements")
    app.enter("Find an element", "ingress", finish=False)
    assert app.rows("Elements") == ["Swarm and load balancing", "Swarm service"]


def test_a_filter_without_a_hit_says_what_to_try(app: WindowDriver) -> None:
    app.enter("Find an element", "zzz", finish=False)
    assert app.shows("Nothing has that name.")


def test_tips_say_what_it_is_and_when_to_use_it(app: WindowDriver) -> None:
    view = app.find("Elements", QListView)
    tip = view.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert ENTRY["windows_container"].description in tip
    assert ENTRY["windows_container"].example in tip


def test_enter_places_what_was_found(app: WindowDriver) -> None:
    app.workspace.focus_canvas()
    app.press("/")
    field = app.find("Find an element", QLineEdit)
    QTest.keyClicks(field, "server node")
    app.press("Return")
    app.press("Return")
    assert [host.name for host in app.workspace.controller.topology.of(Host)] == ["HOST01"]


def test_a_click_arms_the_tool_and_the_next_click_places(app: WindowDriver) -> None:
    app.click_row("Elements", "Host")
    canvas = app.workspace.canvas
    QTest.mouseMove(canvas, QPoint(300, 200))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert len(app.workspace.controller.topology.of(Host)) == 1


def test_a_drag_carries_the_entry_but_policies_stay(app: WindowDriver) -> None:
    view = app.find("Elements", QListView)
    model = view.model()
    flags = {str(model.index(row, 0).data()): model.index(row, 0).flags() for row in range(model.rowCount())}
    assert flags["Host"] & Qt.ItemFlag.ItemIsDragEnabled
    assert not flags["Access list"] & Qt.ItemFlag.ItemIsDragEnabled
    assert not flags["Workloads"] & Qt.ItemFlag.ItemIsSelectable
    row = list(flags).index("NAT network")
    carried = model.mimeData([model.index(row, 0)])
    assert bytes(carried.data("application/x-designer-kind").data()) == b'{"key": "network:nat"}'


def test_an_access_list_entry_goes_to_the_selected_attachment(seed: WindowDriver) -> None:
    topology = seed.workspace.controller.topology
    link = next(link for link in topology.of(Attachment) if link.ports)
    seed.workspace.controller.select([PartKey(link.source)])
    seed.click_row("Elements", "Access list")
    found = seed.workspace.controller.topology.find(link.id, Attachment)
    assert found is not None
    assert len(found.acls) == 1
    assert seed.workspace.controller.selection == {PartKey(link.id)}


def test_a_policy_without_an_attachment_says_what_to_select(seed: WindowDriver) -> None:
    seed.workspace.controller.select([])
    seed.click_row("Elements", "Bandwidth limit")
    assert seed.shows("Select a container that is on a network")
    assert not seed.workspace.controller.is_dirty


def test_a_network_of_each_mode_can_be_placed_into_a_host(app: WindowDriver) -> None:
    app.workspace.canvas.place_from_palette("host")
    host = app.workspace.controller.topology.of(Host)[0]
    for mode in NetworkMode:
        app.workspace.controller.select([PartKey(host.id)])
        app.workspace.canvas.place_from_palette(f"network:{mode}")
    assert {network.mode for network in app.workspace.controller.topology.of(ContainerNetwork)} == set(NetworkMode)
