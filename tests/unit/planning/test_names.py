"""Free names."""

from __future__ import annotations

import pytest

from designer.model.hosts import Host, PhysicalNic
from designer.model.workloads import HyperVContainer, WindowsContainer
from designer.planning.names import Names, expand, free_name, other_name
from tests.unit.sample import HOST, eid, sample


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("web{01..03}", ("web01", "web02", "web03")),
        ("web{9..11}-x", ("web9-x", "web10-x", "web11-x")),
        ("n{3..1}", ("n3", "n2", "n1")),
        ("plain", ("plain",)),
        ("{a..b}", ("{a..b}",)),
        ("x{1..2000}", ()),
    ],
)
def test_patterns_stand_for_names(pattern: str, names: tuple[str, ...]) -> None:
    assert expand(pattern) == names


@pytest.mark.parametrize(
    ("wanted", "found"), [("web01", "web02"), ("WEB01", "WEB02"), ("api01", "api02"), ("db", "db"), ("nat0", "nat0")]
)
def test_a_taken_name_counts_up(wanted: str, found: str) -> None:
    assert free_name(sample(), WindowsContainer, wanted) == found


def test_a_name_without_a_number_gets_one_that_docker_takes() -> None:
    assert free_name(sample(), PhysicalNic, "Ethernet", HOST) == "Ethernet 2"
    assert free_name(sample(), HyperVContainer, "a", also_taken=["A", "a-2"]) == "a-3"


def test_every_host_has_its_ethernet() -> None:
    topology = sample(Host(id=eid("h2"), name="HOST02"))
    assert free_name(topology, PhysicalNic, "Ethernet", eid("h2")) == "Ethernet"


def test_names_stay_short_enough() -> None:
    long = "x" * 64
    topology = sample(Host(id=eid("h2"), name=long))
    assert len(free_name(topology, Host, long)) == 64


def test_names_given_out_are_held() -> None:
    names = Names(sample())
    assert [names.take(WindowsContainer, "web01") for _ in range(3)] == ["web02", "web03", "web04"]


def test_another_name_differs_from_all_and_from_itself() -> None:
    assert other_name(["web01", "WEB02"], "web01") == "web03"
    assert other_name([], "nat") == "nat-2"
    assert other_name(["corp-2"], "corp") == "corp-3"
