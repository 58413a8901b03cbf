from __future__ import annotations

import itertools

from designer.export.rendered import ExportOptions
from designer.model.annotations import Suppression
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.topology import Topology
from designer.rules.runner import judge
from designer.runbook.content import contents
from designer.runbook.document import Block, Code, Heading, Picture, Steps, Table
from tests.unit.export.designs import HOST, design, switches


def blocks(topology: Topology) -> list[Block]:
    host = topology[HOST]
    assert isinstance(host, Host)
    return list(contents(topology, host, ExportOptions()))


def findings(topology: Topology) -> list[tuple[str, ...]]:
    return [
        row.cells
        for block in blocks(topology)
        if isinstance(block, Table) and block.columns[0] == "Rule"
        for row in block.rows
    ]


def test_it_begins_with_the_host_and_ends_with_the_scripts() -> None:
    found = blocks(switches())

    assert found[0] == Heading("Run-book: HOST01", 1)
    assert [block.caption for block in found if isinstance(block, Code)] == ["Setup", "Teardown"]
    assert sum(isinstance(block, Picture) for block in found) == 1


def test_steps_are_numbered_through_all_sections() -> None:
    parts = [block for block in blocks(switches()) if isinstance(block, Steps)]

    assert len(parts) > 1
    assert parts[0].first == 1
    for before, after in itertools.pairwise(parts):
        assert after.first == before.first + len(before.steps)


def test_findings_come_with_what_was_decided() -> None:
    topology = switches()
    judged = judge(topology)[0]
    about = tuple(sorted(set(judged.finding.elements)))
    decided = Suppression(id=EntityId("s"), rule=judged.rule.id, elements=about, reason="known")
    rows = findings(Topology.of_entities([*topology.entities.values(), decided]))

    assert [row[-1] for row in rows if row[0] == judged.rule.id and row[-1]] == ["suppressed: known"]


def test_nothing_to_say_is_said() -> None:
    assert findings(design()) == []


def test_findings_of_other_hosts_stay_in_their_own_books() -> None:
    other = Host(id=EntityId("host-2"), name="HOST02")
    idle = ContainerNetwork(id=EntityId("idle"), name="idle", parent=other.id, mode=NetworkMode.INTERNAL)
    topology = Topology.of_entities([*design().entities.values(), other, idle])

    assert any(judged.finding.elements == ("idle",) for judged in judge(topology))
    assert findings(topology) == []
