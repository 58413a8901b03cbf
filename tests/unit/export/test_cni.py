from __future__ import annotations

import json
from typing import Any

import pytest

from designer.errors import ExportError
from designer.formats import export_host
from designer.model.hosts import Host
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, design, network, nic, policies, uplink


def written(topology: Topology) -> Any:
    return json.loads(export_host(topology, HOST, "cni").text)


def bridged(release: OsRelease) -> Topology:
    bridge = network("cbr0", NetworkMode.L2BRIDGE, "10.61.1.0/24", outbound_nat=True, dns_servers=("10.96.0.10",))
    host = Host(id=HOST, name="HOST01", os=release)
    return design(nic("Ethernet", "n"), bridge, uplink("cbr0", "n"), host=host)


def test_a_bridge_is_made_by_sdnbridge() -> None:
    assert written(bridged(OsRelease.WS2022)) == {
        "cniVersion": "0.3.1",
        "name": "cbr0",
        "type": "sdnbridge",
        "capabilities": {"portMappings": True, "dns": True},
        "ipam": {"subnet": "10.61.1.0/24", "routes": [{"dst": "0.0.0.0/0", "GW": "10.61.1.1"}]},
        "dns": {"Nameservers": ["10.96.0.10"]},
        "AdditionalArgs": [
            {
                "Name": "EndpointPolicy",
                "Value": {"Type": "OutBoundNAT", "Settings": {"Exceptions": ["10.61.1.0/24"]}},
            }
        ],
    }


def test_an_older_host_gets_win_bridge() -> None:
    found = written(bridged(OsRelease.WS1803))

    assert (found["type"], found["apiVersion"]) == ("win-bridge", 1)
    assert found["policies"][0]["value"] == {"Type": "OutBoundNAT", "ExceptionList": ["10.61.1.0/24"]}


def test_pods_leave_by_the_host_endpoint() -> None:
    assert written(policies())["ipam"]["routes"] == [{"dst": "0.0.0.0/0", "GW": "10.61.1.2"}]


def test_several_networks_are_a_list() -> None:
    one = network("nat0", NetworkMode.NAT, "172.30.8.0/24")
    two = network("nat1", NetworkMode.NAT)

    assert [(each["name"], each["type"]) for each in written(design(one, two))] == [("nat0", "nat"), ("nat1", "nat")]


def test_what_no_plug_in_makes_is_refused() -> None:
    with pytest.raises(ExportError, match=r"makes lan \(transparent\)"):
        written(design(network("lan", NetworkMode.TRANSPARENT)))
    with pytest.raises(ExportError, match="has no network"):
        written(design())
