"""Free prefixes."""

from __future__ import annotations

from ipaddress import IPv4Interface, IPv4Network
from typing import Any

import pytest

from designer.model.fabric import Route, Router
from designer.model.hosts import DaemonSettings, Host, HostRole, PhysicalNic, WinNat
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.planning.area import Area
from designer.planning.known import LOCAL_POOL, NAT_POOL, PRIVATE_POOLS, SWARM_POOL
from designer.planning.prefixes import free_nat_prefix, free_prefix, is_free, taken_prefixes
from tests.unit.sample import HOST, eid, ip, sample, subnet

OTHER = eid("h2")


def other(**fields: Any) -> Host:
    return Host(**({"id": OTHER, "name": "HOST02", "os": OsRelease.WS2022} | fields))


def nat_prefix(host: Host, *more: Any) -> str:
    topology = sample(host, *more)
    return str(free_nat_prefix(Area.whole(topology, host), host))


def test_a_prefix_overlaps_nothing() -> None:
    pool = IPv4Network("172.16.0.0/12")
    assert free_prefix(Area.whole(sample()), [pool], 20) == IPv4Network("172.16.16.0/20")
    assert free_prefix(Area.whole(sample()), [IPv4Network("10.0.0.0/8")], 24) == IPv4Network("10.0.1.0/24")
    assert free_prefix(Area.whole(sample()), [IPv4Network("172.16.0.0/20")], 24) is None
    found = free_prefix(Area.whole(sample()), [IPv4Network("10.0.0.0/15")], 17)
    assert found == IPv4Network("10.0.128.0/17")


def test_gaps_between_prefixes_are_used() -> None:
    nets = [
        ContainerNetwork(id=eid(f"n{third}"), name="n", parent=HOST, subnets=(subnet(f"192.168.{third}.0/24"),))
        for third in (32, 33, 35)
    ]
    assert free_prefix(Area.whole(sample(*nets)), [IPv4Network("192.168.0.0/16")], 24) == IPv4Network("192.168.34.0/24")
    assert free_prefix(Area.whole(sample(*nets)), [IPv4Network("192.168.0.0/16")], 23) == IPv4Network("192.168.36.0/23")


def test_everything_that_names_a_prefix_uses_it() -> None:
    topology = sample(
        Router(
            id=eid("r"),
            name="r",
            routes=(
                Route(destination=IPv4Interface("10.77.0.0/16"), next_hop=ip("10.0.0.1")),
                Route(destination=IPv4Interface("0.0.0.0/0"), next_hop=ip("10.0.0.1")),
            ),
        ),
        WinNat(id=eid("w"), name="w", parent=HOST, internal_prefix=IPv4Interface("172.30.0.0/16")),
        Host(id=eid("h2"), name="h2", daemon=DaemonSettings(fixed_cidr=IPv4Interface("172.29.0.0/16"))),
    )
    used = {str(prefix) for prefix in taken_prefixes(Area.whole(topology))}
    assert {"10.77.0.0/16", "172.30.0.0/16", "172.29.0.0/16", "10.0.0.0/24", "172.16.0.0/20"} <= used
    assert "0.0.0.0/0" not in used


WIRED = PhysicalNic(id=eid("n2"), name="Ethernet", parent=OTHER, addresses=(IPv4Interface("10.9.0.5/24"),))


@pytest.mark.parametrize(
    ("host", "found"),
    [
        (other(), "192.168.32.0/20"),
        (other(daemon=DaemonSettings(default_nat=False)), "172.16.16.0/20"),
        (other(daemon=DaemonSettings(fixed_cidr=IPv4Interface("172.16.16.0/20"))), "172.16.32.0/20"),
        (other(os=OsRelease.WIN11, daemon=DaemonSettings(default_nat=False)), "192.168.32.0/20"),
        (other(os=OsRelease.WS2016), "172.16.16.0/20"),
    ],
)
def test_what_hns_picks_for_its_own_nat_is_left_to_it(host: Host, found: str) -> None:
    assert nat_prefix(host, WIRED) == found


def test_a_drawn_nat_of_docker_says_what_it_has() -> None:
    own = ContainerNetwork(id=eid("n"), name="nat", parent=OTHER, predefined=True, subnets=(subnet("172.20.0.0/20"),))
    assert nat_prefix(other(), WIRED, own) == "172.16.16.0/20"


def test_what_small_sites_number_themselves_with_is_left_alone_whatever_the_wire_is() -> None:
    assert nat_prefix(other()) == nat_prefix(other(), WIRED) == "192.168.32.0/20"


def test_guesses_are_taken_when_nothing_else_is_left() -> None:
    host = other()
    area = Area.whole(sample(host), host)
    assert free_prefix(area, [NAT_POOL], 20) == IPv4Network("172.16.16.0/20")
    assert free_prefix(area, [IPv4Network("192.168.65.0/24")], 24) == IPv4Network("192.168.65.0/24")


@pytest.mark.parametrize("pool", ["127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "0.0.0.0/8"])
def test_what_no_network_can_have_is_never_offered(pool: str) -> None:
    assert free_prefix(Area.whole(sample()), [IPv4Network(pool)], 24) is None


def test_vpn_adapters_and_outer_nats_count() -> None:
    host = other(daemon=DaemonSettings(default_nat=False), outer_nat_prefix=IPv4Interface("172.16.32.0/20"))
    vpn = PhysicalNic(id=eid("v"), name="VPN", parent=OTHER, media="vpn", addresses=(IPv4Interface("172.16.17.9/20"),))
    assert nat_prefix(host, vpn) == "172.16.48.0/20"


def test_overlays_leave_what_the_swarm_cuts_by_itself() -> None:
    swarm = other(role=HostRole.SWARM_MANAGER)
    left = ContainerNetwork(id=eid("o"), name="o", mode=NetworkMode.OVERLAY)
    topology = sample(swarm, left)
    assert free_prefix(Area.whole(topology, swarm), [SWARM_POOL], 24) == IPv4Network("10.0.2.0/24")


def test_pools_of_a_swarm_are_left_to_it() -> None:
    swarm = other(role=HostRole.SWARM_MANAGER, swarm_pools=(IPv4Interface("192.168.0.0/17"),))
    assert free_prefix(Area.whole(sample(swarm), swarm), [LOCAL_POOL], 24) == IPv4Network("192.168.128.0/24")


def test_on_2016_a_nat_prefix_is_inside_the_winnat() -> None:
    host = other(os=OsRelease.WS2016)
    drawn = WinNat(id=eid("w"), name="w", parent=OTHER, internal_prefix=IPv4Interface("172.30.0.0/16"))
    assert nat_prefix(host, drawn) == "172.30.0.0/24"
    tiny = drawn.evolve(internal_prefix=IPv4Interface("172.30.0.0/30"))
    assert nat_prefix(host, tiny) == "None"


def test_around_a_host_only_what_it_knows_counts() -> None:
    host = other(daemon=DaemonSettings(default_nat=False))
    topology = sample(host)
    assert free_prefix(Area.around(topology, host), PRIVATE_POOLS, 20) == IPv4Network("172.16.0.0/20")
    first = topology.find(HOST, Host)
    assert first is not None
    assert free_prefix(Area.around(topology, first), PRIVATE_POOLS, 20) == IPv4Network("172.16.16.0/20")


def test_a_prefix_is_free_or_not() -> None:
    area = Area.whole(sample())
    assert is_free(area, IPv4Network("172.16.16.0/20"))
    assert not is_free(area, IPv4Network("172.16.0.0/12"))
    assert not is_free(area, IPv4Network("127.0.0.0/24"))
