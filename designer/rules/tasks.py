"""What the rules about containers and endpoints say of the tasks of a service, on each node that may run one."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import Host
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.services import Service, ServicePort
from designer.model.swarm import nodes_of
from designer.planning.known import FIRST_DYNAMIC_PORT
from designer.planning.ports import free_port
from designer.rules.design import Design
from designer.rules.firewall import opening
from designer.rules.images import STABLE_SINCE, floor_of, image_build
from designer.rules.overlay import missing_update
from designer.rules.ports import SWARM_NEEDS
from designer.rules.registry import Finding, Only, anywhere, part
from designer.rules.services import NODES, swarm_nodes
from designer.rules.suggestions import changed
from designer.simulate.policies import is_blocked

NETWORKS = anywhere(Host, Attachment, ContainerNetwork, names=True)
PORTS = Only("ports")


def runs_in_vm(service: Service, node: Host) -> bool:
    """Whether a task of a service is a Hyper-V container on a node."""
    if service.isolation != "default":
        return service.isolation == "hyperv"
    return (node.daemon.isolation or ("process" if node.is_server else "hyperv")) == "hyperv"


def _unfit(design: Design, service: Service, *, in_vm: bool) -> Iterator[tuple[Host, int]]:
    """Yield the nodes where tasks have one isolation, with the build of the image."""
    build = image_build(service)
    for node in nodes_of(design.topology, service) if build is not None else ():
        if build is not None and runs_in_vm(service, node) is in_vm:
            yield node, build


@part("ISO001", subject=Service, reads=NODES)
def task_image_newer(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of nodes that are older than the image, with process isolation."""
    for node, build in _unfit(design, service, in_vm=False):
        if build > node.build_number:
            yield _older(service, node, build)


