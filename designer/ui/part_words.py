"""How the panels name what is selected: stored elements, links, and the parts that follow from the drawing."""

from __future__ import annotations

from typing import NamedTuple

from designer.drawing.link_looks import flow_text
from designer.editing.labels import display_name
from designer.model.base import Element, EntityBase, Link
from designer.model.flows import Flow
from designer.model.hosts import Host, VSwitch
from designer.model.networks import ContainerNetwork
from designer.model.realisation import HostRealisation, PartKey, host_of, realise
from designer.model.releases import RELEASES
from designer.model.topology import Topology
from designer.ui.palette_entries import ENTRY

LINK_ICONS = {
    "attachment": "host-vnic",
    "uplink": "cable",
    "cable": "cable",
    "backend": "load-balancer",
    "reference": "note",
    "flow": "flow",
}
_PART_ICONS = {
    "switch": ("switch-external", "switching"),
    "vnic": ("host-vnic", "windows"),
    "winnat": ("winnat", "translation"),
    "compartment": ("compartment", "windows"),
    "utility-vm": ("utility-vm", "hyperv"),
}


class Words(NamedTuple):
    """How a thing is called, what it is, and its icon with the token of its colour."""

    title: str
    subtitle: str
    icon: str
    layer: str


def words_of(topology: Topology, key: PartKey) -> Words:
    """Return the words for what is selected."""
    entity = topology.get(key.element)
    if entity is None:
        return Words("Nothing", "", "note", "neutral")
    if key.is_derived:
        return _part_words(topology, key)
    if isinstance(entity, Link):
        layer = "traffic" if isinstance(entity, Flow) else "hardware"
        return Words(display_name(topology, entity), _link_title(entity), LINK_ICONS[entity.kind], layer)
    if isinstance(entity, Element):
        entry = ENTRY[entry_key(entity)]
        return Words(entity.name, _subtitle(topology, entity, entry.title), entry.icon, entry.layer)
    return Words(display_name(topology, entity), "", "note", "neutral")


def _link_title(link: Link) -> str:
    return f"Declared traffic · {flow_text(link)}" if isinstance(link, Flow) else link.title


def entry_key(element: EntityBase) -> str:
    """Return the key of the palette entry that an element is of."""
    match element:
        case ContainerNetwork():
            return f"network:{element.mode.value}"
        case VSwitch():
            return f"vswitch:{element.switch_type.value}"
        case _:
            return str(getattr(element, "kind", ""))


def realisation_of(topology: Topology, key: PartKey) -> HostRealisation | None:
    """Return the realisation of the host that a part stands on."""
    _, _, named_host = key.part.partition(":")
    host = topology.find(next((h.id for h in topology.of(Host) if h.id == named_host), None), Host)
    host = host or host_of(topology, key.element)
    return realise(topology, host.id) if host is not None else None


def _subtitle(topology: Topology, element: Element, title: str) -> str:
    if isinstance(element, Host):
        return RELEASES[element.os].title
    host = host_of(topology, element.id)
    return f"{title} on {host.name}" if host is not None else title


def _part_words(topology: Topology, key: PartKey) -> Words:
    realisation = realisation_of(topology, key)
    host = topology.find(realisation.host, Host) if realisation is not None else None
    where = f" on {host.name}" if host is not None else ""
    owner = display_name(topology, topology[key.element])
    part = key.part.partition(":")[0]
    icon, layer = _PART_ICONS.get(part, ("note", "neutral"))
    match part:
        case "switch":
            return Words(owner, f"Switch that HNS makes{where}", icon, layer)
        case "vnic":
            found = next((vnic for vnic in realisation.host_vnics if vnic.key == key), None) if realisation else None
            return Words(found.name if found else "vEthernet", f"Host vNIC{where}", icon, layer)
        case "winnat":
            return Words("WinNAT", f"Address translation{where}", icon, layer)
        case "compartment":
            numbers = {found.key: found.number for found in realisation.compartments} if realisation else {}
            return Words(f"Compartment {numbers.get(key, '')}".strip(), f"Network compartment{where}", icon, layer)
        case "utility-vm":
            return Words(f"Utility VM of {owner}", f"Virtual machine{where}", icon, layer)
        case _:
            return Words(owner, "", icon, layer)
