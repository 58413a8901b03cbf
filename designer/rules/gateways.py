"""Gateways of adapters, host vNICs, clients and physical networks that cannot be reached (parts of IPA002)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.addressing import IpAddress, IpNetwork
from designer.model.base import Element
from designer.model.fabric import Client, Segment
from designer.model.hosts import HostVNic, PhysicalNic
from designer.model.links import Cable
from designer.rules.design import Design
from designer.rules.registry import Finding, Only, Severity, part, wire
from designer.rules.suggestions import changed


@part("IPA002", subject=(PhysicalNic, HostVNic, Client), reads=wire(Cable, Segment), only=Only("gateway"))
def gateway_beside_the_addresses(design: Design, device: Element) -> Iterator[Finding]:
    """Find a default gateway that is in no prefix of the device, or of the other address family."""
    assert isinstance(device, PhysicalNic | HostVNic | Client)
    prefixes = [address.network for address in device.addresses]
    if device.gateway is None or not prefixes or any(device.gateway in prefix for prefix in prefixes):
        return
    router = _router(design, device, prefixes)
    yield Finding(
        (device.id,),
        f"“{device.name}”: the gateway {device.gateway} is not in {', '.join(map(str, prefixes))}, so nothing reaches "
        f"it; use {router if router is not None else 'the router there'}.",
        "gateway",
        changed(f"Use gateway {router}", device, gateway=router) if router is not None else None,
        Severity.WARNING,
    )


def _router(design: Design, device: Element, prefixes: list[IpNetwork]) -> IpAddress | None:
    """Return the router of the physical network that is in a prefix of a device."""
    segment = design.segment_of(device.id)
    routers = [subnet.router for subnet in segment.subnets if subnet.router is not None] if segment is not None else []
    return next((router for router in routers if any(router in prefix for prefix in prefixes)), None)


@part("IPA002", subject=Segment, only=Only("subnets"))
def router_outside_its_subnet(_design: Design, segment: Segment) -> Iterator[Finding]:
    """Find a router or a DHCP range of a physical network that is not in the subnet it is for."""
    for subnet in segment.subnets:
        prefix = subnet.prefix.network
        if subnet.router is not None and subnet.router not in prefix:
            yield Finding(
                (segment.id,),
                f"“{segment.name}”: the router {subnet.router} is not in {prefix}; machines there cannot reach it.",
                "subnets",
                severity=Severity.WARNING,
            )
        if subnet.dhcp is not None and not (subnet.dhcp.first in prefix and subnet.dhcp.last in prefix):
            yield Finding(
                (segment.id,),
                f"“{segment.name}”: DHCP hands out {subnet.dhcp.first} to {subnet.dhcp.last}, which {prefix} lacks.",
                "subnets",
                severity=Severity.WARNING,
            )
