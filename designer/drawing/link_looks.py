"""How links look: the stroke tells what they are."""

from __future__ import annotations

from functools import lru_cache

from designer.drawing.looks import LinkLook, Stroke, chips
from designer.drawing.theme import Layer
from designer.drawing.typography import shown
from designer.model.flows import PROTOCOLS_WITH_PORTS, Flow
from designer.model.hosts import PhysicalNic
from designer.model.links import Attachment, Backend, Cable, PortMapping, Reference, Uplink
from designer.model.networks import ContainerNetwork


def attachment_look(link: Attachment, is_hyperv: bool, is_host_vnic: bool, giver: str = "") -> LinkLook:
    """Return the look of an endpoint: a vmNIC for a Hyper-V container, else a host vNIC.

    ``giver`` is who gives it an address when the design does not; when it is empty, nothing is said about that.
    """
    if is_host_vnic:
        return LinkLook(Stroke.VNIC, Layer.WINDOWS, kind="host vNIC")
    facts = ["vmNIC" if is_hyperv else "host vNIC"]
    if link.acls:
        facts.append(f"{len(link.acls)} ACL{'s' if len(link.acls) > 1 else ''}")
    if link.outbound_limit_bytes_per_second:
        facts.append(rate_text(link.outbound_limit_bytes_per_second))
    given = ((f"address from {giver}", False),) if giver else ()
    address = ((str(link.ip), True),) if link.ip is not None else given
    stroke, layer = (Stroke.VMNIC, Layer.HYPERV) if is_hyperv else (Stroke.VNIC, Layer.WINDOWS)
    ports = chips(tuple(port_text(port) for port in link.ports))
    return LinkLook(stroke, layer, (*address, (" · ".join(facts), False)), ports, kind=facts[0])


def service_attachment_look() -> LinkLook:
    """Return the look of the line from a service to a network: every task gets an endpoint there."""
    return LinkLook(Stroke.VNIC, Layer.OVERLAY, (("each task joins", False),), kind=Attachment.title)


def port_text(port: PortMapping) -> str:
    """Return a published port as people read it: “8080 → 80/tcp”."""
    return f"{port.host_port or 'any'} → {port.container_port}/{port.protocol}"


def rate_text(bytes_per_second: int) -> str:
    """Return a bandwidth limit in bits per second: “80 Mbit/s”."""
    bits = bytes_per_second * 8
    for unit, size in (("Gbit/s", 1_000_000_000), ("Mbit/s", 1_000_000), ("kbit/s", 1000)):
        if bits >= size:
            return f"{bits / size:.4g} {unit}"
    return f"{bits} bit/s"


@lru_cache(maxsize=1)
def uplink_look() -> LinkLook:
    """Return the look of what carries a switch."""
    return LinkLook(Stroke.UPLINK, Layer.HARDWARE, kind=Uplink.title)


def cable_look(nic: PhysicalNic | None) -> LinkLook:
    """Return the look of a cable; a trunk names its VLANs."""
    port = nic.switch_port if nic is not None else None
    lines: tuple[tuple[str, bool], ...] = ()
    if port is not None and port.mode == "trunk":
        vlans = ", ".join(map(str, port.allowed[:4]))
        lines = ((f"trunk {vlans}{' …' if len(port.allowed) > 4 else ''}".strip(), False),)
    return LinkLook(Stroke.UPLINK, Layer.HARDWARE, lines, kind=Cable.title)


def backend_look() -> LinkLook:
    """Return the look of a load balancer's line to a container."""
    return LinkLook(Stroke.DERIVED, Layer.OVERLAY, kind=Backend.title)


def reference_look() -> LinkLook:
    """Return the look of the line from a note."""
    return LinkLook(Stroke.REFERENCE, Layer.NEUTRAL, kind=Reference.title)


def flow_look(flow: Flow) -> LinkLook:
    """Return the look of declared traffic: a dashed arrow with what is sent, such as “TCP 8080”."""
    return LinkLook(Stroke.FLOW, Layer.TRAFFIC, ((flow_text(flow), False),), kind=Flow.title)


def flow_text(flow: Flow) -> str:
    """Return what a flow sends as people read it: “TCP 8080”, “UDP 53 · IPv6”, “TCP 80 · published”."""
    port = flow.port if flow.protocol in PROTOCOLS_WITH_PORTS else None
    facts = [flow.protocol.upper() if port is None else f"{flow.protocol.upper()} {port}"]
    facts += [flow.address] if flow.address != "own" else []
    facts += ["IPv6"] if flow.ip_version == 6 else []
    facts += ["IPsec"] if flow.ipsec else []
    return " · ".join([*filter(None, [shown(flow.name)]), *facts])


def own_vnic_look() -> LinkLook:
    """Return the look of the line from a derived host vNIC to its switch."""
    return LinkLook(Stroke.VNIC, Layer.WINDOWS, kind="host vNIC")


def translation_look(outside: str = "") -> LinkLook:
    """Return the look of what WinNAT does towards the outside: dots, with the address that goes out."""
    lines = ((f"→ {outside}", True),) if outside else ()
    return LinkLook(Stroke.DERIVED, Layer.TRANSLATION, lines, kind="address translation")


def switch_port_look() -> LinkLook:
    """Return the look of the line from a network to the administrator's switch that it uses."""
    return LinkLook(Stroke.DERIVED, Layer.SWITCHING, kind="on this switch")


def tunnel_look(network: ContainerNetwork) -> LinkLook:
    """Return the look of a VXLAN tunnel between two hosts of an overlay network."""
    vni = next((subnet.vni for subnet in network.subnets if subnet.vni is not None), None)
    return LinkLook(
        Stroke.TUNNEL,
        Layer.OVERLAY,
        ((f"VNI {vni}" if vni is not None else "VXLAN", vni is not None),),
        kind="VXLAN tunnel",
    )
