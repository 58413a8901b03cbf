"""Which subjects a rule is asked about: the same in a whole pass as one by one."""

from __future__ import annotations

from hypothesis import given, settings

from designer.model.topology import Topology
from designer.rules.catalogue import catalogue
from designer.rules.design import Design
from designer.rules.registry import Index, kinds_of
from designer.rules.selection import Selection, concerns
from tests.property.strategies import topologies


@settings(max_examples=25, deadline=None)
@given(topologies())
def test_the_cuts_hold_what_concerns_the_rule(topology: Topology) -> None:
    design = Design(topology, whole=True)
    selection = Selection(design)
    for rule in catalogue():
        if isinstance(rule.subject, Index):
            continue
        asked = [entity_id for _, entity_id in selection.subjects(rule)]
        expected = [
            entity.id
            for kind in kinds_of(rule.subject)
            for entity in topology.of(kind)
            if concerns(design, rule, entity)
        ]
        assert sorted(asked) == sorted(expected)
        assert len(asked) == len(set(asked))