@part("ISO004", subject=Service, reads=NODES)
def task_image_newer_in_vm(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of nodes that are older than the image, with Hyper-V isolation."""
    for node, build in _unfit(design, service, in_vm=True):
        if build > node.build_number:
            yield _older(service, node, build)


def _older(service: Service, node: Host, build: int) -> Finding:
    return Finding(
        (service.id, node.id),
        f"“{service.name}”: the image has build {build}, and {node.name}, which may run a task, has "
        f"{node.build_number}; use an older tag, or a constraint that leaves {node.name} out.",
        "image",
    )


@part("ISO002", subject=Service, reads=NODES)
def task_image_too_old(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of nodes that do not take the image with process isolation."""
    nodes = nodes_of(design.topology, service)
    in_vm = all(node.hyperv_role and not (node.is_vm and not node.nested_virtualization) for node in nodes)
    for node, build in _unfit(design, service, in_vm=False):
        own = node.build_number
        if build <= own and (build != own if own < STABLE_SINCE else build < floor_of(own)):
            yield Finding(
                (service.id, node.id),
                f"“{service.name}”: the image has build {build}, and process isolation on {node.name} takes "
                f"{own if own < STABLE_SINCE else floor_of(own)}; use Hyper-V isolation or another tag.",
                "isolation",
                changed(f"Run {service.name} with Hyper-V isolation", service, isolation="hyperv") if in_vm else None,
            )


def _new_nodes(design: Design, service: Service) -> Iterator[tuple[ContainerNetwork, Host]]:
    """Yield the overlay networks that tasks bring to nodes, where no uplink or container shows them yet."""
    for link in design.attachments(service.id):
        network = design.network_of(link)
        if network is not None and network.mode is NetworkMode.OVERLAY:
            known = {host.id for host in design.hosts_of_network(network)}
            yield from ((network, node) for node in nodes_of(design.topology, service) if node.id not in known)


@part("OVL003", subject=Service, reads=NETWORKS)
def task_needs_update(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of nodes that lack the update for overlay."""
    for network, node in _new_nodes(design, service):
        update = missing_update(node)
        if update:
            yield Finding((service.id, node.id, network.id), f"“{service.name}” on “{network.name}” needs {update}.")


@part("OVL013", subject=Service, reads=NETWORKS)
def task_needs_nat(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of nodes of Windows Server 2016 whose nat network, the way out of overlay containers, is off."""
    for network, node in _new_nodes(design, service):
        if node.build_number == 14393 and not node.daemon.default_nat:
            yield Finding(
                (service.id, node.id, network.id),
                f"Tasks of “{service.name}” leave {node.name} through the nat network, which is off there.",
                fix=changed("Let Docker make its nat network", node, daemon=node.daemon.evolve(default_nat=True)),
            )


def _elsewhere(design: Design, service: Service, position: int) -> tuple[int, ServicePort]:
    """Return a port that is free on all nodes, and the published port that uses it."""
    port = service.ports[position]
    taken = {other.published for other in service.ports}
    nodes = [node.id for node in swarm_nodes(design, service)]
    free = free_port(design.topology, nodes, port.published, port.protocol, also_taken=taken) or 0
    return free, port.evolve(published=free)


def _other(design: Design, service: Service, position: int, why: str) -> Finding:
    free, port = _elsewhere(design, service, position)
    ports = (*service.ports[:position], port, *service.ports[position + 1 :])
    fix = changed(f"Publish {free} for {service.name}", service, ports=ports) if free else None
    return Finding((service.id,), f"“{service.name}” publishes {why}; use {free or 'another port'}.", "ports", fix)


@part("PRT011", subject=Service, reads=NODES, only=PORTS)
def service_on_swarm_port(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of published ports that carry the swarm itself."""
    for position, port in enumerate(service.ports):
        if (port.protocol, port.published) in SWARM_NEEDS:
            yield _other(design, service, position, f"{port.published}/{port.protocol}, which the swarm itself needs")


@part("PRT012", subject=Service, reads=NODES, only=PORTS)
def service_in_dynamic_range(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of published ports that Windows may hand out."""
    for position, port in enumerate(service.ports):
        if port.published >= FIRST_DYNAMIC_PORT:
            yield _other(design, service, position, f"{port.published}, in the range that Windows hands out")


@part("PRT018", subject=Service, reads=NODES, only=PORTS)
def service_on_random_port(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of ports that the swarm chooses; tasks that may meet on a node need that, and get no fix."""
    for position, port in enumerate(service.ports):
        if port.published == 0 and port.mode == "ingress":
            yield _other(design, service, position, f"{port.target} on a port that the swarm chooses")


@part("PRT020", subject=Service, reads=NODES, only=PORTS)
def service_port_closed(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of nodes towards which a firewall closes a published port."""
    running = nodes_of(design.topology, service)
    meshed = swarm_nodes(design, service)
    for port in service.ports:
        for node in meshed if port.mode == "ingress" else running:
            if port.published and is_blocked(node, port.protocol, port.published):
                yield Finding(
                    (service.id, node.id),
                    f"“{service.name}” publishes {port.published}/{port.protocol}, which a firewall closes towards "
                    f"{node.name}; open it.",
                    "ports",
                    script_step=opening(f"Published {port.published}/{port.protocol}", port.protocol, port.published),
                )


@part("TOP012", subject=Service, reads=NETWORKS)
def tasks_on_nat(design: Design, service: Service) -> Iterator[Finding]:
    """Tell of a service whose tasks are spread over nodes and meet on nat networks only."""
    found = (design.network_of(link) for link in design.attachments(service.id))
    networks = [network for network in found if network is not None]
    nodes = nodes_of(design.topology, service)
    spread = len(nodes) > 1 and (service.mode == "global" or service.replicas > 1)
    if spread and networks and all(network.mode is NetworkMode.NAT for network in networks):
        names = ", ".join(node.name for node in nodes)
        yield Finding(
            (service.id, *(network.id for network in networks)),
            f"“{service.name}” spreads over {names} on nat networks, which end at their host; use an overlay network.",
        )
