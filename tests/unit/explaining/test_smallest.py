"""The smallest designs: nothing is wrong with them."""

from __future__ import annotations

import pytest

from designer.explaining.smallest import CONTAINER, LINK, NETWORK, Smallest
from designer.model.modes import COLUMNS
from designer.model.networks import NetworkMode
from designer.model.workloads import HyperVContainer
from designer.rules.registry import Severity
from designer.rules.runner import judge


@pytest.mark.parametrize("release", COLUMNS)
@pytest.mark.parametrize("mode", NetworkMode)
def test_a_smallest_design_has_no_error(mode: NetworkMode, release: object) -> None:
    small = Smallest.of(mode, release)  # type: ignore[arg-type]  # a release, which parametrize does not know

    assert not [found.finding.message for found in judge(small.topology) if found.severity is Severity.ERROR]


def test_parts_are_changed_added_and_removed() -> None:
    small = Smallest.of(*next((mode, COLUMNS[-1]) for mode in NetworkMode))

    assert small.mode is NetworkMode.NAT
    assert small.change(NETWORK, name="other").network.name == "other"
    assert isinstance(small.hyperv().entities[CONTAINER], HyperVContainer)
    assert LINK not in small.without(LINK).topology
    assert NETWORK in small.topology
