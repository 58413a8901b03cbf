"""From a design to the lines of its drawing: stored links, and what follows from the networks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from designer.drawing import link_looks
from designer.drawing.collect import Collector, switch_part
from designer.drawing.looks import LinkLook, address_giver
from designer.drawing.parts import Parts, Role, Wire
from designer.model.hosts import HostVNic, PhysicalNic, VSwitch
from designer.model.identity import EntityId
from designer.model.links import Attachment, Backend, Cable, Reference, Uplink
from designer.model.networks import ContainerNetwork
from designer.model.realisation import HostRealisation, PartKey
from designer.model.topology import Topology
from designer.model.workloads import HyperVContainer


class WireCollector:
    """Adds the lines; what has no node to end at is not drawn."""

    def __init__(self, collector: Collector) -> None:
        self._topology: Topology = collector.topology
        self._parts: Parts = collector.parts
        self._realisations = collector.realisations
        self._hosts = _host_rows(self._parts)

    def collect(self) -> None:
        """Append all lines to the parts, in a stable order."""
        for attachment in self._topology.of(Attachment):
            self._attachment(attachment)
        for uplink in self._topology.of(Uplink):
            self._add(PartKey(uplink.id), uplink.source, uplink.target, link_looks.uplink_look())
        for cable in self._topology.of(Cable):
            nic = self._topology.find(cable.source, PhysicalNic)
            self._add(PartKey(cable.id), cable.source, cable.target, link_looks.cable_look(nic))
        for backend in self._topology.of(Backend):
            self._add(PartKey(backend.id), backend.source, backend.target, link_looks.backend_look())
        for reference in self._topology.of(Reference):
            self._add(PartKey(reference.id), reference.source, reference.target, link_looks.reference_look())
        for realised in self._realisations.values():
            self._derived(realised)
        self._tunnels()

    def _attachment(self, link: Attachment) -> None:
        source = self._topology.get(link.source)
        network = self._topology.find(link.target, ContainerNetwork)
        giver = address_giver(network) if network is not None else ""
        is_hyperv, is_host_vnic = isinstance(source, HyperVContainer), isinstance(source, HostVNic)
        look = link_looks.attachment_look(link, is_hyperv, is_host_vnic, giver)
        self._add(PartKey(link.id), link.source, link.target, look)

    def _add(self, key: PartKey, source: EntityId, target: EntityId, look: LinkLook) -> None:
        first, second = self._row(source, target), self._row(target, source)
        if first is not None and second is not None:
            self._parts.wires.append(Wire(key, first, second, look))

    def _row(self, end: EntityId, other: EntityId) -> int | None:
        """Return the row where a link ends; an overlay network ends at its switch on the other end's host."""
        row = self._parts.row_of.get(PartKey(end))
        if row is None or self._parts.nodes[row].role is not Role.OVERLAY:
            return row
        other_row = self._parts.row_of.get(PartKey(other))
        host = self._hosts[other_row] if other_row is not None else None
        return self._parts.row_of.get(PartKey(end, switch_part(host)), row) if host is not None else row

    def _derived(self, realised: HostRealisation) -> None:
        for key, source, target, look in self._derived_lines(realised):
            first, second = self._parts.row_of.get(source), self._parts.row_of.get(target)
            if first is not None and second is not None:
                self._parts.wires.append(Wire(key, first, second, look))

    def _derived_lines(self, realised: HostRealisation) -> Iterator[tuple[PartKey, PartKey, PartKey, LinkLook]]:
        for vnic in realised.host_vnics:
            if vnic.key.is_derived:
                bar = self._bar(vnic.switch, realised.host)
                yield PartKey(vnic.key.element, f"{vnic.key.part}:link"), vnic.key, bar, link_looks.own_vnic_look()
        for nat in realised.winnats:
            part = nat.key.part or "winnat"
            if nat.inside is not None:
                yield PartKey(nat.key.element, f"{part}:inside"), nat.inside, nat.key, link_looks.own_vnic_look()
            if nat.outside is not None:
                look = link_looks.translation_look(str(nat.outside_address or ""))
                yield PartKey(nat.key.element, f"{part}:outside"), nat.key, nat.outside, look
        for switch in realised.switches:
            if self._topology.find(switch.key.element, VSwitch) is not None:
                for network in switch.networks:
                    source = self._bar(PartKey(network), realised.host)
                    key = PartKey(network, f"port:{realised.host}")
                    yield key, source, switch.key, link_looks.switch_port_look()

    def _bar(self, switch: PartKey, host: EntityId) -> PartKey:
        """Return the key under which a switch is drawn on a host: the bar of its network, or its own."""
        on_host = PartKey(switch.element, switch_part(host))
        return on_host if on_host in self._parts.row_of else PartKey(switch.element)

    def _tunnels(self) -> None:
        """Join the switches of each overlay network from host to host."""
        for network in self._topology.of(ContainerNetwork):
            if network.parent is not None:
                continue
            keys = (PartKey(network.id, switch_part(host)) for host in self._realisations)
            rows = [self._parts.row_of[key] for key in keys if key in self._parts.row_of]
            for place, (first, second) in enumerate(pairwise(rows)):
                key = PartKey(network.id, f"tunnel:{place}")
                self._parts.wires.append(Wire(key, first, second, link_looks.tunnel_look(network)))


def _host_rows(parts: Parts) -> list[EntityId | None]:
    """Return the host that each row stands in."""
    hosts: list[EntityId | None] = []
    for part in parts.nodes:
        if part.role is Role.HOST:
            hosts.append(part.key.element)
        else:
            hosts.append(hosts[part.parent] if part.parent >= 0 else None)
    return hosts


def collect(topology: Topology) -> Parts:
    """Return everything that a design shows: nodes and lines."""
    collector = Collector(topology)
    collector.collect()
    WireCollector(collector).collect()
    return collector.parts
