from __future__ import annotations

import json
from typing import Any

import pytest

from designer.errors import ExportError
from designer.export.hns import balancer_body
from designer.export.hns_plan import hns_plan
from designer.formats import export_host
from designer.model.hosts import Host
from designer.model.networks import LoadBalancer, NetworkMode
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, attached, container, design, network, policies


def requests(topology: Topology) -> list[dict[str, Any]]:
    found = json.loads(export_host(topology, HOST, "hns").text)["Requests"]
    assert isinstance(found, list)
    return found


def without_affinity() -> Topology:
    return Topology.of_entities(
        entity.evolve(session_affinity=False) if isinstance(entity, LoadBalancer) else entity
        for entity in policies().entities.values()
    )


def test_networks_come_before_endpoints_before_policy_lists() -> None:
    paths = [request["Path"].split("/")[1] for request in requests(without_affinity())]

    assert paths == sorted(paths, key=("networks", "endpoints", "policylists").index)
    assert {request["Method"] for request in requests(without_affinity())} == {"POST"}


def test_an_endpoint_has_address_ports_and_resolver() -> None:
    nat = network("nat0", NetworkMode.NAT, "172.30.8.0/24")
    link = attached("web01", "nat0", ip="172.30.8.20", mac="00-15-5D-08-14-20", ports=({"host_port": 8080},))
    endpoint = requests(design(nat, container("web01"), link))[1]["Body"]

    assert endpoint["IPAddress"] == "172.30.8.20"
    assert endpoint["PrefixLength"] == 24
    assert endpoint["MacAddress"] == "00-15-5D-08-14-20"
    assert endpoint["EnableInternalDNS"] is True
    assert endpoint["Policies"] == [
        {"Type": "NAT", "Protocol": "tcp", "InternalPort": 80, "ExternalPort": 8080, "ExternalPortReserved": True}
    ]


def test_an_overlay_has_its_virtual_subnet() -> None:
    subnet = ({"prefix": "10.90.1.0/24", "gateway": "10.90.1.1", "vni": 5001},)
    mesh = network("mesh", NetworkMode.OVERLAY, parent=None, subnets=subnet)
    body = requests(design(mesh, container("web01"), attached("web01", "mesh")))[0]["Body"]

    assert body["Type"] == "overlay"
    assert body["AutomaticDNS"] is True
    assert body["Subnets"][0]["Policies"] == [{"Type": "VSID", "VSID": 5001}]


def test_the_host_endpoint_is_attached_to_compartment_1() -> None:
    attach = [request for request in requests(without_affinity()) if request["Path"].endswith("/attach")]

    assert [request["Body"] for request in attach] == [{"SystemType": "Host", "CompartmentId": 1}]


def test_access_lists_and_load_balancers() -> None:
    found = requests(without_affinity())
    acls = [policy for request in found for policy in request["Body"].get("Policies", []) if policy["Type"] == "ACL"]

    assert acls[0]["LocalPorts"] == "80,8000-8010"
    assert acls[0]["Protocol"] == 6
    (policy,) = found[-1]["Body"]["Policies"]
    assert policy["VIPs"] == ["10.61.1.100"]
    assert policy["IsDSR"] is True


def test_what_version_1_has_not_is_refused() -> None:
    topology = policies()
    host = topology[HOST]
    assert isinstance(host, Host)
    with pytest.raises(ExportError, match="wants session affinity"):
        balancer_body(hns_plan(topology, host).balancers[0])
