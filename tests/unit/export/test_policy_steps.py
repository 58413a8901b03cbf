from __future__ import annotations

from ipaddress import ip_address

import pytest

from designer.export.plan import plan
from designer.export.statements import ApplyPolicies, CreateLoadBalancer, Remark
from designer.model.entities import Entity
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Backend
from designer.model.networks import LoadBalancer, NetworkMode
from designer.model.releases import OsRelease
from tests.unit.export.designs import HOST, attached, container, design, network, policies


def test_access_list_and_limit_are_applied_by_priority() -> None:
    (statement,) = [each for each in plan(policies(), HOST).statements if isinstance(each, ApplyPolicies)]

    assert [rule.priority for rule in statement.acls] == [100, 200]
    assert statement.outbound_limit_bytes_per_second == 12_500_000


def test_a_load_balancer_spreads_over_its_back_ends() -> None:
    (statement,) = [each for each in plan(policies(), HOST).statements if isinstance(each, CreateLoadBalancer)]

    assert (statement.network, statement.backends) == ("bridge0", ("web01", "web02"))


def reasons(*entities: Entity, host: Host | None = None) -> list[str]:
    return [each.reason for each in plan(design(*entities, host=host), HOST).statements if isinstance(each, Remark)]


def test_policies_that_the_release_cannot_change_are_a_remark() -> None:
    found = reasons(
        network("bridge0", NetworkMode.L2BRIDGE, "10.1.0.0/24"),
        container("web01"),
        attached("web01", "bridge0", outbound_limit_bytes_per_second=1000),
        host=Host(id=HOST, name="HOST01", os=OsRelease.WS2016),
    )

    assert found == [
        "bandwidth limit of web01 on bridge0: Windows Server 2016 cannot change the policies of an endpoint that "
        "Docker made; that takes the HCN interface of Windows Server 2019."
    ]


def test_a_borrowed_network_has_no_policies_of_its_own() -> None:
    found = reasons(
        network("bridge0", NetworkMode.L2BRIDGE, "10.1.0.0/24"),
        container("alone", network_none=True),
        attached("alone", "bridge0", outbound_limit_bytes_per_second=1000),
    )

    assert found == ["alone is not attached to bridge0: it uses no network (--network none)."]


@pytest.mark.parametrize(
    ("mode", "vip", "problem"),
    [
        (NetworkMode.NAT, "10.1.0.100", "have no network with a load balancer"),
        (NetworkMode.L2BRIDGE, None, "has no VIP"),
    ],
)
def test_a_load_balancer_that_cannot_be_made_is_a_remark(mode: NetworkMode, vip: str | None, problem: str) -> None:
    found = reasons(
        network("n", mode, "10.1.0.0/24"),
        container("web01"),
        attached("web01", "n"),
        LoadBalancer(id=EntityId("lb"), name="lb", parent=HOST, vip=ip_address(vip) if vip else None),
        Backend(id=EntityId("b"), source=EntityId("lb"), target=EntityId("web01")),
    )

    assert len(found) == 1
    assert problem in found[0]


def test_a_load_balancer_without_back_ends_here_is_a_remark() -> None:
    assert "none of its back ends runs on HOST01" in reasons(LoadBalancer(id=EntityId("lb"), name="lb", parent=HOST))[0]


def test_a_load_balancer_in_a_network_without_vfp_is_a_remark() -> None:
    found = reasons(
        network("n", NetworkMode.NAT, "10.1.0.0/24"),
        container("web01"),
        attached("web01", "n"),
        LoadBalancer(id=EntityId("lb"), name="lb", parent=EntityId("n"), vip=ip_address("10.1.0.9")),
        Backend(id=EntityId("b"), source=EntityId("lb"), target=EntityId("web01")),
    )

    assert "a nat network has none" in found[0]
