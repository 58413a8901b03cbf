"""Rules about the room in subnets (IPA)."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check

HOST = design().host()


FULL = HOST.network("nat0", subnet="172.16.0.0/29", gateway="172.16.0.1")

for _number in range(5):
    FULL = FULL.container(f"web{_number}", on="nat0")

EXAMPLES = [
    Example("IPA014", FULL.container("w5", on="nat0"), FULL, fixable=True),
    Example("IPA015", FULL, HOST.network("nat0", subnet="172.16.0.0/20").container(on="nat0")),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)
