"""Values of the design that no statement sets yet: each is said in the script, none is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from designer.export.script import Statement
from designer.export.statements import Remark
from designer.model.base import EntityBase
from designer.model.hosts import Host, HostVNic
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, LoadBalancer
from designer.model.realisation import containers_on
from designer.model.topology import Topology

_FIELDS: Mapping[type[EntityBase], Mapping[str, str]] = {
    Host: {"swarm_pools": "the address pools of the swarm; give them to docker swarm init"},
    ContainerNetwork: {
        "mtu": "the MTU; set it inside the containers",
        "ipam_driver": "the IPAM driver, which Windows has not",
        "ipam_options": "the IPAM options, which Windows has not",
    },
    HostVNic: {
        "port_vlan": "the VLAN mode of the port; see Set-VMNetworkAdapterVlan",
        "isolation": "the isolation mode; see Set-VMNetworkAdapterIsolation",
        "minimum_bandwidth_weight": "the bandwidth share; see Set-VMNetworkAdapter",
        "minimum_bandwidth_bits_per_second": "the guaranteed bandwidth; see Set-VMNetworkAdapter",
    },
    LoadBalancer: {"preserve_destination": "keeping the destination address"},
    Attachment: {"inbound_limit_bytes_per_second": "the inbound limit, which HNS has not"},
}


def left_out(topology: Topology, host: Host, networks: tuple[ContainerNetwork, ...]) -> Iterator[Statement]:
    """Yield a remark for each value on a host that differs from its default and that the script does not set."""
    inside = [found for found in topology.descendants(host.id) if isinstance(found, HostVNic | LoadBalancer)]
    for element in (host, *networks, *sorted(inside, key=lambda found: found.id)):
        yield from _remarks(element, element.name)
    for container in containers_on(topology, host.id):
        for link in topology.links_of(container.id, Attachment):
            yield from _remarks(link, container.name)


def _remarks(entity: EntityBase, name: str) -> Iterator[Statement]:
    fields = type(entity).model_fields
    for field, words in _FIELDS[type(entity)].items():
        if getattr(entity, field) != fields[field].default:
            yield Remark(element=entity.id, reason=f"{name}: {words}.")
