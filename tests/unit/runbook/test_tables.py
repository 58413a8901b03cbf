from __future__ import annotations

from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.topology import Topology
from designer.runbook.tables import endpoints, flows, networks, ports, switches
from tests.unit.export.designs import HOST, attached, container, design, network

DESIGN = design(
    network("nat0", NetworkMode.NAT, "172.30.8.0/24"),
    network("lan", NetworkMode.INTERNAL),
    container("web01"),
    attached("web01", "nat0", ip="172.30.8.20", ports=({"host_port": 8080}, {"container_port": 443})),
    container("db01"),
    attached("db01", "lan", mac="00-15-5D-00-00-01"),
    Flow(id=EntityId("f"), source=EntityId("web01"), target=EntityId("db01"), port=1433),
)


def host(topology: Topology) -> Host:
    return next(iter(topology.of(Host)))


def test_networks_say_what_is_open() -> None:
    rows = [row.cells for row in networks(DESIGN, host(DESIGN)).rows]

    assert rows == [
        ("lan", "internal", "chosen on the machine", "chosen on the machine", "", "lan (internal)"),
        ("nat0", "nat", "172.30.8.0/24", "172.30.8.1", "", "nat0 (internal)"),
    ]


def test_switches_and_nats_say_who_makes_them() -> None:
    rows = {row.cells[0]: row.cells[1:] for row in switches(DESIGN, host(DESIGN)).rows}

    assert rows["nat0"] == ("internal switch", "", "HNS")
    assert rows["WinNAT 172.30.8.0/24"] == ("NAT", "", "HNS")


def test_endpoints_and_their_ports() -> None:
    shown = {row.cells[0]: row.cells[1:] for row in endpoints(DESIGN, host(DESIGN)).rows}

    assert shown["web01"] == ("process", "nat0", "host vNIC", "172.30.8.20", "chosen on the machine")
    assert shown["db01"][-1] == "00-15-5D-00-00-01"
    assert [row.cells for row in ports(DESIGN, host(DESIGN)).rows] == [
        ("8080/tcp", "web01:80", "nat0"),
        ("chosen on the machine/tcp", "web01:443", "nat0"),
    ]


def test_traffic_of_the_host_is_listed() -> None:
    (row,) = flows(DESIGN, host(DESIGN)).rows

    assert row.cells == ("web01", "db01", "TCP 1433", "its own address")
    assert row.element == "f"


def test_a_host_without_anything_has_empty_tables() -> None:
    bare = design()
    assert not any(table(bare, bare[HOST]).rows for table in (networks, switches, endpoints, ports, flows))  # type: ignore[arg-type]  # the host
