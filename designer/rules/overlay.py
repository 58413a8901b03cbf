"""Rules about overlay networks and swarms (OVL, SWM)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.hosts import Host, HostRole, PhysicalNic
from designer.model.links import Attachment, Uplink
from designer.model.networks import ContainerNetwork, NetworkMode
from designer.model.releases import OsRelease
from designer.model.services import Service
from designer.model.workloads import ContainerBase
from designer.planning.known import SWARM_PORTS
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.hosts import engine_version
from designer.rules.registry import (
    Finding,
    FixClass,
    Group,
    Index,
    Only,
    Reach,
    Severity,
    group_rule,
    links,
    rule,
    same_host,
)
from designer.rules.suggestions import changed

SWARM_ROLES = (HostRole.SWARM_MANAGER, HostRole.SWARM_WORKER)
REACHED = links(Attachment, Uplink, ContainerBase, PhysicalNic, Host)
OVERLAY_OPTIONS = frozenset(
    {
        "com.docker.network.windowsshim.networkname",
        "com.docker.network.windowsshim.interface",
        "com.docker.network.driver.overlay.vxlanid_list",
    }
)
"""What the overlay driver reads. Source: ov_network_windows.go."""


def _in_swarm(host: Host) -> bool:
    return host.role in SWARM_ROLES


@rule(
    "OVL001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ENGINE_NETWORK, src.SWARM_MODE),
    reads=REACHED,
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def overlay_without_swarm(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An overlay network without a swarm.

    Why: Docker keeps overlay networks in the store of the swarm's managers.
    Bad: an overlay network on a standalone host.
    Good: the host is a node of a swarm (or of Kubernetes, with CNI).
    """
    if network.mode is not NetworkMode.OVERLAY:
        return
    for host in design.hosts_of_network(network):
        if host.role is HostRole.STANDALONE:
            yield Finding(
                (network.id, host.id),
                f"“{network.name}” is an overlay network, but {host.name} is in no swarm; make it a manager or worker.",
                fix=_joined(design, host),
            )


def _joined(design: Design, host: Host) -> ChangeSet | None:
    """Return the change that makes a host a manager of its swarm; None where that would bring other faults to light."""
    links = (link for container in design.containers_on(host.id) for link in design.attachments(container.id))
    reserved = any(port.host_port in SWARM_PORTS for link in links for port in link.ports)
    if design.topology.of(Service) or host.blocked_ports or reserved:
        return None
    addresses = [address.ip for nic in design.inside(host.id, PhysicalNic) for address in nic.addresses]
    advertise = host.advertise_address or (addresses[0] if len(addresses) > 1 else None)
    fields = {"role": HostRole.SWARM_MANAGER, "advertise_address": advertise, "vxlan_port": 4789}
    return changed(f"Make {host.name} the manager of a swarm", host, **fields)


