from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.hosts import Host
from designer.model.links import Cable
from designer.model.releases import OsRelease
from tests.unit.sample import eid


def test_evolve_changes_a_copy_and_validates_it() -> None:
    host = Host(id=eid("h"), name="HOST01")
    assert host.evolve(name="HOST02").name == "HOST02"
    assert host.name == "HOST01"
    assert host.evolve(os="ws2016").os is OsRelease.WS2016
    with pytest.raises(ValidationError):
        host.evolve(name="")
    with pytest.raises(ValidationError):
        host.evolve(colour="red")


def test_entities_are_frozen() -> None:
    host = Host(id=eid("h"), name="HOST01")
    with pytest.raises(ValidationError):
        host.name = "other"  # type: ignore[misc] # that it is refused is the test


@pytest.mark.parametrize("name", ["", "x" * 65, "a\0b", "half\ud800"])
def test_a_name_is_what_a_file_can_carry(name: str) -> None:
    with pytest.raises(ValidationError):
        Host(id=eid("h"), name=name)


@pytest.mark.parametrize("name", ["'; rm", "$(x)", "`n", "a\nb", "\u202eabc", "\U0001f40b", " ", "x" * 64])
def test_hostile_names_are_names(name: str) -> None:
    assert Host(id=eid("h"), name=name).name == name


def test_a_link_needs_both_ends() -> None:
    assert Cable(id=eid("c"), source=eid("a"), target=eid("b")).references() == ("a", "b")
