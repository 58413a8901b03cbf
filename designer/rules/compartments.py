"""Rules about network compartments and shared networks (CMP)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.flows import Flow
from designer.model.hosts import Host, HostVNic
from designer.model.identity import EntityId
from designer.model.links import Attachment
from designer.model.realisation import HOST_COMPARTMENT
from designer.model.releases import OsRelease
from designer.model.workloads import Compartment, ContainerBase, HyperVContainer, WindowsContainer
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Group, Index, Only, Reach, Severity, group_rule, links, rule
from designer.rules.sharing import SHARING
from designer.rules.spans import FROM_1709, FROM_2019
from designer.rules.suggestions import changed

IN_COMPARTMENT = links(Compartment, WindowsContainer, HyperVContainer, HostVNic, Attachment)


def _members(design: Design, compartment: Compartment) -> list[WindowsContainer]:
    return [child for child in design.children(compartment.id) if isinstance(child, WindowsContainer)]


@rule(
    "CMP002",
    Severity.ERROR,
    subject=WindowsContainer,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE, src.ISOLATION),
    reads=IN_COMPARTMENT,
)
def container_in_host_compartment(design: Design, container: WindowsContainer) -> Iterator[Finding]:
    """A Windows container in compartment 1.

    Why: compartment 1 is the host's own; Windows has no host network mode for containers.
    Bad: web01 drawn in a compartment with the number 1.
    Good: web01 in a compartment of its own.
    """
    outer = design.topology.find(container.parent, Compartment)
    if outer is not None and outer.number == HOST_COMPARTMENT:
        yield Finding(
            (container.id, outer.id),
            f"{container.name} is in compartment 1, which is the host's own; give it a compartment of its own.",
            fix=changed(f"Take {container.name} out of {outer.name}", container, parent=outer.parent)
            if design.topology.find(outer.parent, Host) is not None
            else None,
        )


@rule(
    "CMP003",
    Severity.ERROR,
    subject=Compartment,
    fix=FixClass.QUICK,
    sources=(src.ISOLATION,),
    reads=IN_COMPARTMENT,
)
def unrelated_containers_share(design: Design, compartment: Compartment) -> Iterator[Finding]:
    """Unrelated Windows containers share a compartment.

    Why: HNS gives each container a compartment; only the members of a pod, or a container that was started with the
    network of another one, share addresses and ports.
    Bad: web01 and app01 in one compartment that is no pod.
    Good: a compartment each, or a pod.
    """
    if compartment.pod:
        return
    members = _members(design, compartment)
    inside = {member.id for member in members}
    alone = [member for member in members if member.shares_network_of not in inside]
    for member in alone[1:]:
        yield Finding(
            (member.id, alone[0].id, compartment.id),
            f"{member.name} shares “{compartment.name}” with {alone[0].name} without being a pod; take it out.",
            fix=changed(f"Take {member.name} out of {compartment.name}", member, parent=compartment.parent)
            if not design.topology.links_of(member.id, Flow)
            else None,
        )


@rule(
    "CMP006",
    Severity.WARNING,
    subject=HyperVContainer,
    fix=FixClass.QUICK,
    sources=(src.SEED + ", next page",),
    reads=IN_COMPARTMENT,
)
def hyperv_container_in_compartment(design: Design, container: HyperVContainer) -> Iterator[Finding]:
    """A Hyper-V container drawn in a host compartment.

    Why: its TCP/IP stack is in the utility VM; no compartment of the host is involved.
    Bad: api01 (Hyper-V) inside a compartment.
    Good: api01 beside it, directly in the host.
    """
    outer = design.topology.find(container.parent, Compartment)
    if outer is not None and not (outer.pod and _members(design, outer)):
        yield Finding(
            (container.id, outer.id),
            f"{container.name} has its own network stack in a utility VM; take it out of “{outer.name}”.",
            fix=changed(f"Take {container.name} out of {outer.name}", container, parent=outer.parent),
        )


@rule(
    "CMP007",
    Severity.ERROR,
    subject=Compartment,
    fix=FixClass.QUICK,
    sources=(src.CONTAINER_OPERATIONS_WINDOWS,),
    reads=IN_COMPARTMENT,
    only=Only("pod"),
)
def mixed_isolation_in_pod(design: Design, compartment: Compartment) -> Iterator[Finding]:
    """Both isolations in one pod.

    Why: the members of a pod share one network stack, which is either on the host or in a utility VM.
    Bad: a pod of a Windows container and a Hyper-V container.
    Good: one isolation for the whole pod.
    """
    members = _members(design, compartment)
    if not members:
        return
    for child in design.children(compartment.id):
        if isinstance(child, HyperVContainer):
            yield Finding(
                (compartment.id, child.id, members[0].id),
                f"The pod “{compartment.name}” mixes {members[0].name} (process) and {child.name} (Hyper-V); "
                "use one isolation.",
                "pod",
                changed(f"Take {child.name} out of {compartment.name}", child, parent=compartment.parent)
                if design.topology.find(compartment.parent, Host) is not None
                else None,
            )


def _stack_ports(design: Design, container: ContainerBase) -> Iterator[tuple[EntityId, str, int]]:
    donor = design.topology.find(container.shares_network_of, ContainerBase) or container
    outer = design.topology.find(donor.parent, Compartment)
    stack = donor.id if outer is None else outer.id
    yield from ((stack, listener.protocol, listener.port) for listener in container.listening)


STACK_PORTS: Index[ContainerBase] = Index(
    "ports of a compartment", (ContainerBase,), _stack_ports, Reach.LINKS, field="listening"
)


@group_rule(
    "CMP011",
    Severity.ERROR,
    index=STACK_PORTS,
    fix=FixClass.MANUAL,
    sources=(src.ISOLATION,),
    os=FROM_1709,
)
def port_collision_in_compartment(_design: Design, group: Group) -> Iterator[Finding]:
    """Two containers in one compartment open one port.

    Why: a compartment has one set of ports; the second program fails to bind.
    Bad: two containers of a pod that both listen on 80/tcp.
    Good: 80/tcp and 8080/tcp.
    """
    first = group.members[0]
    _, protocol, port = group.key
    for container in group.members[1:]:
        yield Finding(
            (container.id, first.id),
            f"{container.name} and {first.name} share a compartment and both listen on {port}/{protocol}; change one.",
            "listening",
        )


def _host_default(design: Design, compartment: Compartment) -> Iterator[EntityId]:
    host = design.host_of(compartment.id)
    if compartment.number == HOST_COMPARTMENT and host is not None and host.build_number >= 17763:
        yield host.id


HOST_DEFAULTS = Index("host compartments", (Compartment,), _host_default, Reach.SELF, field="number")


@group_rule(
    "CMP016",
    Severity.ERROR,
    index=HOST_DEFAULTS,
    fix=FixClass.QUICK,
    sources=(src.HCN_RESULT,),
    os=FROM_2019,
)
def second_host_compartment(design: Design, group: Group) -> Iterator[Finding]:
    """Two compartments with the number 1.

    Why: a host has one default namespace, compartment 1 (0x803b0029 when it is made again).
    Bad: two drawn compartments with the number 1 in HOST01.
    Good: one of them, or none: the host's own is always there.
    """
    for compartment in group.members[1:]:
        yield Finding(
            (compartment.id, group.members[0].id),
            f"“{compartment.name}” is the second compartment 1 of {design.label(group.key)}; let Windows number it.",
            "number",
            changed(f"Let Windows number {compartment.name}", compartment, number=None),
        )


@rule(
    "CMP012",
    Severity.ERROR,
    subject=Compartment,
    fix=FixClass.MANUAL,
    sources=(src.PARITY_BLOG,),
    reads=IN_COMPARTMENT,
    os=(OsRelease.WS2016,),
    only=Only("pod"),
)
def pod_on_2016(design: Design, compartment: Compartment) -> Iterator[Finding]:
    """A pod of several containers on Windows Server 2016.

    Why: sharing a compartment between the containers of a pod came with version 1709.
    Bad: two containers in one pod on Windows Server 2016.
    Good: one container for each pod there, or a newer host.
    """
    host = design.host_of(compartment.id)
    members = _members(design, compartment)
    if host is not None and host.build_number < 16299 and len(members) > 1:
        yield Finding(
            (compartment.id, *(member.id for member in members)),
            f"The pod “{compartment.name}” has {len(members)} containers; {host.name} (build {host.build_number}) "
            "supports one for each pod.",
            "pod",
        )


@rule(
    "CMP013",
    Severity.ERROR,
    subject=ContainerBase,
    fix=FixClass.MANUAL,
    sources=(src.ISOLATION,),
    reads=SHARING,
    only=Only("shares_network_of"),
)
def sharing_across_hosts(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A compartment spans hosts.

    Why: a compartment is a part of one TCP/IP stack, so containers that share it are on one host.
    Bad: web02 on HOST02 with the network of web01 on HOST01.
    Good: both on one host.
    """
    donor = design.topology.get(container.shares_network_of)
    if not isinstance(donor, ContainerBase):
        return
    own, other = design.host_of(container.id), design.host_of(donor.id)
    if own is not None and other is not None and own.id != other.id:
        yield Finding(
            (container.id, donor.id),
            f"{container.name} is on {own.name} and cannot use the network of {donor.name} on {other.name}.",
            "shares_network_of",
        )


