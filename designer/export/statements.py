"""The vocabulary of a setup script: what is done on a host, independent of any target.

A statement's class says when it is already so; its ``inverse`` undoes it. Statements are values: equal designs give
equal scripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from designer.export.removals import (
    ClosePorts,
    LeaveSwarm,
    RemoveAddress,
    RemoveContainer,
    RemoveHostEndpoint,
    RemoveHostVNic,
    RemoveLoadBalancer,
    RemoveNat,
    RemoveNetwork,
    RemoveSwitch,
    RestoreDaemonSettings,
)
from designer.export.script import Risk, Section, Statement
from designer.model.addressing import IpAddress, IpInterface, IpNetwork, MacAddress
from designer.model.hosts import PortVlan, StaticMapping, SwitchType
from designer.model.links import AclRule, PortMapping
from designer.model.workloads import EnvironmentVariable

# ---- Docker Engine and swarm


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDaemonSettings(Statement):
    """Keys of daemon.json; other keys stay. Already so: every key has its value and the engine started since.

    Attributes:
        settings: keys with their values as JSON can hold them.
        replaces_nat: whether Docker's network nat must be removed first, because the settings change or forbid it.
        of_2016: whether the host is Windows Server 2016, which has one NAT prefix and other commands.
    """

    section: Section = Section.ENGINE
    settings: tuple[tuple[str, str | int | tuple[str, ...]], ...]
    replaces_nat: bool
    of_2016: bool

    @property
    def inverse(self) -> Statement:
        """Put the file back as it was found."""
        return RestoreDaemonSettings(
            element=self.element,
            reason="daemon.json as it was before",
            risk=Risk.STOPS_CONTAINERS,
            replaces_nat=self.replaces_nat,
            of_2016=self.of_2016,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPorts(Statement):
    """A rule of Windows Firewall for inbound traffic. Already so: a rule with that name exists.

    Attributes:
        remote: where the traffic may come from; None for anywhere.
    """

    section: Section = Section.SWARM
    rule: str
    title: str
    protocol: str
    port: int
    remote: IpNetwork | None = None

    @property
    def inverse(self) -> Statement:
        """Remove the rule."""
        return ClosePorts(element=self.element, reason=f"firewall rule '{self.title}'", rule=self.rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSwarm(Statement):
    """The host is a node of a swarm. Already so: the engine says that it is active in one.

    Attributes:
        managers: addresses of the managers to join; empty when the host founds the swarm.
        advertise: address that other nodes reach the host at.
        data_path_port: UDP port of VXLAN; None for 4789.
        pools: prefixes that a new swarm cuts overlay subnets from; empty for those of Docker.
    """

    section: Section = Section.SWARM
    managers: tuple[IpAddress, ...]
    advertise: IpAddress | None
    data_path_port: int | None
    pools: tuple[IpInterface, ...] = ()

    @property
    def inverse(self) -> Statement:
        """Leave the swarm if the setup entered it."""
        return LeaveSwarm(element=self.element, reason="the host leaves the swarm that the setup script entered")


# ---- switches, host vNICs, WinNAT


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSwitch(Statement):
    """A Hyper-V switch. Already so: a switch of that name has the tag in its notes.

    Attributes:
        adapters: uplinks of an external switch; several form a SET team.
        algorithm: load balancing of the team, as Set-VMSwitchTeam spells it.
    """

    section: Section = Section.SWITCHES
    name: str
    switch_type: SwitchType
    adapters: tuple[str, ...] = ()
    allow_management_os: bool = True
    bandwidth_mode: str = "default"
    teaming: bool = False
    algorithm: str = ""

    @property
    def inverse(self) -> Statement:
        """Remove the switch."""
        return RemoveSwitch(
            element=self.element, reason=f"virtual switch '{self.name}'", name=self.name, risk=self.risk
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptSwitch(Statement):
    """HNS and Docker know an external switch, which takes a restart. Already so: the setup restarted them for it."""

    section: Section = Section.SWITCHES
    switch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateHostVNic(Statement):
    """A vNIC of the host on a switch. Already so: the host has a vNIC of that name.

    Attributes:
        automatic: whether it is the vNIC that came with the switch, under the switch's name, and only needs its own.
        port_vlan: a trunk or private VLAN instead of an access VLAN.
        bandwidth_weight: share of the switch.
        bandwidth_bits_per_second: guaranteed rate.
    """

    section: Section = Section.SWITCHES
    name: str
    switch: str
    automatic: bool
    mac: MacAddress | None = None
    vlan: int | None = None
    port_vlan: PortVlan | None = None
    isolation: Literal["none", "vlan", "native-virtual-subnet", "external-virtual-subnet"] = "none"
    bandwidth_weight: int | None = None
    bandwidth_bits_per_second: int | None = None

    @property
    def inverse(self) -> Statement:
        """Remove the vNIC, or give it its old name back: then it goes with its switch, addresses and all."""
        return RemoveHostVNic(
            element=self.element,
            reason=f"host vNIC '{self.name}'",
            name=self.name,
            old_name=self.switch if self.automatic else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAddress(Statement):
    """An address of a host vNIC. Already so: the interface has the address."""

    section: Section = Section.SWITCHES
    interface: str
    address: IpInterface
    gateway: IpAddress | None = None

    @property
    def inverse(self) -> Statement:
        """Remove the address, if it was not there before."""
        return RemoveAddress(
            element=self.element,
            reason=f"{self.address} on {self.interface}",
            section=self.section,
            interface=self.interface,
            address=self.address,
            gateway=self.gateway,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableForwarding(Statement):
    """IP forwarding at a host vNIC; it goes with the vNIC. Already so: forwarding is on."""

    section: Section = Section.SWITCHES
    interface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateNat(Statement):
    """A NAT of the host. Already so: the setup made it and it exists."""

    section: Section = Section.SWITCHES
    name: str
    prefix: IpNetwork

    @property
    def inverse(self) -> Statement:
        """Remove the NAT with its mappings."""
        return RemoveNat(element=self.element, reason=f"WinNAT '{self.name}' with its mappings", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStaticMapping(Statement):
    """A static mapping of a NAT; it goes with the NAT. Already so: the NAT has it."""

    section: Section = Section.SWITCHES
    nat: str
    mapping: StaticMapping


# ---- networks and containers


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateNetwork(Statement):
    """A Docker network. Already so: a network of that name has the labels of this element and these settings.

    Attributes:
        options: ``-o`` keys and values in order; a value of None is a flag.
        ingress: whether it carries the routing mesh of the swarm.
        swarm_scope: whether a network of a local driver belongs to the swarm.
        settings: changes with every option; the label that tells whether an object is as the design wants it.
    """

    section: Section = Section.NETWORKS
    name: str
    driver: str
    subnets: tuple[tuple[IpInterface, IpAddress | None], ...] = ()
    options: tuple[tuple[str, str | None], ...] = ()
    attachable: bool = False
    internal: bool = False
    ipv6: bool = False
    ingress: bool = False
    swarm_scope: bool = False
    ip_range: IpInterface | None = None
    aux_addresses: tuple[IpAddress, ...] = ()
    settings: str = ""

    @property
    def inverse(self) -> Statement:
        """Remove the network."""
        return RemoveNetwork(
            element=self.element,
            reason=f"{self.driver} network '{self.name}'",
            name=self.name,
            risk=self.risk,
            ingress=self.ingress,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateHostEndpoint(Statement):
    """The host's leg in a container network (HNS endpoint). Already so: an endpoint of that name is attached."""

    section: Section = Section.NETWORKS
    name: str
    network: str
    address: IpInterface
    mac: MacAddress | None = None

    @property
    def inverse(self) -> Statement:
        """Remove the endpoint."""
        return RemoveHostEndpoint(element=self.element, reason=f"host endpoint '{self.name}'", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateContainer(Statement):
    """A container, created and not started. Already so: one of that name has the labels of this element and settings.

    Attributes:
        network: a network's name, ``none`` or ``container:NAME``.
        isolation: ``process``, ``hyperv`` or empty for the engine's default.
        settings: changes with every option; the label that tells whether an object is as the design wants it.
    """

    section: Section = Section.CONTAINERS
    name: str
    image: str
    isolation: str
    network: str
    ip: IpAddress | None = None
    mac: MacAddress | None = None
    aliases: tuple[str, ...] = ()
    ports: tuple[PortMapping, ...] = ()
    dns_servers: tuple[IpAddress, ...] = ()
    dns_options: tuple[str, ...] = ()
    hostname: str = ""
    memory_mb: int | None = None
    cpus: float | None = None
    environment: tuple[EnvironmentVariable, ...] = ()
    command: tuple[str, ...] = ()
    settings: str = ""

    @property
    def inverse(self) -> Statement:
        """Stop and remove the container."""
        return RemoveContainer(element=self.element, reason=f"container '{self.name}'", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectContainer(Statement):
    """A container, still stopped, joins a further network. Already so: it is in the network."""

    section: Section = Section.CONTAINERS
    container: str
    network: str
    ip: IpAddress | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StartContainer(Statement):
    """A container runs. Already so: it runs."""

    section: Section = Section.CONTAINERS
    name: str


# ---- what only HNS can do


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyPolicies(Statement):
    """Access list and bandwidth limit of a running container's endpoint. Already so: the endpoint has them.

    They go when the container stops, because Docker then removes the endpoint.
    """

    section: Section = Section.POLICIES
    container: str
    network: str
    acls: tuple[AclRule, ...] = ()
    outbound_limit_bytes_per_second: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLoadBalancer(Statement):
    """A load balancer in VFP. Already so: one has the address, port and protocol.

    Attributes:
        network: the network that all back ends are on.
        backends: names of the containers.
    """

    section: Section = Section.POLICIES
    name: str
    vip: IpAddress
    protocol: str
    port: int
    target_port: int
    network: str
    backends: tuple[str, ...]
    source_vip: IpAddress | None = None
    direct_server_return: bool = False
    session_affinity: bool = False
    preserve_destination: bool = False

    @property
    def inverse(self) -> Statement:
        """Remove the load balancer."""
        return RemoveLoadBalancer(
            element=self.element,
            reason=f"load balancer '{self.name}'",
            vip=self.vip,
            protocol=self.protocol,
            port=self.port,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Statement):
    """Something of the design that no script on this host can do; the reason says what and where to do it."""

    section: Section = Section.REMARKS
