from __future__ import annotations

from ipaddress import IPv4Interface, IPv4Network

import pytest

from designer.model.base import EntityBase
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.links import Attachment, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import HOST_COMPARTMENT, HostRealisation, NicKind, PartKey, realise
from designer.model.releases import OsRelease
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from tests.unit.sample import API, CORP, HOST, NAT, NIC, WEB, eid, ip, sample, subnet

TEAM, SWITCH = eid("team"), eid("sw")


def realised(*more: EntityBase, without: tuple[str, ...] = (), host: str = HOST) -> HostRealisation:
    return realise(sample(*more, without=without), eid(host))


def network(name: str, mode: NetworkMode, **fields: object) -> ContainerNetwork:
    parent = None if mode is NetworkMode.OVERLAY else HOST
    return ContainerNetwork.model_validate({"id": name, "name": name, "mode": mode, "parent": parent} | fields)


def uplink(source: str, target: str = NIC) -> Uplink:
    return Uplink(id=eid(f"{source}-{target}"), source=eid(source), target=eid(target))


# Switches


@pytest.mark.parametrize("mode", [mode for mode in NetworkMode if mode is not NetworkMode.OVERLAY])
def test_hns_makes_the_switch_of_the_mode(mode: NetworkMode) -> None:
    host = realised(network("n", mode))
    switch = host.switch_of(eid("n"))
    assert switch is not None
    assert (switch.key, switch.switch_type) == (PartKey(eid("n"), "switch"), MODES[mode].switch)
    vnics = [vnic for vnic in host.host_vnics if vnic.switch == switch.key]
    assert len(vnics) == (0 if mode is NetworkMode.PRIVATE else 1)


def test_a_drawn_switch_takes_the_place_of_the_derived_one() -> None:
    switch = VSwitch(id=SWITCH, name="External", parent=HOST)
    host = realised(switch, network("n", NetworkMode.TRANSPARENT, switch=SWITCH), uplink(SWITCH))
    found = host.switch_of(eid("n"))
    assert found is not None
    assert found.key == PartKey(SWITCH)
    assert found.uplinks == (NIC,)
    assert PartKey(eid("n"), "switch") not in {part.key for part in host.switches}


def test_a_switch_of_another_host_is_not_taken() -> None:
    far = [Host(id=eid("h2"), name="HOST02"), VSwitch(id=SWITCH, name="External", parent=eid("h2"))]
    found = realised(*far, network("n", NetworkMode.TRANSPARENT, switch=SWITCH)).switch_of(eid("n"))
    assert found is not None
    assert found.key == PartKey(eid("n"), "switch")


def test_l2bridge_networks_on_one_adapter_are_layered_on_one_switch() -> None:
    host = realised(
        network("b1", NetworkMode.L2BRIDGE),
        network("b2", NetworkMode.L2BRIDGE),
        uplink("b1"),
        uplink("b2"),
        without=("corp-nic",),
    )
    first, second = host.switch_of(eid("b1")), host.switch_of(eid("b2"))
    assert first is second
    assert first is not None
    assert first.networks == ("b1", "b2")
    assert [vnic.switch for vnic in host.host_vnics].count(first.key) == 1


def test_networks_without_an_uplink_are_not_layered() -> None:
    host = realised(network("b1", NetworkMode.L2BRIDGE), network("b2", NetworkMode.L2BRIDGE))
    assert host.switch_of(eid("b1")) is not host.switch_of(eid("b2"))
    assert host.switch_of(eid("none")) is None


# Host vNICs


def test_the_vnic_of_a_nat_network_has_the_gateway() -> None:
    vnic = next(vnic for vnic in realised().host_vnics if vnic.network == NAT)
    assert (vnic.name, vnic.addresses) == ("vEthernet (nat0)", (IPv4Interface("172.16.0.1/20"),))


def test_the_address_of_an_adapter_moves_to_the_vnic_of_its_external_switch() -> None:
    vnic = next(vnic for vnic in realised().host_vnics if vnic.network == CORP)
    assert vnic.addresses == (IPv4Interface("10.0.0.11/24"),)


def test_the_addresses_of_a_team_are_those_of_its_members() -> None:
    member = PhysicalNic(id=eid("m"), name="Ethernet 2", parent=TEAM, addresses=(IPv4Interface("10.9.0.2/24"),))
    team = SetTeam(id=TEAM, name="Team", parent=HOST)
    host = realised(team, member, network("t", NetworkMode.TRANSPARENT), uplink("t", TEAM))
    vnic = next(vnic for vnic in host.host_vnics if vnic.network == "t")
    assert vnic.addresses == (IPv4Interface("10.9.0.2/24"),)


def test_a_drawn_vnic_takes_the_place_of_the_derived_one() -> None:
    vnic = HostVNic(id=eid("v"), name="vEthernet (nat0)", parent=HOST)
    host = realised(vnic, Attachment(id=eid("a"), source=eid("v"), target=NAT))
    assert [part.key for part in host.host_vnics if part.switch == PartKey(NAT, "switch")] == [PartKey(eid("v"))]


