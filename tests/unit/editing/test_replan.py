from __future__ import annotations

from ipaddress import IPv4Interface

from designer.editing.clipboard import copy, paste
from designer.editing.replan import shifted
from designer.model.addressing import MacAddress
from designer.model.hosts import HostVNic, PhysicalNic, WinNat
from designer.model.identity import EntityId, counting_ids
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.model.workloads import Compartment
from tests.unit.sample import API, API_CORP, CLIENT, CORP, HOST, NAT, WEB, WEB_NAT, eid, ip, sample, subnet


def paste_again(topology: Topology, *ids: EntityId, keep: bool = False) -> Topology:
    fragment = copy(topology, ids)
    return topology.apply(paste(topology, fragment, HOST, 0, 0, counting_ids(), keep_addresses=keep))


def endpoints(topology: Topology) -> list[Attachment]:
    return [link for link in topology.of(Attachment) if link.id not in (WEB_NAT, API_CORP)]


def test_a_copied_nat_network_moves_to_a_free_prefix_with_its_endpoints() -> None:
    after = paste_again(sample(), WEB, NAT)
    (network,) = [found for found in after.of(ContainerNetwork) if found.id not in (NAT, CORP)]
    (link,) = endpoints(after)
    assert network.subnets == (subnet("172.16.16.0/20", "172.16.16.1"),)
    assert link.ip == ip("172.16.16.10")
    assert link.ports[0].host_port == 8081


def test_addresses_can_be_kept() -> None:
    (link,) = endpoints(paste_again(sample(), WEB, NAT, keep=True))
    assert (link.ip, link.ports[0].host_port) == (ip("172.16.0.10"), 8080)


def test_another_design_takes_everything_as_it_is() -> None:
    other = sample(without=(NAT, WEB, WEB_NAT, "web01@"))
    after = other.apply(paste(other, copy(sample(), [WEB, NAT]), HOST, 0, 0))
    (link,) = endpoints(after)
    assert (link.ip, link.ports[0].host_port) == (ip("172.16.0.10"), 8080)


def test_networks_on_the_wire_keep_their_prefix_and_their_endpoints_move() -> None:
    after = paste_again(sample(), API, CORP)
    (network,) = [found for found in after.of(ContainerNetwork) if found.id not in (NAT, CORP)]
    (link,) = endpoints(after)
    assert network.subnets == (subnet("10.0.0.0/24", "10.0.0.1"),)
    assert link.ip == ip("10.0.0.2")


def test_devices_get_the_next_address_and_no_mac_twice() -> None:
    mac = MacAddress("00-15-5D-00-00-01")
    vnic = HostVNic(id=eid("v"), name="v", parent=HOST, mac=mac, addresses=(IPv4Interface("10.0.0.12/24"),))
    nic = PhysicalNic(id=eid("n2"), name="n", parent=HOST, mac=mac, addresses=(IPv4Interface("10.0.0.11/24"),))
    topology = sample(vnic, nic)
    after = paste_again(topology, eid("v"), eid("n2"), CLIENT)
    (copied,) = [found for found in after.of(PhysicalNic) if found.id not in topology]
    assert copied.mac is None
    devices = [
        *(nic.addresses[0].ip for nic in after.of(PhysicalNic)),
        *(v.addresses[0].ip for v in after.of(HostVNic)),
    ]
    assert len(devices) - len(set(devices)) == 1  # the two that had one address before they were copied


def test_macs_of_endpoints_vips_and_numbers_are_not_doubled() -> None:
    web = sample().find(WEB_NAT, Attachment)
    assert web is not None
    topology = sample(
        web.evolve(mac="00-15-5D-00-00-02"),
        LoadBalancer(id=eid("lb"), name="lb", parent=HOST, vip=ip("10.0.0.9")),
        Compartment(id=eid("c"), name="c", parent=HOST, number=5),
    )
    after = paste_again(topology, WEB, NAT, eid("lb"), eid("c"))
    (link,) = endpoints(after)
    assert link.mac is None
    assert [found.vip for found in after.of(LoadBalancer) if found.id != "lb"] == [None]
    assert [found.number for found in after.of(Compartment) if found.id != "c"] == [None]


def test_a_winnat_follows_its_network_and_overlays_get_their_own_vni() -> None:
    topology = sample(
        WinNat(id=eid("w"), name="w", parent=HOST, internal_prefix=IPv4Interface("172.16.0.0/20")),
        ContainerNetwork(
            id=eid("o"), name="o", mode=NetworkMode.OVERLAY, subnets=(subnet("10.5.0.0/24", "10.5.0.1", 4096),)
        ),
    )
    after = paste_again(topology, NAT, eid("w"), eid("o"))
    assert [str(found.internal_prefix) for found in after.of(WinNat) if found.id != "w"] == ["172.16.16.0/20"]
    overlay = next(found for found in after.of(ContainerNetwork) if found.name == "o-2")
    assert overlay.subnets == (subnet("10.0.1.0/24", "10.0.1.1", 4097),)


def test_addresses_move_with_their_prefix() -> None:
    moved = {subnet("10.0.0.0/24").network: subnet("10.9.0.0/24").network}
    assert shifted(ip("10.0.0.7"), moved) == ip("10.9.0.7")
    assert shifted(ip("10.1.0.7"), moved) == ip("10.1.0.7")


def test_pasted_services_publish_other_ports() -> None:
    ports = (ServicePort(published=8080), ServicePort(published=8081), ServicePort())
    topology = sample(Service(id=eid("s"), name="shop", ports=ports))
    after = paste_again(topology, eid("s"))
    (copied,) = (found for found in after.of(Service) if found.id != "s")
    assert [port.published for port in copied.ports] == [8082, 8083, 0]
