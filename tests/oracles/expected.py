"""What an engine must hold after a setup script, read from the design and not from the script."""

from __future__ import annotations

from typing import Any

from designer.model.hosts import Host, HostRole
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import containers_on, networks_on, uplinks_of
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer

SHIM = "com.docker.network.windowsshim."


def networks(topology: Topology, host: Host) -> dict[str, dict[str, Any]]:
    """Return driver, subnets with gateways, and adapter and VLAN options of the host's networks by name."""
    found: dict[str, dict[str, Any]] = {}
    for network in networks_on(topology, host.id):
        if network.predefined:
            continue
        adapters = [uplink.name for uplink in uplinks_of(topology, network.switch or network.id, host.id)]
        options = {SHIM + "interface": adapters[0]} if len(adapters) == 1 and network.switch is None else {}
        options |= {SHIM + "vlanid": str(network.vlan)} if network.vlan else {}
        found[network.name] = {
            "driver": network.mode.value,
            "subnets": [(str(subnet.prefix), str(subnet.gateway)) for subnet in network.subnets if subnet.gateway],
            "options": options,
        }
    return found


def assert_networks(state: list[dict[str, Any]], topology: Topology, host: Host, *, made_elsewhere: bool) -> None:
    """Compare the networks of an engine with those of the design."""
    there = {each["name"]: each for each in state}
    for name, wanted in networks(topology, host).items():
        network = there[name]
        assert network["driver"] == wanted["driver"], name
        subnets = [(each["Subnet"], each.get("Gateway")) for each in network.get("ipam", {}).get("config", [])]
        if wanted["subnets"]:
            assert subnets == wanted["subnets"], name
        if not (made_elsewhere and wanted["driver"] == "overlay"):
            assert wanted["options"].items() <= network.get("options", {}).items(), name


def containers(topology: Topology, host: Host) -> dict[str, dict[str, Any]]:
    """Return isolation, fixed addresses and published ports of the host's containers by name."""
    found: dict[str, dict[str, Any]] = {}
    for container in containers_on(topology, host.id):
        links = topology.links_of(container.id, Attachment)
        lent = container.shares_network_of is not None or container.network_none or container.parent != host.id
        targets = {link.id: topology.find(link.target, ContainerNetwork) for link in links}
        found[container.name] = {
            "isolation": "hyperv" if isinstance(container, HyperVContainer) else "process",
            "explicit": container.explicit_isolation,
            "image": container.image,
            "addresses": {}
            if lent
            else {
                network.name: str(link.ip) if link.ip and network.mode is not NetworkMode.ICS else None
                for link in links
                if (network := targets[link.id]) is not None
            },
            "ports": set()
            if lent
            else {
                (f"{port.container_port}/{port.protocol}", str(port.host_port))
                for link in links
                for port in link.ports
                if port.host_port
            },
        }
    return found


def assert_containers(state: list[dict[str, Any]], topology: Topology, host: Host) -> None:
    """Compare the containers of an engine with those of the design."""
    there = {each["name"]: each for each in state}
    wanted_all = containers(topology, host)
    assert there.keys() == wanted_all.keys()
    for name, wanted in wanted_all.items():
        container = there[name]
        if wanted["explicit"]:
            assert container["isolation"] == wanted["isolation"], name
        assert container["image"] == wanted["image"], name
        addresses = {each["network"]: each.get("ip") for each in container.get("endpoints", [])}
        for network, ip in wanted["addresses"].items():
            assert network in addresses, (name, network)
            assert ip is None or addresses[network] == ip, (name, network)
        published = {
            (port, binding["HostPort"])
            for port, bindings in (container.get("port_bindings") or {}).items()
            for binding in bindings
            if binding.get("HostPort") not in (None, "", "0")
        }
        assert wanted["ports"] <= published, name


def services(topology: Topology, host: Host) -> dict[str, dict[str, Any]]:
    """Return the services that the manager which founds the swarm makes, by name."""
    managers = [each for each in topology.of(Host) if each.role is HostRole.SWARM_MANAGER and each.swarm == host.swarm]
    if host.role is not HostRole.SWARM_MANAGER or min(managers, key=lambda each: (each.name, each.id)).id != host.id:
        return {}
    return {
        service.name: {
            "image": service.image,
            "replicas": None if service.mode == "global" else service.replicas,
            "endpoint_mode": service.endpoint_mode,
            "isolation": service.isolation,
            "ports": {(port.target, port.published or None, port.protocol, port.mode) for port in service.ports},
        }
        for service in topology.of(Service)
        if service.swarm in ("", host.swarm)
    }


def assert_services(state: list[dict[str, Any]], topology: Topology, host: Host) -> None:
    """Compare the services of an engine with those of the design; the engine model tells no networks of services."""
    found = {}
    for each in state:
        endpoint = each["endpoint"] or {}
        replicated = (each.get("mode") or {}).get("Replicated") or {}
        found[each["name"]] = {
            "image": each["image"].partition("@")[0],
            "replicas": replicated.get("Replicas"),
            "endpoint_mode": endpoint.get("Mode", "vip"),
            "isolation": each["isolation"],
            "ports": {
                (port["TargetPort"], port.get("PublishedPort"), port["Protocol"], port["PublishMode"])
                for port in endpoint.get("Ports") or []
            },
        }
    assert found == services(topology, host)