def test_a_host_endpoint_stands_beside_the_management_vnic() -> None:
    endpoint = HostVNic(id=eid("v"), name="endpoint", parent=HOST, role="host-endpoint")
    host = realised(endpoint, Attachment(id=eid("a"), source=eid("v"), target=CORP))
    keys = [part.key for part in host.host_vnics if part.switch == PartKey(CORP, "switch")]
    assert keys == [PartKey(eid("v")), PartKey(CORP, f"vnic:{HOST}")]


def test_a_vnic_in_another_compartment_leaves_the_host_its_own() -> None:
    inner = HostVNic(id=eid("v"), name="v", parent=eid("c"))
    compartment = Compartment(id=eid("c"), name="c", parent=HOST)
    host = realised(compartment, inner, Attachment(id=eid("a"), source=eid("v"), target=NAT))
    assert len([part for part in host.host_vnics if part.switch == PartKey(NAT, "switch")]) == 2


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"switch_type": SwitchType.EXTERNAL}, 1),
        ({"switch_type": SwitchType.EXTERNAL, "allow_management_os": False}, 0),
        ({"switch_type": SwitchType.INTERNAL, "allow_management_os": False}, 1),
        ({"switch_type": SwitchType.PRIVATE}, 0),
    ],
)
def test_a_drawn_switch_gives_the_host_a_vnic_by_its_type(fields: dict[str, object], count: int) -> None:
    switch = VSwitch.model_validate({"id": SWITCH, "name": "sw", "parent": HOST} | fields)
    assert len([part for part in realised(switch).host_vnics if part.switch == PartKey(SWITCH)]) == count


def test_a_nat_network_on_a_drawn_internal_switch_has_its_gateway_there() -> None:
    switch = VSwitch(id=SWITCH, name="Internal", parent=HOST, switch_type=SwitchType.INTERNAL)
    nat = network("n", NetworkMode.NAT, switch=SWITCH, subnets=[subnet("172.20.0.0/24", "172.20.0.1")])
    host = realised(switch, nat)
    vnic = next(part for part in host.host_vnics if part.switch == PartKey(SWITCH))
    assert (vnic.network, vnic.addresses) == ("n", (IPv4Interface("172.20.0.1/24"),))
    winnat = next(part for part in host.winnats if part.networks == ("n",))
    assert winnat.inside == vnic.key


# WinNAT


def test_winnat_translates_the_nat_network_to_the_address_of_the_host() -> None:
    (winnat,) = realised().winnats
    assert winnat.key == PartKey(NAT, "winnat")
    assert winnat.prefix == IPv4Network("172.16.0.0/20")
    assert winnat.inside == PartKey(NAT, f"vnic:{HOST}")
    assert winnat.outside == PartKey(CORP, f"vnic:{HOST}")
    assert winnat.outside_address == ip("10.0.0.11")


def test_without_an_external_switch_the_adapter_is_the_outside() -> None:
    (winnat,) = realised(without=("corp-nic",)).winnats
    assert (winnat.outside, winnat.outside_address) == (PartKey(NIC), ip("10.0.0.11"))


def test_the_way_with_the_default_gateway_is_the_outside() -> None:
    other = PhysicalNic(id=eid("a"), name="A", parent=HOST, addresses=(IPv4Interface("10.5.0.2/24"),))
    (winnat,) = realised(other).winnats
    assert winnat.outside == PartKey(CORP, f"vnic:{HOST}")


def test_a_host_without_an_adapter_has_no_outside() -> None:
    (winnat,) = realised(without=(NIC, "corp-nic", "nic-lan")).winnats
    assert (winnat.outside, winnat.outside_address) == (None, None)


def test_a_drawn_winnat_takes_the_networks_in_its_prefix() -> None:
    drawn = WinNat(id=eid("w"), name="w", parent=HOST, internal_prefix=IPv4Interface("172.16.0.0/12"))
    other = network("n", NetworkMode.NAT, subnets=[subnet("192.168.5.0/24")])
    taken, own = realised(drawn, other).winnats
    assert (taken.key, taken.networks) == (PartKey(eid("w")), (NAT,))
    assert own.key == PartKey(eid("n"), "winnat")


def test_only_windows_server_2016_puts_a_network_into_the_prefix_of_another() -> None:
    inner = network("n", NetworkMode.NAT, subnets=[subnet("172.16.1.0/24")])
    old = sample(inner, Host(id=HOST, name="HOST01", os=OsRelease.WS2016))
    (winnat,) = realise(old, HOST).winnats
    assert (winnat.key, winnat.networks) == (PartKey(NAT, "winnat"), ("n", NAT))
    assert len(realised(inner).winnats) == 2


