"""The table of modes: complete, and what the well-known cells say."""

from __future__ import annotations

import pytest

from designer.model.hosts import SwitchType
from designer.model.modes import COLUMNS, MODES, TABLE, Feature, Support, has, support
from designer.model.networks import NetworkMode
from designer.model.releases import OsRelease


def test_every_cell_has_a_verdict_words_and_a_source() -> None:
    assert len(TABLE) == len(NetworkMode) * len(Feature) * len(COLUMNS)
    assert all(cell.note and cell.source for cell in TABLE.values())


def test_every_mode_has_facts() -> None:
    assert set(MODES) == set(NetworkMode)
    assert {mode for mode in NetworkMode if MODES[mode].needs_uplink} == {
        NetworkMode.TRANSPARENT,
        NetworkMode.L2BRIDGE,
        NetworkMode.L2TUNNEL,
        NetworkMode.OVERLAY,
    }
    assert MODES[NetworkMode.PRIVATE].switch is SwitchType.PRIVATE


@pytest.mark.parametrize(
    ("mode", "feature", "release", "expected"),
    [
        (NetworkMode.NAT, Feature.PUBLISH_PORTS, OsRelease.WS2016, Support.YES),
        (NetworkMode.TRANSPARENT, Feature.PUBLISH_PORTS, OsRelease.WS2025, Support.NO),
        (NetworkMode.L2BRIDGE, Feature.PUBLISH_PORTS, OsRelease.WS2016, Support.NO),
        (NetworkMode.L2BRIDGE, Feature.PUBLISH_PORTS, OsRelease.WS1709, Support.YES),
        (NetworkMode.OVERLAY, Feature.PUBLISH_PORTS, OsRelease.WS2016, Support.NO),
        (NetworkMode.TRANSPARENT, Feature.DHCP, OsRelease.WS2016, Support.YES),
        (NetworkMode.L2BRIDGE, Feature.DHCP, OsRelease.WS2022, Support.NO),
        (NetworkMode.NAT, Feature.SEVERAL_SUBNETS, OsRelease.WS2025, Support.NO),
        (NetworkMode.L2BRIDGE, Feature.SEVERAL_SUBNETS, OsRelease.WS2019, Support.NO),
        (NetworkMode.L2BRIDGE, Feature.SEVERAL_SUBNETS, OsRelease.WS2022, Support.YES),
        (NetworkMode.L2BRIDGE, Feature.VLAN, OsRelease.WS2016, Support.YES),
        (NetworkMode.OVERLAY, Feature.VLAN, OsRelease.WS2022, Support.NO),
        (NetworkMode.L2BRIDGE, Feature.OUTBOUND_NAT, OsRelease.WS2016, Support.NO),
        (NetworkMode.NAT, Feature.PUBLISHED_ON_LOCALHOST, OsRelease.WS1803, Support.NO),
        (NetworkMode.NAT, Feature.PUBLISHED_ON_LOCALHOST, OsRelease.WS2019, Support.YES),
        (NetworkMode.OVERLAY, Feature.DOCKER_DNS, OsRelease.WS2016, Support.YES),
        (NetworkMode.TRANSPARENT, Feature.IPV6, OsRelease.WS2022, Support.LIMITED),
        (NetworkMode.NAT, Feature.LOAD_BALANCING, OsRelease.WS2025, Support.NO),
        (NetworkMode.OVERLAY, Feature.ROUTING_MESH, OsRelease.WS2016, Support.NO),
    ],
)
def test_known_cells(mode: NetworkMode, feature: Feature, release: OsRelease, expected: Support) -> None:
    assert support(mode, feature, release).support is expected
    assert has(mode, feature, release) is (expected is not Support.NO)


def test_client_releases_take_the_column_of_their_server() -> None:
    assert support(NetworkMode.L2BRIDGE, Feature.IPV6, OsRelease.WIN11) == support(
        NetworkMode.L2BRIDGE, Feature.IPV6, OsRelease.WS2022
    )
