"""Values of the design that no statement sets: each is said in the script, none is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from designer.export.script import Statement
from designer.export.statements import Remark
from designer.model.base import EntityBase
from designer.model.hosts import Host, SetTeam
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.realisation import containers_on
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

_CONTAINER = {
    "network_host": "the network mode host, which Windows has not",
    "forwards": "routing between its networks; set it inside the container",
    "legacy_links": "the links, which do nothing on Windows",
    "linux_options": "the options of Linux containers, which Windows refuses",
}

_FIELDS: Mapping[type[EntityBase], Mapping[str, str]] = {
    ContainerNetwork: {
        "mtu": "the MTU; set it inside the containers",
        "driver_name": "the driver that was asked for, which Windows has not; the script takes the mode that is drawn",
        "ipv4_disabled": "switching IPv4 off, which Windows refuses",
        "ipam_driver": "the IPAM driver, which Windows has not",
        "ipam_options": "the IPAM options, which Windows has not",
    },
    SetTeam: {"mode": "the teaming mode; a team of a Hyper-V switch is independent of the physical switches"},
    Compartment: {"number": "the number of the compartment, which Windows chooses"},
    WindowsContainer: _CONTAINER,
    HyperVContainer: _CONTAINER,
    Attachment: {"inbound_limit_bytes_per_second": "the inbound limit, which HNS has not"},
}


def left_out(topology: Topology, host: Host, networks: tuple[ContainerNetwork, ...]) -> Iterator[Statement]:
    """Yield a remark for each value on a host that differs from its default and that the script does not set."""
    for network in networks:
        yield from _remarks(network, network.name)
        if any(subnet.ip_blocks for subnet in network.subnets):
            reason = f"{network.name}: the IP blocks, which a CNI plug-in cuts from the subnet."
            yield Remark(element=network.id, reason=reason)
    inside = [each for each in topology.descendants(host.id) if isinstance(each, SetTeam | Compartment)]
    for element in sorted(inside, key=lambda each: each.id):
        yield from _remarks(element, element.name)
    for container in containers_on(topology, host.id):
        yield from _remarks(container, container.name)
        for link in topology.links_of(container.id, Attachment):
            yield from _remarks(link, container.name)


def _remarks(entity: EntityBase, name: str) -> Iterator[Statement]:
    fields = type(entity).model_fields
    for field, words in _FIELDS[type(entity)].items():
        if getattr(entity, field) != fields[field].default:
            yield Remark(element=entity.id, reason=f"{name}: {words}.")
