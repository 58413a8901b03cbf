"""Statements for the services of a swarm, on the manager that founds it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.export.docker_arguments import with_settings
from designer.export.host_steps import founds_swarm
from designer.export.requirements import PortFree, SwarmManager
from designer.export.script import Statement
from designer.export.service_statements import CreateService, RemoveIngress
from designer.export.statements import Remark
from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.services import Service
from designer.model.swarm import swarm_of
from designer.model.topology import Topology


def services_of(topology: Topology, host: Host) -> tuple[Service, ...]:
    """Return the services that the script of a host makes: all of the swarm that it founds, by name and id."""
    if not topology.of(Service) or not founds_swarm(topology, host):
        return ()
    found = (service for service in topology.of(Service) if swarm_of(topology, service) == host.swarm)
    return tuple(sorted(found, key=lambda service: (service.name, service.id)))


def service_networks(topology: Topology, host: Host) -> tuple[ContainerNetwork, ...]:
    """Return the networks of the services that the script of a host makes, whatever host they reach."""
    links = (link for service in services_of(topology, host) for link in topology.links_of(service.id, Attachment))
    found = {link.target: topology.find(link.target, ContainerNetwork) for link in links}
    return tuple(network for network in found.values() if network is not None and network.parent is None)


def service_statements(topology: Topology, host: Host) -> Iterator[Statement]:
    """Yield the services of the swarm that the host founds.

    Raises:
        ExportError: a name would be read as options.
    """
    for service in services_of(topology, host):
        joined = [
            (link, network)
            for link in topology.links_of(service.id, Attachment)
            if (network := topology.find(link.target, ContainerNetwork)) is not None
        ]
        joined.sort(key=lambda each: (each[1].name, each[0].id))
        yield _service(service, tuple((network.name, link.aliases) for link, network in joined))
        for link, network in joined:
            if link.ip is not None or link.mac is not None or link.dns_servers:
                yield Remark(
                    element=link.id,
                    reason=f"{service.name} on {network.name}: the swarm chooses addresses and name servers of tasks; "
                    "they cannot be fixed.",
                )


def _service(service: Service, networks: tuple[tuple[str, tuple[str, ...]], ...]) -> CreateService:
    tasks = "one task on each node" if service.mode == "global" else f"{service.replicas} tasks"
    where = f" on {', '.join(name for name, _ in networks)}" if networks else ""
    return with_settings(
        CreateService(
            element=service.id,
            reason=f"{service.name}: {tasks} of {service.image}{where}",
            requires=(
                SwarmManager(),
                *(PortFree(port.published, port.protocol) for port in service.ports if port.published),
            ),
            name=service.name,
            image=service.image,
            networks=networks,
            replicas=None if service.mode == "global" else service.replicas,
            endpoint_mode=service.endpoint_mode,
            ports=service.ports,
            constraints=service.constraints,
            isolation=service.isolation,
            environment=service.environment,
            command=service.command,
        )
    )


def ingress_statements(host: Host, networks: tuple[ContainerNetwork, ...], *, founds: bool) -> Iterator[Statement]:
    """Yield the removal of Docker's routing-mesh network, where the design has another one or none."""
    own = next((network for network in networks if network.ingress), None)
    if founds and (own is not None or not host.swarm_ingress):
        instead = f"{own.name} takes its place" if own is not None else "the swarm does without one"
        yield RemoveIngress(
            element=own.id if own is not None else host.id,
            reason=f"the routing-mesh network that Docker made with the swarm goes: {instead}",
        )
