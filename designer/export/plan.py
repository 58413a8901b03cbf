"""A design and a host become a script: typed statements in the order in which they depend on each other."""

from __future__ import annotations

from collections.abc import Iterator

from designer.errors import ExportError
from designer.export.consent import Spoken, consent_statements
from designer.export.container_steps import container_statements, placed_containers
from designer.export.host_steps import (
    engine_statements,
    founds_swarm,
    mac_spoofing_remark,
    opened_ports,
    swarm_statements,
    switch_statements,
)
from designer.export.left_out import left_out
from designer.export.machine_statements import RemoveForeignNat
from designer.export.network_steps import network_statements, networks_of
from designer.export.policy_steps import load_balancer_statements, policy_statements
from designer.export.script import Script, Section, Statement, Suppressed
from designer.export.service_steps import ingress_statements, service_statements
from designer.export.statements import AddStaticMapping, AdoptSwitch, CreateNat, Remark
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.networks import NetworkMode
from designer.model.topology import Topology
from designer.model.workloads import Compartment, WindowsContainer

_ORDER = tuple(Section)


def plan(topology: Topology, host_id: EntityId, spoken: Spoken | None = None) -> Script:
    """Return what is done on a host so that it stands as it is drawn.

    The plan is pure: no clock, no chance, no file; equal designs give equal plans.

    Args:
        topology: the design.
        host_id: the host.
        spoken: the findings that the scripts of the design speak of, where they are known already.

    Raises:
        ExportError: there is no such host, or a name can be told to no Windows program.
    """
    host = topology.find(host_id, Host)
    if host is None:
        raise ExportError(f"There is no host “{host_id}” in the design; name one of its hosts.")
    info = topology.find(DESIGN_ID, DesignInfo)
    findings = (spoken or Spoken.of(topology)).about(host)
    agreed = tuple(consent_statements(topology, host, findings.active))
    statements = sorted(_statements(topology, host, agreed), key=lambda statement: _ORDER.index(statement.section))
    return Script(
        design=info.title if info is not None else "",
        host=host.id,
        host_name=host.name,
        os=host.os,
        build=host.build_number,
        statements=tuple(statements),
        suppressed=tuple(
            Suppressed(judged.rule.id, judged.finding.message, suppression.reason)
            for judged, suppression in findings.suppressed
        ),
    )


def _statements(topology: Topology, host: Host, agreed: tuple[Statement, ...]) -> Iterator[Statement]:
    """Yield the statements, each section in its own order."""
    networks = networks_of(topology, host)
    yield from engine_statements(host)
    yield from swarm_statements(topology, host)
    yield from _switches(topology, host, agreed)
    yield from opened_ports(host)
    yield from ingress_statements(host, networks, founds=founds_swarm(topology, host))
    for network in networks:
        yield from network_statements(topology, host, network)
    placed = placed_containers(topology, host)
    for item in placed:
        yield from container_statements(item)
        yield from policy_statements(host, item)
    yield from service_statements(topology, host)
    yield from load_balancer_statements(topology, host, placed)
    yield from _empty_compartments(topology, host)
    transparent = tuple(network for network in networks if network.mode is NetworkMode.TRANSPARENT)
    yield from mac_spoofing_remark(host, transparent)
    yield from agreed
    yield from left_out(topology, host, networks)


def _switches(topology: Topology, host: Host, agreed: tuple[Statement, ...]) -> Iterator[Statement]:
    """Yield the switches and NATs without the NATs that go and the restarts that are agreed on anyway."""
    gone = {each.element for each in agreed if isinstance(each, RemoveForeignNat)}
    adopted = {each.element for each in agreed if isinstance(each, AdoptSwitch)}
    for statement in switch_statements(topology, host):
        unwanted = gone if isinstance(statement, CreateNat | AddStaticMapping) else adopted
        if not isinstance(statement, CreateNat | AddStaticMapping | AdoptSwitch) or statement.element not in unwanted:
            yield statement


def _empty_compartments(topology: Topology, host: Host) -> Iterator[Statement]:
    for compartment in topology.children(host.id, Compartment):
        if not topology.children(compartment.id, WindowsContainer):
            yield Remark(
                element=compartment.id,
                reason=f"compartment '{compartment.name}': Windows makes compartments with their containers only, and "
                "this one is empty.",
            )
