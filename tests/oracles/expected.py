"""What an engine must hold after a setup script, read from the design and not from the script."""

from __future__ import annotations

from typing import Any

from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.realisation import containers_on, networks_on, uplinks_of
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
