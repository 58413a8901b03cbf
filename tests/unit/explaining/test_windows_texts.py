"""The table of Windows errors."""

from __future__ import annotations

from collections import Counter

import pytest

from designer.explaining.explain import explain
from designer.explaining.windows_texts import WINDOWS_TEXTS
from designer.rules.registry import RULES


def test_every_rule_exists() -> None:
    assert {rule for signature in WINDOWS_TEXTS for rule in signature.rules} <= set(RULES)


def test_no_code_stands_twice() -> None:
    assert not [
        code for code, times in Counter(code for each in WINDOWS_TEXTS for code in each.codes).items() if times > 1
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("failed to create endpoint a on network nat: HNS failed with error : Unspecified error", "NAT004"),
        ("listen tcp 0.0.0.0:50051: bind: An attempt … in a way forbidden by its access permissions.", "PRT012"),
        ("a Windows version 10.0.18362-based image is incompatible with a 10.0.17763 host", "ISO001"),
        ("no matching manifest for windows/amd64 10.0.14393 in the manifest list entries", "ISO001"),
        ("could not be started because a required feature is not installed.", "ISO005"),
        ("Failed creating ingress network: hnsCall failed in Win32: An adapter was not found. (0x803b0006)", "OVL006"),
        ("HNS failed: The parameter is incorrect. interface=vEthernet (Ethernet)", "SWI006"),
        ("hnsCall failed in Win32: The service has not been started.", "HST004"),
        ("Autoconfiguration IPv4 Address: 169.254.11.7", "IPA013"),
        ("HCN_E_INVALID_POLICY_TYPE", "ACL008"),
        ("HCN_E_VFP_NOT_ALLOWED", "SWI023"),
        ("HCN_E_SHARED_SWITCH_MODIFICATION", "SWI022"),
    ],
)
def test_wordings_from_the_field_are_known(text: str, rule: str) -> None:
    assert explain(text)[0].rule.id == rule
