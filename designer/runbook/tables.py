"""The tables of a run-book: what stands on a host, in the field's words."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.flows import PROTOCOLS_WITH_PORTS, Flow
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.realisation import EndpointPart, HostRealisation, NicKind, host_of, networks_on, realise
from designer.model.topology import Topology
from designer.runbook.document import Row, Table

_OPEN = "chosen on the machine"


def networks(topology: Topology, host: Host) -> Table:
    """Return the networks of a host with their subnets."""
    parts = realise(topology, host.id)
    rows = [Row(_network(network, parts), network.id) for network in networks_on(topology, host.id)]
    return Table(("Network", "Driver", "Subnet", "Gateway", "VLAN", "Switch"), tuple(rows))


def _network(network: ContainerNetwork, parts: HostRealisation) -> tuple[str, ...]:
    switch = parts.switch_of(network.id)
    return (
        network.name,
        network.mode.value,
        ", ".join(str(subnet.prefix) for subnet in network.subnets) or _OPEN,
        ", ".join(str(subnet.gateway or _OPEN) for subnet in network.subnets) or _OPEN,
        str(network.vlan or ""),
        f"{switch.name} ({switch.switch_type.value})" if switch is not None else "",
    )


def switches(topology: Topology, host: Host) -> Table:
    """Return the Hyper-V switches and the NATs of a host, drawn ones and those that HNS makes."""
    parts = realise(topology, host.id)
    rows = []
    for switch in parts.switches:
        uplinks = ", ".join(_name(topology, uplink) for uplink in switch.uplinks)
        maker = "HNS" if switch.key.is_derived else "the administrator"
        rows.append(Row((switch.name, f"{switch.switch_type.value} switch", uplinks, maker), switch.key.element))
    for nat in parts.winnats:
        maker = "HNS" if nat.key.is_derived else "the administrator"
        outside = str(nat.outside_address or "")
        rows.append(Row((f"WinNAT {nat.prefix or ''}".strip(), "NAT", outside, maker), nat.key.element))
    return Table(("Name", "Kind", "Outside", "Made by"), tuple(rows))


def endpoints(topology: Topology, host: Host) -> Table:
    """Return the endpoints of a host: which container joins which network, how, and at which address."""
    rows = [Row(_endpoint(topology, part), part.attachment) for part in realise(topology, host.id).endpoints]
    return Table(("Container", "Isolation", "Network", "Joins by", "Address", "MAC"), tuple(rows))


def _endpoint(topology: Topology, part: EndpointPart) -> tuple[str, ...]:
    link = topology.find(part.attachment, Attachment)
    return (
        _name(topology, part.workload),
        "Hyper-V" if part.nic is NicKind.VMNIC else "process",
        _name(topology, part.network),
        part.nic.value,
        str(part.address or _OPEN),
        (link.mac if link is not None else None) or _OPEN,
    )


def ports(topology: Topology, host: Host) -> Table:
    """Return the published ports of a host."""
    rows = []
    for part in realise(topology, host.id).endpoints:
        link = topology.find(part.attachment, Attachment)
        for port in link.ports if link is not None else ():
            outer = f"{port.host_port or _OPEN}/{port.protocol}"
            inner = f"{_name(topology, part.workload)}:{port.container_port}"
            rows.append(Row((outer, inner, _name(topology, part.network)), part.attachment))
    return Table(("Port of the host", "Container", "Network"), tuple(rows))


def flows(topology: Topology, host: Host) -> Table:
    """Return the declared traffic that begins or ends on a host."""
    return Table(("From", "To", "Traffic", "Addressed by"), tuple(_flows(topology, host)))


def _flows(topology: Topology, host: Host) -> Iterator[Row]:
    words = {"own": "its own address", "published": "a published port", "localhost": "localhost"}
    for flow in topology.of(Flow):
        if host.id in {_host(topology, flow.source), _host(topology, flow.target)}:
            port = f" {flow.port}" if flow.port and flow.protocol in PROTOCOLS_WITH_PORTS else ""
            ends = (_name(topology, flow.source), _name(topology, flow.target))
            yield Row((*ends, f"{flow.protocol.upper()}{port}", words[flow.address]), flow.id)


def _host(topology: Topology, element: EntityId) -> EntityId | None:
    found = host_of(topology, element)
    return found.id if found is not None else None


def _name(topology: Topology, element: EntityId) -> str:
    found = topology.find(element, Element)
    return found.name if found is not None else element
