"""Free VLANs and VXLAN ids."""

from __future__ import annotations

from ipaddress import IPv4Interface

from designer.model.fabric import Segment, SegmentSubnet
from designer.model.hosts import Host, HostRole, HostVNic, PhysicalNic, PortVlan, SetTeam, SwitchPort, VSwitch
from designer.model.links import Cable, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.planning.ids import free_vlan, free_vlan_of_segment, free_vni, used_vlans
from designer.planning.known import FIRST_VNI
from tests.unit.sample import CORP, HOST, LAN, NIC, eid, sample, subnet


def nic(**port: object) -> PhysicalNic:
    return PhysicalNic(id=NIC, name="Ethernet", parent=HOST, switch_port=SwitchPort.model_validate(port))


def corp(**fields: object) -> ContainerNetwork:
    made = {"id": CORP, "name": "corp", "parent": HOST, "mode": NetworkMode.TRANSPARENT} | fields
    return ContainerNetwork.model_validate(made)


def test_vxlan_ids_count_from_the_first_that_windows_takes() -> None:
    over = ContainerNetwork(
        id=eid("o"), name="o", mode=NetworkMode.OVERLAY, subnets=(subnet("10.1.0.0/24", vni=FIRST_VNI),), vsid=4097
    )
    assert free_vni(sample()) == FIRST_VNI
    assert free_vni(sample(over)) == 4098
    assert free_vni(sample(over), also_taken=[4098]) == 4099


def test_a_cluster_has_its_vxlan_ids() -> None:
    assert free_vni(sample(Host(id=HOST, name="HOST01", role=HostRole.KUBERNETES_NODE))) == FIRST_VNI + 1


def test_a_vlan_is_one_that_the_trunk_allows_and_nothing_has() -> None:
    assert free_vlan(sample(), corp()) == 2
    trunk = nic(mode="trunk", allowed=(30, 10, 20, 5000))
    lan = Segment(id=LAN, name="LAN", subnets=(SegmentSubnet(prefix=IPv4Interface("10.0.0.0/24"), vlan=10),))
    assert free_vlan(sample(trunk, lan), corp()) == 20
    assert free_vlan(sample(trunk, lan), corp(), also_taken=[20, 30]) is None


def test_an_access_port_carries_no_further_vlan() -> None:
    assert free_vlan(sample(nic(mode="access", vlan=10)), corp()) is None


def test_all_members_of_a_team_have_to_carry_it() -> None:
    team = SetTeam(id=eid("t"), name="t", parent=HOST)
    members = [
        PhysicalNic(
            id=eid(f"m{last}"), name=f"m{last}", parent=team.id, switch_port=SwitchPort(mode="trunk", allowed=allowed)
        )
        for last, allowed in enumerate(((7, 8, 9), (8, 9)))
    ]
    switch = VSwitch(id=eid("s"), name="s", parent=HOST)
    topology = sample(team, *members, switch, Uplink(id=eid("u"), source=switch.id, target=team.id))
    assert free_vlan(topology, corp(switch=switch.id)) == 8


def test_every_vlan_of_the_design_counts() -> None:
    topology = sample(
        nic(mode="access", vlan=11),
        corp(vlan=12),
        HostVNic(id=eid("v"), name="v", parent=HOST, vlan=13),
        HostVNic(id=eid("w"), name="w", parent=HOST, port_vlan=PortVlan(native=14, allowed=(15,), secondary=(16,))),
    )
    assert set(used_vlans(topology)) == {11, 12, 13, 14, 15, 16}


def test_a_further_subnet_of_a_physical_network_takes_a_vlan_of_its_trunks() -> None:
    topology = sample(nic(mode="trunk", allowed=(100, 200)), corp(vlan=100))
    lan = topology.find(LAN, Segment)
    assert lan is not None
    assert free_vlan_of_segment(topology, lan) == 200
    assert free_vlan_of_segment(sample(Cable(id=eid("nic-lan"), source=NIC, target=LAN)), lan) == 2
