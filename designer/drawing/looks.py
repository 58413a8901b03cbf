"""How things look: shape, layer, icon and words, decided without any graphics system."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from designer.drawing.theme import Layer, Mark
from designer.drawing.typography import shown
from designer.model.annotations import Note
from designer.model.fabric import Client, Router, Segment
from designer.model.hosts import Host, HostVNic, Machine, PhysicalNic, SetTeam, SwitchType, VSwitch, WinNat
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.realisation import HostVNicPart, WinNatPart
from designer.model.releases import RELEASES
from designer.model.services import Service, ServicePort
from designer.model.workloads import HyperVContainer, WindowsContainer


class Shape(IntEnum):
    """The form of a node."""

    CARD = 0
    BAR = 1
    ZONE = 2
    NOTE = 3


class Border(StrEnum):
    """What a border says: greyscale readers tell zones by it."""

    THIN = "thin"
    BAND = "band"
    DASHED = "dashed"
    DOUBLE = "double"
    LONG_DASHED = "long-dashed"


class Stroke(IntEnum):
    """The stroke of a link: what it is made of."""

    VNIC = 0
    VMNIC = 1
    UPLINK = 2
    DERIVED = 3
    TUNNEL = 4
    REFERENCE = 5
    FLOW = 6


@dataclass(frozen=True, slots=True)
class Badge:
    """The worst finding on a thing, and how many there are."""

    mark: Mark
    count: int = 1


@dataclass(frozen=True, slots=True)
class NodeLook:
    """How a node looks.

    Attributes:
        title: its name, ready to be shown.
        fact: the one fact that matters most; ``mono`` when it is an address.
        detail: a second fact, at the right of a host's band or of a bar.
        chips: port mappings on chips below the words of a card.
        kind: what it is in the field's words, for screen readers and descriptions.
    """

    shape: Shape
    layer: Layer
    icon: str
    title: str
    fact: str = ""
    mono: bool = False
    detail: str = ""
    chips: tuple[str, ...] = ()
    border: Border = Border.THIN
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LinkLook:
    """How a link looks: its stroke, its colour, the lines beside it and the port mappings on chips."""

    stroke: Stroke
    layer: Layer
    lines: tuple[tuple[str, bool], ...] = ()
    chips: tuple[str, ...] = ()
    kind: str = ""


MACHINES = {
    Machine.BARE_METAL: "bare metal",
    Machine.HYPERV_VM: "Hyper-V VM",
    Machine.VMWARE_VM: "VMware VM",
    Machine.AZURE_VM: "Azure VM",
    Machine.OTHER_VM: "virtual machine",
}
SWITCH_ICONS = {
    SwitchType.EXTERNAL: "switch-external",
    SwitchType.INTERNAL: "switch-internal",
    SwitchType.PRIVATE: "switch-private",
}
MODE_ORDER = {mode: rank for rank, mode in enumerate(NetworkMode)}


def _and_more(values: Iterable[object]) -> str:
    found = [str(value) for value in values]
    return f"{found[0]} +{len(found) - 1}" if len(found) > 1 else "".join(found)


def speed_text(speed_mbps: int | None) -> str:
    """Return a link speed as people write it: “10 Gbit/s”."""
    if not speed_mbps:
        return ""
    return f"{speed_mbps / 1000:g} Gbit/s" if speed_mbps >= 1000 else f"{speed_mbps} Mbit/s"


def host_look(host: Host, networks: Iterable[ContainerNetwork]) -> NodeLook:
    """Return the look of a host zone; its band names the release, the engine and the modes in use."""
    fact = f"{RELEASES[host.os].title} · {host.build_number} · {MACHINES[host.machine]}"
    used = {network.mode for network in networks}
    modes = " + ".join(mode for mode in NetworkMode if mode in used)
    engine = f"Docker {shown(host.engine_version)}" if host.engine_version else ""
    detail = " · ".join(part for part in (engine, modes) if part)
    return NodeLook(
        Shape.ZONE,
        Layer.HARDWARE,
        "host",
        shown(host.name),
        fact,
        detail=detail,
        border=Border.BAND,
        kind=Host.title,
    )


def compartment_look(number: int, name: str = "") -> NodeLook:
    """Return the look of a network compartment; number 1 is the host's own."""
    is_host = number == 1
    title = " · ".join(part for part in (f"Compartment {number}", "host" if is_host else "", shown(name)) if part)
    layer = Layer.NEUTRAL if is_host else Layer.WINDOWS
    return NodeLook(Shape.ZONE, layer, "compartment", title, border=Border.DASHED, kind="Compartment")


