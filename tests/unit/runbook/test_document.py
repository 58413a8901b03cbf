from __future__ import annotations

from designer.runbook.document import Heading, Row, Steps, Table


def test_a_heading_is_no_title_and_steps_begin_with_one() -> None:
    assert Heading("Networks").level == 2
    assert Steps(()).first == 1


def test_a_column_that_says_nothing_goes() -> None:
    table = Table(("Name", "VLAN", "Driver"), (Row(("a", "", "nat")), Row(("b", "", ""))))

    assert table.without_empty_columns() == Table(("Name", "Driver"), (Row(("a", "nat")), Row(("b", ""))))
