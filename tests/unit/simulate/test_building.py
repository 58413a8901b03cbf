"""What is made of what stands on a host."""

from __future__ import annotations

from typing import Any

import pytest

from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.simulate.building import build_machine
from designer.simulate.machines import Machine
from tests.unit.rules.designs import Drawn
from tests.unit.simulate.paths import one_host
from tests.unit.simulate.test_l2bridge import custom


def machine(drawn: Drawn, name: str = "HOST1") -> Machine:
    found = drawn.topology.find(EntityId(name), Host)
    assert found is not None
    return build_machine(drawn.topology, found)


@pytest.mark.parametrize(
    ("mode", "given", "gateway"),
    [
        ("nat", {"subnet": "172.16.0.0/24"}, "172.16.0.1"),
        ("nat", {"subnet": "172.16.0.0/24", "gateway": "172.16.0.254"}, "172.16.0.254"),
        ("nat", {}, "gateway of net"),
        ("ics", {}, "gateway of net"),
        ("internal", {"subnet": "172.16.0.0/24"}, "172.16.0.1"),
        ("private", {"subnet": "172.16.0.0/24"}, None),
        ("transparent", {"subnet": "10.0.0.0/24", "gateway": "10.0.0.1", "uplink": "NIC1"}, "10.0.0.1"),
        ("transparent", {"subnet": "10.0.0.0/24", "uplink": "NIC1"}, None),
        ("overlay", {"uplink": "NIC1"}, "gateway of net"),
    ],
)
def test_the_gateway_depends_on_the_mode(mode: str, given: dict[str, Any], gateway: str | None) -> None:
    (port,) = machine(one_host().network("net", mode=mode, **given).container("C", on="net")).ports_of(EntityId("C"))

    assert (port.gateway.text if port.gateway is not None else None) == gateway


def test_the_host_endpoint_is_the_gateway_of_a_subnet_of_its_own() -> None:
    found = machine(custom())
    (port,) = found.ports_of(EntityId("C"))
    main = found.main_port()

    assert port.gateway is not None
    assert port.gateway.text == "10.244.1.2"
    assert main is not None
    assert not main.leg
    assert main.addresses[0].text == "10.0.0.11"


def test_published_ports_by_number() -> None:
    ports = ({"host_port": 8080}, {"host_port": 0, "container_port": 81}, {"host_port": 53, "protocol": "any"})
    found = machine(one_host().network("net", subnet="172.16.0.0/24").container("C", on="net", ports=ports))

    assert set(found.published) == {("tcp", 8080), ("tcp", 60000), ("tcp", 53), ("udp", 53)}
    assert found.published["tcp", 60000][0].target_port == 81


def test_an_adapter_without_address_has_one_only_where_dhcp_gives_it() -> None:
    plain = one_host().nic("NIC3", cable="LAN")
    given = one_host().nic("NIC3", cable="LAN", dhcp=True)

    assert machine(plain).stack.ports[-1].addresses == ()
    assert machine(given).stack.ports[-1].addresses[0].text == "HOST1"


def test_a_team_sends_by_a_member_that_has_a_link() -> None:
    drawn = (
        one_host().team("Team").nic("A", parent="Team", cable="LAN", link_up=False).nic("B", parent="Team", cable="LAN")
    )
    found = machine(drawn.network("corp", mode="transparent", subnet="10.0.0.0/24", uplink="Team"))

    assert [nic.name for nic in found.adapters.values() if nic is not None] == ["B"]
