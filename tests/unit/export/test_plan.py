from __future__ import annotations

import pytest

from designer.errors import ExportError
from designer.export.plan import plan
from designer.export.script import Section
from designer.export.statements import CreateNetwork, EnterSwarm, Remark
from designer.model.hosts import Host, Machine
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease
from tests.unit.export.designs import (
    HOST,
    attached,
    container,
    design,
    network,
    nic,
    old_host,
    pods,
    second_manager,
    uplink,
)
from tests.unit.export.designs import switches as switches_design


def remarks(statements: tuple[object, ...]) -> list[str]:
    return [each.reason for each in statements if isinstance(each, Remark)]


def test_a_host_that_is_not_there_is_refused() -> None:
    with pytest.raises(ExportError, match="no host “nobody”"):
        plan(design(), EntityId("nobody"))


def test_sections_come_in_their_order() -> None:
    sections = [statement.section for statement in plan(switches_design(), HOST).statements]

    assert sections == sorted(sections, key=list(Section).index)


def test_the_script_says_for_which_machine_it_is() -> None:
    script = plan(old_host(), HOST)

    assert (script.host_name, script.os, script.build) == ("HOST01", OsRelease.WS2016, 14393)


def test_an_empty_compartment_is_a_remark() -> None:
    assert [text for text in remarks(plan(pods(), HOST).statements) if "compartment 'empty'" in text]


def test_the_first_manager_makes_the_overlay_even_when_only_another_uses_it() -> None:
    first = plan(second_manager(), EntityId("manager-a")).statements
    second = plan(second_manager(), EntityId("manager-b")).statements

    assert [each.name for each in first if isinstance(each, CreateNetwork)] == ["mesh"]
    assert [each for each in second if isinstance(each, CreateNetwork)] == []
    assert "the first manager of the swarm makes it" in remarks(second)[0]
    joins = [each for each in second if isinstance(each, EnterSwarm)]
    assert [str(manager) for manager in joins[0].managers] == ["10.30.0.11"]


def test_a_virtual_machine_is_told_what_its_parent_must_allow() -> None:
    topology = design(
        nic("Ethernet", "nic-1"),
        network("lan", NetworkMode.TRANSPARENT),
        uplink("lan", "nic-1"),
        host=plan_host_vm(),
    )

    assert "MacAddressSpoofing On" in remarks(plan(topology, HOST).statements)[0]


def plan_host_vm() -> Host:
    return Host(id=HOST, name="HOST01", machine=Machine.HYPERV_VM)


def test_an_overlay_on_a_host_without_a_swarm_is_a_remark() -> None:
    topology = design(network("mesh", NetworkMode.OVERLAY, parent=None), container("web01"), attached("web01", "mesh"))

    assert "needs a swarm" in remarks(plan(topology, HOST).statements)[0]
