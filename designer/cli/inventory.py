"""What a design holds, as plain values: host by host networks, containers, switches; then services and traffic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.model.flows import Flow
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.realisation import (
    HostRealisation,
    PartKey,
    SwitchPart,
    containers_on,
    networks_on,
    realise,
)
from designer.model.services import Service
from designer.model.swarm import nodes_of, swarm_of
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.simulate.packets import packet_of

Plain = dict[str, Any]

_ISOLATION: Mapping[type[WindowsContainer | HyperVContainer], str] = {
    WindowsContainer: "process",
    HyperVContainer: "hyperv",
}


def inventory(topology: Topology) -> Plain:
    """Return the inventory; what the design does not say is None, never a guess.

    Services and flows are listed where there are any.
    """
    hosts = sorted(topology.of(Host), key=lambda host: (host.name, host.id))
    services = sorted(topology.of(Service), key=lambda service: (service.name, service.id))
    found: Plain = {"hosts": [_host(topology, host) for host in hosts]}
    if services:
        found["services"] = [_service(topology, service) for service in services]
    if topology.of(Flow):
        found["flows"] = [_flow(topology, flow) for flow in topology.of(Flow)]
    return found


def _service(topology: Topology, service: Service) -> Plain:
    return {
        "id": service.id,
        "name": service.name,
        "swarm": swarm_of(topology, service),
        "image": service.image,
        "mode": service.mode,
        "replicas": service.replicas if service.mode == "replicated" else None,
        "endpoint_mode": service.endpoint_mode,
        "nodes": [node.name for node in nodes_of(topology, service)],
        "networks": [_name(topology, link.target) for link in topology.links_of(service.id, Attachment)],
        "ports": [
            {
                "published": port.published or None,
                "target": port.target,
                "protocol": port.protocol,
                "mode": port.mode,
            }
            for port in service.ports
        ],
    }


def _flow(topology: Topology, flow: Flow) -> Plain:
    packet = packet_of(topology, flow)
    return {
        "id": flow.id,
        "source": _name(topology, flow.source),
        "target": _name(topology, flow.target),
        "protocol": flow.protocol,
        "port": packet.port,
        "address": flow.address,
    }


def _host(topology: Topology, host: Host) -> Plain:
    parts = realise(topology, host.id)
    return {
        "id": host.id,
        "name": host.name,
        "os": host.os.value,
        "networks": [_network(network, parts) for network in networks_on(topology, host.id)],
        "containers": [_container(topology, container) for container in containers_on(topology, host.id)],
        "switches": [_switch(topology, switch) for switch in parts.switches],
    }


def _network(network: ContainerNetwork, parts: HostRealisation) -> Plain:
    switch = parts.switch_of(network.id)
    return {
        "id": network.id,
        "name": network.name,
        "driver": network.mode.value,
        "subnets": [{"prefix": str(subnet.prefix), "gateway": _text(subnet.gateway)} for subnet in network.subnets],
        "vlan": network.vlan,
        "switch": _key(switch.key) if switch is not None else None,
        "hnsid": None,
    }


def _container(topology: Topology, container: WindowsContainer | HyperVContainer) -> Plain:
    attachments = list(topology.links_of(container.id, Attachment))
    if container.parent is not None and topology.find(container.parent, Compartment) is not None:
        attachments += topology.links_of(container.parent, Attachment)
    return {
        "id": container.id,
        "name": container.name,
        "isolation": _ISOLATION[type(container)],
        "image": container.image,
        "endpoints": [_endpoint(topology, attachment) for attachment in attachments],
    }


def _endpoint(topology: Topology, attachment: Attachment) -> Plain:
    return {
        "network": _name(topology, attachment.target),
        "ip": _text(attachment.ip),
        "mac": attachment.mac,
        "ports": [
            {
                "host": mapping.host_port or None,
                "container": mapping.container_port,
                "protocol": mapping.protocol,
            }
            for mapping in attachment.ports
        ],
    }


def _switch(topology: Topology, switch: SwitchPart) -> Plain:
    return {
        "id": _key(switch.key),
        "name": switch.name,
        "type": switch.switch_type.value,
        "uplinks": [_name(topology, uplink) for uplink in switch.uplinks],
    }


def _key(key: PartKey) -> str:
    """Return the id of a switch; one that follows from a network is named after the network."""
    return f"{key.element}:{key.part}" if key.part else str(key.element)


def _name(topology: Topology, element: EntityId) -> str:
    return str(getattr(topology.get(element), "name", element))


def _text(value: object) -> str | None:
    return str(value) if value is not None else None
