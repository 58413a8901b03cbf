"""Signatures in a text, and how much they weigh."""

from __future__ import annotations

from designer.explaining.reading import Reading
from designer.explaining.signatures import Evidence, Signature, seen, weighed

PORT = Signature("the port is taken", ("PRT005", "NAT012"), ("port already exists",), (0x803B0013,))
ADAPTER = Signature("no adapter", ("SWI007", "OVL006"), ("adapter",), context=(("overlay", "OVL006"),))


def evidence(text: str, *signatures: Signature) -> dict[str, Evidence]:
    reading = Reading.of(text)
    return weighed(reading, seen(reading, signatures))


def test_a_code_a_text_and_the_name_of_a_code_are_each_enough() -> None:
    for text, quote in (
        ("0x803b0013", "0x803b0013"),
        ("Port already exists!", "“port already exists”"),
        ("HCN_E_PORT_ALREADY_EXISTS", "HCN_E_PORT_ALREADY_EXISTS"),
    ):
        assert evidence(text, PORT)["PRT005"].why == f"The text has {quote}: the port is taken."


def test_later_rules_weigh_less() -> None:
    found = evidence("0x803b0013", PORT)

    assert found["PRT005"].score > found["NAT012"].score > 0


def test_words_beside_the_text_favour_a_rule() -> None:
    plain, overlay = evidence("adapter", ADAPTER), evidence("adapter of the overlay", ADAPTER)

    assert plain["SWI007"].score > plain["OVL006"].score
    assert overlay["SWI007"].score < overlay["OVL006"].score


def test_the_strongest_evidence_of_a_rule_counts() -> None:
    weak = Signature("perhaps", ("PRT005",), ("exists",), weight=0.2)

    assert evidence("port already exists", weak, PORT) == evidence("port already exists", PORT, weak)


def test_nothing_is_seen_in_other_texts() -> None:
    assert evidence("all is well", PORT, ADAPTER) == {}
