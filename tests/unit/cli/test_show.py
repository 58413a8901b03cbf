"""The inventory as text and as JSON."""

from __future__ import annotations

import json

from designer import api
from tests.unit.cli.conftest import Designer

SEED = api.examples()[0]


def test_text(designer: Designer) -> None:
    result = designer("show", SEED)

    assert result.code == 0
    assert result.out.splitlines() == [
        "HOST01 (ws2016)",
        "  switch corp: external on Ethernet",
        "  switch nat: internal",
        "  network corp: transparent: 10.0.0.0/24, gateway 10.0.0.1",
        "  network nat: nat",
        "  container api01: hyperv isolation, mcr.microsoft.com/windows/servercore:ltsc2016",
        "    on corp: 10.0.0.21",
        "  container app01: process isolation, mcr.microsoft.com/windows/servercore:ltsc2016",
        "    on corp: 10.0.0.20",
        "  container web01: process isolation, mcr.microsoft.com/windows/servercore:ltsc2016",
        "    on nat: address not fixed, port 8080 → 80/tcp",
    ]


def test_json(designer: Designer) -> None:
    (host,) = json.loads(designer("show", SEED, "--format", "json").out)["hosts"]

    assert (host["name"], host["os"]) == ("HOST01", "ws2016")
    assert [network["driver"] for network in host["networks"]] == ["transparent", "nat"]
    assert host["networks"][0] == {
        "id": "corp",
        "name": "corp",
        "driver": "transparent",
        "subnets": [{"prefix": "10.0.0.0/24", "gateway": "10.0.0.1"}],
        "vlan": None,
        "switch": "corp:switch",
        "hnsid": None,
    }


def test_standard_input_and_names_that_steer_a_terminal(designer: Designer) -> None:
    content = SEED.read_bytes().replace(b'"HOST01"', '"\\u001b[31mH\u202e"'.encode())

    result = designer("show", "-", given=content)

    assert result.out.splitlines()[0] == "\ufffd[31mH\ufffd (ws2016)"


def test_an_empty_design(designer: Designer) -> None:
    assert designer("show", "-", given=api.to_bytes(api.new())).out == "The design has no host.\n"


def test_services_and_traffic(designer: Designer) -> None:
    swarm = next(path for path in api.examples() if path.stem == "swarm")

    text = designer("show", swarm).out.splitlines()
    found = json.loads(designer("show", swarm, "--format", "json").out)

    assert text[-5:] == [
        "service shop: 3 tasks, vip, mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022, "
        "on NODE01, NODE02",
        "  on shop-net",
        "  port 8080 → 80/tcp, ingress",
        "traffic Client → shop: TCP 8080 (published)",
        "traffic shop → orders: TCP 5432",
    ]
    assert [service["nodes"] for service in found["services"]] == [["NODE02"], ["NODE01", "NODE02"]]
    assert found["flows"][0]["address"] == "published"
    assert set(json.loads(designer("show", SEED, "--format", "json").out)) == {"hosts"}
