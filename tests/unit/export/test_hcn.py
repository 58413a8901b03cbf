from __future__ import annotations

import json
from typing import Any

import pytest

from designer.errors import ExportError
from designer.export.hcn import acl_policy, port_mapping, ranges
from designer.formats import export_host
from designer.model.hosts import Host
from designer.model.links import AclRule, PortMapping, PortRange
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, attached, container, design, network, nic, policies, uplink


def written(topology: Topology) -> dict[str, Any]:
    found = json.loads(export_host(topology, HOST, "hcn").text)
    assert isinstance(found, dict)
    return found


def test_a_network_has_its_adapter_vlan_pools_and_dns() -> None:
    lan = network(
        "lan",
        NetworkMode.TRANSPARENT,
        "10.60.4.0/24",
        vlan=40,
        dns_servers=("10.60.4.10",),
        dns_suffix="shop.example",
        mac_pools=({"first": "00-15-5D-60-40-00", "last": "00-15-5D-60-4F-FF"},),
    )
    (found,) = written(design(nic("Ethernet 3", "n"), lan, uplink("lan", "n")))["Networks"]

    assert found["Type"] == "Transparent"
    assert found["Policies"] == [{"Type": "NetAdapterName", "Settings": {"NetworkAdapterName": "Ethernet 3"}}]
    (ipam,) = found["Ipams"]
    assert ipam["Subnets"] == [
        {
            "IpAddressPrefix": "10.60.4.0/24",
            "Routes": [{"NextHop": "10.60.4.1", "DestinationPrefix": "0.0.0.0/0"}],
            "Policies": [{"Type": "VLAN", "Settings": {"IsolationId": 40}}],
        }
    ]
    assert found["Dns"] == {"Domain": "shop.example", "ServerList": ["10.60.4.10"]}
    assert found["MacPool"]["Ranges"][0]["StartMacAddress"] == "00-15-5D-60-40-00"


def test_a_transparent_network_without_a_subnet_takes_dhcp() -> None:
    (found,) = written(design(nic("Ethernet", "n"), network("lan", NetworkMode.TRANSPARENT), uplink("lan", "n")))[
        "Networks"
    ]

    assert found["Ipams"] == [{"Type": "DHCP"}]


def test_ports_policies_and_limits_are_endpoint_policies() -> None:
    nat = network("nat0", NetworkMode.NAT, "172.30.8.0/24")
    link = attached("web01", "nat0", ports=({"host_port": 8080},), outbound_limit_bytes_per_second=12_500_000)
    (endpoint,) = written(design(nat, container("web01"), link))["Endpoints"]

    assert endpoint["Policies"] == [
        {"Type": "PortMapping", "Settings": {"Protocol": 6, "InternalPort": 80, "ExternalPort": 8080}},
        {"Type": "QOS", "Settings": {"MaximumOutgoingBandwidthInBytes": 12_500_000}},
    ]
    assert "IpConfigurations" not in endpoint


def test_access_lists_are_joined_by_commas() -> None:
    rule = AclRule(
        action="block",
        direction="out",
        protocol="udp",
        remote_ports=(PortRange(first=53, last=53), PortRange(first=100, last=200)),
        enforced_by="host",
        priority=7,
    )

    assert acl_policy(rule)["Settings"] == {
        "Protocols": "17",
        "Action": "Block",
        "Direction": "Out",
        "RemotePorts": "53,100-200",
        "RuleType": "Host",
        "Priority": 7,
    }
    assert ranges(()) == ""
    assert "ExternalPort" not in port_mapping(PortMapping())["Settings"]


def test_a_load_balancer_has_its_flags() -> None:
    (balancer,) = written(policies())["LoadBalancers"]

    assert balancer["Flags"] == 1
    assert balancer["PortMappings"][0]["DistributionType"] == 2
    assert balancer["FrontendVIPs"] == ["10.61.1.100"]


def test_host_endpoints_are_to_be_attached_by_hand() -> None:
    assert any("attach it to compartment 1" in remark for remark in written(policies())["NotInThisFile"])


def test_windows_server_2016_has_no_such_interface() -> None:
    with pytest.raises(ExportError, match="begins with Windows Server 2019"):
        written(design(host=Host(id=HOST, name="OLD", os=OsRelease.WS2016)))
