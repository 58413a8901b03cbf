from __future__ import annotations

from designer.drawing.host_stack import stack_cards
from designer.model.hosts import HostVNic
from designer.model.networks import ContainerNetwork
from designer.model.realisation import networks_on, realise
from designer.model.topology import Topology
from tests.unit.sample import CORP, HOST, NAT, eid, sample


def titles(topology: Topology, networks: list[ContainerNetwork] | None = None) -> list[str]:
    found = networks if networks is not None else list(networks_on(topology, HOST))
    return [card.look.title for card in stack_cards(topology, HOST, realise(topology, HOST), found)]


def test_winnat_stands_under_the_vnic_that_it_serves() -> None:
    topology = sample()
    corp, nat = (topology.find(network, ContainerNetwork) for network in (CORP, NAT))
    assert corp is not None
    assert nat is not None

    assert titles(topology, [nat, corp]) == ["vEthernet (nat0)", "WinNAT", "vEthernet (corp)"]
    assert titles(topology, [corp, nat]) == ["vEthernet (corp)", "vEthernet (nat0)", "WinNAT"]


def test_a_vnic_on_no_switch_comes_last() -> None:
    assert titles(sample(HostVNic(id=eid("v"), name="vEthernet (spare)", parent=HOST)))[-1] == "vEthernet (spare)"


def test_a_host_without_networks_has_no_stack() -> None:
    assert titles(sample(without=("nat0", "corp", "web-nat", "api-corp", "corp-nic"))) == []
