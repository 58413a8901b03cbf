"""What is done with findings: judging declared traffic, suppressing, listing ten thousand, explaining a message."""

from __future__ import annotations

from itertools import cycle, islice
from typing import cast

import pytest

from designer.explaining.explain import explain
from designer.model.annotations import Suppression
from designer.model.changes import ChangeSet, Edit
from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer
from designer.rules.catalogue import catalogue
from designer.rules.registry import Judged
from designer.rules.runner import judge
from designer.rules.suppressing import Sifted, sift, suppress, unsuppress
from designer.ui.app import application
from designer.ui.docks.problem_list import ProblemModel
from tests.benchmarks.designs import container_ids, design
from tests.benchmarks.harness import Stopwatch
from tests.benchmarks.test_model import Editing

sizes = pytest.mark.parametrize("size", [1_000, 10_000])

MESSAGE = (
    "Error response from daemon: failed to create endpoint app0010 on network corp: "
    "hnsCall failed in Win32: The IP address is either invalid or not part of any configured subnet(s). (0x803b001e)"
)


def with_traffic(topology: Topology) -> Topology:
    """Return a design in which each host promises three flows: inside it, to its neighbour, from there."""
    by_host = {host.id: topology.children(host.id, WindowsContainer) for host in topology.of(Host)}
    rings = [containers for containers in by_host.values() if len(containers) > 3]
    flows = []
    for number, (own, other) in enumerate(zip(rings, [*rings[1:], *rings[:1]], strict=True)):
        for place, (source, target) in enumerate(((own[0], own[1]), (own[2], other[2]), (other[3], own[3]))):
            flows.append(Flow(id=EntityId(f"flow{number}.{place}"), source=source.id, target=target.id, port=80))
    return topology.apply(ChangeSet("Declare traffic", tuple(Edit(None, flow) for flow in flows)))


@sizes
def test_judge_one_edit_with_traffic(compare: Stopwatch, size: int) -> None:
    editing = Editing(with_traffic(design(size)))
    compare(
        "validate, one edit, with declared traffic",
        size,
        editing.judge,
        None,
        0.5,
        figure="p95",
        rounds=40,
        prepare=editing.rename_next,
    )


@sizes
def test_suppress_and_bring_back(compare: Stopwatch, size: int) -> None:
    topology = design(size)
    judged = judge(topology)
    chosen = cycle(islice(judged, 100))

    def toggle() -> Sifted:
        change = suppress(topology, next(chosen), "It is meant to be so.")
        after = topology.apply(change)
        sift(after, judged)
        (edit,) = change.edits
        assert edit.after is not None
        return sift(after.apply(unsuppress(after, cast(Suppression, edit.after))), judged)

    def filter_twice() -> list[Judged]:
        hidden = {("PRT013", judged[0].finding.elements)}
        kept = [found for found in judged if (found.rule.id, found.finding.elements) not in hidden]
        return [*kept, *(found for found in judged if (found.rule.id, found.finding.elements) in hidden)]

    compare("suppress a finding and bring it back, model and list", size, toggle, filter_twice, 20, rounds=20)


class Panel:
    """The list of the problems panel with ten thousand findings, of which some are found again after each edit."""

    def __init__(self) -> None:
        topology = design(10_000)
        found = judge(topology)
        self.topology = topology
        self.findings = tuple(islice(cycle(found), 10_000))
        self.model = ProblemModel()
        self._turn = cycle((0, 1))

    def show(self) -> None:
        start = next(self._turn)
        shown = self.findings[start:]
        self.model.show_findings(self.topology, shown, Sifted(shown, (), ()))

    def show_anew(self) -> None:
        self.model = ProblemModel()
        self.show()

    def words(self) -> list[str]:
        return [f"{found.rule.id} {found.finding.message}" for found in self.findings]


@pytest.mark.parametrize("again", [True, False])
def test_list_ten_thousand_findings(compare: Stopwatch, again: bool) -> None:
    application()
    panel = Panel()
    panel.show()
    task = "list 10 000 findings " + ("again, one fewer or more" if again else "for the first time")
    compare(task, 10_000, panel.show if again else panel.show_anew, panel.words, 40, rounds=10)


@sizes
def test_explain_a_message(compare: Stopwatch, size: int) -> None:
    topology = design(size)
    findings = judge(topology)

    def look_for_words() -> list[str]:
        words = MESSAGE.casefold().split()
        return [rule.id for rule in catalogue() if any(word in rule.why.casefold() for word in words)]

    container = container_ids(topology)[0]
    message = MESSAGE.replace("app0010", topology[container].name)  # type: ignore[union-attr]  # it is a container
    compare("explain a message", size, lambda: explain(message, topology, findings), look_for_words, 60, rounds=10)
