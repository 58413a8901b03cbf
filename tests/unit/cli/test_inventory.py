"""What a design holds, as plain values."""

from __future__ import annotations

from designer.cli.inventory import inventory
from designer.model.flows import Flow
from designer.model.hosts import Host, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, PortMapping, Uplink
from designer.model.networks import ContainerNetwork
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

HOST = Host(id=EntityId("h"), name="HOST01")
NETWORK = ContainerNetwork(id=EntityId("n"), name="nat0", parent=HOST.id)


def test_what_is_not_said_is_none() -> None:
    box = HyperVContainer(id=EntityId("c"), name="web01", parent=HOST.id)
    link = Attachment(id=EntityId("a"), source=box.id, target=NETWORK.id, ports=(PortMapping(container_port=80),))

    (host,) = inventory(Topology.of_entities([HOST, NETWORK, box, link]))["hosts"]

    assert host["networks"][0]["subnets"] == []
    assert host["containers"][0]["isolation"] == "hyperv"
    assert host["containers"][0]["endpoints"] == [
        {"network": "nat0", "ip": None, "mac": None, "ports": [{"host": None, "container": 80, "protocol": "tcp"}]}
    ]


def test_containers_of_a_compartment_have_its_endpoints() -> None:
    pod = Compartment(id=EntityId("p"), name="pod", parent=HOST.id, pod=True)
    box = WindowsContainer(id=EntityId("c"), name="web01", parent=pod.id)
    link = Attachment(id=EntityId("a"), source=pod.id, target=NETWORK.id)

    (host,) = inventory(Topology.of_entities([HOST, NETWORK, pod, box, link]))["hosts"]

    assert [endpoint["network"] for endpoint in host["containers"][0]["endpoints"]] == ["nat0"]


def test_a_drawn_switch_stands_under_its_own_id_with_its_uplink() -> None:
    switch = VSwitch(id=EntityId("s"), name="Lan", parent=HOST.id)
    nic = PhysicalNic(id=EntityId("e"), name="Ethernet", parent=HOST.id)
    network = NETWORK.evolve(mode="transparent", switch=switch.id)
    uplink = Uplink(id=EntityId("u"), source=switch.id, target=nic.id)

    (host,) = inventory(Topology.of_entities([HOST, switch, nic, network, uplink]))["hosts"]

    assert host["switches"] == [{"id": "s", "name": "Lan", "type": "external", "uplinks": ["Ethernet"]}]
    assert host["networks"][0]["switch"] == "s"


def test_hosts_are_sorted_by_name() -> None:
    other = Host(id=EntityId("a"), name="ZULU")

    hosts = inventory(Topology.of_entities([other, HOST]))["hosts"]

    assert [host["name"] for host in hosts] == ["HOST01", "ZULU"]


def test_a_service_without_a_swarm_has_no_nodes_and_traffic_its_likely_port() -> None:
    service = Service(id=EntityId("s"), name="shop", mode="global")
    flow = Flow(id=EntityId("f"), source=HOST.id, target=service.id)

    found = inventory(Topology.of_entities([HOST, service, flow]))

    assert (found["services"][0]["swarm"], found["services"][0]["nodes"]) == (None, [])
    assert found["services"][0]["replicas"] is None
    assert found["flows"] == [
        {"id": "f", "source": "HOST01", "target": "shop", "protocol": "tcp", "port": 80, "address": "own"}
    ]
