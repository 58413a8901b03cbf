from __future__ import annotations

from ipaddress import ip_interface
from typing import TypeVar

from designer.export.consent import BY_HAND, IN_SCRIPT, STEPS, Spoken, step_kind
from designer.export.machine_statements import EnableIPv6, InstallFeature, RemoveForeignNat, RunAtStart
from designer.export.plan import plan
from designer.export.script import Script, Section, Statement
from designer.export.statements import AdoptSwitch, CreateNat, CreateSwitch, OpenPorts, Remark, SetAddress
from designer.model.annotations import Suppression
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, ListeningPort, VSwitch
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.topology import Topology
from designer.rules.catalogue import catalogue
from designer.rules.registry import FixClass
from designer.rules.runner import judge
from tests.unit.export.designs import (
    HOST,
    agreed,
    at_start,
    attached,
    container,
    design,
    network,
    nic,
    uplink,
)

S = TypeVar("S", bound=Statement)


def made(topology: Topology, kind: type[S]) -> list[S]:
    return [each for each in plan(topology, HOST).statements if isinstance(each, kind)]


def before(script: Script) -> list[str]:
    return [each.reason for each in script.statements if each.section is Section.BEFORE]


def without_consent(topology: Topology) -> Topology:
    host = topology.find(HOST, Host)
    assert host is not None
    return Topology.of_entities(
        host.evolve(script_steps=()) if each.id == HOST else each for each in topology.entities.values()
    )


def test_every_rule_with_a_step_is_done_or_said_to_be_done_elsewhere() -> None:
    with_step = {rule.id for rule in catalogue() if rule.fix_class is FixClass.SCRIPT and rule.decidable}

    assert set(STEPS) | set(IN_SCRIPT) | set(BY_HAND) == with_step
    assert len(STEPS) + len(IN_SCRIPT) + len(BY_HAND) == len(with_step)
    assert (step_kind("HST002"), step_kind("OVL005"), step_kind("VMH001"), step_kind("TOP001")) == (
        "step",
        "script",
        "by hand",
        None,
    )


def test_agreed_steps_are_statements_once_each() -> None:
    assert [each.name for each in made(agreed(), InstallFeature)] == ["Containers", "Hyper-V"]
    assert len(made(agreed(), EnableIPv6)) == 1
    assert [each.name for each in made(agreed(), RemoveForeignNat)] == ["OldNat"]
    assert [(each.protocol, each.port) for each in made(agreed(), OpenPorts)] == [("TCP", 8080)]
    assert len(made(at_start(), RunAtStart)) == 1
    assert before(plan(agreed(), HOST)) == []


def test_a_nat_that_goes_is_not_made() -> None:
    assert made(agreed(), CreateNat) == []
    assert len(made(without_consent(agreed()), CreateNat)) == 1


def test_without_consent_the_steps_come_before_the_script() -> None:
    script = plan(without_consent(agreed()), HOST)

    assert [reason.split(":")[0] for reason in before(script)] == ["HST002", "HST005", "ISO005", "NAT004", "PRT020"]
    assert "By hand: Install-WindowsFeature -Name Containers" in before(script)[0]
    assert not any(isinstance(each, InstallFeature | EnableIPv6 | RemoveForeignNat) for each in script.statements)


def test_each_step_has_an_inverse() -> None:
    agreed_steps = [
        each
        for topology in (agreed(), at_start())
        for each in plan(topology, HOST).statements
        if isinstance(each, InstallFeature | EnableIPv6 | RemoveForeignNat | RunAtStart)
    ]

    inverses = [each.inverse for each in agreed_steps]
    assert len(inverses) == 5
    assert [each.inverse for each in inverses] == [None] * 5


def test_the_gateway_of_a_nat_network_can_go_to_its_vnic() -> None:
    host = Host(id=HOST, name="HOST01", script_steps=("SWI020",))
    vnic = HostVNic(id=EntityId("vnic"), name="nat0-host", parent=HOST, addresses=(ip_interface("172.31.0.5/24"),))
    topology = design(network("nat0", NetworkMode.NAT, "172.31.0.0/24"), vnic, attached("vnic", "nat0"), host=host)

    assert "172.31.0.1/24" in [str(each.address) for each in made(topology, SetAddress)]
    assert "172.31.0.1/24" not in [str(each.address) for each in made(without_consent(topology), SetAddress)]


def test_containers_can_be_let_in_by_their_host() -> None:
    host = Host(id=HOST, name="HOST01", script_steps=("PRT022",))
    flow = Flow(id=EntityId("flow"), source=EntityId("web01"), target=HOST, port=1433)
    topology = design(
        network("nat0", NetworkMode.NAT, "172.31.0.0/24"),
        container("web01"),
        attached("web01", "nat0"),
        flow,
        host=host,
    )

    assert [(each.protocol, each.port, str(each.remote)) for each in made(topology, OpenPorts)] == [
        ("TCP", 1433, "172.31.0.0/24")
    ]


def test_adapters_without_a_team_can_become_one() -> None:
    host = Host(id=HOST, name="HOST01", script_steps=("SET006",))
    topology = design(
        nic("Ethernet", "nic-1"),
        nic("Ethernet 2", "nic-2"),
        VSwitch(id=EntityId("switch"), name="Switch", parent=HOST),
        uplink("switch", "nic-1"),
        uplink("switch", "nic-2"),
        host=host,
    )

    assert [each.teaming for each in made(topology, CreateSwitch)] == [True]
    assert [each.teaming for each in made(without_consent(topology), CreateSwitch)] == [False]


def test_docker_is_shown_a_switch_once() -> None:
    host = Host(id=HOST, name="HOST01", script_steps=("SWI012",))
    topology = design(
        nic("Ethernet 2", "nic-2"),
        VSwitch(id=EntityId("switch"), name="Switch", parent=HOST, visible_to_docker=False),
        uplink("switch", "nic-2"),
        network("lan", NetworkMode.TRANSPARENT, "10.60.4.0/24"),
        uplink("lan", "nic-2"),
        container("web01"),
        attached("web01", "lan"),
        host=host,
    )

    assert [each.switch for each in made(topology, AdoptSwitch)] == ["Switch"]
    assert made(without_consent(topology), AdoptSwitch) == []


def test_suppressed_findings_are_kept_with_their_reason() -> None:
    suppressed = Suppression(id=EntityId("s"), rule="HST002", reason="The image has it.")
    topology = Topology.of_entities([*without_consent(agreed()).entities.values(), suppressed])
    host = topology.find(HOST, Host)
    assert host is not None

    assert [(judged.rule.id, each.reason) for judged, each in Spoken.of(topology).about(host).suppressed] == [
        ("HST002", "The image has it.")
    ]
    assert [each.rule for each in plan(topology, HOST).suppressed] == ["HST002"]
    assert not any(reason.startswith("HST002") for reason in before(plan(topology, HOST)))


def test_known_findings_are_not_looked_for_again() -> None:
    topology = without_consent(agreed())
    host = topology.find(HOST, Host)
    assert host is not None

    assert Spoken.of(topology, judge(topology)).about(host).active == Spoken.of(topology).about(host).active != ()
    assert Spoken.of(topology, ()).about(host).active == ()


def test_findings_of_another_host_are_not_spoken_of() -> None:
    other = Host(id=EntityId("host-2"), name="HOST02", ipv6_enabled=False, blocked_ports=(ListeningPort(port=1),))
    topology = Topology.of_entities(
        [*design().entities.values(), other, network("nat1", NetworkMode.NAT, "172.31.1.0/24", parent=other.id)]
    )

    assert made(topology, Remark) == []
