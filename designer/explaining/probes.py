"""What each mode can do on each release, found by asking the rules about small designs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from ipaddress import ip_address, ip_interface
from typing import Any

from designer.explaining.smallest import CLIENT, CONTAINER, HOST, LINK, NETWORK, NIC, SECOND, UPLINK, Smallest, subnet
from designer.model.flows import Flow
from designer.model.hosts import Host, HostRole, Machine, PhysicalNic, SwitchType, VSwitch
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, Backend, PortMapping, PortRange, Uplink
from designer.model.modes import COLUMNS, MODES
from designer.model.networks import ContainerNetwork, LoadBalancer, NetworkMode
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.workloads import WindowsContainer
from designer.rules.catalogue import rule_of
from designer.rules.runner import judge

Question = Callable[[Smallest], Smallest]


class Answer(StrEnum):
    """What the rules say about a feature."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


EVERY_MODE = tuple(NetworkMode)
EXTERNAL = tuple(mode for mode in NetworkMode if MODES[mode].needs_uplink)
BY_VFP = tuple(mode for mode in NetworkMode if MODES[mode].uses_vfp)
ANYWHERE = tuple(mode for mode in NetworkMode if mode is not NetworkMode.L2TUNNEL)
"""The modes that are not bound to Azure."""

DOCUMENTED = (NetworkMode.NAT, NetworkMode.TRANSPARENT, *BY_VFP)
"""The modes whose access lists are documented."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One feature with the question that a design puts to the rules.

    Attributes:
        feature: the words of the row.
        ask: makes the design that uses the feature.
        refused_by: rules whose finding means no, however bad it is: an option that is ignored is no feature.
        limited_by: rules whose finding means that it works with a limit.
        modes: the modes that the question makes sense for.
    """

    feature: str
    ask: Question
    refused_by: tuple[str, ...]
    limited_by: tuple[str, ...] = ()
    modes: tuple[NetworkMode, ...] = EVERY_MODE

    def answer(self, mode: NetworkMode, release: OsRelease) -> Answer:
        """Ask the rules about a mode on a release."""
        wanted = [rule_of(rule_id) for rule_id in (*self.refused_by, *self.limited_by)]
        found = {judged.rule.id for judged in judge(self.ask(Smallest.of(mode, release)).topology, wanted)}
        if found & set(self.refused_by):
            return Answer.NO
        return Answer.LIMITED if found else Answer.YES


def _network(**fields: Any) -> Question:
    return partial(Smallest.change, entity_id=NETWORK, **fields)


def _link(**fields: Any) -> Question:
    return partial(Smallest.change, entity_id=LINK, **fields)


def _host(**fields: Any) -> Question:
    return partial(Smallest.change, entity_id=HOST, **fields)


def _fixed_address(small: Smallest) -> Smallest:
    """Give the container an address of the subnet; an adapter in Azure has the addresses that the fabric gave it."""
    if small.mode is NetworkMode.L2TUNNEL:
        small = small.change(NIC, addresses=(ip_interface("10.0.0.11/24"), ip_interface("10.0.0.12/24")))
    return small.change(LINK, ip=small.network.subnets[0].network[20])


def _two_networks(small: Smallest) -> Smallest:
    """Add a second network of the mode, with a prefix of its own, on the same adapter."""
    first = small.network
    overlay = first.mode is NetworkMode.OVERLAY
    own = subnet("172.28.0.0/24", "172.28.0.1", 4200 if overlay else None)
    second = ContainerNetwork(id=SECOND, name="second", mode=first.mode, parent=first.parent, subnets=(own,))
    small = small.add(second, Attachment(id=EntityId("second endpoint"), source=CONTAINER, target=SECOND))
    carried = UPLINK in small.entities
    return small.add(Uplink(id=EntityId("second uplink"), source=SECOND, target=NIC)) if carried else small


def _two_subnets(small: Smallest) -> Smallest:
    more = subnet("10.6.0.0/24", "10.6.0.1", 4101 if small.mode is NetworkMode.OVERLAY else None)
    return small.change(NETWORK, subnets=(*small.network.subnets, more))


def _dual_stack(small: Smallest) -> Smallest:
    """Add an IPv6 subnet; where a plug-in can make such a network, by a plug-in."""
    small = small.change(NETWORK, subnets=(*small.network.subnets, subnet("fd00::/64")))
    by_plugin = small.mode in (NetworkMode.L2BRIDGE, NetworkMode.L2TUNNEL)
    return small.change(HOST, role=HostRole.KUBERNETES_NODE) if by_plugin else small


