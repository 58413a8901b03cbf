"""Steps of rules that a script runs after consent: which rule is such a step, and which is done elsewhere or by hand.

Consent is the id of the rule in the host's ``script_steps``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Self, TypeVar

from designer.export.docker_arguments import tag
from designer.export.host_steps import vnic_name
from designer.export.machine_statements import EnableIPv6, InstallFeature, RemoveForeignNat, RunAtStart
from designer.export.script import Risk, Section, Statement
from designer.export.statements import AdoptSwitch, OpenPorts, Remark, SetAddress
from designer.model.annotations import Suppression
from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.rules.catalogue import catalogue
from designer.rules.consenting import host_of_finding
from designer.rules.registry import FixClass, Judged
from designer.rules.runner import judge
from designer.rules.suppressing import Sifted, sift
from designer.simulate.packets import packet_of
from designer.simulate.policies import is_blocked

T = TypeVar("T")
Builder = Callable[[Topology, Host, Judged], Iterator[Statement]]
StepKind = Literal["step", "script", "by hand"]


def _containers(_topology: Topology, host: Host, judged: Judged) -> Iterator[Statement]:
    yield from _feature(host, judged, "Containers")


def _hyperv(_topology: Topology, host: Host, judged: Judged) -> Iterator[Statement]:
    yield from _feature(host, judged, "Hyper-V")


def _feature(host: Host, judged: Judged, name: str) -> Iterator[Statement]:
    yield InstallFeature(
        element=judged.finding.elements[0],
        reason=f"{judged.rule.id}: the feature {name}, which takes a restart of Windows",
        name=name,
        server=host.is_server,
    )


def _ipv6(_topology: Topology, host: Host, judged: Judged) -> Iterator[Statement]:
    reason = f"{judged.rule.id}: HNS needs the IPv6 components of Windows, which start with the next restart"
    yield EnableIPv6(element=host.id, reason=reason)


def _foreign_nat(topology: Topology, _host: Host, judged: Judged) -> Iterator[Statement]:
    nat = topology.find(judged.finding.elements[0], WinNat)
    if nat is not None:
        reason = f"{judged.rule.id}: WinNAT '{nat.name}' goes with its mappings, so that HNS can make its own"
        yield RemoveForeignNat(element=nat.id, reason=reason, name=nat.name)


def _at_start(_topology: Topology, _host: Host, judged: Judged) -> Iterator[Statement]:
    network = judged.finding.elements[0]
    yield RunAtStart(
        element=network,
        reason=f"{judged.rule.id}: HNS forgets nat networks when Windows restarts; a task runs this script again",
        task=f"Container Network Designer {tag(network)}",
    )


def _published_ports(topology: Topology, host: Host, judged: Judged) -> Iterator[Statement]:
    link = topology.find(judged.finding.elements[0], Attachment)
    for mapping in link.ports if link is not None else ():
        if link is not None and is_blocked(host, mapping.protocol, mapping.host_port):
            protocol, port = mapping.protocol.upper(), mapping.host_port
            yield OpenPorts(
                element=link.id,
                reason=f"{judged.rule.id}: let connections to the published {protocol} port {port} in",
                rule=f"container-network-designer-{tag(link.id)}-{protocol}-{port}",
                title=f"Published port ({protocol} {port})",
                protocol=protocol,
                port=port,
                section=Section.CONTAINERS,
            )


def _port_of_host(topology: Topology, host: Host, judged: Judged) -> Iterator[Statement]:
    flow = topology.find(judged.finding.elements[0], Flow)
    network = topology.find(judged.finding.elements[2], ContainerNetwork)
    packet = packet_of(topology, flow) if flow is not None else None
    if flow is None or network is None or packet is None or packet.port is None:
        return
    protocol, port = packet.protocol.upper(), packet.port
    yield OpenPorts(
        element=flow.id,
        reason=f"{judged.rule.id}: let containers on {network.name} in at the {protocol} port {port} of {host.name}",
        rule=f"container-network-designer-{tag(flow.id)}-{protocol}-{port}",
        title=f"Containers ({protocol} {port})",
        protocol=protocol,
        port=port,
        remote=network.subnets[0].network if network.subnets else None,
        section=Section.NETWORKS,
    )


def _team(_topology: Topology, _host: Host, _judged: Judged) -> Iterator[Statement]:
    return iter(())  # the switch itself is made as a team


def _adopt(topology: Topology, _host: Host, judged: Judged) -> Iterator[Statement]:
    switch = topology.find(judged.finding.elements[1], VSwitch)
    if switch is not None:
        reason = f"{judged.rule.id}: HNS and Docker see the switch '{switch.name}' after a restart"
        yield AdoptSwitch(element=switch.id, reason=reason, risk=Risk.STOPS_CONTAINERS, switch=switch.name)


def _gateway(topology: Topology, _host: Host, judged: Judged) -> Iterator[Statement]:
    network = topology.find(judged.finding.elements[0], ContainerNetwork)
    vnic = topology.find(judged.finding.elements[1], HostVNic)
    if network is None or vnic is None:
        return
    held = {address.ip for address in vnic.addresses}
    interface = f"vEthernet ({vnic_name(vnic)})"
    for subnet in network.subnets:
        if subnet.gateway is not None and subnet.gateway not in held:
            yield SetAddress(
                element=vnic.id,
                reason=f"{judged.rule.id}: gateway {subnet.gateway} of {network.name} on {interface}",
                section=Section.NETWORKS,
                interface=interface,
                address=type(subnet.prefix)((subnet.gateway, subnet.network.prefixlen)),
            )


STEPS: Mapping[str, Builder] = MappingProxyType(
    {
        "HST002": _containers,
        "HST005": _ipv6,
        "ISO005": _hyperv,
        "NAT004": _foreign_nat,
        "NAT010": _at_start,
        "PRT020": _published_ports,
        "PRT022": _port_of_host,
        "SET006": _team,
        "SET009": _hyperv,
        "SWI012": _adopt,
        "SWI020": _gateway,
        "SWI024": _hyperv,
    }
)
"""Rules whose step a script runs on the host of the finding after consent."""

IN_SCRIPT: Mapping[str, str] = MappingProxyType(
    {
        "NAT007": "the section on the engine replaces Docker's own network when fixed-cidr changes",
        "OVL005": "the section on the swarm opens its ports",
        "QOS001": "limits at attachments are set in HNS",
        "SWI016": "the script waits until the machine has its addresses again",
    }
)
"""Rules whose step every script does anyway."""

BY_HAND: Mapping[str, str] = MappingProxyType(
    {
        "ISO006": "on the parent of the virtual machine, while it is off",
        "MTU005": "inside the containers",
        "OVL014": "in HNS, while a container on this host uses the network",
        "QOS005": "in HNS, after each start of the container",
        "VLN005": "on the parent of the virtual machine",
        "VMH001": "on the parent of the virtual machine",
    }
)
"""Rules whose step is done elsewhere, and where."""


def step_kind(rule_id: str) -> StepKind | None:
    """Return what an exported script does about a rule: a step after consent, anyway, or only say it; else None."""
    if rule_id in STEPS:
        return "step"
    if rule_id in IN_SCRIPT:
        return "script"
    return "by hand" if rule_id in BY_HAND else None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The findings that the scripts of a design speak of: those with a step, and all that are suppressed.

    Attributes:
        active: by host, with their places in the report; None for what concerns every host.
        suppressed: the same for those that are suppressed.
    """

    active: dict[EntityId | None, list[tuple[int, Judged]]]
    suppressed: dict[EntityId | None, list[tuple[int, tuple[Judged, Suppression]]]]

    @classmethod
    def of(cls, topology: Topology, judged: Iterable[Judged] | None = None) -> Self:
        """Sort the findings of a design by host.

        Args:
            topology: the design.
            judged: all its findings, where they are known already.
        """
        suppressed = {found.rule for found in topology.of(Suppression)}
        rules = [
            rule
            for rule in catalogue()
            if rule.decidable and (rule.fix_class is FixClass.SCRIPT or rule.id in suppressed)
        ]
        asked = {rule.id for rule in rules}
        told = judge(topology, rules) if judged is None else [each for each in judged if each.rule.id in asked]
        found = sift(topology, told)
        result = cls({}, {})
        for place, each in enumerate(found.active):
            if step_kind(each.rule.id):
                result.active.setdefault(_host(topology, each), []).append((place, each))
        for place, pair in enumerate(found.suppressed):
            result.suppressed.setdefault(_host(topology, pair[0]), []).append((place, pair))
        return result

    def about(self, host: Host) -> Sifted:
        """Return what the script of one host speaks of, in the order of the report."""
        return Sifted(tuple(_of_host(self.active, host)), tuple(_of_host(self.suppressed, host)))


