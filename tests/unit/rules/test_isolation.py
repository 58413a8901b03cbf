"""Rules about isolation and images."""

from __future__ import annotations

from typing import Any

import pytest

from designer.rules.registry import Severity
from tests.unit.rules.designs import design
from tests.unit.rules.examples import Also, Example, check

VM: dict[str, Any] = {"machine": "hyperv-vm", "nested_virtualization": True}

EXAMPLES = [
    Example(
        "ISO001",
        design().host(os="ws2019").container(image_build=20348),
        design().host(os="ws2019").container(image_build=17763),
    ),
    Example(
        "ISO002",
        design().host().container(image="mcr.microsoft.com/windows/servercore:ltsc2016"),
        design().host(os="ws2025").container(image="mcr.microsoft.com/windows/servercore:ltsc2022"),
        fixable=True,
    ),
    Example(
        "ISO003",
        design().host(os="ws2016", update_revision=4651).container(image_build=14393, image_revision=2273),
        design().host(os="ws2016", update_revision=4651).container(image_build=14393, image_revision=4651),
        fixable=True,
    ),
    Example(
        "ISO004",
        design().host().container(hyperv=True, image_build=26100),
        design().host().container(hyperv=True, image_build=17763),
    ),
    Example("ISO005", design().host(hyperv_role=False).container(hyperv=True), design().host().container(hyperv=True)),
    Example(
        "ISO006", design().host(machine="hyperv-vm").container(hyperv=True), design().host(**VM).container(hyperv=True)
    ),
    Example(
        "ISO007",
        design().host(memory_mb=2048, processors=2, **VM).container(hyperv=True),
        design().host(memory_mb=8192, processors=2, **VM).container(hyperv=True),
    ),
    Example(
        "ISO008",
        design().host(os="win10", edition="pro").container(image_build=17763),
        design().host(os="win11", edition="pro").container(image_build=20348),
        severity=Severity.ERROR,
        fixable=True,
        also=(Also("ISO002", "another build than that of the host fails on every release below 20348"),),
    ),
    Example("ISO009", design().host().container(explicit_isolation=False), design().host().container(), fixable=True),
    Example(
        "ISO011",
        design().host(os="win11", build=26200, edition="pro").container(image_build=20348),
        design().host(os="win11", build=26200, edition="pro").container(image_build=26100),
        fixable=True,
    ),
    Example(
        "ISO012",
        design()
        .host(edition="standard")
        .container("a1", hyperv=True)
        .container("a2", hyperv=True)
        .container("a3", hyperv=True),
        design().host().container("a1", hyperv=True).container("a2", hyperv=True).container("a3", hyperv=True),
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.rule)
def test_rule(example: Example) -> None:
    check(example)


def test_process_isolation_on_windows_10_with_the_same_build_is_a_warning() -> None:
    drawn = design().host(os="win10", edition="pro", build=19045).container(image_build=19045)
    check(Example("ISO008", drawn, design().host().container(), fixable=True))
