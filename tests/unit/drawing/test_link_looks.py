from __future__ import annotations

from typing import Any

import pytest

from designer.drawing import link_looks
from designer.drawing.looks import Stroke
from designer.drawing.theme import Layer
from designer.model.flows import Flow
from designer.model.hosts import PhysicalNic, SwitchPort
from designer.model.links import AclRule, Attachment, PortMapping
from designer.model.networks import ContainerNetwork, NetworkMode
from tests.unit.sample import API, CORP, HOST, NAT, NIC, WEB, eid, ip, subnet


def test_a_host_vnic_is_a_single_line_with_address_and_port() -> None:
    link = Attachment(id=eid("a"), source=WEB, target=NAT, ip=ip("172.16.0.10"), ports=(PortMapping(host_port=8080),))

    look = link_looks.attachment_look(link, is_hyperv=False, is_host_vnic=False)

    assert look.stroke is Stroke.VNIC
    assert look.lines == (("172.16.0.10", True), ("host vNIC", False))
    assert look.chips == ("8080 → 80/tcp",)


def test_a_vmnic_is_a_double_line_and_names_its_policies() -> None:
    link = Attachment(
        id=eid("a"), source=API, target=CORP, acls=(AclRule(), AclRule()), outbound_limit_bytes_per_second=10_000_000
    )

    look = link_looks.attachment_look(link, is_hyperv=True, is_host_vnic=False)

    assert look.stroke is Stroke.VMNIC
    assert look.lines == (("vmNIC · 2 ACLs · 80 Mbit/s", False),)


def test_many_ports_are_counted() -> None:
    ports = tuple(PortMapping(host_port=8000 + number) for number in range(5))
    link = Attachment(id=eid("a"), source=WEB, target=NAT, ports=ports)

    assert link_looks.attachment_look(link, False, False).chips == ("8000 → 80/tcp", "8001 → 80/tcp +3")


def test_without_an_address_the_label_says_who_gives_it() -> None:
    link = Attachment(id=eid("a"), source=WEB, target=NAT)

    assert link_looks.attachment_look(link, False, False, "HNS").lines == (
        ("address from HNS", False),
        ("host vNIC", False),
    )


def test_a_host_vnic_of_the_host_has_no_label() -> None:
    link = Attachment(id=eid("a"), source=eid("v"), target=CORP, ip=ip("10.0.0.9"))

    assert link_looks.attachment_look(link, False, is_host_vnic=True).lines == ()


def test_a_port_that_the_engine_chooses_says_any() -> None:
    assert link_looks.port_text(PortMapping(container_port=53, protocol="udp")) == "any → 53/udp"


@pytest.mark.parametrize(
    ("rate", "text"), [(100, "800 bit/s"), (125_000, "1 Mbit/s"), (1_000, "8 kbit/s"), (1_250_000_000, "10 Gbit/s")]
)
def test_limits_read_in_bits(rate: int, text: str) -> None:
    assert link_looks.rate_text(rate) == text


def test_a_trunk_names_its_vlans() -> None:
    nic = PhysicalNic(id=NIC, name="E", parent=HOST, switch_port=SwitchPort(mode="trunk", allowed=(10, 20, 30, 40, 50)))

    assert link_looks.cable_look(nic).lines == (("trunk 10, 20, 30, 40 …", False),)
    assert link_looks.cable_look(None).lines == ()


def test_every_kind_of_link_has_its_own_stroke() -> None:
    overlay = ContainerNetwork(
        id=eid("o"), name="o", mode=NetworkMode.OVERLAY, subnets=(subnet("10.0.0.0/24", vni=4100),)
    )

    assert link_looks.uplink_look().stroke is Stroke.UPLINK
    assert link_looks.backend_look().stroke is Stroke.DERIVED
    assert link_looks.reference_look().stroke is Stroke.REFERENCE
    assert link_looks.own_vnic_look().stroke is Stroke.VNIC
    assert link_looks.switch_port_look().stroke is Stroke.DERIVED
    assert link_looks.translation_look("10.0.0.11").lines == (("→ 10.0.0.11", True),)
    assert link_looks.tunnel_look(overlay).lines == (("VNI 4100", True),)
    assert link_looks.tunnel_look(overlay.evolve(subnets=())).lines == (("VXLAN", False),)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"port": 8080}, "TCP 8080"),
        ({}, "TCP"),
        ({"port": 8080, "address": "published"}, "TCP 8080 · published"),
        ({"protocol": "icmp", "port": 7}, "ICMP"),
        ({"protocol": "udp", "port": 53, "ip_version": 6, "ipsec": True}, "UDP 53 · IPv6 · IPsec"),
        ({"port": 443, "name": "orders"}, "orders · TCP 443"),
    ],
)
def test_traffic_says_what_is_sent(fields: dict[str, Any], text: str) -> None:
    look = link_looks.flow_look(Flow(id=eid("f"), source=WEB, target=API, **fields))

    assert (look.stroke, look.layer, look.lines) == (Stroke.FLOW, Layer.TRAFFIC, ((text, False),))


def test_a_service_joins_with_every_task() -> None:
    assert link_looks.service_attachment_look().lines == (("each task joins", False),)
