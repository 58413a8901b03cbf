from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.hosts import Host, Machine, PhysicalNic, VSwitch, WinNat
from designer.model.releases import OsRelease
from tests.unit.sample import eid


def host(**fields: object) -> Host:
    return Host.model_validate({"id": "h", "name": "HOST01"} | fields)


def test_the_build_is_that_of_the_release_unless_given() -> None:
    assert host(os="ws2019").build_number == 17763
    assert host(os="ws2019", build=18362).build_number == 18362


def test_a_build_between_two_releases_has_the_column_of_the_lower() -> None:
    assert host(os="win11").column is OsRelease.WS2022
    assert host(os="win10", build=14393).column is OsRelease.WS2016
    assert host(os="win10", build=10240).column is OsRelease.WS2016


def test_a_host_knows_whether_it_is_a_server_and_a_virtual_machine() -> None:
    assert host().is_server
    assert not host(os="win10").is_server
    assert not host().is_vm
    assert host(machine=Machine.AZURE_VM).is_vm


@pytest.mark.parametrize("fields", [{"system_drive": "C"}, {"build": 0}, {"os": "ws2008"}, {"edition": "none"}])
def test_what_no_host_has_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        host(**fields)


@pytest.mark.parametrize("version", ["", "1.12.6", "17.06.2-ee-16", "v25.0.5", "24.0.7+azure-3"])
def test_versions_of_the_engine_are_kept_as_written(version: str) -> None:
    assert host(engine_version=version).engine_version == version


@pytest.mark.parametrize("version", ["abc", "25", "25.0.5 or later"])
def test_what_is_no_version_of_the_engine_is_refused_with_a_sentence(version: str) -> None:
    with pytest.raises(ValidationError, match="is not a version of Docker Engine; write it like"):
        host(engine_version=version)


@pytest.mark.parametrize("fields", [{"speed_mbps": -1}, {"mtu": 0}])
def test_what_no_adapter_has_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PhysicalNic.model_validate({"id": "n", "name": "n", "parent": "h"} | fields)


def test_what_stands_in_a_host_has_honest_defaults() -> None:
    assert PhysicalNic(id=eid("n"), name="Ethernet").link_up
    assert VSwitch(id=eid("s"), name="s").allow_management_os
    assert WinNat(id=eid("w"), name="w").owner == "user"