def _published(small: Smallest) -> Smallest:
    return small.change(LINK, ports=(PortMapping(host_port=8080, container_port=80),))


def _on_localhost(small: Smallest) -> Smallest:
    return _flow(_published(small), HOST, CONTAINER, address="localhost", port=8080)


def _flow(small: Smallest, source: EntityId, target: EntityId, **fields: Any) -> Smallest:
    return small.add(Flow(id=EntityId("flow"), source=source, target=target, **fields))


def _service(mode: str, **fields: Any) -> Question:
    def ask(small: Smallest) -> Smallest:
        ports = (ServicePort(published=8080, target=80),) if mode == "mesh" else ()
        service = Service(id=EntityId("service"), name="web", ports=ports, **fields)
        return small.add(service, Attachment(id=EntityId("service endpoint"), source=service.id, target=NETWORK))

    return ask


def _on_switch(switch_type: SwitchType) -> Question:
    def ask(small: Smallest) -> Smallest:
        switch = VSwitch(id=EntityId("switch"), name="switch", parent=HOST, switch_type=switch_type)
        small = small.without(UPLINK).add(switch).change(NETWORK, switch=switch.id)
        external = switch_type is SwitchType.EXTERNAL
        return small.add(Uplink(id=EntityId("switch uplink"), source=switch.id, target=NIC)) if external else small

    return ask


def _without_adapter(small: Smallest) -> Smallest:
    return small.without(UPLINK, NIC, EntityId("cable"))


def _on_another_host(small: Smallest) -> Smallest:
    host = small.entities[HOST]
    assert isinstance(host, Host)
    other = host.evolve(id=SECOND, name="second", role=_joined(host), advertise_address=_second_address(host))
    nic = PhysicalNic(id=EntityId("second adapter"), name="Ethernet", parent=SECOND)
    remote = WindowsContainer(id=EntityId("remote"), name="remote", parent=SECOND)
    return small.add(other, nic, remote, Attachment(id=EntityId("remote endpoint"), source=remote.id, target=NETWORK))


def _joined(host: Host) -> HostRole:
    return HostRole.SWARM_WORKER if host.role is HostRole.SWARM_MANAGER else host.role


def _second_address(host: Host) -> Any:
    return ip_address("10.0.0.12") if host.advertise_address is not None else None


def _within_network(small: Smallest) -> Smallest:
    neighbour = WindowsContainer(id=SECOND, name="neighbour", parent=HOST, image="servercore")
    small = small.add(neighbour, Attachment(id=EntityId("second endpoint"), source=SECOND, target=NETWORK))
    return _flow(small, CONTAINER, SECOND)


def _between_networks(small: Smallest) -> Smallest:
    remote = WindowsContainer(id=EntityId("remote"), name="remote", parent=HOST)
    small = _two_networks(small).without(EntityId("second endpoint"))
    small = small.add(remote, Attachment(id=EntityId("remote endpoint"), source=remote.id, target=SECOND))
    return _flow(small, CONTAINER, remote.id)


def _balanced(**fields: Any) -> Question:
    def ask(small: Smallest) -> Smallest:
        balancer = LoadBalancer(
            id=EntityId("balancer"),
            name="balancer",
            parent=HOST,
            vip=ip_address("10.250.0.10"),
            source_vip=ip_address("10.5.0.250") if small.mode is NetworkMode.OVERLAY else None,
            **fields,
        )
        return small.add(balancer, Backend(id=EntityId("backend"), source=balancer.id, target=CONTAINER))

    return ask


def _access_list(small: Smallest, **fields: Any) -> Smallest:
    """Give the endpoint an access list, enforced where the mode can do that."""
    by = "switch" if MODES[small.mode].uses_vfp else "host"
    return small.change(LINK, acls=(AclRule(action="block", protocol="tcp", enforced_by=by, **fields),))


def _access_list_of_hyperv(small: Smallest) -> Smallest:
    return _access_list(small.hyperv())


def _made_in_hns(small: Smallest) -> Smallest:
    return small.change(HOST, role=HostRole.KUBERNETES_NODE)


_REACHING = ("TOP009", "TOP010")

