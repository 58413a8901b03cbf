"""What a change would do, in the words of the inspector."""

from __future__ import annotations

from typing import Any

from designer.drawing.theme import LIGHT
from designer.editing.commands import set_fields
from designer.editing.removal import delete
from designer.model.changes import ChangeSet, Edit
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.topology import Topology
from designer.ui.inspector.change_preview import preview_html, preview_text
from tests.unit.rules.designs import design

DRAWN = (
    design()
    .host()
    .network("nat0", subnets=({"prefix": "172.16.0.0/24", "gateway": "172.16.0.1"},))
    .container("web", on="nat0", ip="172.16.0.9", ports=({"host_port": 8080, "container_port": 80},))
    .topology
)
LINK = DRAWN.of(Attachment)[0].id


def text(**fields: Any) -> str:
    return preview_text(DRAWN, set_fields(DRAWN, [LINK], **fields))


def test_a_field_has_its_label_and_both_values() -> None:
    assert text(ip="172.16.0.10") == "web – nat0: IP address: 172.16.0.9 → 172.16.0.10"
    assert text(ip=None) == "web – nat0: IP address: 172.16.0.9 → nothing"


def test_words_of_the_inspector_stand_for_stored_ones() -> None:
    change = set_fields(DRAWN, [EntityId("HOST01")], os="ws2019", containers_feature=False)
    lines = preview_text(DRAWN, change).splitlines()
    assert "HOST01: Windows release: Windows Server 2022 → Windows Server 2019" in lines
    assert any(line.endswith(": yes → no") for line in lines)


def test_a_part_of_a_row_is_named() -> None:
    assert text(ports=({"host_port": 8081, "container_port": 80},)) == (
        "web – nat0: Published ports, host port: 8080 → 8081"
    )


def test_rows_come_and_go_with_their_values() -> None:
    assert text(ports=()) == "web – nat0: Published ports, removed: 8080 → 80"
    both = ({"host_port": 8080, "container_port": 80}, {"host_port": 8443, "container_port": 443, "protocol": "udp"})
    assert text(ports=both) == "web – nat0: Published ports, added: 8443 → 443 udp"


def test_things_come_and_go_by_name_and_places_are_left_out() -> None:
    gone = preview_text(DRAWN, delete(DRAWN, [EntityId("nat0")]))
    assert gone.splitlines() == ["web – nat0: removed, Attachment", "nat0: removed, Container network"]
    empty = Topology.of_entities([])
    new = preview_text(empty, ChangeSet("Add", tuple(Edit(None, entity) for entity in DRAWN.entities.values())))
    assert set(new.splitlines()) == {
        "HOST01: new, Host",
        "nat0: new, Container network",
        "web: new, Windows container",
        "web – nat0: new, Attachment",
    }


def test_html_cannot_be_broken_by_names() -> None:
    change = set_fields(DRAWN, [EntityId("web")], name="<b>&")
    assert "<b>&" not in preview_html(DRAWN, change, LIGHT)
    assert "&lt;b&gt;&amp;" in preview_html(DRAWN, change, LIGHT)
