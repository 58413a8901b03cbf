from __future__ import annotations

from designer.graph.views import domains, layer2, layer3
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.realisation import PartKey
from designer.model.topology import Topology
from tests.unit.graph.test_queries import host_with_corp


def corp() -> Topology:
    return Topology.of_entities(host_with_corp())  # type: ignore[arg-type] # all are entities


def test_endpoints_belong_to_their_workload() -> None:
    graph = layer2(corp())
    assert graph.nodes[PartKey(EntityId("web-nat"))]["owner"] == "web"
    assert graph.has_edge(PartKey(EntityId("web-nat")), PartKey(EntityId("nat"), "switch"))


def test_an_adapter_under_a_switch_forwards_and_a_free_one_answers_for_its_host() -> None:
    graph = layer2(corp())
    assert "owner" not in graph.nodes[PartKey(EntityId("nic"))]
    lonely = [entity for entity in host_with_corp() if getattr(entity, "id", "") != "up"]
    graph = layer2(Topology.of_entities(lonely))  # type: ignore[arg-type] # all are entities
    assert graph.nodes[PartKey(EntityId("nic"))]["owner"] == "h"


def test_a_domain_ends_at_what_does_not_forward() -> None:
    found = domains(layer2(corp()))
    assert len(found) == 2
    assert sum(PartKey(EntityId("h"), "") in domain for domain in found) == 0


def test_layer_3_has_every_host() -> None:
    topology = Topology.of_entities([Host(id=EntityId("h"), name="HOST01")])
    assert PartKey(EntityId("h")) in layer3(topology, layer2(topology))
