"""Rules about VLANs and virtual subnets (VLN, VSI)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.base import Element
from designer.model.hosts import HostVNic, PhysicalNic, SetTeam, VSwitch
from designer.model.links import Uplink
from designer.model.modes import Feature, has
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.planning.known import FIRST_VNI, LAST_VNI
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import (
    Finding,
    FixClass,
    Group,
    Index,
    Only,
    Reach,
    Severity,
    group_rule,
    rule,
    wire,
)
from designer.rules.suggestions import changed

VLAN_CMDLET = "MicrosoftDocs/windows-powershell-docs: Hyper-V/Set-VMNetworkAdapterVlan.md"

UPLINKS = wire(Uplink, PhysicalNic, SetTeam, VSwitch)


@rule(
    "VLN001", Severity.WARNING, subject=ContainerNetwork, fix=FixClass.QUICK, sources=(src.ADVANCED,), only=Only("vlan")
)
def vlan_in_mode_without(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A VLAN in a mode that has none.

    Why: only transparent and l2bridge networks carry a VLAN; elsewhere the option is ignored or refused.
    Bad: a nat network with VLAN 20.
    Good: a transparent network with VLAN 20.
    """
    if not has(network.mode, Feature.VLAN, OsRelease.WS2025):
        yield Finding(
            (network.id,),
            f"“{network.name}” is a {network.mode.value} network and has no VLAN; remove {network.vlan}.",
            "vlan",
            changed(f"Remove VLAN {network.vlan}", network, vlan=None),
        )


@rule(
    "VLN002",
    Severity.ERROR,
    subject=(ContainerNetwork, HostVNic),
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER, "IEEE 802.1Q"),
    only=Only("vlan"),
)
def vlan_out_of_range(_design: Design, subject: Element) -> Iterator[Finding]:
    """A VLAN id out of range.

    Why: a VLAN tag has 12 bits, and 0 and 4095 are reserved; Docker takes any number and the port drops the frames.
    Bad: VLAN 5000.
    Good: VLAN 1 to 4094.
    """
    assert isinstance(subject, ContainerNetwork | HostVNic)
    if subject.vlan is not None and subject.vlan > 4094:
        yield Finding(
            (subject.id,),
            f"“{subject.name}”: VLAN {subject.vlan} is out of range; use 1 to 4094.",
            "vlan",
            changed(f"Remove VLAN {subject.vlan}", subject, vlan=None),
        )