def utility_vm_look(container: HyperVContainer) -> NodeLook:
    """Return the look of the utility VM around a Hyper-V container."""
    title = f"Utility VM · {shown(container.name)}"
    return NodeLook(Shape.ZONE, Layer.HYPERV, "utility-vm", title, border=Border.DOUBLE, kind="Utility VM")


def network_look(network: ContainerNetwork) -> NodeLook:
    """Return the look of a network: the bar of its switch."""
    switch = MODES[network.mode].switch
    overlay = network.mode is NetworkMode.OVERLAY
    detail = _and_more(subnet.prefix for subnet in network.subnets)
    fact = "overlay" if overlay else str(switch)
    if network.vlan:
        fact = f"{fact} · VLAN {network.vlan}"
    return NodeLook(
        Shape.BAR,
        Layer.OVERLAY if overlay else Layer.SWITCHING,
        "network-overlay" if overlay else SWITCH_ICONS[switch],
        shown(network.name),
        fact,
        detail=detail,
        kind=f"{MODES[network.mode].title} network",
    )


def band_look(network: ContainerNetwork) -> NodeLook:
    """Return the look of an overlay network as the band behind the hosts that it spans."""
    vnis = [f"VNI {subnet.vni}" for subnet in network.subnets if subnet.vni is not None]
    facts = [_and_more(subnet.prefix for subnet in network.subnets), _and_more(vnis)]
    facts.append("encrypted" if network.encrypted else "")
    return NodeLook(
        Shape.ZONE,
        Layer.OVERLAY,
        "network-overlay",
        shown(network.name),
        " · ".join(["overlay network", *filter(None, facts)]),
        border=Border.LONG_DASHED,
        kind="Overlay network",
    )


def vswitch_look(switch: VSwitch) -> NodeLook:
    """Return the look of a switch made by the administrator."""
    return NodeLook(
        Shape.BAR,
        Layer.SWITCHING,
        SWITCH_ICONS[switch.switch_type],
        shown(switch.name),
        str(switch.switch_type),
        detail="virtual switch",
        kind=VSwitch.title,
    )


_GIVERS = {NetworkMode.OVERLAY: "the swarm", NetworkMode.L2TUNNEL: "Azure", NetworkMode.ICS: "ICS"}


def address_giver(network: ContainerNetwork) -> str:
    """Return who gives an endpoint its address when the design does not: “HNS”, “DHCP”, “the swarm”."""
    if network.mode is NetworkMode.TRANSPARENT and not network.subnets:
        return "DHCP"
    return _GIVERS.get(network.mode, "HNS")


def vnic_look(part: HostVNicPart, network: ContainerNetwork | None = None) -> NodeLook:
    """Return the look of a host vNIC, drawn or derived; HNS gives the one of a translated network its address."""
    address = _and_more(address.ip for address in part.addresses)
    translated = network is not None and network.mode in {NetworkMode.NAT, NetworkMode.ICS}
    given = f"address from {address_giver(network)}" if network is not None and translated else "no address"
    return NodeLook(
        Shape.CARD,
        Layer.WINDOWS,
        "host-vnic",
        shown(part.name),
        address or given,
        bool(address),
        kind="Host vNIC",
    )


def idle_vnic_look(vnic: HostVNic) -> NodeLook:
    """Return the look of a host vNIC that is on no switch yet."""
    fact = _and_more(address.ip for address in vnic.addresses)
    return NodeLook(
        Shape.CARD, Layer.WINDOWS, "host-vnic", shown(vnic.name), fact or "no switch", bool(fact), kind="Host vNIC"
    )


def winnat_look(part: WinNatPart, drawn: WinNat | None) -> NodeLook:
    """Return the look of WinNAT."""
    title = shown(drawn.name) if drawn is not None else "WinNAT"
    fact = str(part.prefix) if part.prefix is not None else "prefix from HNS"
    return NodeLook(Shape.CARD, Layer.TRANSLATION, "winnat", title, fact, part.prefix is not None, kind="WinNAT")


def windows_container_look(container: WindowsContainer) -> NodeLook:
    """Return the look of a container with process isolation."""
    return NodeLook(
        Shape.CARD,
        Layer.WINDOWS,
        "windows-container",
        shown(container.name),
        "no network" if container.network_none else WindowsContainer.title,
        kind=WindowsContainer.title,
    )


def hyperv_container_look(container: HyperVContainer) -> NodeLook:
    """Return the look of a container with Hyper-V isolation."""
    return NodeLook(
        Shape.CARD,
        Layer.HYPERV,
        "hyperv-container",
        shown(container.name),
        "no network" if container.network_none else HyperVContainer.title,
        kind=HyperVContainer.title,
    )