# Compartments and utility VMs


def test_each_windows_container_has_a_compartment_and_each_hyperv_container_a_vm() -> None:
    host = realised()
    assert [(part.key, part.number) for part in host.compartments] == [
        (PartKey(HOST, "compartment"), HOST_COMPARTMENT),
        (PartKey(WEB, "compartment"), 2),
    ]
    assert [part.key for part in host.utility_vms] == [PartKey(API, "utility-vm")]


def sharer(name: str, donor: str, parent: str = HOST) -> WindowsContainer:
    return WindowsContainer(id=eid(name), name=name, parent=eid(parent), shares_network_of=eid(donor))


def test_sharers_are_in_the_compartment_of_the_last_donor() -> None:
    host = realised(sharer("b", WEB), sharer("c", "b"))
    assert [part.members for part in host.compartments if part.members] == [(WEB, "b", "c")]


def test_sharers_of_a_container_in_a_drawn_compartment_are_in_that() -> None:
    pod = Compartment(id=eid("pod"), name="pod", parent=HOST)
    host = realised(pod, WindowsContainer(id=eid("a"), name="a", parent=eid("pod")), sharer("b", "a"))
    assert next(part.members for part in host.compartments if part.key == PartKey(eid("pod"))) == ("a", "b")
    assert PartKey(eid("b"), "compartment") not in {part.key for part in host.compartments}


def test_a_circle_of_sharers_and_a_hyperv_donor_leave_each_its_own() -> None:
    host = realised(sharer("a", "b"), sharer("b", "a"), sharer("c", API))
    own = {part.members for part in host.compartments}
    assert {("a",), ("b",), ("c",)} <= own


def test_numbers_that_are_given_are_not_given_again() -> None:
    drawn = [
        Compartment(id=eid("two"), name="two", parent=HOST, number=2),
        Compartment(id=eid("any"), name="any", parent=HOST),
    ]
    numbers = [part.number for part in realised(*drawn).compartments]
    assert sorted(numbers) == [1, 2, 3, 4]


def test_the_hosts_own_compartment_can_be_drawn() -> None:
    host = realised(Compartment(id=eid("one"), name="one", parent=HOST, number=1))
    assert [part.key for part in host.compartments if part.number == HOST_COMPARTMENT] == [PartKey(eid("one"))]


# Endpoints


def test_isolation_decides_how_an_endpoint_joins() -> None:
    by_workload = {part.workload: part for part in realised().endpoints}
    web, api = by_workload[WEB], by_workload[API]
    assert (web.nic, web.within, web.switch) == (
        NicKind.HOST_VNIC,
        PartKey(WEB, "compartment"),
        PartKey(NAT, "switch"),
    )
    assert (api.nic, api.within, api.address) == (NicKind.VMNIC, PartKey(API, "utility-vm"), ip("10.0.0.21"))


def test_a_compartment_can_hold_the_endpoint_for_its_pod() -> None:
    pod = Compartment(id=eid("pod"), name="pod", parent=HOST)
    host = realised(pod, Attachment(id=eid("a"), source=eid("pod"), target=NAT))
    assert next(part.within for part in host.endpoints if part.workload == "pod") == PartKey(eid("pod"))


def test_a_link_that_no_network_takes_has_no_endpoint() -> None:
    switch = VSwitch(id=SWITCH, name="sw", parent=HOST)
    host = realised(switch, Attachment(id=eid("a"), source=WEB, target=SWITCH))
    assert "a" not in {part.attachment for part in host.endpoints}


# Over several hosts


def test_an_overlay_has_a_switch_on_each_host_and_only_the_endpoints_of_that_host() -> None:
    far = [
        Host(id=eid("h2"), name="HOST02"),
        PhysicalNic(id=eid("n2"), name="Ethernet", parent=eid("h2"), addresses=(IPv4Interface("10.0.0.12/24"),)),
        HyperVContainer(id=eid("far"), name="far", parent=eid("h2")),
        network("over", NetworkMode.OVERLAY),
        Attachment(id=eid("web-over"), source=WEB, target=eid("over")),
        Attachment(id=eid("far-over"), source=eid("far"), target=eid("over")),
        uplink("over", "n2"),
    ]
    here, there = realised(*far), realised(*far, host="h2")
    assert {part.attachment for part in here.endpoints} == {"web-nat", "api-corp", "web-over"}
    assert [part.attachment for part in there.endpoints] == ["far-over"]
    (switch,) = there.switches
    assert (switch.key, switch.uplinks) == (PartKey(eid("over"), "switch:h2"), ("n2",))
    assert here.switch_of(eid("over")) != switch
    assert there.host_vnics[0].addresses == (IPv4Interface("10.0.0.12/24"),)


def test_parts_know_whether_they_are_drawn() -> None:
    assert PartKey(WEB, "compartment").is_derived
    assert not PartKey(WEB).is_derived
