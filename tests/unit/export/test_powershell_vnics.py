from __future__ import annotations

import pytest

from designer.export.powershell_vnics import create_host_vnic
from designer.export.statements import CreateHostVNic
from designer.model.hosts import PortVlan
from designer.model.identity import EntityId


def written(**fields: object) -> str:
    values: dict[str, object] = {"name": "Store", "switch": "S", "automatic": False, **fields}
    statement = CreateHostVNic(element=EntityId("v"), reason="x", **values)  # type: ignore[arg-type]  # by name
    return "\n".join(create_host_vnic(statement)).replace(" `\n        ", " ")


def test_a_plain_port_is_left_alone() -> None:
    assert "Set-VMNetworkAdapter" not in written()


@pytest.mark.parametrize(
    ("port", "said"),
    [
        (
            PortVlan(mode="trunk", native=10, allowed=(30, 20)),
            "-Trunk -VMNetworkAdapterName 'Store' -NativeVlanId 10 -AllowedVlanIdList '20,30'",
        ),
        (
            PortVlan(mode="isolated", primary=10, secondary=(200,)),
            "-Isolated -VMNetworkAdapterName 'Store' -PrimaryVlanId 10 -SecondaryVlanId 200",
        ),
        (
            PortVlan(mode="promiscuous", primary=10, secondary=(201, 200)),
            "-Promiscuous -VMNetworkAdapterName 'Store' -PrimaryVlanId 10 -SecondaryVlanIdList '200,201'",
        ),
    ],
)
def test_a_port_can_be_a_trunk_or_in_a_private_vlan(port: PortVlan, said: str) -> None:
    text = written(port_vlan=port)

    assert f"Set-VMNetworkAdapterVlan -ManagementOS {said}" in text
    assert text.count("$port = @{\n    OperationMode = ") == 1
    assert "if (-not (Test-PortVlan 'Store' $port) -and" in text


def test_isolation_and_bandwidth_are_set_unless_they_are_so() -> None:
    text = written(isolation="native-virtual-subnet", bandwidth_weight=20, bandwidth_bits_per_second=0)

    assert "-not (Test-Isolation 'Store' 'NativeVirtualSubnet')" in text
    assert "Set-VMNetworkAdapter -ManagementOS -Name 'Store' -MinimumBandwidthWeight 20" in text
    assert "-MinimumBandwidthAbsolute 0" in text
