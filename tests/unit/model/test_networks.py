from __future__ import annotations

from ipaddress import IPv4Network

from designer.model.networks import ContainerNetwork, NetworkMode
from tests.unit.sample import eid, subnet


def test_a_subnet_tells_its_prefix_without_host_bits() -> None:
    assert subnet("172.16.0.9/20").network == IPv4Network("172.16.0.0/20")


def test_a_network_needs_only_the_switch_that_it_uses() -> None:
    assert ContainerNetwork(id=eid("n"), name="n").references() == ()
    assert ContainerNetwork(id=eid("n"), name="n", switch=eid("s")).references() == ("s",)


def test_modes_are_called_like_docker_drivers() -> None:
    assert {mode.value for mode in NetworkMode} == {
        "nat", "transparent", "l2bridge", "l2tunnel", "overlay", "internal", "private", "ics",
    }  # fmt: skip
