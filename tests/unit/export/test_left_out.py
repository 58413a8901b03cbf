from __future__ import annotations

import pytest

from designer.export.left_out import left_out
from designer.export.statements import Remark
from designer.model.base import EntityBase
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.model.workloads import WindowsContainer

HOST = Host(id=EntityId("h"), name="HOST01")
NAT = ContainerNetwork(id=EntityId("n"), name="nat0", parent=HOST.id)
WEB = WindowsContainer(id=EntityId("w"), name="web01", parent=HOST.id)
JOINED = Attachment(id=EntityId("a"), source=WEB.id, target=NAT.id)
PLAIN: tuple[EntityBase, ...] = (HOST, NAT, WEB, JOINED)


def said(*changed: EntityBase) -> list[str]:
    entities = {entity.id: entity for entity in (*PLAIN, *changed)}
    topology = Topology.of_entities(entities.values())  # type: ignore[arg-type]  # each is one of the concrete kinds
    host, network = topology.find(HOST.id, Host), topology.find(NAT.id, ContainerNetwork)
    assert host is not None
    assert network is not None
    return [each.reason for each in left_out(topology, host, (network,)) if isinstance(each, Remark)]


def test_nothing_is_said_of_defaults() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        (NAT.evolve(mtu=1400), "nat0", "MTU"),
        (NAT.evolve(driver_name="bridge"), "nat0", "the driver that was asked for"),
        (NAT.evolve(ipv4_disabled=True), "nat0", "IPv4"),
        (WEB.evolve(network_host=True), "web01", "network mode host"),
        (JOINED.evolve(inbound_limit_bytes_per_second=1000), "web01", "inbound limit"),
    ],
)
def test_each_value_that_is_not_set_is_said(changed: EntityBase, name: str, words: str) -> None:
    (sentence,) = said(changed)

    assert sentence.startswith(f"{name}: ")
    assert words in sentence
