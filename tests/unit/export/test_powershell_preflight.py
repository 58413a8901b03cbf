from __future__ import annotations

from designer.export.plan import plan
from designer.export.powershell_preflight import release_check, setup_preflight, teardown_preflight
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.releases import OsRelease
from tests.unit.export.designs import HOST, design, engine, policies, second_manager, switches


def checks(host: Host) -> list[str]:
    return [line for line, _ in setup_preflight(plan(design(host=host), HOST))]


def test_the_machine_is_judged_before_docker_and_names() -> None:
    lines = [line for line, _ in setup_preflight(plan(engine(), HOST))]

    assert lines[0] == "$problems = @()"
    assert lines.index("Assert-Feature 'Containers' 'HST002'") < lines.index("Assert-Adapter 'Ethernet 2'")
    assert lines.count("Stop-OnProblem") == 2
    assert lines[-1] == "Stop-OnProblem"
    assert "    Assert-PortFree 'udp' 5353 'web01'" in lines
    assert (
        "    Assert-PrefixFree '172.31.0.0/24' 'front' -Except 'vEthernet (nat)', 'vEthernet (HNS Internal NIC)'"
        in lines
    )


def test_a_server_has_one_build_and_a_client_a_range() -> None:
    server = checks(Host(id=HOST, name="H", os=OsRelease.WS2025))
    client = checks(Host(id=HOST, name="H", os=OsRelease.WIN11))

    assert "if ($build -ne 26100) {" in server
    assert "Assert-Feature 'Containers' 'HST002'" in server
    assert "if ($build -lt 22000 -or $build -gt 26200) {" in client
    assert "Assert-OptionalFeature 'Containers' 'HST002'" in client


def test_names_of_things_that_carry_no_label_are_checked_by_their_marks() -> None:
    lines = [line for line, _ in setup_preflight(plan(switches(), HOST))]

    nat = "if ((Test-Nat 'LabNat') -and -not (Test-Mark 'nat-winnat')) { Add-TakenName 'NAT named LabNat' 'NAT005' }"
    assert nat in lines
    assert "Assert-SwitchName 'Private' 'container-network-designer: priv-switch' 'Private'" in lines
    assert not any("host vNIC named Internal" in line for line in lines)


def test_a_module_and_a_token_are_asked_for_when_they_are_needed() -> None:
    assert "Import-HnsModule" in [line for line, _ in setup_preflight(plan(policies(), HOST))]
    joining = setup_preflight(plan(second_manager(), EntityId("manager-b")))
    assert any("SWARM_JOIN_TOKEN" in line for line, _ in joining)


def test_checks_belong_to_the_element_they_are_for() -> None:
    lines = dict(setup_preflight(plan(engine(), HOST)))

    assert lines["Assert-Adapter 'Ethernet 2'"] == "lan"


def test_what_only_a_machine_can_answer_is_asked_where_it_matters() -> None:
    lines = [line for line, _ in setup_preflight(plan(engine(), HOST))]

    assert "Assert-Service 'hns', 'vmcompute'" in lines
    assert "Assert-HyperVTools" not in lines
    assert lines[-5:] == ["Assert-Memory @{", "    'api01' = 1024", "    'web01' = 512", "}", "Stop-OnProblem"]
    assert "Assert-HyperVTools" in [line for line, _ in setup_preflight(plan(switches(), HOST))]


def test_a_release_check_stands_alone() -> None:
    lines = [line for line, _ in release_check(plan(design(), HOST))]

    assert (lines[0], lines[-1]) == ("$problems = @()", "Stop-OnProblem")
    assert not any("Assert-" in line for line in lines)


def test_a_teardown_only_asks_whether_docker_answers() -> None:
    lines = [line for line, _ in teardown_preflight(plan(engine(), HOST))]

    assert lines[-1] == "Stop-OnProblem"
    assert not any("Assert-" in line for line in lines)
