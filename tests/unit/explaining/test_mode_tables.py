"""The tables of modes that the rules give are the ones of the documentation.

The expected cells are facts restated from the documentation of each mode, release by release: y yes, n no, l limited.
"""

from __future__ import annotations

import pytest

from designer.explaining.mode_tables import NOT_ASKED, as_markdown, at_a_glance, column, table
from designer.explaining.probes import PROBES, Answer
from designer.model.modes import COLUMNS
from designer.model.networks import NetworkMode

LETTERS = {"y": Answer.YES, "n": Answer.NO, "l": Answer.LIMITED}
NAT, TRANSPARENT, L2BRIDGE, L2TUNNEL, OVERLAY, INTERNAL, PRIVATE, ICS = NetworkMode
ALL_MODES = tuple(NetworkMode)
ALWAYS, NEVER, MOSTLY = "yyyyyy", "nnnnnn", "llllll"
FROM_1709, FROM_1803, FROM_2019, FROM_2022 = "nyyyyy", "nnyyyy", "nnnyyy", "nnnnyy"
UNTIL_1803 = "yyynnn"
NOT_2016 = "lyyyyy"

Row = dict[NetworkMode, str]


def row(others: str, modes: tuple[NetworkMode, ...] = ALL_MODES, **cells: str) -> Row:
    return {mode: cells.get(mode.value, others) for mode in modes}


EXTERNAL = (TRANSPARENT, L2BRIDGE, L2TUNNEL, OVERLAY)
WITH_VFP = (L2BRIDGE, L2TUNNEL, OVERLAY)
ANYWHERE = (NAT, TRANSPARENT, L2BRIDGE, OVERLAY, INTERNAL, PRIVATE, ICS)
DOCUMENTED = (NAT, *EXTERNAL)

EXPECTED: dict[str, Row] = {
    "Internal switch": row(NEVER, nat=ALWAYS, internal=ALWAYS, ics=ALWAYS),
    "External switch": row(NEVER, transparent=ALWAYS, l2bridge=ALWAYS, l2tunnel=ALWAYS, overlay=ALWAYS),
    "Private switch": row(NEVER, private=ALWAYS),
    "Works without an adapter": row(NEVER, nat=ALWAYS, internal=ALWAYS, private=ALWAYS, ics=ALWAYS),
    "Works without a subnet": row(ALWAYS, l2bridge=NEVER, l2tunnel=NEVER),
    # KB4015217 on 2016, KB4489899 on 2019
    "Works as shipped": row("nyynyy", (OVERLAY,)),
    "One network over several hosts": row(NEVER, overlay=ALWAYS),
    # l2tunnel: what the fabric has assigned to the adapter; who assigns on ics is not documented
    "Fixed addresses": row(ALWAYS, (NAT, *EXTERNAL, INTERNAL, PRIVATE), l2tunnel=MOSTLY),
    "DHCP": row(NEVER, transparent=ALWAYS),
    "Several nat networks with prefixes of their own": row(FROM_1709, (NAT,)),
    # networks of one type are layered from 1709 on, and told of; the documentation asks for an adapter each
    "Several networks on one adapter": row(NEVER, EXTERNAL, l2bridge="nlllll", overlay="ylllll"),
    # overlay: Docker gives each subnet a VNI
    "Several subnets": row(NEVER, l2bridge=FROM_2022, l2tunnel=FROM_2022, overlay=ALWAYS),
    "VLAN": row(NEVER, transparent=ALWAYS, l2bridge=ALWAYS),
    "VSID": row(NEVER, l2tunnel=ALWAYS, overlay=ALWAYS),
    "OutboundNAT": row(NEVER, l2bridge=FROM_1709, l2tunnel=FROM_1709),
    "Published ports": row(NEVER, nat=ALWAYS, l2bridge=FROM_1709, l2tunnel=FROM_1709, overlay=FROM_1709),
    "Published ports on localhost of the host": row(FROM_2019, (NAT,)),
    "Names by Docker DNS": row(NEVER, nat=ALWAYS, overlay=ALWAYS),
    # transparent: self-assigned addresses; before 2022 that is not documented
    "IPv6": row(NEVER, transparent="nnnnll", l2bridge=FROM_2022, l2tunnel=FROM_2022),
    "IPv6 by Docker (--ipv6)": row(NEVER),
    "Routing mesh": row(FROM_1709, (OVERLAY,)),
    "Virtual IP of a service": row(FROM_1709, (OVERLAY,)),
    "Encryption": row(NEVER, (OVERLAY,)),
    "Load balancing by HNS": row(NEVER, l2bridge=FROM_1709, l2tunnel=FROM_1709, overlay=FROM_1709),
    "Direct server return": row(FROM_2019, WITH_VFP),
    "Session affinity": row(FROM_2022, WITH_VFP),
    "Access lists of Windows containers": row(ALWAYS, DOCUMENTED),
    "Access lists of Hyper-V containers": row(ALWAYS, DOCUMENTED, nat=NEVER, transparent=NEVER),
    "Port ranges in access lists": row(FROM_1803, DOCUMENTED),
    "Hyper-V VM without MAC spoofing": row(ALWAYS, ANYWHERE, transparent=NEVER),
    "VMware VM without promiscuous mode": row(ALWAYS, ANYWHERE, transparent=NEVER),
    "Azure VM": row(ALWAYS, transparent=NEVER),
    "Outside Azure": row(ALWAYS, l2tunnel=NEVER),
    "Made in HNS, survives a restart": row(UNTIL_1803, (NAT,)),
    # 2016: some updates let nothing unasked into Windows containers
    "Between containers of the network": row(NOT_2016),
    "To another nat network of the host": row(NEVER, (NAT,)),
    "Host to container": row(NOT_2016, overlay=NEVER, private=NEVER),
    "Container to the outside": row(ALWAYS, internal=NEVER, private=NEVER),
    "Outside to the container's address": row(NEVER, transparent=NOT_2016, l2bridge=NOT_2016, l2tunnel=NOT_2016),
}

