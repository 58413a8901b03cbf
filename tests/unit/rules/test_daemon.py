"""Rules about the daemon of Docker and its file (HST)."""

from __future__ import annotations

import pytest

from tests.unit.rules.designs import design
from tests.unit.rules.examples import Example, check, found

FIFTY_ONE = design().host(os="ws2016").network("net")

for _number in range(51):
    FIFTY_ONE = FIFTY_ONE.container(f"web{_number}", on="net", image_build=14393)

BUSY_2022 = design().host().network("net")

for _number in range(51):
    BUSY_2022 = BUSY_2022.container(f"web{_number}", on="net")

EXAMPLES = [
    Example(
        "HST014",
        design().host(daemon={"other_keys": ("hosts",)}, service_flags=("-H npipe://", "--debug")),
        design().host(daemon={"other_keys": ("hosts",)}, service_flags=("--debug",)),
        fixable=True,
    ),
    Example(
        "HST012",
        design().host(daemon={"other_keys": ("bip: 10.0.0.1/24",)}),
        design().host(daemon={"other_keys": ("log-level: debug",)}),
        fixable=True,
    ),
    Example("HST013", design().host(daemon={"mtu": 1400}), design().host(), fixable=True),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


@pytest.mark.parametrize(
    ("daemon", "flag"),
    [
        ({"default_nat": False}, "--bridge=none"),
        ({"fixed_cidr": "172.16.0.0/20"}, "--fixed-cidr 172.16.0.0/20"),
        ({"isolation": "hyperv"}, "--exec-opt isolation=hyperv"),
        ({"dns": ("10.0.0.2",)}, "--dns=10.0.0.3"),
        ({"mtu": 1400}, "--mtu 1400"),
        ({"other_keys": ('"data-root": "D:\\docker"',)}, "-g D:\\docker"),
        ({"other_keys": ("insecure-registries",)}, "--insecure-registry reg:5000"),
    ],
)
def test_a_flag_is_told_from_its_key(daemon: dict[str, object], flag: str) -> None:
    assert found("HST014", design().host(daemon=daemon, service_flags=(flag,)))
    assert not found("HST014", design().host(service_flags=(flag,)))