@rule(
    "VLN003",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.ADVANCED,),
    reads=UPLINKS,
    only=Only("vlan"),
)
def uplink_not_trunked(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The port of the physical switch does not carry the VLAN.

    Why: tagged frames pass a trunk port that allows the VLAN; an access port drops them.
    Bad: VLAN 20 over an adapter whose port is an access port.
    Good: a trunk port that allows VLAN 20.
    """
    host = design.host_of(network.id)
    if not has(network.mode, Feature.VLAN, OsRelease.WS2025) or (host is not None and host.is_vm):
        return
    for nic in design.nics_under(network):
        port = nic.switch_port
        if port is not None and (port.mode == "access" or network.vlan not in port.allowed):
            how = "is an access port" if port.mode == "access" else f"does not allow VLAN {network.vlan}"
            yield Finding(
                (network.id, nic.id),
                f"“{network.name}” is on VLAN {network.vlan}, but the switch port of “{nic.name}” {how}; configure a "
                "trunk for it.",
                "vlan",
            )


@rule(
    "VLN005",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=("inferred from " + VLAN_CMDLET,),
    reads=UPLINKS,
    only=Only("vlan", host=lambda host: host.is_vm),
)
def vlan_inside_vm(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A VLAN in a virtual machine whose adapter is no trunk.

    Why: the outer switch drops tagged frames of a VM unless its adapter is a trunk for the VLAN.
    Bad: a transparent network with VLAN 20 in a VM whose adapter is untagged.
    Good: the adapter of the VM in trunk mode for VLAN 20.
    """
    host = design.host_of(network.id)
    if host is None or not has(network.mode, Feature.VLAN, OsRelease.WS2025):
        return
    for nic in design.nics_under(network):
        port = nic.switch_port
        if port is None or port.mode == "access" or network.vlan not in port.allowed:
            yield Finding(
                (network.id, nic.id),
                f"“{network.name}” is on VLAN {network.vlan}, and “{nic.name}” of the VM {host.name} is no trunk.",
                "vlan",
                script_step=f"Set-VMNetworkAdapterVlan -VMName <name of the VM> -Trunk "
                f"-AllowedVlanIdList {network.vlan} -NativeVlanId 0",
            )


@rule(
    "VLN006",
    Severity.ERROR,
    subject=(PhysicalNic, HostVNic),
    fix=FixClass.QUICK,
    sources=(VLAN_CMDLET,),
)
def trunk_without_list(_design: Design, nic: Element) -> Iterator[Finding]:
    """A trunk without a list of VLANs, or a vNIC's trunk without a native VLAN.

    Why: a trunk is defined by the VLANs that it allows; the cmdlet for a vNIC also asks for the native one.
    Bad: a trunk port with an empty list.
    Good: a trunk port that allows 10 and 20.
    """
    if isinstance(nic, HostVNic):
        port = nic.port_vlan
        if port is not None and port.mode == "trunk" and (port.native is None or not port.allowed):
            yield Finding(
                (nic.id,),
                f"“{nic.name}” is a trunk without {'a native VLAN' if port.allowed else 'a list of VLANs'}; give both.",
                "port_vlan",
                changed(f"Make {nic.name} untagged", nic, port_vlan=None),
            )
        return
    assert isinstance(nic, PhysicalNic)
    if nic.switch_port is not None and nic.switch_port.mode == "trunk" and not nic.switch_port.allowed:
        yield Finding(
            (nic.id,),
            f"The trunk at “{nic.name}” allows no VLAN; list the ones that it carries.",
            "switch_port",
            changed("Leave the switch port open", nic, switch_port=None),
        )


@rule(
    "VLN007",
    Severity.ERROR,
    subject=HostVNic,
    fix=FixClass.QUICK,
    sources=(VLAN_CMDLET,),
    only=Only("port_vlan"),
)
def private_vlan_incomplete(_design: Design, vnic: HostVNic) -> Iterator[Finding]:
    """A private VLAN that is not complete.

    Why: isolated and community ports have a primary and one secondary VLAN, promiscuous ones a primary and a list.
    Bad: an isolated vNIC with a primary VLAN alone.
    Good: primary 10, secondary 200.
    """
    port = vnic.port_vlan
    if port is None or port.mode == "trunk":
        return
    many = port.mode != "promiscuous" and len(port.secondary) > 1
    if port.primary is None or not port.secondary or many:
        needed = "a list of secondary VLANs" if port.mode == "promiscuous" else "one secondary VLAN"
        yield Finding(
            (vnic.id,),
            f"“{vnic.name}” is {port.mode} in a private VLAN and needs a primary and {needed}.",
            "port_vlan",
            changed(f"Make {vnic.name} untagged", vnic, port_vlan=None),
        )


@rule(
    "VLN008",
    Severity.ERROR,
    subject=HostVNic,
    fix=FixClass.QUICK,
    sources=("MicrosoftDocs/windows-powershell-docs: Hyper-V/Set-VMNetworkAdapterIsolation.md",),
)
def vlan_and_isolation(_design: Design, vnic: HostVNic) -> Iterator[Finding]:
    """A VLAN and an isolation mode on one vNIC.

    Why: both say what the port tags; Hyper-V takes one of them.
    Bad: a vNIC with VLAN 10 and the isolation mode native virtual subnet.
    Good: one of the two.
    """
    if vnic.isolation != "none" and (vnic.vlan or vnic.port_vlan is not None):
        yield Finding(
            (vnic.id,),
            f"“{vnic.name}” has a VLAN and the isolation mode {vnic.isolation}; keep one.",
            "isolation",
            changed(f"Remove the isolation mode of {vnic.name}", vnic, isolation="none"),
        )


@rule(
    "VSI001",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER, src.ADVANCED),
    only=Only("vsid"),
)
def vsid_in_mode_without(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A virtual subnet id outside overlay.

    Why: the option is accepted on local networks and does nothing there.
    Bad: a transparent network with VSID 5000.
    Good: an overlay network, or no VSID.
    """
    if not has(network.mode, Feature.VSID, OsRelease.WS2025):
        yield Finding(
            (network.id,),
            f"“{network.name}” is a {network.mode.value} network, where VSID {network.vsid} does nothing; remove it.",
            "vsid",
            changed(f"Remove VSID {network.vsid}", network, vsid=None),
        )


@rule(
    "VSI002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_MANAGER, src.SET_VMNETWORKADAPTER),
    only=Only("subnets"),
)
def vni_out_of_range(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A VXLAN identifier out of range.

    Why: Windows keeps the numbers below 4096, and the field has 24 bits.
    Bad: VNI 100.
    Good: VNI 4097.
    """
    for subnet in network.subnets:
        if subnet.vni is not None and not FIRST_VNI <= subnet.vni <= LAST_VNI:
            yield Finding(
                (network.id,),
                f"“{network.name}”: VNI {subnet.vni} of {subnet.network} is not in {FIRST_VNI} to {LAST_VNI}.",
                "subnets",
                changed(
                    f"Let the swarm choose the VNI of {subnet.network}",
                    network,
                    subnets=tuple(found.evolve(vni=None) for found in network.subnets),
                ),
            )


def _vnis(_design: Design, network: ContainerNetwork) -> Iterator[int]:
    if network.mode is NetworkMode.OVERLAY:
        yield from (subnet.vni for subnet in network.subnets if subnet.vni is not None)


VNIS = Index("VXLAN identifiers", (ContainerNetwork,), _vnis, Reach.LINKS)


def swarms_of(design: Design, network: ContainerNetwork) -> set[str]:
    """Return the swarms that the hosts of a network are in."""
    return {host.swarm for host in design.hosts_of_network(network)}


@group_rule("VSI003", Severity.ERROR, index=VNIS, fix=FixClass.QUICK, sources=(src.OVERLAY_DRIVER, src.OVERLAY_MANAGER))
def duplicate_vni(design: Design, group: Group) -> Iterator[Finding]:
    """Two overlay networks with one VNI.

    Why: on a host the second network deletes the first one.
    Bad: two overlay networks of one swarm with VNI 4100.
    Good: 4100 and 4101.
    """
    first = group.members[0]
    for network in group.members[1:]:
        ours, theirs = swarms_of(design, network), swarms_of(design, first)
        if not ours or not theirs or ours & theirs:
            yield Finding(
                (network.id, first.id),
                f"“{network.name}” and “{first.name}” both have VNI {group.key}; let the swarm choose, or change one.",
                "subnets",
                changed(
                    f"Let the swarm choose the VNIs of {network.name}",
                    network,
                    subnets=tuple(found.evolve(vni=None) for found in network.subnets),
                ),
            )


@rule(
    "VSI004",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER,),
    only=Only("subnets"),
)
def too_few_vnis(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Fewer VNIs than subnets.

    Why: the list of VNIs has one for each subnet; the driver refuses a shorter one.
    Bad: two subnets, of which one has a VNI.
    Good: a VNI for both, or for none.
    """
    given = [subnet.vni for subnet in network.subnets if subnet.vni is not None]
    if network.mode is NetworkMode.OVERLAY and given and len(given) < len(network.subnets):
        yield Finding(
            (network.id,),
            f"“{network.name}” has {len(network.subnets)} subnets and {len(given)} VNIs; give each one, or none.",
            "subnets",
            changed(
                f"Let the swarm choose the VNIs of {network.name}",
                network,
                subnets=tuple(found.evolve(vni=None) for found in network.subnets),
            ),
        )
