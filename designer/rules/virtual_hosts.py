"""Rules about hosts that are virtual machines, and about Azure (VMH, AZR)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.hosts import Host, HostVNic, Machine, PhysicalNic, SetTeam, VSwitch
from designer.model.links import Attachment, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.workloads import ContainerBase
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.registry import Finding, FixClass, Only, Severity, links, rule, same_host, wire
from designer.rules.suggestions import changed


def _transparent_on(design: Design, network: ContainerNetwork, machine: Machine) -> Host | None:
    if network.mode is not NetworkMode.TRANSPARENT:
        return None
    host = design.host_of(network.id)
    return host if host is not None and host.machine is machine else None


@rule(
    "VMH001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=(src.ADVANCED,),
    only=Only(modes=(NetworkMode.TRANSPARENT,)),
)
def no_mac_spoofing(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A transparent network in a Hyper-V VM without MAC spoofing.

    Why: the containers send with MAC addresses of their own, and the outer switch drops frames that the VM's adapter
    may not send.
    Bad: a transparent network in a VM with MAC address spoofing off.
    Good: spoofing on at the VM's adapter, set on its parent.
    """
    host = _transparent_on(design, network, Machine.HYPERV_VM)
    if host is not None and not host.mac_spoofing:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}”: the outer switch drops frames of containers until MAC address spoofing is on for the "
            f"VM {host.name}.",
            script_step="Set-VMNetworkAdapter -VMName <name of the VM> -MacAddressSpoofing On",
        )


@rule(
    "VMH002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.ADVANCED,),
    only=Only(modes=(NetworkMode.TRANSPARENT,)),
)
def no_promiscuous_mode(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A transparent network in a VMware VM without promiscuous mode.

    Why: the port group passes frames for the MAC address of the VM only.
    Bad: a transparent network in a VM whose port group rejects promiscuous mode.
    Good: promiscuous mode and forged transmits accepted.
    """
    host = _transparent_on(design, network, Machine.VMWARE_VM)
    if host is not None and not host.promiscuous_mode:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” needs promiscuous mode and forged transmits on the port group of {host.name}.",
        )


@rule(
    "VMH003",
    Severity.INFO,
    subject=Host,
    fix=FixClass.QUICK,
    sources=(src.L2BRIDGE_BLOG,),
    reads=same_host(ContainerNetwork, Attachment, Uplink),
    only=Only("mac_spoofing"),
)
def spoofing_not_needed(design: Design, host: Host) -> Iterator[Finding]:
    """MAC spoofing is on without need.

    Why: nat, l2bridge and overlay send with the MAC address of the VM; spoofing only weakens the outer switch.
    Bad: a VM with spoofing on and a nat network.
    Good: spoofing off.
    """
    networks = design.networks_on(host.id)
    if host.is_vm and networks and not any(network.mode is NetworkMode.TRANSPARENT for network in networks):
        yield Finding(
            (host.id,),
            f"{host.name} has MAC address spoofing on, and no network there needs it; turn it off.",
            "mac_spoofing",
            changed(f"Turn MAC spoofing of {host.name} off", host, mac_spoofing=False),
        )


@rule(
    "VMH004",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.KUBERNETES_PROBLEMS,),
    reads=links(Attachment, Uplink, ContainerBase, PhysicalNic, Host),
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def nsx_takes_vxlan_port(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """NSX and an overlay network share UDP 4789.

    Why: NSX on the VMware host takes the packets of its own VXLAN port, whoever sent them.
    Bad: an overlay network in a VMware VM whose host runs NSX, on port 4789.
    Good: another VXLAN port, which HNS takes from version 10.3 on, or no NSX below.
    """
    for host in design.hosts_of_network(network):
        if host.nsx and host.machine is Machine.VMWARE_VM and host.vxlan_port == 4789:
            yield Finding(
                (network.id, host.id),
                f"“{network.name}”: NSX below {host.name} takes UDP 4789, which the overlay network uses too.",
            )


@rule(
    "VMH005",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=("inferred from " + src.ADVANCED, "ansible/molecule#114"),
    only=Only(modes=(NetworkMode.TRANSPARENT,)),
)
def transparent_on_other_hypervisor(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A transparent network in a VM of another hypervisor.

    Why: many virtual switches filter MAC addresses that they did not give out.
    Bad: a transparent network in a KVM guest whose port filters.
    Good: foreign MAC addresses allowed, or l2bridge, or nat.
    """
    host = _transparent_on(design, network, Machine.OTHER_VM)
    if host is not None:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}”: allow foreign MAC addresses at the port of the VM {host.name}, or use l2bridge or nat.",
        )


