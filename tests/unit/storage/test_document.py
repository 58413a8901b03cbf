"""Limits and defaults of documents."""

from __future__ import annotations

from designer.model.topology import Topology
from designer.storage.document import FORMAT, MAX_ENTITIES, Document


def test_a_new_document_is_of_the_present_format_and_may_be_written() -> None:
    document = Document(Topology())

    assert (document.format, document.read_only, document.notes) == (FORMAT, False, ())


def test_the_limits_leave_room_for_the_largest_promised_design() -> None:
    nodes = 50_000

    assert nodes * 3 <= MAX_ENTITIES, "an element, its link and its placement"
