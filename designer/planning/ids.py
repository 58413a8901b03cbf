"""Free VLANs and VXLAN ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.model.fabric import Segment
from designer.model.hosts import Host, HostRole, HostVNic, PhysicalNic, SwitchPort
from designer.model.links import Cable
from designer.model.networks import ContainerNetwork
from designer.model.topology import Topology
from designer.planning.area import adapters_of
from designer.planning.gaps import first_gap, singles
from designer.planning.known import CLUSTER_VNIS, FIRST_VLAN, FIRST_VNI, LAST_VLAN, LAST_VNI


def free_vlan(topology: Topology, network: ContainerNetwork, also_taken: Iterable[int] = ()) -> int | None:
    """Return the first VLAN that nothing in the design has and that all adapters of a network carry.

    None when a switch port behind them is no trunk, or all that the trunks allow is taken. Where the design says
    nothing about a switch port, it is thought to carry every VLAN.
    """
    ports = [nic.switch_port for nic in adapters_of(topology, network) if nic.switch_port is not None]
    if any(port.mode == "access" for port in ports):
        return None
    return _carried(ports, {*also_taken, *used_vlans(topology)})


def free_vlan_of_segment(topology: Topology, segment: Segment) -> int | None:
    """Return the first VLAN that nothing in the design has and that all trunks at a physical network carry."""
    ends = (topology.find(cable.source, PhysicalNic) for cable in topology.links_of(segment.id, Cable))
    ports = (nic.switch_port for nic in ends if nic is not None and nic.switch_port is not None)
    return _carried([port for port in ports if port.mode == "trunk"], set(used_vlans(topology)))


def _carried(trunks: list[SwitchPort], taken: set[int]) -> int | None:
    if not trunks:
        return first_gap(singles(taken), FIRST_VLAN, LAST_VLAN)
    allowed = set.intersection(*(set(port.allowed) for port in trunks)) - taken
    return min((vlan for vlan in allowed if FIRST_VLAN <= vlan <= LAST_VLAN), default=None)


def used_vlans(topology: Topology) -> Iterator[int]:
    """Yield the VLANs of networks, host vNICs, physical networks and access ports."""
    for network in topology.of(ContainerNetwork):
        yield from _given(network.vlan)
    for segment in topology.of(Segment):
        yield from _given(*(subnet.vlan for subnet in segment.subnets))
    for nic in topology.of(PhysicalNic):
        yield from _given(nic.switch_port.vlan) if nic.switch_port is not None else ()
    for vnic in topology.of(HostVNic):
        yield from _given(vnic.vlan)
        if vnic.port_vlan is not None:
            port = vnic.port_vlan
            yield from _given(port.native, port.primary, *port.allowed, *port.secondary)


def _given(*vlans: int | None) -> Iterator[int]:
    return (vlan for vlan in vlans if vlan)


def free_vni(topology: Topology, also_taken: Iterable[int] = ()) -> int | None:
    """Return the first VXLAN id that no overlay subnet of the design has; None when all are taken."""
    return first_gap(singles({*also_taken, *used_vnis(topology)}), FIRST_VNI, LAST_VNI)


def used_vnis(topology: Topology) -> Iterator[int]:
    """Yield the VXLAN ids of the design, and those that a Kubernetes cluster uses where there is one."""
    for network in topology.of(ContainerNetwork):
        yield from (subnet.vni for subnet in network.subnets if subnet.vni is not None)
        yield from (network.vsid,) if network.vsid is not None else ()
    if any(host.role is HostRole.KUBERNETES_NODE for host in topology.of(Host)):
        yield from CLUSTER_VNIS
