from __future__ import annotations

from ipaddress import ip_address, ip_interface

from designer.export.hns_plan import HnsPlan, hns_plan
from designer.model.hosts import Host
from designer.model.networks import NetworkMode
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, attached, container, design, network, pods, policies, switches


def planned(topology: Topology) -> HnsPlan:
    host = topology[HOST]
    assert isinstance(host, Host)
    return hns_plan(topology, host)


def test_endpoints_name_their_network_by_an_id_that_follows_from_the_design() -> None:
    plan = planned(policies())

    (bridge,) = plan.networks
    assert {endpoint.network for endpoint in plan.endpoints} == {bridge.id}
    assert planned(policies()) == plan


def test_containers_of_a_bridge_leave_by_the_host_endpoint() -> None:
    endpoints = {endpoint.name: endpoint for endpoint in planned(policies()).endpoints}

    leg = endpoints["bridge0-host"]
    assert leg.compartment == 1
    assert leg.address == ip_interface("10.61.1.2/24")
    assert endpoints["web01_bridge0"].gateway == ip_address("10.61.1.2")


def test_a_nat_endpoint_asks_for_dockers_resolver_and_leaves_by_the_gateway() -> None:
    link = attached("web01", "nat0", ip="172.30.8.20")
    (endpoint,) = planned(design(network("nat0", NetworkMode.NAT, "172.30.8.0/24"), container("web01"), link)).endpoints

    assert endpoint.internal_dns
    assert endpoint.address == ip_interface("172.30.8.20/24")
    assert endpoint.gateway == ip_address("172.30.8.1")
    assert not endpoint.outbound_nat


def test_an_overlay_translates_all_but_itself() -> None:
    mesh = network("mesh", NetworkMode.OVERLAY, "10.90.1.0/24", parent=None)
    (endpoint,) = planned(design(mesh, container("web01"), attached("web01", "mesh"))).endpoints

    assert endpoint.outbound_nat
    assert endpoint.exceptions == (ip_interface("10.90.1.0/24"),)


def test_a_load_balancer_spreads_over_the_endpoints_of_this_host() -> None:
    plan = planned(policies())

    (balancer,) = plan.balancers
    names = {endpoint.id: endpoint.name for endpoint in plan.endpoints}
    assert {names[endpoint] for endpoint in balancer.endpoints} == {"web01_bridge0", "web02_bridge0"}


def test_what_hns_does_not_make_is_said() -> None:
    remarks = planned(switches()).remarks

    assert any("'SetSwitch'" in remark for remark in remarks)
    assert any("WinNAT" in remark for remark in remarks)
    assert any("container 'web01'" in remark for remark in remarks)
    assert planned(pods()).endpoints
