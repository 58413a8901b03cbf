"""May this element stand in that one?"""

from __future__ import annotations

from typing import cast

from designer.model.annotations import Note
from designer.model.base import Element
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, PhysicalNic, SetTeam, VSwitch, WinNat
from designer.model.identity import EntityId
from designer.model.links import Uplink
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import HOST_COMPARTMENT, host_of
from designer.model.services import Service
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer
from designer.rules.verdict import YES, Verdict, careful, no

TEAM_LIMIT = 8
"""Adapters in one SET team. Source: windowsserverdocs, RDMA and Switch Embedded Teaming."""

_ON_CANVAS: tuple[type[Element], ...] = (
    Host,
    ContainerNetwork,
    Segment,
    Router,
    Client,
    Service,
    LoadBalancer,
    Note,
)
_INSIDE: dict[type[Element], tuple[type[Element], ...]] = {
    Host: (
        PhysicalNic,
        SetTeam,
        VSwitch,
        HostVNic,
        WinNat,
        ContainerNetwork,
        Compartment,
        WindowsContainer,
        HyperVContainer,
        LoadBalancer,
        Note,
    ),
    SetTeam: (PhysicalNic,),
    Compartment: (WindowsContainer, HostVNic, WinNat),
}


def can_hold(container: type[Element], child: type[Element]) -> bool:
    """Whether some element of the one kind can stand in some element of the other."""
    return child in _INSIDE.get(container, ())


def can_contain(topology: Topology, parent: EntityId | None, child: type[Element] | EntityId) -> Verdict:
    """Tell whether an element, or a new one of a type, can stand in another; None is the canvas itself."""
    element = None if isinstance(child, type) else topology.find(child, Element)
    if element is None and not isinstance(child, type):
        return no("missing-element", "Only an element of the design can be moved.")
    child_type = type(element) if element is not None else cast(type[Element], child)
    name = f"“{element.name}”" if element is not None else f"A {spoken(child_type)}"
    if parent is None:
        return _on_canvas(child_type, element, name)
    container = topology.find(parent, Element)
    if container is None:
        return no("missing-parent", "The place to put it is no longer there.")
    if element is not None:
        circular = _circular(topology, element, container)
        if circular is not None:
            return circular
    if not can_hold(type(container), child_type):
        return _wrong_place(child_type, name, container)
    return _inside(topology, container, child_type, element, name)


def spoken(element_type: type[Element]) -> str:
    """Return the kind in the middle of a sentence: “host vNIC”."""
    title = element_type.title
    return title if title.startswith(("Hyper-V", "WinNAT", "SET", "Windows")) else title[0].lower() + title[1:]


def _on_canvas(child_type: type[Element], element: Element | None, name: str) -> Verdict:
    if child_type not in _ON_CANVAS:
        where = " or ".join(spoken(outer) for outer, inner in _INSIDE.items() if child_type in inner)
        return no("TOP002", f"{name} stands in a {where}, not on the canvas.")
    if isinstance(element, ContainerNetwork) and element.mode is not NetworkMode.OVERLAY:
        return no(
            "TOP002", f"{name} is a {element.mode.value} network and belongs in a host; only overlay spans hosts."
        )
    return YES


def _circular(topology: Topology, element: Element, container: Element) -> Verdict | None:
    if container.id == element.id or any(outer.id == element.id for outer in topology.ancestors(container.id)):
        return no("nesting", f"“{element.name}” cannot be put into itself.")
    return None


def _wrong_place(child_type: type[Element], name: str, container: Element) -> Verdict:
    if isinstance(container, Compartment) and child_type is HyperVContainer:
        return no(
            "CMP006", f"{name} brings its own network stack in its utility VM; it stands beside “{container.name}”."
        )
    if child_type in _ON_CANVAS and not any(child_type in inner for inner in _INSIDE.values()):
        return no("nesting", f"{name} stands on the canvas, not in “{container.name}”.")
    return no("nesting", f"{name} cannot stand in the {spoken(type(container))} “{container.name}”.")


def _inside(
    topology: Topology, container: Element, child_type: type[Element], element: Element | None, name: str
) -> Verdict:
    if isinstance(container, SetTeam):
        verdict = _in_team(topology, container, element, name)
    elif isinstance(container, Compartment):
        verdict = _in_compartment(topology, container, child_type, element, name)
    elif child_type is SetTeam and isinstance(container, Host) and container.is_vm:
        verdict = careful("SET004", f"{container.name} is a virtual machine; its parent makes the team, not the VM.")
    else:
        verdict = YES
    if verdict.ok and element is not None:
        return _moved(topology, container, element, name) or verdict
    return verdict


def _in_team(topology: Topology, team: SetTeam, element: Element | None, name: str) -> Verdict:
    if element is not None and topology.links_of(element.id, Uplink):
        return no("SET003", f"{name} is the uplink of a switch; remove that link before it joins “{team.name}”.")
    members = [found for found in topology.children(team.id, PhysicalNic) if element is None or found.id != element.id]
    if len(members) >= TEAM_LIMIT:
        return careful("SET001", f"“{team.name}” would have {len(members) + 1} members; a team has at most 8.")
    return YES


def _in_compartment(
    topology: Topology, compartment: Compartment, child_type: type[Element], element: Element | None, name: str
) -> Verdict:
    if child_type is not WindowsContainer:
        if isinstance(element, HostVNic) and element.role == "host-endpoint" and compartment.number != HOST_COMPARTMENT:
            return careful("CMP017", f"{name} is a host endpoint, which belongs in compartment 1.")
        return YES
    if compartment.number == HOST_COMPARTMENT:
        return careful("CMP002", f"“{compartment.name}” is the host's own compartment; containers have their own.")
    others = [found for found in topology.children(compartment.id, WindowsContainer) if found is not element]
    if others and not compartment.pod:
        return careful("CMP003", f"“{compartment.name}” holds “{others[0].name}”; only a pod shares a compartment.")
    return YES


def _moved(topology: Topology, container: Element, element: Element, name: str) -> Verdict | None:
    """Return a warning when links of the element would then lead to another host."""
    before, after = host_of(topology, element.id), host_of(topology, container.id)
    if before is None or after is None or before.id == after.id:
        return None
    for link in topology.links_of(element.id):
        other = topology.find(link.target if link.source == element.id else link.source, Element)
        if other is not None and host_of(topology, other.id) == before:
            return careful("TOP003", f"{name} stays linked to “{other.name}” on {before.name}; a link crosses no host.")
    return None
