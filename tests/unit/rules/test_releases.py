"""A rule that names releases never speaks on another one, whatever else is wrong there."""

from __future__ import annotations

import pytest

from designer.model.hosts import Host
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.rules.catalogue import catalogue
from designer.rules.registry import Rule
from designer.rules.runner import judge
from tests.property.random_edits import fragments

LIMITED = tuple(rule for rule in catalogue() if rule.os and rule.decidable)


def on(topology: Topology, release: OsRelease) -> Topology:
    """Return the design with all hosts on one release, as it shipped."""
    return Topology.of_entities(
        entity.evolve(os=release, build=None) if isinstance(entity, Host) else entity
        for entity in topology.entities.values()
    )


@pytest.mark.parametrize("release", list(OsRelease))
def test_rules_of_other_releases_are_silent(release: OsRelease) -> None:
    others: list[Rule] = [rule for rule in LIMITED if release not in rule.os]
    told = {
        (judged.rule.id, judged.finding.message)
        for fragment in fragments()
        for judged in judge(on(fragment, release), others)
    }
    assert not told
