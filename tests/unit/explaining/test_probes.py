"""One question to the rules."""

from __future__ import annotations

from designer.explaining.probes import PROBES, Answer, Probe, answers
from designer.explaining.smallest import Smallest
from designer.model.modes import COLUMNS
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease
from designer.rules.registry import RULES


def test_every_probe_asks_rules_that_exist_about_modes_in_order() -> None:
    assert len({probe.feature for probe in PROBES}) == len(PROBES)
    for probe in PROBES:
        assert {*probe.refused_by, *probe.limited_by} <= set(RULES)
        assert list(probe.modes) == [mode for mode in NetworkMode if mode in probe.modes]


def test_a_finding_of_a_refusing_rule_means_no_and_of_a_limiting_one_limited() -> None:
    def vlan(small: Smallest) -> Smallest:
        return small.change(small.network.id, vlan=10)

    asked = (NetworkMode.NAT, OsRelease.WS2022)
    assert Probe("VLAN", vlan, ("VLN001",)).answer(*asked) is Answer.NO
    assert Probe("VLAN", vlan, ("VLN002",), ("VLN001",)).answer(*asked) is Answer.LIMITED
    assert Probe("VLAN", vlan, ("VLN002",)).answer(*asked) is Answer.YES


def test_every_release_with_a_column_is_asked() -> None:
    assert len(answers(PROBES[0], NetworkMode.NAT)) == len(COLUMNS)
