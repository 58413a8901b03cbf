"""Steps on the machine after consent."""

from __future__ import annotations

import pytest

from designer.errors import ChangeError
from designer.export.consent import STEPS
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.rules.catalogue import rule_of
from designer.rules.consenting import SCRIPTED, as_hint, can_consent, consent, host_of_finding, is_consented
from designer.rules.registry import FixClass, Judged, Severity
from designer.rules.runner import judge
from tests.unit.rules.designs import design

MISSING = design().host(containers_feature=False).network().topology
HOST = EntityId("HOST01")


def feature(topology: Topology) -> Judged:
    return next(found for found in judge(topology) if found.rule.id == "HST002")


def steps(topology: Topology) -> tuple[str, ...]:
    host = topology.find(HOST, Host)
    assert host is not None
    return host.script_steps


def test_the_rules_with_a_step_are_those_that_the_export_has_one_for() -> None:
    assert set(STEPS) == SCRIPTED
    assert {rule_of(rule).fix_class for rule in SCRIPTED} == {FixClass.SCRIPT}


def test_consent_is_given_and_taken_back_in_one_step_each() -> None:
    found = feature(MISSING)
    assert can_consent(MISSING, found)
    change = consent(MISSING, found)
    assert change.label == "Let the script of HOST01 mend HST002"
    after = MISSING.apply(change)
    assert steps(after) == ("HST002",)
    assert is_consented(after, found)
    assert not can_consent(after, found)
    assert after.apply(consent(after, found, given=False)) == MISSING


def test_consent_keeps_the_steps_that_are_there() -> None:
    topology = design().host(containers_feature=False, script_steps=("SWI012",)).network().topology
    assert steps(topology.apply(consent(topology, feature(topology)))) == ("HST002", "SWI012")


def test_the_host_of_a_finding_at_a_link_is_the_one_of_its_upper_end() -> None:
    topology = (
        design()
        .host(blocked_ports=({"port": 8080},))
        .network()
        .container(on="nat0", ports=({"host_port": 8080},))
        .topology
    )
    found = next(judged for judged in judge(topology) if judged.rule.id == "PRT020")
    host = host_of_finding(topology, found.finding.elements)
    assert host is not None
    assert host.id == HOST


def test_a_rule_without_a_step_cannot_be_consented_to() -> None:
    topology = design().host(build=10240).network().topology
    found = next(judged for judged in judge(topology) if judged.rule.id not in SCRIPTED)
    assert not can_consent(topology, found)
    with pytest.raises(ChangeError, match="No script has a step"):
        consent(topology, found)


def test_a_hint_says_that_the_script_takes_care_and_stands_with_the_hints() -> None:
    found = feature(MISSING)
    hint = as_hint(found)
    assert found.severity is Severity.ERROR
    assert hint.severity is Severity.INFO
    assert hint.finding.message == f"{found.finding.message} The exported script takes care of this."
    assert hint.order > found.order