FOUND = table()


def test_the_rows_are_the_expected_ones_in_their_order() -> None:
    assert list(FOUND) == list(EXPECTED)


@pytest.mark.parametrize("feature", EXPECTED)
def test_the_rules_answer_as_the_documentation_does(feature: str) -> None:
    expected = {mode: tuple(LETTERS[letter] for letter in cells) for mode, cells in EXPECTED[feature].items()}

    assert FOUND[feature] == expected


def test_every_rule_that_is_asked_can_be_broken_by_the_question() -> None:
    """A probe that no rule ever answers would say yes to everything."""
    for probe in PROBES:
        assert any(answer is not Answer.YES for cells in FOUND[probe.feature].values() for answer in cells) or (
            probe.feature == "Access lists of Windows containers"
        )


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (ALWAYS, "yes"),
        (NEVER, "no"),
        (MOSTLY, "limited"),
        (FROM_1709, "from 1709"),
        (FROM_2022, "from 2022"),
        (UNTIL_1803, "until 1803"),
        (NOT_2016, "yes, limited on 2016"),
        ("nyynyy", "not on 2016, 2019"),
        ("nnnnll", "limited from 2022"),
    ],
)
def test_answers_are_summed_up_in_a_few_words(cells: str, words: str) -> None:
    assert at_a_glance(tuple(LETTERS[letter] for letter in cells)) == words


def test_the_page_has_a_row_for_each_feature_and_a_table_for_each_mode() -> None:
    page = as_markdown(PROBES[:8])
    lines = page.splitlines()

    assert len([line for line in lines if line.startswith("### ")]) == len(NetworkMode)
    assert sum(line.startswith("| DHCP") for line in lines) == 0
    assert f"| Works as shipped | {NOT_ASKED} | {NOT_ASKED} |" in page
    assert f"| Works as shipped | {' | '.join(['no', 'yes', 'yes', 'no', 'yes', 'yes'])} |" in lines
    assert "[OVL003](rules.md#ovl003-" in page
    assert [column(release) for release in COLUMNS] == ["2016", "1709", "1803", "2019", "2022", "2025"]