def _host(topology: Topology, judged: Judged) -> EntityId | None:
    host = host_of_finding(topology, judged.finding.elements)
    return host.id if host is not None else None


def _of_host(found: Mapping[EntityId | None, list[tuple[int, T]]], host: Host) -> Iterator[T]:
    places = sorted((*found.get(None, ()), *found.get(host.id, ())), key=lambda each: each[0])
    return (each for _, each in places)


def consent_statements(topology: Topology, host: Host, findings: Iterable[Judged]) -> Iterator[Statement]:
    """Yield the steps that the host consents to, once each, and remarks on those that come before the script."""
    done: set[Hashable] = set()
    for judged in findings:
        for statement in _statements(topology, host, judged):
            key = _key(statement)
            if key not in done:
                done.add(key)
                yield statement


def _key(statement: Statement) -> Hashable:
    """Return what two findings that ask for one thing have in common."""
    match statement:
        case InstallFeature():
            return InstallFeature, statement.name
        case RunAtStart():
            return RunAtStart
        case AdoptSwitch():
            return AdoptSwitch, statement.element
    return statement


def _statements(topology: Topology, host: Host, judged: Judged) -> Iterator[Statement]:
    rule, finding = judged.rule.id, judged.finding
    kind = step_kind(rule)
    if kind == "step" and rule in host.script_steps:
        yield from STEPS[rule](topology, host, judged)
    elif kind != "script":
        where = f", {BY_HAND[rule]}" if rule in BY_HAND else ""
        step = f" By hand{where}: {finding.script_step}" if finding.script_step else ""
        reason = f"{rule}: {finding.message}{step}"
        yield Remark(element=finding.elements[0], reason=reason, section=Section.BEFORE)
