"""What rules say follows the release of a host, its update, edition, machine and engine."""

from __future__ import annotations

from typing import Any

import pytest

from designer.editing.commands import set_fields
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.releases import OsRelease
from designer.model.topology import Topology
from designer.rules.catalogue import catalogue
from designer.rules.registry import RULES, Rule
from designer.rules.runner import judge, rejudge
from tests.property.random_edits import fragments
from tests.unit.rules.designs import Drawn, design
from tests.unit.rules.examples import all_examples, found

LIMITED = tuple(rule for rule in catalogue() if rule.os and rule.decidable)


def on(topology: Topology, release: OsRelease) -> Topology:
    """Return the design with all hosts on one release, as it shipped."""
    return Topology.of_entities(
        entity.evolve(os=release, build=None) if isinstance(entity, Host) else entity
        for entity in topology.entities.values()
    )


@pytest.mark.parametrize("release", list(OsRelease))
def test_rules_of_other_releases_are_silent(release: OsRelease) -> None:
    others: list[Rule] = [rule for rule in LIMITED if release not in rule.os]
    told = {
        (judged.rule.id, judged.finding.message)
        for fragment in fragments()
        for judged in judge(on(fragment, release), others)
    }
    assert not told


SPEAKS: dict[str, str] = {
    "ACL004": "EE.......",
    "ACL005": "W........",
    "ACL006": ".EEEEEEEE",
    "ACL012": ".WWWWWWWW",
    "CMP011": ".EEEEEEEE",
    "CMP012": "E........",
    "CMP016": "...EEEEEE",
    "DKR014": "E........",
    "DKR015": ".WWWWWWWW",
    "DKR016": ".IIIIIIII",
    "DKR017": ".EEEEEEEE",
    "HOT001": "E........",
    "HST003": "EEE......",
    "HST007": ".......EE",
    "HST008": "W........",
    "HST009": ".......II",
    "HST011": "WW.......",
    "HST015": ".EEEEEEEE",
    "IPA017": "EEEE...E.",
    "IPA029": "....WWW.W",
    "IPA030": "....EEE.E",
    "IPV002": "EEEE...E.",
    "IPV003": "....WWW.W",
    "IPV004": "....EEE.E",
    "ISO003": "W........",
    "ISO008": ".......E.",
    "ISO012": "IIIIIII..",
    "LBL003": ".EEEEEEEE",
    "LBL004": "EEE......",
    "LBL005": "EEEE...E.",
    "LBL009": "....WWWWW",
    "NAT001": "E........",
    "NAT004": "EWWWWWWWW",
    "NAT010": "...WWWWWW",
    "NAT011": "WWW......",
    "OVL008": "E........",
    "OVL012": ".IIIIIIII",
    "OVL013": "E........",
    "OVL016": "...W.....",
    "PRT002": "E........",
    "PRT015": "E........",
    "PRT021": "...WWWWWW",
    "PRT023": "...E.....",
    "SWI010": ".IIIIIIII",
    "SWI013": ".......WW",
    "SWI019": "WWWWEEE..",
    "VSI007": "...WWWWWW",
}
"""How the bad example of a rule is judged on each release, in their order: error, warning, info, or nothing."""


@pytest.mark.parametrize("rule_id", sorted(SPEAKS))
def test_severity_follows_the_release(rule_id: str) -> None:
    bad = next(example.bad.topology for example in all_examples() if example.rule == rule_id)
    told = [judge(on(bad, release), (RULES[rule_id],)) for release in OsRelease]
    assert "".join(found[0].severity.value[0].upper() if found else "." for found in told) == SPEAKS[rule_id]


def on_nat(**fields: Any) -> Drawn:
    return design().host(**fields).network("nat0").container(on="nat0")


def in_vm(**fields: Any) -> Drawn:
    return design().host(**fields).nic().network("corp", mode="transparent", uplink="Ethernet").container(on="corp")


def hyperv(**fields: Any) -> Drawn:
    return design().host(**fields).network("nat0").container("api01", hyperv=True, on="nat0")


def overlay(**fields: Any) -> Drawn:
    drawn = design().host(**{"role": "swarm-manager", "swarm": "blue"} | fields).nic()
    return drawn.network("ov", mode="overlay", attachable=True).uplink("ov", "Ethernet").container(on="ov")


