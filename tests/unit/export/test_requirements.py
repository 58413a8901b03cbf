from __future__ import annotations

from ipaddress import ip_network

from designer.export.plan import plan
from designer.export.requirements import (
    AdapterKnown,
    AdapterUp,
    ContainerStopped,
    DefaultNatPresent,
    DefaultNatRemovable,
    Feature,
    HnsModule,
    MemoryFree,
    PortFree,
    PrefixFree,
)
from tests.unit.export.designs import HOST, engine, policies


def test_a_design_asks_for_what_it_needs() -> None:
    required = {each for statement in plan(engine(), HOST).statements for each in statement.requires}

    assert required == {
        AdapterUp("Ethernet 2"),
        AdapterKnown("Ethernet 2"),
        ContainerStopped("api01", "back", "HOT002"),
        ContainerStopped("web01", "back", "HOT003", containerd_only=True),
        DefaultNatPresent(),
        DefaultNatRemovable(of_2016=False),
        Feature("Hyper-V", "ISO005"),
        MemoryFree(512),
        MemoryFree(1024),
        PortFree(8080, "tcp"),
        PortFree(5353, "udp"),
        PrefixFree(ip_network("172.31.0.0/24")),
        PrefixFree(ip_network("192.168.77.0/24")),
    }


def test_policies_need_the_module_of_hns() -> None:
    required = {each for statement in plan(policies(), HOST).statements for each in statement.requires}

    assert required == {AdapterUp("Ethernet"), AdapterKnown("Ethernet"), HnsModule()}
