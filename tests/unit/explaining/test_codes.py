"""Names of HNS error codes."""

from __future__ import annotations

from designer.explaining.codes import FIRST, name_of


def test_a_code_has_the_name_of_the_table() -> None:
    assert name_of(0x803B0006) == "HCN_E_ADAPTER_NOT_FOUND"
    assert name_of(2151350272 + 0x13) == "HCN_E_PORT_ALREADY_EXISTS"


def test_other_codes_have_none() -> None:
    assert name_of(FIRST) == name_of(0x57) == name_of(0x803B00FF) == ""
