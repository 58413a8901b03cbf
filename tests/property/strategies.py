"""Hypothesis strategies: designs of valid structure, and changes to them.

`topologies()` gives hosts with adapters, teams, switches, networks of all modes, compartments, both kinds of
containers, links and placements; `hostile_topologies()` the same with names that attack scripts and files;
`commands(topology)` one ChangeSet that fits the design.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import TypeVar, get_args

from hypothesis import strategies as st

from designer.editing import commands as edit
from designer.editing.draft import created
from designer.errors import ChangeError
from designer.model.addressing import MacAddress
from designer.model.annotations import DESIGN_ID, DesignInfo, Note, Placement, Suppression, placement_id
from designer.model.base import Element, EntityBase, Link
from designer.model.changes import ChangeSet
from designer.model.entities import ELEMENT_TYPES, kind_of
from designer.model.fabric import AddressRange, Client, Router, Segment, SegmentSubnet
from designer.model.flows import Flow, FlowProtocol
from designer.model.hosts import (
    DaemonSettings,
    Host,
    HostRole,
    HostVNic,
    Machine,
    PhysicalNic,
    SetTeam,
    SwitchType,
    VSwitch,
    WinNat,
)
from designer.model.identity import EntityId, NewId, counting_ids
from designer.model.links import AclRule, Attachment, Backend, Cable, PortMapping, Reference, Uplink
from designer.model.modes import MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode, Subnet
from designer.model.realisation import PartKey
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.model.workloads import Compartment, HyperVContainer, WindowsContainer

E = TypeVar("E", bound=EntityBase)

plain_names = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)

HOSTILE = (
    "'; Remove-Item C:\\ -Recurse; '",
    '"; docker rm -f $(docker ps -aq); "',
    "$(Get-Date)",
    "${env:USERNAME}",
    "`n`$x",
    "a\nb",
    "a\r\nRemove-Item x",
    "\u2018curly\u2019 \u201equotes\u201c",
    "\u202ertl \u202c",
    "\u200b",
    "--driver",
    "-rm",
    "<!-- --> ]]> & </svg>",
    "{{.ID}}",
    "%PATH%",
    "null",
    "a\tb",
    "\U0001f40b whale",
    "@'\nhere\n'@",
    "#> <#",
    "\x1b[31mred",
    "\x85next line\u2028",
    " ",
    "x" * 64,
)
hostile_names = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=64),
)

PREFIXES = (
    IPv4Network("172.16.0.0/20"),
    IPv4Network("172.20.0.0/24"),
    IPv4Network("10.0.0.0/24"),
    IPv4Network("10.1.0.0/24"),
    IPv4Network("192.168.7.0/24"),
)


@dataclass
class _Builder:
    """Draws entities one after another; everything it makes fits what is already there."""

    draw: Callable[[st.SearchStrategy[object]], object]
    names: st.SearchStrategy[str]
    new_id: NewId = field(default_factory=counting_ids)
    entities: list[EntityBase] = field(default_factory=list)
    linked: set[tuple[str, EntityId, EntityId]] = field(default_factory=set)

    def add(self, entity_type: type[E], **fields: object) -> E:
        fresh: dict[str, object] = {"id": self.new_id(kind_of(entity_type))}
        if issubclass(entity_type, Element):
            fresh["name"] = self.draw(self.names)
        entity = created(entity_type, **fresh | fields)
        self.entities.append(entity)
        return entity

    def link(self, link_type: type[Link], source: Element, target: Element, **fields: object) -> None:
        if (kind_of(link_type), source.id, target.id) not in self.linked:
            self.linked.add((kind_of(link_type), source.id, target.id))
            self.add(link_type, source=source.id, target=target.id, **fields)

    def number(self, least: int, most: int) -> int:
        drawn = self.draw(st.integers(least, most))
        assert isinstance(drawn, int)
        return drawn

    def maybe(self) -> bool:
        return bool(self.number(0, 1))

    def one_of(self, choices: list[E]) -> E:
        return choices[self.number(0, len(choices) - 1)]

    def of(self, *types: type[E]) -> list[E]:
        return [entity for entity in self.entities if isinstance(entity, types)]

    def within(self, host: Host, *types: type[E]) -> list[E]:
        parents = {host.id}
        for entity in self.of(Element):
            if entity.parent in parents:
                parents.add(entity.id)
        return [entity for entity in self.of(*types) if isinstance(entity, Element) and entity.parent in parents]

    def address(self, network: IPv4Network) -> IPv4Address:
        return network[self.number(3, 200)]


def _host(build: _Builder) -> Host:
    host = build.add(
        Host,
        os=build.draw(st.sampled_from(OsRelease)),
        machine=build.draw(st.sampled_from(Machine)),
        engine_version=build.draw(st.sampled_from(("", "17.06", "20.10.9", "25.0.3"))),
        daemon=DaemonSettings(default_nat=build.maybe()),
        role=build.draw(st.sampled_from(HostRole)),
    )
    for _ in range(build.number(0, 2)):
        _nic(build, host)
    if build.maybe():
        _nic(build, build.add(SetTeam, parent=host.id))
    for _ in range(build.number(0, 1)):
        build.add(VSwitch, parent=host.id, switch_type=build.draw(st.sampled_from(SwitchType)))
    if build.maybe():
        build.add(WinNat, parent=host.id, internal_prefix=IPv4Interface(PREFIXES[build.number(0, 1)]))
    return host


def _nic(build: _Builder, parent: Element) -> PhysicalNic:
    address = IPv4Interface((build.address(PREFIXES[2]), 24))
    return build.add(
        PhysicalNic,
        parent=parent.id,
        addresses=(address,) if build.maybe() else (),
        gateway=address.network[1] if build.maybe() else None,
        speed_mbps=10_000 if build.maybe() else None,
    )


def _network(build: _Builder, host: Host | None) -> ContainerNetwork:
    modes = [mode for mode in NetworkMode if MODES[mode].spans_hosts == (host is None)]
    mode = modes[build.number(0, len(modes) - 1)]
    prefix = PREFIXES[build.number(0, len(PREFIXES) - 1)]
    subnet = Subnet(
        prefix=IPv4Interface(prefix),
        gateway=prefix[1] if build.maybe() else None,
        vni=build.number(4096, 5000) if mode is NetworkMode.OVERLAY else None,
    )
    switches = build.within(host, VSwitch) if host is not None else []
    return build.add(
        ContainerNetwork,
        mode=mode,
        parent=host.id if host is not None else None,
        subnets=(subnet,) if build.maybe() or MODES[mode].subnet_required else (),
        switch=build.one_of(switches).id if switches and build.maybe() else None,
        vlan=build.number(1, 4094)
        if mode in (NetworkMode.TRANSPARENT, NetworkMode.L2BRIDGE) and build.maybe()
        else None,
    )


def _workloads(build: _Builder, host: Host) -> None:
    compartments = [build.add(Compartment, parent=host.id) for _ in range(build.number(0, 1))]
    for compartment in compartments:
        if build.maybe():
            build.add(HostVNic, parent=compartment.id)
    if build.maybe():
        build.add(HostVNic, parent=host.id)
    for _ in range(build.number(0, 2)):
        parent: Element = build.one_of([host, *compartments])
        others = build.within(host, WindowsContainer)
        shares = build.one_of(others).id if others and build.number(0, 4) == 0 else None
        build.add(WindowsContainer, parent=parent.id, shares_network_of=shares, network_none=build.number(0, 4) == 0)
    for _ in range(build.number(0, 2)):
        build.add(HyperVContainer, parent=host.id, memory_mb=512 if build.maybe() else None)


def _attachments(build: _Builder, host: Host) -> None:
    networks = [
        *build.within(host, ContainerNetwork),
        *(found for found in build.of(ContainerNetwork) if found.parent is None),
    ]
    switches = build.within(host, VSwitch)
    for workload in build.within(host, WindowsContainer, HyperVContainer, Compartment):
        for _ in range(build.number(0, 2) if networks else 0):
            _attach(build, workload, build.one_of(networks))
    for vnic in build.within(host, HostVNic):
        if switches and build.maybe():
            build.link(Attachment, vnic, build.one_of(switches))
        elif networks and build.maybe():
            build.link(Attachment, vnic, build.one_of(networks))
    adapters = [
        *build.within(host, SetTeam),
        *(nic for nic in build.within(host, PhysicalNic) if nic.parent == host.id),
    ]
    for upper in [*(network for network in networks if MODES[network.mode].needs_uplink), *switches]:
        if adapters and build.maybe():
            build.link(Uplink, upper, build.one_of(adapters))


def _attach(build: _Builder, workload: Element, network: ContainerNetwork) -> None:
    prefix = network.subnets[0].network if network.subnets else None
    port = PortMapping(host_port=build.number(0, 9000), container_port=build.number(1, 9000))
    build.link(
        Attachment,
        workload,
        network,
        ip=build.address(prefix) if isinstance(prefix, IPv4Network) and build.maybe() else None,
        mac=MacAddress(f"00-15-5D-01-02-{build.number(0, 255):02X}") if build.maybe() else None,
        ports=(port,) if build.maybe() else (),
        acls=(AclRule(priority=build.number(100, 200)),) if build.number(0, 4) == 0 else (),
        outbound_limit_bytes_per_second=1_000_000 if build.number(0, 4) == 0 else None,
    )


def _outside(build: _Builder) -> None:
    if build.maybe():
        prefix = PREFIXES[2]
        dhcp = AddressRange(first=prefix[100], last=prefix[199]) if build.maybe() else None
        segment = build.add(
            Segment, subnets=(SegmentSubnet(prefix=IPv4Interface(prefix), router=prefix[1], dhcp=dhcp),)
        )
        client = build.add(Client, addresses=(IPv4Interface((prefix[50], 24)),))
        ends: list[Element] = [client, *build.of(PhysicalNic)]
        if build.maybe():
            ends.append(build.add(Router, addresses=(IPv4Interface((prefix[1], 24)),)))
        for end in ends:
            if build.maybe():
                build.link(Cable, end, segment)
    containers = build.of(WindowsContainer, HyperVContainer)
    if build.maybe():
        balancer = build.add(LoadBalancer, vip=IPv4Address("10.0.0.250") if build.maybe() else None)
        if containers:
            build.link(Backend, balancer, build.one_of(containers))
    if build.maybe():
        note = build.add(Note, text=build.draw(build.names))
        build.link(Reference, note, build.one_of(build.of(Element)))
    if build.maybe():
        build.add(DesignInfo, id=DESIGN_ID, title=build.draw(build.names))


def _services(build: _Builder) -> None:
    overlays = [network for network in build.of(ContainerNetwork) if network.mode is NetworkMode.OVERLAY]
    for _ in range(build.number(0, 2)):
        ports = tuple(
            ServicePort(published=build.number(0, 9000), mode="host" if build.maybe() else "ingress")
            for _ in range(build.number(0, 3))
        )
        service = build.add(
            Service,
            replicas=build.number(0, 3),
            ports=ports,
            mode="global" if build.maybe() else "replicated",
            endpoint_mode="dnsrr" if build.maybe() else "vip",
        )
        if overlays and build.maybe():
            build.link(Attachment, service, build.one_of(overlays))


def _flows(build: _Builder) -> None:
    talkers = build.of(Host, WindowsContainer, HyperVContainer, Service, Client)
    targets = [*talkers, *build.of(LoadBalancer)]
    for _ in range(build.number(0, 3) if talkers else 0):
        source, target = build.one_of(talkers), build.one_of(targets)
        if source != target:
            build.add(
                Flow,
                source=source.id,
                target=target.id,
                port=build.number(1, 9000) if build.maybe() else None,
                protocol=build.draw(st.sampled_from(get_args(FlowProtocol))),
                address=build.draw(st.sampled_from(("own", "published", "localhost"))),
                ipsec=build.maybe(),
            )


def _suppressions(build: _Builder) -> None:
    """Suppress what rules may find, or nothing finds any more: one about an element, one of a whole rule."""
    reason = build.draw(st.text(st.characters(categories=["L"]), min_size=1, max_size=40))
    if build.maybe():
        element = build.one_of(build.of(Element)) if build.of(Element) else None
        elements = (element.id,) if element is not None else ()
        build.add(Suppression, rule=build.draw(st.sampled_from(("TOP005", "TOP009"))), elements=elements, reason=reason)
    if build.number(0, 4) == 0:
        build.add(Suppression, rule="ISO009", reason=reason)


def _placements(build: _Builder) -> None:
    for element in build.of(Element):
        if build.maybe():
            x, y = build.number(-50, 2000), build.number(-50, 2000)
            build.add(Placement, id=placement_id(element.id), element=element.id, x=x, y=y)
        if isinstance(element, HyperVContainer) and build.number(0, 3) == 0:
            part = "utility-vm"
            build.add(Placement, id=placement_id(element.id, part), element=element.id, part=part, x=4, y=4)


@st.composite
def topologies(draw: st.DrawFn, names: st.SearchStrategy[str] = plain_names, max_hosts: int = 2) -> Topology:
    """Designs whose structure is valid: ids unique, references kept, nesting and links of the permitted kinds."""
    build = _Builder(draw, names)
    for host in [_host(build) for _ in range(build.number(0, max_hosts))]:
        for _ in range(build.number(0, 3)):
            _network(build, host)
        _workloads(build, host)
    for _ in range(build.number(0, 1)):
        _network(build, None)
    for host in build.of(Host):
        _attachments(build, host)
    _outside(build)
    _services(build)
    _flows(build)
    _suppressions(build)
    _placements(build)
    return Topology.of_entities(build.entities)  # type: ignore[arg-type] # each is one of the union


def hostile_topologies(max_hosts: int = 2) -> st.SearchStrategy[Topology]:
    """Designs with names and texts that attack scripts, files and terminals."""
    return topologies(names=hostile_names, max_hosts=max_hosts)


coordinates = st.integers(-4000, 4000).map(float)


@st.composite
def commands(draw: st.DrawFn, topology: Topology, new_id: NewId | None = None) -> ChangeSet:
    """One intent of a user on a design; an empty ChangeSet where the design refuses it."""
    make_id = new_id or _fresh_ids(topology)
    intents = (_place, _connect, _declare, _delete, _rename, _move, _resize, _reparent, _reconnect, _convert, _set)
    intent = draw(st.sampled_from(intents))
    try:
        return intent(draw, topology, make_id)
    except ChangeError:
        return ChangeSet("Refused", ())


def _fresh_ids(topology: Topology) -> NewId:
    counting = counting_ids()

    def fresh(kind: str) -> EntityId:
        return next(found for found in iter(lambda: counting(kind), None) if found not in topology)

    return fresh


def _element(draw: st.DrawFn, topology: Topology) -> EntityId:
    ids = sorted(element.id for element in topology.elements())
    return draw(st.sampled_from(ids)) if ids else EntityId("nothing")


def _parent(draw: st.DrawFn, topology: Topology) -> EntityId | None:
    return draw(st.sampled_from([None, *sorted(element.id for element in topology.elements())]))


def _place(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    element_type = draw(st.sampled_from(ELEMENT_TYPES))
    parent = _parent(draw, topology)
    return edit.place(topology, element_type, parent, draw(coordinates), draw(coordinates), new_id)


def _connect(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    return edit.connect(topology, _element(draw, topology), _element(draw, topology), new_id)


def _declare(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    return edit.declare_flow(topology, _element(draw, topology), _element(draw, topology), new_id)


def _delete(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    ids = sorted(entity.id for entity in topology.entities.values() if isinstance(entity, Element | Link))
    return edit.delete(topology, draw(st.lists(st.sampled_from(ids), max_size=3)) if ids else ())


def _rename(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    return edit.rename(topology, _element(draw, topology), draw(plain_names))


def _move(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    keys = {PartKey(_element(draw, topology)) for _ in range(draw(st.integers(1, 3)))}
    offset = (draw(coordinates), draw(coordinates))
    return edit.move(topology, {key: offset for key in sorted(keys, key=str) if key.element in topology})


def _resize(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    key = PartKey(_element(draw, topology))
    if key.element not in topology:
        return ChangeSet("Refused", ())
    return edit.resize(topology, key, draw(coordinates), draw(coordinates), draw(st.integers(1, 900)), 300.0)


def _reparent(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    return edit.reparent(topology, _element(draw, topology), _parent(draw, topology), draw(coordinates), 8.0)


def _reconnect(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    links = sorted(link.id for link in topology.links())
    if not links:
        return ChangeSet("Refused", ())
    end: edit.LinkEnd = "source" if draw(st.booleans()) else "target"
    return edit.reconnect(topology, draw(st.sampled_from(links)), end, _element(draw, topology))


def _convert(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    return edit.convert_isolation(topology, [_element(draw, topology)])


def _set(draw: st.DrawFn, topology: Topology, new_id: NewId) -> ChangeSet:
    return edit.set_fields(topology, [_element(draw, topology)], remark=draw(plain_names))
