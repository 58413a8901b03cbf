"""Rules about names (NAM)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.model.identity import EntityId
from designer.model.networks import ContainerNetwork
from designer.model.workloads import ContainerBase
from designer.planning.names import other_name
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Group, Index, Reach, Severity, group_rule, rule
from designer.rules.suggestions import changed

_CONTAINER = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_RESERVED = frozenset({"nat", "none", "default"})


def _siblings(design: Design, subject: ContainerBase | ContainerNetwork) -> list[str]:
    """Return the names that a new one must differ from."""
    host = design.host_of(subject.id)
    if host is None:
        others = list(design.topology.children(None, ContainerNetwork))
        if isinstance(subject, ContainerNetwork):
            others += [
                found for reached in design.hosts_of_network(subject) for found in design.networks_on(reached.id)
            ]
        return [network.name for network in others]
    if isinstance(subject, ContainerBase):
        return [container.name for container in design.containers_on(host.id)]
    return [network.name for network in design.networks_on(host.id)]


@rule("NAM001", Severity.ERROR, subject=ContainerBase, fix=FixClass.QUICK, sources=(src.NAMES,))
def container_name(design: Design, container: ContainerBase) -> Iterator[Finding]:
    """A container name that Docker refuses.

    Why: names have at least two characters: letters, digits, then also dots, dashes and underscores.
    Bad: “web 01”.
    Good: “web01”.
    """
    if _CONTAINER.fullmatch(container.name):
        return
    clean = re.sub(r"[^a-zA-Z0-9_.-]+", "-", container.name).strip("-._") or "container"
    clean = clean if len(clean) > 1 else clean + "1"
    taken = _siblings(design, container)
    fresh = other_name(taken, clean) if clean.casefold() in {name.casefold() for name in taken} else clean
    yield Finding(
        (container.id,),
        f"Docker refuses the container name “{container.name}”; use letters, digits, dots, dashes and underscores.",
        "name",
        changed(f"Rename to {fresh}", container, name=fresh),
    )


@rule(
    "NAM002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.NETWORK_MODE, src.ENGINE_NETWORK),
)
def reserved_network_name(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A network name that Docker keeps for itself.

    Why: nat and none are Docker's own networks, and default and container: mean something else on the command line.
    Bad: a network of the design named nat.
    Good: nat0.
    """
    lowered = network.name.lower()
    if network.predefined or (lowered not in _RESERVED and not lowered.startswith("container:")):
        return
    fresh = other_name(_siblings(design, network), network.name.replace(":", "-"))
    yield Finding(
        (network.id,),
        f"“{network.name}” is a name that Docker keeps for itself; choose another, such as {fresh}.",
        "name",
        changed(f"Rename to {fresh}", network, name=fresh),
    )


@rule("NAM003", Severity.ERROR, subject=ContainerNetwork, fix=FixClass.QUICK, sources=(src.ENGINE_NETWORK,))
def blank_network_name(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A blank network name.

    Why: Docker refuses a network without a name.
    Bad: a name of blanks.
    Good: nat0.
    """
    if not network.name.strip():
        fresh = other_name(_siblings(design, network), network.mode.value)
        yield Finding(
            (network.id,),
            "A network has a blank name; give it one.",
            "name",
            changed(f"Rename to {fresh}", network, name=fresh),
        )


def _container_names(design: Design, container: ContainerBase) -> Iterator[tuple[EntityId, str]]:
    host = design.host_of(container.id)
    if host is not None:
        yield host.id, container.name


def _network_names(design: Design, network: ContainerNetwork) -> Iterator[tuple[str, str]]:
    for host in design.hosts_of_network(network):
        yield host.id, network.name
    if network.parent is None:
        yield "outside all hosts", network.name


def _hns_names(design: Design, network: ContainerNetwork) -> Iterator[tuple[EntityId, str]]:
    if network.hns_name:
        for host in design.hosts_of_network(network):
            yield host.id, network.hns_name.casefold()


CONTAINER_NAMES = Index("container names", (ContainerBase,), _container_names, Reach.SELF)
NETWORK_NAMES = Index("network names", (ContainerNetwork,), _network_names, Reach.LINKS)
HNS_NAMES = Index("HNS names", (ContainerNetwork,), _hns_names, Reach.LINKS, field="hns_name")


@group_rule(
    "NAM004", Severity.ERROR, index=NETWORK_NAMES, fix=FixClass.QUICK, sources=(src.NETWORK_CREATE, src.ENGINE_NETWORK)
)
def duplicate_network_name(design: Design, group: Group) -> Iterator[Finding]:
    """Two networks with one name.

    Why: the engine refuses the second one, or commands that name the network mean either.
    Bad: two networks named corp on one host.
    Good: corp and corp-2.
    """
    first = group.members[0]
    for network in group.members[1:]:
        fresh = other_name((*_siblings(design, network), *_siblings(design, first)), network.name)
        yield Finding(
            (network.id, first.id),
            f"Two networks are named “{network.name}”; rename one.",
            "name",
            changed(f"Rename to {fresh}", network, name=fresh),
        )


@group_rule("NAM005", Severity.ERROR, index=CONTAINER_NAMES, fix=FixClass.QUICK, sources=(src.NAMES,))
def duplicate_container_name(design: Design, group: Group) -> Iterator[Finding]:
    """Two containers with one name on a host.

    Why: the engine refuses the second one.
    Bad: two containers named web01 on HOST01.
    Good: web01 and web02.
    """
    first = group.members[0]
    for container in group.members[1:]:
        fresh = other_name(_siblings(design, container), container.name)
        yield Finding(
            (container.id, first.id),
            f"Two containers on one host are named “{container.name}”; rename one.",
            "name",
            changed(f"Rename to {fresh}", container, name=fresh),
        )


@group_rule("NAM006", Severity.ERROR, index=HNS_NAMES, fix=FixClass.QUICK, sources=(src.HCN_RESULT,))
def duplicate_hns_name(_design: Design, group: Group) -> Iterator[Finding]:
    """Two networks with one HNS name.

    Why: HNS refuses a name that it has (0x803b0010).
    Bad: two networks with networkname=corp.
    Good: a name each, or none so that Docker's id is taken.
    """
    first = group.members[0]
    for network in group.members[1:]:
        yield Finding(
            (network.id, first.id),
            f"“{network.name}” and “{first.name}” both ask HNS for the name “{network.hns_name}”; clear one.",
            "hns_name",
            changed(f"Let Docker name {network.name}", network, hns_name=""),
        )