@rule(
    "CMP015",
    Severity.INFO,
    subject=Compartment,
    fix=FixClass.MANUAL,
    sources=("inferred: equals network mode none, " + src.ISOLATION,),
    reads=IN_COMPARTMENT,
)
def empty_compartment(design: Design, compartment: Compartment) -> Iterator[Finding]:
    """A compartment without an endpoint.

    Why: what is in it reaches nothing, as with network mode none.
    Bad: a compartment that is attached to no network.
    Good: a compartment with an attachment.
    """
    if compartment.number == HOST_COMPARTMENT or design.attachments(compartment.id):
        return
    if not any(design.attachments(child.id) for child in design.children(compartment.id)):
        yield Finding((compartment.id,), f"“{compartment.name}” has no endpoint; attach it to a network.")


@rule(
    "CMP017",
    Severity.WARNING,
    subject=HostVNic,
    fix=FixClass.QUICK,
    sources=(src.START_KUBELET,),
    reads=links(Compartment),
)
def host_endpoint_outside_compartment_1(design: Design, vnic: HostVNic) -> Iterator[Finding]:
    """A host endpoint outside compartment 1.

    Why: the host endpoint is the host's own leg in the container network; elsewhere it forwards nothing.
    Bad: a host endpoint in compartment 3.
    Good: a host endpoint in the host's compartment.
    """
    outer = design.topology.find(vnic.parent, Compartment)
    if vnic.role == "host-endpoint" and outer is not None and outer.number != HOST_COMPARTMENT:
        yield Finding(
            (vnic.id, outer.id),
            f"The host endpoint “{vnic.name}” is in “{outer.name}”; it belongs in compartment 1.",
            "role",
            changed(f"Move {vnic.name} to compartment 1", vnic, parent=outer.parent),
        )
