"""The mistakes that people ask about most: each is a design whose first finding is the right rule.

A number stands for one question; two designs of one number show two causes of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from designer import api
from designer.cli.main import Session, run
from designer.drawing.layout import arrange
from designer.rules.registry import Severity

FOLDER = Path(__file__).parent


class Mistake(NamedTuple):
    """One design.

    Attributes:
        file: its name without the ending.
        rule: what check says first.
        message: what docker, Windows or the person says; explain must lead to the same rule.
        thread: where people asked.
    """

    file: str
    rule: str
    message: str
    thread: str


VD = "MicrosoftDocs/Virtualization-Documentation"
LOST = "I lost the remote desktop after docker network create, no answer from the host: switch External"
MISTAKES = (
    Mistake("01-localhost-publishing", "NAT011", "port 8080 is published but localhost does not answer", f"{VD}#253"),
    Mistake("02-second-nat-on-2016", "NAT001", "HNS failed with error : Unspecified error", "docker/compose#4024"),
    Mistake(
        "03-nat-prefix-of-the-lan", "NAT003", "Pool overlaps with other one on this address space", "docker/for-win#309"
    ),
    Mistake("04-fixed-cidr-does-nothing", "NAT007", "fixed-cidr does nothing", "docker/for-win#625"),
    Mistake("05-transparent-without-spoofing", "VMH001", "transparent in a VM: no DHCP lease", f"{VD}#802"),
    Mistake("05-transparent-in-azure", "AZR001", "transparent on Azure does not work", "docker/for-win#1562"),
    Mistake("06-transparent-without-dhcp", "IPA013", "Autoconfiguration IPv4 Address: 169.254.11.7", f"{VD}#534"),
    Mistake(
        "07-fixed-address-on-dhcp",
        "IPA011",
        "user specified IP address is supported only when connecting to networks with user configured subnets",
        "docker/for-win#2985",
    ),
    Mistake("08-interface-is-a-vethernet", "SWI006", "HNS failed: The parameter is incorrect.", "docker/for-win#4581"),
    Mistake("09-adapter-has-a-switch", "SWI012", "An adapter was not found. (0x803b0006)", "microsoft/SDN#269"),
    Mistake("09-adapter-is-wifi", "SWI013", "The parameter is incorrect. (0x57)", "flannel-io/flannel#1628"),
    Mistake("10-host-cut-off", "SWI015", LOST, "kubernetes-sigs/sig-windows-tools#105"),
    Mistake("11-network-without-driver", "DKR001", "could not find plugin bridge", "docker/for-win#1960"),
    Mistake("12-network-host", "DKR003", "network host not found", f"{VD}#409"),
    Mistake("12-link", "DKR020", "", f"{VD}#388"),
    Mistake("13-connect-while-running", "HOT002", "unsupported platform request", "docker/for-win#3699"),
    Mistake("14-nat-gone-after-reboot", "NAT010", "my nat network is gone after a reboot", "moby/moby#39098"),
    Mistake("15-vpn", "HST010", "no internet in the container while the VPN is up", "docker/for-win#2760"),
    Mistake("16-nat-on-a-private-switch", "SWI004", "", "docker/for-win#294"),
    Mistake("17-ingress-on-2016", "PRT015", "HNS failed with error : Catastrophic failure", "moby/moby#24189"),
    Mistake(
        "17-dnsrr-with-ingress",
        "PRT014",
        "port published with ingress mode can't be used with dnsrr mode",
        "moby/swarmkit#1693",
    ),
    Mistake("18-vxlan-id-too-low", "VSI002", "HNS failed with error : Element not found.", "moby/moby#32935"),
    Mistake("18-no-free-adapter", "OVL006", "HNS failed with error : an adapter was not found", "docker/for-win#1334"),
    Mistake("18-vxlan-port-closed", "OVL005", "D-4789", "docker/for-win#14421"),
    Mistake(
        "19-image-of-another-build",
        "ISO002",
        "The container operating system does not match the host operating system. (0xc0370101)",
        "microsoft/Windows-Containers#352",
    ),
    Mistake(
        "20-port-in-excluded-range",
        "PRT012",
        "listen tcp 0.0.0.0:50051: bind: … in a way forbidden by its access permissions.",
        "docker/for-win#3171",
    ),
    Mistake("21-gateway-outside-subnet", "IPA002", "no matching subnet for gateway 172.8.128.1", f"{VD}#534"),
    Mistake("22-prefix-with-host-bits", "IPA001", "0x803b0030", "microsoft/windows-container-networking#69"),
    Mistake("23-two-types-on-one-adapter", "SWI009", "", "flannel-io/flannel#1066"),
    Mistake("24-cni-without-port-mappings", "PRT021", "", "containerd/nerdctl#5157"),
    Mistake("25-l2bridge-ports-on-2016", "PRT002", "0x803b0016", "microsoft/Windows-Containers#360"),
    Mistake("26-aux-address", "DKR006", "", f"{VD}: architecture.md"),
    Mistake("26-dns-option", "DNS003", "", f"{VD}: architecture.md"),
    Mistake("26-encrypted-overlay", "OVL009", "", f"{VD}: architecture.md"),
    Mistake("26-fixed-ipv6-address", "DKR009", "", f"{VD}: architecture.md"),
    Mistake("26-internal-flag", "DKR004", "", f"{VD}: architecture.md"),
    Mistake("26-ip-range", "DKR005", "not supported by the 'windows' ipam driver", f"{VD}: architecture.md"),
    Mistake("26-ipam-driver", "DKR010", "", f"{VD}: architecture.md"),
    Mistake("26-ipam-opt", "DKR010", "", f"{VD}: architecture.md"),
    Mistake("26-ipv6", "DKR007", "windowsshim driver doesn't support v6 subnets", f"{VD}: architecture.md"),
)
by_file = pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.file for mistake in MISTAKES])


def _path(mistake: Mistake) -> Path:
    return FOLDER / f"{mistake.file}.cnd"


def test_every_design_is_in_the_table_and_every_question_has_one() -> None:
    assert {path.stem for path in FOLDER.glob("*.cnd")} == {mistake.file for mistake in MISTAKES}
    assert {int(mistake.file[:2]) for mistake in MISTAKES} >= set(range(1, 21))


@by_file
def test_check_says_the_right_rule_first(mistake: Mistake, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["check", str(_path(mistake)), "--format", "json"], Session(lambda _: 0))

    report = json.loads(capsys.readouterr().out)
    assert report["findings"][0]["rule"] == mistake.rule
    assert code == int(report["counts"]["error"] > 0)


@by_file
def test_nothing_else_is_wrong_that_would_hide_it(mistake: Mistake) -> None:
    findings = api.check(api.load(_path(mistake)).topology)
    severity = findings[0].severity

    others = [found for found in findings if found.severity.rank <= severity.rank and found.rule.id != mistake.rule]
    assert [found.rule.id for found in others if found.severity is not Severity.INFO] == (
        ["IPA004"] if mistake.file == "26-fixed-ipv6-address" else []
    )


@by_file
def test_the_fix_leaves_no_error(mistake: Mistake) -> None:
    topology = api.load(_path(mistake)).topology
    (judged, *_) = api.check(topology)
    if judged.finding.fix is None:
        assert judged.finding.message
        return

    after = api.check(topology.apply(judged.finding.fix))
    assert (judged.rule.id, judged.finding.elements) not in [(each.rule.id, each.finding.elements) for each in after]


@pytest.mark.parametrize(
    "mistake", [each for each in MISTAKES if each.message], ids=[each.file for each in MISTAKES if each.message]
)
def test_what_people_see_is_explained_by_the_design(mistake: Mistake) -> None:
    best = api.explain(mistake.message, api.load(_path(mistake)).topology)[0]

    assert best.rule.id == mistake.rule
    assert best.judged is not None
    assert best.elements


@by_file
def test_the_design_says_what_it_is_and_is_laid_out(mistake: Mistake) -> None:
    topology = api.load(_path(mistake)).topology

    assert api.title_of(topology)
    assert not arrange(topology)
