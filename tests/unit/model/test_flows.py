from __future__ import annotations

import pytest
from pydantic import ValidationError

from designer.model.flows import PROTOCOLS_WITH_PORTS, Flow


def flow(**fields: object) -> Flow:
    return Flow.model_validate({"id": "f", "source": "web01", "target": "db01"} | fields)


def test_a_flow_is_tcp_to_the_address_of_the_target_by_default() -> None:
    plain = flow()
    assert (plain.protocol, plain.port, plain.address, plain.ip_version, plain.ipsec) == ("tcp", None, "own", 4, False)
    assert plain.references() == ("web01", "db01")
    assert plain.protocol in PROTOCOLS_WITH_PORTS


@pytest.mark.parametrize("fields", [{"protocol": "http"}, {"port": 70_000}, {"address": "nat"}, {"ip_version": 5}])
def test_what_no_packet_can_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        flow(**fields)
