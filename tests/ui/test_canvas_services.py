"""Services of a swarm on the canvas: placed, joined, copied, told; by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt

from designer.model.hosts import Host, HostRole
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.ui.canvas import spoken
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas_driver import CanvasDriver
from tests.unit.sample import eid, placed, subnet


def swarm(os: OsRelease) -> Topology:
    net = ContainerNetwork(
        id=eid("net"), name="shop-net", mode=NetworkMode.OVERLAY, subnets=(subnet("10.0.1.0/24", "10.0.1.1", 4096),)
    )
    local = ContainerNetwork(id=eid("nat"), name="nat0", parent=eid("n1"), subnets=(Subnet(prefix="172.20.0.0/24"),))
    node = Host(id=eid("n1"), name="NODE01", os=os, role=HostRole.SWARM_MANAGER, swarm="shop")
    return Topology.of_entities((node, net, local, placed(eid("n1"), 0, 300), placed(eid("net"), 600, 300)))


@pytest.fixture
def nodes(empty_view: CanvasView) -> Iterator[CanvasDriver]:
    """Return a driver of a canvas with one node of a swarm, an overlay network and a local one."""
    empty_view.controller.adopt(swarm(OsRelease.WS2022))
    empty_view.fit_all()
    empty_view.setFocus()
    yield CanvasDriver(empty_view)


def services(view: CanvasView) -> list[Service]:
    return list(view.controller.topology.of(Service))


def test_a_service_is_dragged_out_of_the_palette_onto_the_canvas(nodes: CanvasDriver, empty_view: CanvasView) -> None:
    nodes.drop_from_palette("Swarm service", nodes.scene_point(200, 120))
    nodes.type_name("shop")
    (service,) = services(empty_view)
    assert (service.name, service.parent, service.endpoint_mode) == ("shop", None, "vip")
    assert service.image.endswith(":ltsc2022")
    assert service.ports == (ServicePort(published=8080),)
    look = empty_view.stage.scene.look(empty_view.stage.scene.row_of[nodes.key("shop")])
    assert (look.fact, look.chips) == ("1 replica · vip", ("8080 → 80/tcp · ingress",))
    assert empty_view.controller.undo_stack.count() == 1


def test_a_host_does_not_take_a_service_and_says_why(nodes: CanvasDriver, empty_view: CanvasView) -> None:
    nodes.drop_from_palette("Swarm service", nodes.inside("NODE01", 300, 100))
    assert services(empty_view) == []


def test_click_keyboard_and_quick_add_place_it_too(nodes: CanvasDriver, empty_view: CanvasView) -> None:
    empty_view.start_placing("service")
    nodes.click(nodes.scene_point(200, 100))
    nodes.type_name("one")
    empty_view.place_from_palette("service")
    nodes.type_name("two")
    nodes.click(QPoint(5, 890))
    nodes.keys(Qt.Key.Key_Insert)
    nodes.pick("Swarm service")
    nodes.type_name("three")
    found = {service.name: service.ports[0].published for service in services(empty_view)}
    assert found == {"one": 8080, "two": 8081, "three": 8082}
    rects = [empty_view.stage.box(nodes.key(name)) for name in found]
    assert all(box is not None for box in rects)


def test_on_windows_server_2016_it_starts_without_the_routing_mesh(empty: CanvasDriver, empty_view: CanvasView) -> None:
    empty_view.controller.adopt(swarm(OsRelease.WS2016))
    empty_view.place_from_palette("service")
    (service,) = services(empty_view)
    assert (service.endpoint_mode, service.ports[0].mode) == ("dnsrr", "host")


def test_it_joins_an_overlay_network_and_no_local_one(nodes: CanvasDriver, empty_view: CanvasView) -> None:
    nodes.drop_from_palette("Swarm service", nodes.scene_point(200, 120))
    nodes.type_name("shop")
    nodes.connect("shop", "shop-net")
    topology = empty_view.controller.topology
    assert [topology[link.target].id for link in topology.of(Attachment)] == ["net"]
    empty_view.controller.undo()
    nodes.connect("shop", "nat0")
    after = empty_view.controller.topology
    assert not after.of(Attachment)
    (local,) = (network for network in after.of(ContainerNetwork) if network.name == "nat0")
    assert local.scope == "swarm", "dropping it there makes the network known to the swarm, as the pointer said"


def test_copies_publish_other_ports_and_undo_removes_them(nodes: CanvasDriver, empty_view: CanvasView) -> None:
    nodes.drop_from_palette("Swarm service", nodes.scene_point(200, 120))
    nodes.type_name("shop")
    nodes.click("shop")
    nodes.keys(Qt.Key.Key_D, held=Qt.KeyboardModifier.ControlModifier)
    assert sorted(service.ports[0].published for service in services(empty_view)) == [8080, 8081]
    empty_view.controller.undo()
    assert len(services(empty_view)) == 1
    nodes.click("shop")
    nodes.keys(Qt.Key.Key_Delete)
    assert services(empty_view) == []


def test_it_is_moved_and_told_to_screen_readers(nodes: CanvasDriver, empty_view: CanvasView) -> None:
    nodes.drop_from_palette("Swarm service", nodes.scene_point(200, 120))
    nodes.type_name("shop")
    before = empty_view.stage.box(nodes.key("shop"))
    nodes.drag_by("shop", 64, 0)
    after = empty_view.stage.box(nodes.key("shop"))
    assert before is not None
    assert after is not None
    assert after[0] > before[0]
    assert spoken.thing(empty_view.stage, nodes.key("shop")).startswith("shop, Swarm service, 1 replica · vip")
