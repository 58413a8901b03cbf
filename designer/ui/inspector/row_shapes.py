"""How the rows of tables in the inspector look: which columns, on which line, and what a new row starts with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface

from designer.editing.defaults import next_segment_subnet, next_service_port, next_subnet
from designer.model.base import EntityBase, Value
from designer.model.fabric import Route, Segment, SegmentSubnet
from designer.model.hosts import ListeningPort, StaticMapping
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, PortMapping
from designer.model.networks import ContainerNetwork, DriverOption, Subnet
from designer.model.realisation import host_of
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.model.workloads import EnvironmentVariable
from designer.planning.ports import USUAL_PORT, free_port

NewRow = Callable[[Topology, EntityBase], Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One editor of a row.

    Attributes:
        path: the attribute of the row.
        name: what people who hear the window are told.
        hint: what an empty editor shows.
        line: which line of the row it is on.
        share: how much of the line it takes, beside the others.
        sign: text before it, for example an arrow.
    """

    path: str
    name: str
    hint: str = ""
    line: int = 0
    share: int = 1
    sign: str = ""


@dataclass(frozen=True, slots=True)
class RowShape:
    """The columns of a table and its first row."""

    columns: tuple[Column, ...]
    add: str
    new: NewRow


def _new_port(topology: Topology, entity: EntityBase) -> Value:
    host = host_of(topology, entity.source) if isinstance(entity, Attachment) else None
    port = free_port(topology, [host.id]) or 0 if host is not None else USUAL_PORT
    return PortMapping(host_port=port, container_port=80)


def _new_service_port(topology: Topology, entity: EntityBase) -> Value:
    return next_service_port(topology, entity) if isinstance(entity, Service) else ServicePort(published=8080)


def _new_subnet(topology: Topology, entity: EntityBase) -> Value:
    assert isinstance(entity, ContainerNetwork)
    return next_subnet(topology, entity)


def _new_segment_subnet(topology: Topology, entity: EntityBase) -> Value:
    assert isinstance(entity, Segment)
    return next_segment_subnet(topology, entity)


def _new_mapping(_: Topology, entity: EntityBase) -> Value:
    prefix = getattr(entity, "internal_prefix", None)
    address = prefix.network[2] if prefix is not None else IPv4Address("172.16.0.2")
    return StaticMapping(external_port=8080, internal_address=address, internal_port=80)


def _new_route(_: Topology, __: EntityBase) -> Value:
    return Route(destination=IPv4Interface("0.0.0.0/0"), next_hop=IPv4Address("10.0.0.1"))


SHAPES: dict[type[Value], RowShape] = {
    PortMapping: RowShape(
        (
            Column("host_port", "Port of the host", "8080", share=3),
            Column("container_port", "Port of the container", "80", share=3, sign="→"),
            Column("protocol", "Protocol", share=4),
        ),
        "Publish a port",
        _new_port,
    ),
    ServicePort: RowShape(
        (
            Column("published", "Port of the nodes", "8080", share=3),
            Column("target", "Port of the containers", "80", share=3, sign="→"),
            Column("protocol", "Protocol", line=1, share=2),
            Column("mode", "Published by", line=1, share=3),
        ),
        "Publish a port",
        _new_service_port,
    ),
    Subnet: RowShape(
        (
            Column("prefix", "Prefix", "172.16.0.0/20", share=5),
            Column("gateway", "Gateway", "gateway: HNS chooses", line=1, share=3),
            Column("vni", "VXLAN network identifier", "VNI", line=1, share=2),
        ),
        "Add a subnet",
        _new_subnet,
    ),
    SegmentSubnet: RowShape(
        (
            Column("prefix", "Prefix", "10.0.0.0/24", share=3),
            Column("vlan", "VLAN", "no VLAN", share=2),
            Column("router", "Router", "no router", line=1),
            Column("dhcp", "DHCP range", "no DHCP server", line=2),
        ),
        "Add a subnet",
        _new_segment_subnet,
    ),
    StaticMapping: RowShape(
        (
            Column("external_port", "Outside port", "8080", share=2),
            Column("protocol", "Protocol", share=2),
            Column("internal_address", "Inside address", "172.16.0.10", line=1, share=3, sign="→"),
            Column("internal_port", "Inside port", "80", line=1, share=2),
        ),
        "Add a mapping",
        _new_mapping,
    ),
    AclRule: RowShape(
        (
            Column("action", "Action", share=3),
            Column("direction", "Direction", share=2),
            Column("protocol", "Protocol", share=2),
            Column("remote_addresses", "Remote addresses", "any address", line=1),
            Column("local_ports", "Local ports", "any local port", line=2),
            Column("remote_ports", "Remote ports", "any remote port", line=2),
            Column("priority", "Priority", "1000", line=3, share=2),
            Column("enforced_by", "Enforced by", line=3, share=3),
        ),
        "Add an entry",
        lambda _, __: AclRule(),
    ),
    ListeningPort: RowShape(
        (
            Column("port", "Port", "443", share=2),
            Column("protocol", "Protocol", share=2),
            Column("service", "Service", "service", share=3),
        ),
        "Add a port",
        lambda _, __: ListeningPort(port=443),
    ),
    Route: RowShape(
        (
            Column("destination", "Destination", "0.0.0.0/0"),
            Column("next_hop", "Next hop", "10.0.0.1", sign="→"),
        ),
        "Add a route",
        _new_route,
    ),
    EnvironmentVariable: RowShape(
        (Column("name", "Variable", "NAME"), Column("value", "Value", "value", sign="=")),
        "Add a variable",
        lambda _, __: EnvironmentVariable(name="NAME"),
    ),
    DriverOption: RowShape(
        (
            Column("key", "Option", "com.docker.network.windowsshim.…", share=1),
            Column("value", "Value", "value", line=1, sign="="),
        ),
        "Add an option",
        lambda _, __: DriverOption(key="com.docker.network.windowsshim.", value=""),
    ),
}
"""The shape of each kind of row."""


def blank_row(row_type: type[Value], topology: Topology, entity_id: EntityId) -> Value:
    """Return the row that “Add” appends, with values that are legal and free."""
    return SHAPES[row_type].new(topology, topology[entity_id])
