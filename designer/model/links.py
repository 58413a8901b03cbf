"""Links: attachments to networks, uplinks, cables, back ends, references."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from designer.model.addressing import IpAddress, IpInterface, MacAddress, PortNumber, Protocol
from designer.model.base import Link, Text, Value


class PortMapping(Value):
    """A published port: host port to container port.

    Attributes:
        host_port: 0 lets the engine choose.
        host_address: address that the port is bound to; Windows takes none (rule PRT007).
    """

    host_port: PortNumber = 0
    container_port: PortNumber = 80
    protocol: Protocol = "tcp"
    host_address: IpAddress | None = None


class PortRange(Value):
    """Ports from first to last, both included."""

    first: PortNumber
    last: PortNumber


class AclRule(Value):
    """One access list entry of an endpoint.

    Attributes:
        priority: lower numbers are looked at first.
        enforced_by: ``host`` for Windows Firewall (WFP), ``switch`` for VFP.
    """

    action: Literal["allow", "block"] = "allow"
    direction: Literal["in", "out"] = "in"
    protocol: Protocol = "any"
    remote_addresses: tuple[IpInterface, ...] = ()
    local_ports: tuple[PortRange, ...] = ()
    remote_ports: tuple[PortRange, ...] = ()
    priority: Annotated[int, Field(ge=0, le=65_535)] = 1000
    enforced_by: Literal["host", "switch"] = "switch"


class Attachment(Link):
    """An endpoint: a workload or host vNIC on a container network, or a host vNIC on a switch.

    Attributes:
        ip: fixed address; None lets HNS, DHCP or the swarm choose.
        gateway: default gateway when it is not the one of the subnet.
        outbound_limit_bytes_per_second: QoS cap of what the endpoint sends.
        while_running: whether it is to be connected (``docker network connect``) while the container runs.
        inbound_limit_bytes_per_second: a wished cap of what it receives, which HNS does not have (rule QOS002).
    """

    title: ClassVar[str] = "Attachment"
    kind: Literal["attachment"] = "attachment"
    ip: IpAddress | None = None
    mac: MacAddress | None = None
    gateway: IpAddress | None = None
    dns_servers: tuple[IpAddress, ...] = ()
    aliases: tuple[Text, ...] = ()
    ports: tuple[PortMapping, ...] = ()
    acls: tuple[AclRule, ...] = ()
    while_running: bool = False
    outbound_limit_bytes_per_second: Annotated[int, Field(ge=1)] | None = None
    inbound_limit_bytes_per_second: Annotated[int, Field(ge=1)] | None = None


class Uplink(Link):
    """What carries an external network or switch: its adapter or SET team."""

    title: ClassVar[str] = "Uplink"
    kind: Literal["uplink"] = "uplink"


class Cable(Link):
    """A cable from an adapter, router or client to a physical network."""

    title: ClassVar[str] = "Cable"
    kind: Literal["cable"] = "cable"


class Backend(Link):
    """A container that a load balancer sends connections to."""

    title: ClassVar[str] = "Back end"
    kind: Literal["backend"] = "backend"


class Reference(Link):
    """The line of a call-out: from a note to what it speaks of."""

    title: ClassVar[str] = "Reference"
    kind: Literal["reference"] = "reference"