@rule(
    "OVL003",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.TOPOLOGIES, src.SWARM_MODE),
    reads=REACHED,
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def overlay_update_missing(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A host lacks the update for overlay.

    Why: overlay came to Windows Server 2016 with KB4015217 (revision 1066) and to 2019 with KB4489899 (revision 379).
    Bad: overlay on 14393.693.
    Good: overlay on 14393.1066 or later.
    """
    if network.mode is not NetworkMode.OVERLAY:
        return
    for host in design.hosts_of_network(network):
        update = missing_update(host)
        if update:
            yield Finding((network.id, host.id), f"“{network.name}” needs {update}.")


def missing_update(host: Host) -> str:
    """Return what a host lacks for overlay networks, and where; empty when it has all."""
    needed = {14393: (1066, "KB4015217"), 17763: (379, "KB4489899")}
    revision, update = needed.get(host.build_number, (0, ""))
    if host.update_revision is not None and host.update_revision < revision:
        return f"{update} on {host.name} ({host.build_number}.{host.update_revision})"
    return f"Windows 10 1703 or later on {host.name}" if not host.is_server and host.build_number < 15063 else ""


@rule(
    "OVL004",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.MANUAL,
    sources=(src.SWARM_MODE,),
    reads=REACHED,
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def overlay_engine_too_old(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The engine is too old for overlay.

    Why: swarm mode with overlay networks came to Windows with Engine 1.13.
    Bad: Engine 1.12.
    Good: Engine 17.06 or later.
    """
    if network.mode is not NetworkMode.OVERLAY:
        return
    for host in design.hosts_of_network(network):
        version = engine_version(host)
        if version is not None and version < (1, 13):
            yield Finding(
                (network.id, host.id),
                f"“{network.name}” needs Engine 1.13 or later; {host.name} has {host.engine_version}.",
            )


@rule(
    "OVL007",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.NETWORK_CREATE,),
    reads=links(Attachment),
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def overlay_not_attachable(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A container joins an overlay network that is not attachable.

    Why: without --attachable only services of the swarm may join.
    Bad: docker run with an overlay network made without --attachable.
    Good: the network made with --attachable.
    """
    if network.mode is not NetworkMode.OVERLAY or network.attachable:
        return
    for link, workload in design.workloads_on(network.id):
        host = design.host_of(workload.id)
        if host is not None and host.role is not HostRole.KUBERNETES_NODE:
            yield Finding(
                (network.id, link.id),
                f"“{network.name}” is not attachable, so {design.label(workload.id)} cannot join it.",
                "attachable",
                changed(f"Make {network.name} attachable", network, attachable=True),
            )
            return


@rule(
    "OVL009",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER, src.SWARM_MODE),
    only=Only("encrypted"),
)
def overlay_encryption(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Encryption is asked for and not done.

    Why: the Windows driver ignores the option without a word; the traffic between the hosts is clear text.
    Bad: --opt encrypted on a network with Windows nodes.
    Good: no such option, and TLS between the applications.
    """
    yield Finding(
        (network.id,),
        f"“{network.name}”: Windows does not encrypt overlay traffic; remove the option and use TLS.",
        "encrypted",
        changed(f"Remove the encryption option of {network.name}", network, encrypted=False),
    )


@rule(
    "OVL010",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.ARCHITECTURE,),
    only=Only("ipv6_flag"),
)
def overlay_ipv6(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """IPv6 on an overlay network.

    Why: overlay on Windows is IPv4 only.
    Bad: an overlay network with --ipv6.
    Good: the same without.
    """
    if network.mode is NetworkMode.OVERLAY:
        yield Finding(
            (network.id,),
            f"“{network.name}” is an overlay network, which has no IPv6 on Windows; remove the option.",
            "ipv6_flag",
            changed(f"Remove --ipv6 of {network.name}", network, ipv6_flag=False),
        )


@rule(
    "OVL011",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER,),
    reads=links(Attachment),
    only=Only("subnets"),
)
def overlay_empty_pool(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An overlay network with the subnet 0.0.0.0/0.

    Why: the overlay driver needs a real pool (“ipv4 pool is empty”).
    Bad: subnet 0.0.0.0/0.
    Good: subnet 10.100.0.0/24, or none so that the swarm chooses.
    """
    if network.mode is NetworkMode.OVERLAY and any(subnet.network.prefixlen == 0 for subnet in network.subnets):
        kept = tuple(subnet for subnet in network.subnets if subnet.network.prefixlen)
        fixed = any(link.ip is not None for link in design.attachments(network.id))
        yield Finding(
            (network.id,),
            f"“{network.name}”: 0.0.0.0/0 is no pool for an overlay network.",
            "subnets",
            None if fixed else changed("Let the swarm choose the subnet", network, subnets=kept),
        )


@rule(
    "OVL013",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.TOPOLOGIES, "moby/libnetwork: default_gateway_windows.go"),
    reads=REACHED,
    os=(OsRelease.WS2016,),
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def overlay_2016_without_nat(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Overlay on Windows Server 2016 without the nat network.

    Why: on build 14393 overlay containers leave the host through a second endpoint on nat.
    Bad: “bridge”: “none” on a 2016 node with an overlay network.
    Good: the nat network left on.
    """
    if network.mode is not NetworkMode.OVERLAY:
        return
    for host in design.hosts_of_network(network):
        if host.build_number == 14393 and not host.daemon.default_nat:
            yield Finding(
                (network.id, host.id),
                f"Containers of “{network.name}” leave {host.name} through the nat network, which is off there.",
                fix=changed("Let Docker make its nat network", host, daemon=host.daemon.evolve(default_nat=True)),
            )


@rule(
    "OVL017",
    Severity.ERROR,
    subject=Host,
    fix=FixClass.QUICK,
    sources=(src.SWARM_INIT, "inferred from " + src.OVERLAY_DRIVER),
)
def data_path_port(_design: Design, host: Host) -> Iterator[Finding]:
    """The data path port of the swarm is not 4789.

    Why: Windows nodes send and expect VXLAN on UDP 4789, whatever the swarm says.
    Bad: docker swarm init --data-path-port 7789 with a Windows node.
    Good: port 4789.
    """
    if _in_swarm(host) and host.vxlan_port != 4789:
        yield Finding(
            (host.id,),
            f"{host.name}: Windows keeps VXLAN on UDP 4789; port {host.vxlan_port} leads nowhere.",
            "vxlan_port",
            changed("Use UDP 4789", host, vxlan_port=4789),
        )


@rule(
    "OVL018",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER,),
    only=Only(modes=(NetworkMode.OVERLAY,)),
)
def overlay_options(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """Options that the overlay driver does not read.

    Why: it takes networkname, interface and vxlanid_list; all else is dropped without a message.
    Bad: an overlay network with a VLAN, a MAC pool or an MTU option.
    Good: an overlay network without them.
    """
    if network.mode is not NetworkMode.OVERLAY:
        return
    unread = [option.key for option in network.options if option.key not in OVERLAY_OPTIONS]
    given = [name for name, value in (("macpool", network.mac_pools), ("vsid", network.vsid)) if value]
    if unread or given:
        kept = tuple(option for option in network.options if option.key in OVERLAY_OPTIONS)
        yield Finding(
            (network.id,),
            f"“{network.name}”: the overlay driver ignores {', '.join([*unread, *given])}; remove that.",
            "options" if unread else "mac_pools",
            changed(f"Remove ignored options of {network.name}", network, options=kept, mac_pools=(), vsid=None),
        )


@rule(
    "SWM001",
    Severity.ERROR,
    subject=Host,
    fix=FixClass.QUICK,
    sources=(src.SWARM_MODE, src.SWARM_INIT, "moby/moby#34635"),
    reads=same_host(PhysicalNic),
)
def advertise_address_missing(design: Design, host: Host) -> Iterator[Finding]:
    """The advertise address is not chosen.

    Why: with several addresses docker swarm init does not know which one the other nodes reach.
    Bad: a manager with two adapters and no --advertise-addr.
    Good: --advertise-addr 10.0.0.11.
    """
    if not _in_swarm(host) or host.advertise_address is not None:
        return
    addresses = [str(address.ip) for nic in design.inside(host.id, PhysicalNic) for address in nic.addresses]
    if len(addresses) > 1:
        yield Finding(
            (host.id,),
            f"{host.name} has {', '.join(addresses)}; choose the advertise address of the swarm.",
            "advertise_address",
            changed(f"Advertise {addresses[0]}", host, advertise_address=addresses[0]),
        )


def _swarm(_design: Design, host: Host) -> Iterator[str]:
    if _in_swarm(host):
        yield host.swarm


SWARMS = Index("swarms", (Host,), _swarm, Reach.SELF, least=1)


@group_rule("SWM002", Severity.ERROR, index=SWARMS, fix=FixClass.MANUAL, sources=(src.SWARM_MODE,))
def managers(_design: Design, group: Group) -> Iterator[Finding]:
    """A swarm without a manager, or with an even number.

    Why: the managers keep the state; an even number tolerates no more failures than one manager less.
    Bad: a swarm of two workers; a swarm of two managers.
    Good: one, three or five managers.
    """
    number = sum(1 for host in group.members if host.role is HostRole.SWARM_MANAGER)
    name = f"“{group.key}”" if group.key else "without a name"
    ids = tuple(host.id for host in group.members)
    if number == 0:
        yield Finding(ids, f"The swarm {name} has no manager; make one of its hosts a manager.", "role")
    elif number % 2 == 0:
        yield Finding(
            ids, f"The swarm {name} has {number} managers; an odd number is better.", "role", severity=Severity.INFO
        )