@rule(
    "AZR001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES,),
    only=Only(modes=(NetworkMode.TRANSPARENT,)),
)
def transparent_in_azure(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A transparent network in Azure.

    Why: the Azure fabric passes frames of the VM's own MAC address only.
    Bad: a transparent network in an Azure VM.
    Good: nat, or l2bridge or l2tunnel with the Azure plug-in.
    """
    host = _transparent_on(design, network, Machine.AZURE_VM)
    if host is not None:
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” is transparent, which Azure does not carry; use nat or l2tunnel on {host.name}.",
            "mode",
            _as_l2tunnel(design, network),
        )


def _as_l2tunnel(design: Design, network: ContainerNetwork) -> ChangeSet | None:
    """Return the change to l2tunnel; None where the network lacks a subnet or its addresses are not the adapter's."""
    nics = design.nics_under(network)
    links = design.attachments(network.id)
    known = {address.ip for nic in nics for address in nic.addresses}
    foreign = any(link.ip is not None and link.ip not in known for link in links)
    if any(subnet.network.version == 6 for subnet in network.subnets):
        return None
    if not network.subnets or any(link.ports for link in links):
        return None
    if foreign and any(len(nic.addresses) > 1 for nic in nics):
        return None
    return changed(f"Make {network.name} an l2tunnel network", network, mode=NetworkMode.L2TUNNEL, vlan=None)


@rule(
    "AZR002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES,),
    only=Only(modes=(NetworkMode.L2TUNNEL,)),
)
def l2tunnel_outside_azure(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """l2tunnel outside Azure.

    Why: l2tunnel hands all traffic to the virtualisation host of Microsoft's cloud; nothing else does that part.
    Bad: an l2tunnel network on a server in the rack.
    Good: an l2bridge network there.
    """
    host = design.host_of(network.id)
    if network.mode is NetworkMode.L2TUNNEL and host is not None and host.machine is not Machine.AZURE_VM:
        shared = any(len(design.uplinks(adapter.id)) > 1 for adapter in design.adapters(network.id))
        legs = (design.topology.find(link.source, HostVNic) for link in design.attachments(network.id))
        idle = any(leg is not None and not leg.forwarding for leg in legs)
        yield Finding(
            (network.id, host.id),
            f"“{network.name}” is an l2tunnel network, but {host.name} is no Azure VM; use l2bridge.",
            "mode",
            None
            if shared or idle
            else changed(f"Make {network.name} an l2bridge network", network, mode=NetworkMode.L2BRIDGE),
        )


@rule(
    "AZR004",
    Severity.ERROR,
    subject=Attachment,
    fix=FixClass.MANUAL,
    sources=("inferred from Azure/azure-container-networking",),
    reads=wire(Uplink, PhysicalNic, SetTeam, VSwitch, ContainerNetwork),
    only=Only("ip", modes=(NetworkMode.L2TUNNEL,)),
)
def address_not_on_vm_adapter(design: Design, link: Attachment) -> Iterator[Finding]:
    """An l2tunnel address that the VM's adapter does not have.

    Why: Azure delivers only addresses that are configured at the adapter of the VM.
    Bad: a container with 10.2.0.30 where the adapter has 10.2.0.4 only.
    Good: 10.2.0.30 as a secondary configuration of the adapter.
    """
    network = design.network_of(link)
    if network is None or network.mode is not NetworkMode.L2TUNNEL:
        return
    nics = design.nics_under(network)
    known = {address.ip for nic in nics for address in nic.addresses}
    if any(len(nic.addresses) > 1 for nic in nics) and link.ip not in known:
        yield Finding(
            (link.id, nics[0].id),
            f"{design.label(link.source)}: {link.ip} is no configuration of “{nics[0].name}”; assign it in Azure.",
            "ip",
        )