def tagged(**fields: Any) -> Drawn:
    return design().host(**fields).nic().network("corp", mode="transparent", vlan=20, uplink="Ethernet")


@pytest.mark.parametrize(
    ("rule_id", "drawn", "severity"),
    [
        ("HST001", on_nat(build=14392), "error"),
        ("HST001", on_nat(build=14393), None),
        ("HST003", on_nat(os="ws2016", engine_version="20.10.9"), None),
        ("HST003", on_nat(os="ws2016", engine_version="23.0.1"), "error"),
        ("HST003", on_nat(os="ws2022", build=17134, engine_version="23.0.1"), "error"),
        ("HST005", on_nat(os="ws2016", ipv6_enabled=False, update_revision=1065), None),
        ("HST005", on_nat(os="ws2016", ipv6_enabled=False, update_revision=1066), "error"),
        ("HST005", on_nat(os="ws2016", ipv6_enabled=False), "error"),
        ("HST007", on_nat(os="win11", edition="home"), "error"),
        ("HST007", on_nat(os="win11", edition="pro"), None),
        ("HST008", on_nat(os="ws2016", update_revision=350), "warning"),
        ("HST008", on_nat(os="ws2016", update_revision=351), None),
        ("HST009", on_nat(os="win11", edition="pro", production=True), "info"),
        ("HST009", on_nat(production=True), None),
        ("HST015", on_nat(os="win11", sharing_service=False), "error"),
        ("HST015", on_nat(os="ws2022", sharing_service=False), None),
        ("ISO005", hyperv(hyperv_role=False), "error"),
        ("ISO006", hyperv(machine="hyperv-vm"), "error"),
        ("ISO006", hyperv(machine="hyperv-vm", nested_virtualization=True), None),
        ("ISO006", hyperv(), None),
        ("ISO007", hyperv(machine="hyperv-vm", nested_virtualization=True, memory_mb=2048), "error"),
        ("ISO007", hyperv(machine="hyperv-vm", nested_virtualization=True, memory_mb=4096, processors=2), None),
        ("ISO007", hyperv(memory_mb=2048), None),
        ("OVL003", overlay(os="ws2016", update_revision=1065), "error"),
        ("OVL003", overlay(os="ws2016", update_revision=1066), None),
        ("OVL003", overlay(os="ws2019", update_revision=378), "error"),
        ("OVL003", overlay(os="ws2019", update_revision=379), None),
        ("OVL003", overlay(os="win10", build=14393), "error"),
        ("OVL004", overlay(engine_version="1.12.6"), "error"),
        ("OVL004", overlay(engine_version="1.13.0"), None),
        ("VMH001", in_vm(machine="hyperv-vm"), "error"),
        ("VMH001", in_vm(machine="hyperv-vm", mac_spoofing=True), None),
        ("VMH001", in_vm(machine="vmware-vm"), None),
        ("VMH002", in_vm(machine="vmware-vm"), "error"),
        ("VMH002", in_vm(machine="vmware-vm", promiscuous_mode=True), None),
        ("VMH005", in_vm(machine="other-vm"), "warning"),
        ("VMH005", in_vm(), None),
        ("AZR001", in_vm(machine="azure-vm"), "error"),
        ("AZR001", in_vm(), None),
        ("VLN005", tagged(machine="hyperv-vm"), "error"),
        ("VLN005", tagged(), None),
    ],
)
def test_severity_follows_update_edition_machine_and_engine(rule_id: str, drawn: Drawn, severity: str | None) -> None:
    told = found(rule_id, drawn)
    assert [judged.severity.value for judged in told] == ([severity] if severity is not None else [])


def test_changing_the_release_of_a_host_judges_it_again_at_once() -> None:
    before = on_nat(os="ws2022", engine_version="25.0.5").topology
    change = set_fields(before, [EntityId("HOST01")], os=OsRelease.WS2016)
    after = rejudge(before.apply(change), change, judge(before))
    assert "HST003" in {judged.rule.id for judged in after}
    assert "HST003" not in {judged.rule.id for judged in rejudge(before, change.inverse(), after)}
