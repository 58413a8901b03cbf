"""A machine that is not as the script needs it: the script stops before it changes anything, and says why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from designer.formats import ExportOptions, export_host
from designer.model.hosts import Host, SwitchType
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from tests.oracles.judges import TOKEN, Case, SimulatedMachine, cases, machine_file, needs_simulator
from tests.unit.export.designs import HOST, attached, container, network
from tests.unit.export.designs import design as design_of

pytestmark = needs_simulator

OS = "ws2022"


@pytest.fixture(scope="module")
def machine() -> Iterator[SimulatedMachine]:
    started = SimulatedMachine(OS)
    yield started
    started.close()


def case(name: str = "engine") -> Case:
    return next(iter(cases([name])))


def changed(design: Case, element: str, **values: object) -> Case:
    """Return a later version of a design."""
    topology = Topology.of_entities(
        each.evolve(**values) if each.id == element else each for each in design.topology.entities.values()
    )
    return Case(design.name, topology, design.host)


def said_in(report: Any) -> str:
    return " ".join(each["message"] for each in report["errors"])


def another_build(host: dict[str, Any]) -> None:
    host["build"] = 17763


def no_hyperv(host: dict[str, Any]) -> None:
    host["features"]["Hyper-V"]["installed"] = False


def docker_stopped(host: dict[str, Any]) -> None:
    host["services"]["docker"]["status"] = "Stopped"


def no_second_adapter(host: dict[str, Any]) -> None:
    del host["adapters"][1]


def adapter_down(host: dict[str, Any]) -> None:
    host["adapters"][1]["status"] = "Disconnected"


def prefix_in_use(host: dict[str, Any]) -> None:
    host["addresses"].append({"ifAlias": "Ethernet 2", "ip": "172.31.0.9", "prefixLength": 16, "origin": "Manual"})


def port_in_use(host: dict[str, Any]) -> None:
    host["portsInUse"].append({"protocol": "TCP", "port": 8080, "process": "w3wp"})


def ports_kept(host: dict[str, Any]) -> None:
    host["excludedPorts"] = [{"protocol": "TCP", "start": 8000, "count": 100}]


def no_ipv6(host: dict[str, Any]) -> None:
    host["registry"]["HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters"] = {
        "DisabledComponents": 255
    }


def service_disabled(host: dict[str, Any]) -> None:
    host["services"]["hns"]["startType"] = "Disabled"


def little_memory(host: dict[str, Any]) -> None:
    host["memoryMB"] = 1024


def no_tools(host: dict[str, Any]) -> None:
    host["features"]["Hyper-V-PowerShell"]["installed"] = False


def sharing_disabled(host: dict[str, Any]) -> None:
    host["services"]["SharedAccess"]["startType"] = "Disabled"


def broken_daemon_file(host: dict[str, Any]) -> None:
    host["files"]["C:\\ProgramData\\docker\\config\\daemon.json"] = "{ not json"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("engine", another_build, "not for build 17763"),
        ("engine", no_hyperv, "ISO005: The feature Hyper-V is missing"),
        ("engine", docker_stopped, "Docker does not run"),
        ("engine", no_second_adapter, "SWI007: There is no adapter named Ethernet 2"),
        ("engine", adapter_down, "SWI017: The adapter Ethernet 2 is Disconnected"),
        ("engine", prefix_in_use, "NAT003: 172.31.0.0/24 of front overlaps 172.31.0.9 on Ethernet 2"),
        ("engine", port_in_use, "PRT006: Port 8080/tcp, which web01 publishes, is in use"),
        ("engine", ports_kept, "PRT006: Windows keeps the ports 8000-8099/tcp, so web01 cannot publish 8080"),
        ("engine", broken_daemon_file, "is no JSON"),
        ("engine", no_ipv6, "HST005: IPv6 is off"),
        ("engine", service_disabled, "HST004: The service hns is disabled"),
        ("engine", little_memory, "HST011: The containers take 1536 MB"),
        ("switches", no_tools, "SWI024: The PowerShell module of Hyper-V is missing"),
        ("sharing", sharing_disabled, "HST015: The service SharedAccess is disabled"),
    ],
)
def test_it_stops_before_the_first_change(
    name: str, change: Callable[[dict[str, Any]], None], said: str, machine: SimulatedMachine, tmp_path: Path
) -> None:
    design = sharing() if name == "sharing" else case(name)
    path = machine_file(design, tmp_path)
    host = json.loads(path.read_text(encoding="utf-8"))
    change(host)
    fresh = machine.begin(host)

    report = machine.run(design.write(tmp_path))
    assert (report["exit"], report["changes"]) == (1, 0)
    assert said in said_in(report)
    assert machine.difference(fresh) == []


def sharing() -> Case:
    topology = design_of(network("shared", NetworkMode.ICS))
    return Case("sharing", topology, next(iter(topology.of(Host))))


def stops(machine: SimulatedMachine, script: Path) -> str:
    """Run a script that must change nothing, and return what it says."""
    before = machine.view()
    report = machine.run(script)
    assert (report["exit"], report["changes"]) == (1, 0)
    assert machine.difference(before) == []
    return said_in(report)


def prepared(machine: SimulatedMachine, design: Case, folder: Path, text: str) -> None:
    """Make the machine of a design on which something else has been done before."""
    machine.begin(json.loads(machine_file(design, folder).read_text(encoding="utf-8")))
    prelude = folder / "foreign.ps1"
    prelude.write_text(text, encoding="utf-8")
    report = machine.run(prelude)
    assert (report["exit"], report["errors"]) == (0, [])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("switches", "SWI001: The switch Foreign already holds the adapter Ethernet 2"),
        ("engine", "SWI012: The switch Foreign holds the adapter Ethernet 2 unseen by Docker, so lan cannot use it"),
    ],
)
def test_a_switch_of_others_on_the_adapter_is_in_the_way(
    name: str, said: str, machine: SimulatedMachine, tmp_path: Path
) -> None:
    design = case(name)
    prepared(machine, design, tmp_path, "$null = New-VMSwitch -Name 'Foreign' -NetAdapterName 'Ethernet 2'\n")

    assert said in stops(machine, design.write(tmp_path))


def test_a_worker_makes_no_network_of_the_swarm(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case("second-manager")
    prepared(machine, design, tmp_path, f"docker swarm join --token {TOKEN} 10.30.0.12:2377\n")

    assert "OVL002: This host is a worker of a swarm, and only a manager can make mesh" in stops(
        machine, design.write(tmp_path)
    )


def test_what_an_older_version_made_is_not_changed_in_place(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case()
    machine.fresh(design, tmp_path)
    assert machine.run(design.write(tmp_path))["exit"] == 0

    later = changed(changed(design, "web01", hostname="www"), "front", dns_suffix="other.example")
    said = stops(machine, later.write(tmp_path))
    assert "HOT004: There is already a container named web01" in said
    assert "HOT005: There is already a network named front" in said


def test_a_running_container_joins_nothing(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case()
    machine.fresh(design, tmp_path)
    machine.run(design.write(tmp_path))
    gone = tmp_path / "gone.ps1"
    gone.write_text("docker stop api01\ndocker network disconnect back api01\ndocker start api01\n", encoding="utf-8")
    assert machine.run(gone)["exit"] == 0

    assert "HOT002: The container api01 runs and has to join a further network. Run: docker stop api01" in stops(
        machine, design.write(tmp_path)
    )


def test_a_switch_does_not_change_its_type(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case("switches")
    machine.fresh(design, tmp_path)
    assert machine.run(design.write(tmp_path))["exit"] == 0

    later = changed(design, "priv-switch", switch_type=SwitchType.INTERNAL)
    assert "SWI022: The switch Private is of type Private and must become Internal" in stops(
        machine, later.write(tmp_path)
    )


def test_a_load_balancer_of_others_is_in_the_way(machine: SimulatedMachine, tmp_path: Path) -> None:
    design = case("policies")
    machine.fresh(design, tmp_path)
    assert machine.run(design.write(tmp_path))["exit"] == 0
    forget = tmp_path / "forget.ps1"
    forget.write_text(
        "Remove-Item (Join-Path $env:ProgramData 'ContainerNetworkDesigner/balancer-balancer')\n", encoding="utf-8"
    )
    assert machine.run(forget)["exit"] == 0

    assert "LBL011: There is already a load balancer at 10.61.1.100:80" in stops(machine, design.write(tmp_path))


def test_a_nat_network_without_its_netnat_is_noticed(tmp_path: Path) -> None:
    host = Host(id=HOST, name="HOST01", os=OsRelease.WS2016)
    image = "mcr.microsoft.com/windows/servercore:ltsc2016"
    topology = design_of(
        network("nat", NetworkMode.NAT, predefined=True),
        container("web01", image=image),
        attached("web01", "nat"),
        host=host,
    )
    design = Case("nat", topology, host)
    machine = SimulatedMachine("ws2016")
    try:
        prepared(machine, design, tmp_path, "Get-NetNat | Remove-NetNat -Confirm:$false\n")
        assert "NAT015: Docker has a network nat, and Windows has no NetNat for it" in stops(
            machine, design.write(tmp_path)
        )
    finally:
        machine.close()


FOREIGN = """
docker network create -d internal --subnet 192.168.200.0/24 back
docker network create -d internal --subnet 192.168.201.0/24 other
docker create --name web01 --network other mcr.microsoft.com/windows/servercore:ltsc2022
"""


def test_what_others_made_is_in_the_way_and_stays(machine: SimulatedMachine, tmp_path: Path) -> None:
    fresh_host = json.loads(machine_file(case(), tmp_path).read_text(encoding="utf-8"))
    machine.begin(fresh_host)
    prelude = tmp_path / "foreign.ps1"
    prelude.write_text(FOREIGN, encoding="utf-8")
    machine.run(prelude)
    before = machine.view()

    setup = machine.run(case().write(tmp_path))
    said = " ".join(each["message"] for each in setup["errors"])
    assert (setup["exit"], setup["changes"]) == (1, 0)
    assert "There is already a network named back" in said
    assert "There is already a container named web01" in said

    teardown = machine.run(case().write(tmp_path, teardown=True))
    assert (teardown["exit"], teardown["changes"]) == (0, 0)
    assert machine.difference(before) == []


def test_the_daemon_file_of_others_is_merged_and_comes_back(machine: SimulatedMachine, tmp_path: Path) -> None:
    host = json.loads(machine_file(case(), tmp_path).read_text(encoding="utf-8"))
    text = '{\n  "debug": true,\n  "dns": ["10.9.9.9"]\n}\n'
    host["files"]["C:\\ProgramData\\docker\\config\\daemon.json"] = text
    fresh = machine.begin(host)

    setup = machine.run(case().write(tmp_path))
    assert setup["exit"] == 0
    merged = json.loads(machine.view()["daemon.json"])
    assert merged == {
        "debug": True,
        "dns": ["10.0.0.10", "10.0.0.11"],
        "fixed-cidr": "172.30.0.0/24",
        "exec-opts": ["isolation=process"],
    }

    machine.run(case().write(tmp_path, teardown=True))
    assert machine.view()["daemon.json"] == text
    assert machine.difference(fresh) == []


def test_a_script_exported_as_a_dry_run_changes_nothing(machine: SimulatedMachine, tmp_path: Path) -> None:
    fresh = machine.begin(json.loads(machine_file(case(), tmp_path).read_text(encoding="utf-8")))
    script = tmp_path / "dry.ps1"
    design = case()
    options = ExportOptions(what_if=True)
    script.write_bytes(export_host(design.topology, design.host.id, "powershell", options).encoded())

    report = machine.run(script)
    assert (report["exit"], report["errors"], report["changes"]) == (0, [], 0)
    assert machine.difference(fresh) == []
