from __future__ import annotations

from ipaddress import ip_interface

import pytest

from designer.errors import ExportError
from designer.export.network_steps import has_hcn, network_statements, networks_of
from designer.export.script import Risk
from designer.export.statements import CreateHostEndpoint, CreateNetwork, EnableForwarding, Remark
from designer.model.hosts import Host, HostVNic, SwitchType, VSwitch
from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from tests.unit.export.designs import HOST, attached, design, network, nic, policies, second_manager, switches, uplink

HOST01 = Host(id=HOST, name="HOST01")


def create(topology: Topology, name: str) -> CreateNetwork:
    found = topology.find(EntityId(name), ContainerNetwork)
    assert found is not None
    return next(each for each in network_statements(topology, HOST01, found) if isinstance(each, CreateNetwork))


def test_a_network_on_an_adapter_is_risky() -> None:
    topology = design(nic("Ethernet", "nic-1"), network("lan", NetworkMode.TRANSPARENT), uplink("lan", "nic-1"))

    assert create(topology, "lan").risk is Risk.CUTS_CONNECTION


def test_a_network_on_a_drawn_switch_names_the_adapters_of_the_switch() -> None:
    bridge = create(switches(), "bridge0")

    assert bridge.options[0] == ("com.docker.network.windowsshim.interface", "Ethernet 2,Ethernet 3")
    assert bridge.risk is Risk.NONE


def test_an_overlay_takes_its_vxlan_ids() -> None:
    subnet = Subnet(prefix=ip_interface("10.90.1.0/24"), vni=5001)
    topology = second_manager()
    mesh = topology.of(ContainerNetwork)[0].evolve(subnets=(subnet,), encrypted=True)

    statement = next(iter(network_statements(topology, topology.of(Host)[0], mesh)))
    assert isinstance(statement, CreateNetwork)
    assert statement.options == (
        ("com.docker.network.driver.overlay.vxlanid_list", "5001"),
        ("encrypted", None),
    )


def test_an_adapter_name_with_a_comma_is_refused() -> None:
    topology = design(nic("Port 1, left", "nic-1"), network("lan", NetworkMode.TRANSPARENT), uplink("lan", "nic-1"))

    with pytest.raises(ExportError, match="Rename the adapter"):
        create(topology, "lan")


def test_dockers_own_network_is_not_made() -> None:
    predefined = network("nat", NetworkMode.NAT, predefined=True)

    assert list(network_statements(design(predefined), HOST01, predefined)) == []


def test_a_nat_network_on_a_drawn_switch_is_made_beside_it() -> None:
    switch = VSwitch(id=EntityId("s"), name="S", parent=HOST, switch_type=SwitchType.INTERNAL)
    nat = network("nat0", NetworkMode.NAT, switch=switch.id)

    statements = list(network_statements(design(switch, nat), HOST01, nat))
    assert isinstance(statements[1], Remark)
    assert "HNS makes an own internal switch" in statements[1].reason


def test_a_host_endpoint_is_made_and_forwards() -> None:
    topology = policies()
    bridge = topology.of(ContainerNetwork)[0]

    kinds = [type(each) for each in network_statements(topology, HOST01, bridge)]
    assert kinds == [CreateNetwork, CreateHostEndpoint, EnableForwarding]


@pytest.mark.parametrize(
    ("host", "mode", "addresses", "problem"),
    [
        (HOST01.evolve(os=OsRelease.WS2016), NetworkMode.L2BRIDGE, ("10.1.0.2/24",), "begins with Windows Server 2019"),
        (HOST01, NetworkMode.L2BRIDGE, (), "needs an address"),
        (HOST01, NetworkMode.OVERLAY, ("10.1.0.2/24",), "only while a container uses it"),
    ],
)
def test_a_host_endpoint_that_cannot_be_made_is_a_remark(
    host: Host, mode: NetworkMode, addresses: tuple[str, ...], problem: str
) -> None:
    vnic = HostVNic(
        id=EntityId("v"),
        name="v",
        parent=HOST,
        role="host-endpoint",
        addresses=tuple(ip_interface(each) for each in addresses),
    )
    bridge = network("bridge0", mode, predefined=True)

    (remark,) = network_statements(design(bridge, vnic, attached("v", "bridge0"), host=host), host, bridge)
    assert problem in remark.reason


def test_an_address_on_the_attachment_is_the_endpoints_own() -> None:
    vnic = HostVNic(id=EntityId("v"), name="v", parent=HOST, role="host-endpoint")
    bridge = network("bridge0", NetworkMode.L2BRIDGE, "10.1.0.0/24", predefined=True)

    (endpoint,) = network_statements(design(bridge, vnic, attached("v", "bridge0", ip="10.1.0.2")), HOST01, bridge)
    assert isinstance(endpoint, CreateHostEndpoint)
    assert endpoint.address == ip_interface("10.1.0.2/24")


def test_the_founder_speaks_of_all_overlays() -> None:
    topology = second_manager()

    assert [each.name for each in networks_of(topology, topology.of(Host)[0])] == ["mesh"]


def test_hcn_begins_with_2019() -> None:
    assert not has_hcn(HOST01.evolve(os=OsRelease.WS1803))
    assert has_hcn(HOST01.evolve(os=OsRelease.WS2019))