PROBES: tuple[Probe, ...] = (
    Probe("Internal switch", _on_switch(SwitchType.INTERNAL), ("SWI004",)),
    Probe("External switch", _on_switch(SwitchType.EXTERNAL), ("SWI004",)),
    Probe("Private switch", _on_switch(SwitchType.PRIVATE), ("SWI004",)),
    Probe("Works without an adapter", _without_adapter, ("SWI002", "OVL006")),
    Probe("Works without a subnet", _network(subnets=()), ("IPA023",)),
    Probe("Works as shipped", _host(update_revision=1), ("OVL003",), modes=(NetworkMode.OVERLAY,)),
    Probe("One network over several hosts", _on_another_host, ("TOP003",)),
    Probe(
        "Fixed addresses",
        _fixed_address,
        ("IPA004", "IPA011", "OVL007"),
        ("AZR004",),
        tuple(mode for mode in NetworkMode if mode is not NetworkMode.ICS),
    ),
    Probe("DHCP", _network(ipam_driver="dhcp", subnets=()), ("IPA010",)),
    Probe("Several nat networks with prefixes of their own", _two_networks, ("NAT001",), modes=(NetworkMode.NAT,)),
    Probe("Several networks on one adapter", _two_networks, ("SWI009",), ("SWI010",), EXTERNAL),
    Probe("Several subnets", _two_subnets, ("IPA016", "IPA017")),
    Probe("VLAN", _network(vlan=10), ("VLN001",)),
    Probe("VSID", _network(vsid=5000), ("VSI001",)),
    Probe("OutboundNAT", _network(outbound_nat=True), ("DKR013", "DKR014")),
    Probe("Published ports", _published, ("PRT001", "PRT002", "PRT003")),
    Probe("Published ports on localhost of the host", _on_localhost, ("NAT011",), modes=(NetworkMode.NAT,)),
    Probe("Names by Docker DNS", _link(aliases=("web",)), ("DNS005",)),
    Probe("IPv6", _dual_stack, ("IPV001", "IPV002", "IPV004"), ("IPV003",)),
    Probe("IPv6 by Docker (--ipv6)", _network(ipv6_flag=True), ("DKR007", "OVL010")),
    Probe("Routing mesh", _service("mesh"), ("PRT015",), ("OVL016",), (NetworkMode.OVERLAY,)),
    Probe("Virtual IP of a service", _service("plain"), ("OVL008",), modes=(NetworkMode.OVERLAY,)),
    Probe("Encryption", _network(encrypted=True), ("OVL009",), modes=(NetworkMode.OVERLAY,)),
    Probe("Load balancing by HNS", _balanced(), ("LBL001",)),
    Probe("Direct server return", _balanced(direct_server_return=True), ("LBL004",), modes=BY_VFP),
    Probe("Session affinity", _balanced(session_affinity=True), ("LBL005",), modes=BY_VFP),
    Probe("Access lists of Windows containers", _access_list, ("ACL001", "ACL003"), modes=DOCUMENTED),
    Probe("Access lists of Hyper-V containers", _access_list_of_hyperv, ("ACL001", "ACL003"), modes=DOCUMENTED),
    Probe(
        "Port ranges in access lists",
        partial(_access_list, local_ports=(PortRange(first=8000, last=8100),)),
        ("ACL004",),
        modes=DOCUMENTED,
    ),
    Probe("Hyper-V VM without MAC spoofing", _host(machine=Machine.HYPERV_VM), ("VMH001",), modes=ANYWHERE),
    Probe("VMware VM without promiscuous mode", _host(machine=Machine.VMWARE_VM), ("VMH002",), modes=ANYWHERE),
    Probe("Azure VM", _host(machine=Machine.AZURE_VM), ("AZR001",)),
    Probe("Outside Azure", _host(machine=Machine.BARE_METAL), ("AZR002",)),
    Probe("Made in HNS, survives a restart", _made_in_hns, ("NAT010",), modes=(NetworkMode.NAT,)),
    Probe("Between containers of the network", _within_network, _REACHING, ("ACL005",)),
    Probe("To another nat network of the host", _between_networks, ("NAT008",), modes=(NetworkMode.NAT,)),
    Probe("Host to container", partial(_flow, source=HOST, target=CONTAINER), ("OVL014", *_REACHING), ("ACL005",)),
    Probe("Container to the outside", partial(_flow, source=CONTAINER, target=CLIENT), ("OVL013", *_REACHING)),
    Probe(
        "Outside to the container's address",
        partial(_flow, source=CLIENT, target=CONTAINER),
        ("NAT009", "OVL015", *_REACHING),
        ("ACL005",),
    ),
)
"""The rows of the tables, in their order."""


def answers(probe: Probe, mode: NetworkMode) -> tuple[Answer, ...]:
    """Return the answers about a mode on every release that has a column of its own, the oldest first."""
    return tuple(probe.answer(mode, release) for release in COLUMNS)