def nic_look(nic: PhysicalNic, is_uplink: bool = False) -> NodeLook:
    """Return the look of an adapter. Under an external switch the host's address is not on it."""
    speed = speed_text(nic.speed_mbps)
    mono = False
    if not nic.link_up:
        fact = "link down"
    elif is_uplink:
        fact = ", ".join(part for part in ("uplink", speed) if part)
    elif nic.addresses:
        fact, mono = _and_more(address.ip for address in nic.addresses), True
    else:
        fact = ", ".join(part for part in ("DHCP" if nic.dhcp else "", speed) if part) or "no address"
    return NodeLook(Shape.CARD, Layer.HARDWARE, "nic", shown(nic.name), fact, mono, kind=PhysicalNic.title)


def team_look(team: SetTeam) -> NodeLook:
    """Return the look of a SET team: a zone around its adapters."""
    title = f"SET team · {shown(team.name)}"
    return NodeLook(Shape.ZONE, Layer.HARDWARE, "set-team", title, kind=SetTeam.title)


def load_balancer_look(balancer: LoadBalancer) -> NodeLook:
    """Return the look of a load balancer."""
    service = f"{balancer.port}/{balancer.protocol}"
    fact = f"{balancer.vip}:{service}" if balancer.vip is not None else service
    return NodeLook(
        Shape.CARD, Layer.OVERLAY, "load-balancer", shown(balancer.name), fact, mono=True, kind=LoadBalancer.title
    )


MOST_CHIPS = 2


def chips(ports: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first port mappings; the last of them counts the others."""
    shown = list(ports[:MOST_CHIPS])
    if len(ports) > MOST_CHIPS:
        shown[-1] = f"{shown[-1]} +{len(ports) - MOST_CHIPS}"
    return tuple(shown)


def service_port_text(port: ServicePort) -> str:
    """Return a published port of a service as people read it: “8080 → 80/tcp · ingress”."""
    return f"{port.published or 'any'} → {port.target}/{port.protocol} · {port.mode}"


def service_look(service: Service) -> NodeLook:
    """Return the look of a service: how many tasks, how they are reached, and what it publishes."""
    count = service.replicas
    tasks = "on each node" if service.mode == "global" else f"{count} replica{'' if count == 1 else 's'}"
    return NodeLook(
        Shape.CARD,
        Layer.OVERLAY,
        "service",
        shown(service.name),
        f"{tasks} · {service.endpoint_mode}",
        chips=chips(tuple(service_port_text(port) for port in service.ports)),
        kind=Service.title,
    )


def segment_look(segment: Segment) -> NodeLook:
    """Return the look of a physical network."""
    facts: list[str] = []
    for subnet in segment.subnets:
        facts.append(str(subnet.prefix))
        facts += [f"VLAN {subnet.vlan}"] if subnet.vlan is not None else []
        facts += ["DHCP"] if subnet.dhcp is not None else []
        facts += [f"router {subnet.router}"] if subnet.router is not None else []
    fact = " · ".join(facts) or ("Azure virtual network" if segment.azure_vnet else "physical network")
    return NodeLook(Shape.BAR, Layer.HARDWARE, "segment", shown(segment.name), fact, kind=Segment.title)


def router_look(router: Router) -> NodeLook:
    """Return the look of a router."""
    fact = _and_more(address.ip for address in router.addresses)
    return NodeLook(
        Shape.CARD, Layer.HARDWARE, "router", shown(router.name), fact or "router", bool(fact), kind="Router"
    )


def client_look(client: Client) -> NodeLook:
    """Return the look of a machine outside, or of the internet."""
    fact = _and_more(address.ip for address in client.addresses)
    icon = "internet" if client.internet else "client"
    word = "the internet" if client.internet else "client"
    return NodeLook(Shape.CARD, Layer.HARDWARE, icon, shown(client.name), fact or word, bool(fact), kind=Client.title)


def note_look(note: Note) -> NodeLook:
    """Return the look of a note; its text is wrapped when it is laid out."""
    return NodeLook(
        Shape.NOTE, Layer.TRANSLATION, "note", shown(note.name), note.text, border=Border.THIN, kind=Note.title
    )


PLAIN_LOOKS: dict[type[Any], Callable[[Any], NodeLook]] = {
    WindowsContainer: windows_container_look,
    HyperVContainer: hyperv_container_look,
    VSwitch: vswitch_look,
    SetTeam: team_look,
    Service: service_look,
    LoadBalancer: load_balancer_look,
    Segment: segment_look,
    Router: router_look,
    Client: client_look,
    Note: note_look,
}
"""The looks that follow from the element alone."""
