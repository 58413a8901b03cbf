"""Designs that the tests of the export share; each shows parts of the model that no shipped example has."""

from __future__ import annotations

from ipaddress import ip_address as address
from ipaddress import ip_interface as interface

from designer.model.addressing import MacAddress
from designer.model.annotations import DESIGN_ID, DesignInfo
from designer.model.entities import Entity
from designer.model.hosts import (
    DaemonSettings,
    Host,
    HostRole,
    HostVNic,
    ListeningPort,
    Machine,
    PhysicalNic,
    PortVlan,
    SetTeam,
    StaticMapping,
    SwitchType,
    VSwitch,
    WinNat,
)
from designer.model.identity import EntityId
from designer.model.links import AclRule, Attachment, Backend, PortMapping, PortRange, Uplink
from designer.model.networks import ContainerNetwork, DriverOption, LoadBalancer, MacRange, NetworkMode, Subnet
from designer.model.releases import OsRelease
from designer.model.services import Service, ServicePort
from designer.model.topology import Topology
from designer.model.workloads import Compartment, EnvironmentVariable, HyperVContainer, WindowsContainer

HOST = EntityId("host-1")
IMAGE = "mcr.microsoft.com/windows/servercore:ltsc2022"


def design(*entities: Entity, host: Host | None = None) -> Topology:
    """Return a design of one host with its contents."""
    info = DesignInfo(id=DESIGN_ID, title="Export test")
    return Topology.of_entities([info, host or Host(id=HOST, name="HOST01"), *entities])


def nic(name: str, identity: str, *, parent: EntityId = HOST) -> PhysicalNic:
    return PhysicalNic(id=EntityId(identity), name=name, parent=parent)


def network(identity: str, mode: NetworkMode, prefix: str = "", **fields: object) -> ContainerNetwork:
    """Return a network of the host, with the first address of its prefix as gateway."""
    subnets: tuple[Subnet, ...] = ()
    if prefix:
        subnet = interface(prefix)
        subnets = (Subnet(prefix=subnet, gateway=subnet.network[1]),)
    values = {"name": identity, "parent": HOST, "mode": mode, "subnets": subnets} | fields
    return ContainerNetwork.model_validate({"id": EntityId(identity), **values})


def container(identity: str, **fields: object) -> WindowsContainer:
    values = {"name": identity, "parent": HOST, "image": IMAGE} | fields
    return WindowsContainer.model_validate({"id": EntityId(identity), **values})


def attached(workload: str, to: str, **fields: object) -> Attachment:
    return Attachment.model_validate({"id": f"{workload}-{to}", "source": workload, "target": to, **fields})


def uplink(upper: str, lower: str) -> Uplink:
    return Uplink(id=EntityId(f"uplink-{upper}-{lower}"), source=EntityId(upper), target=EntityId(lower))


def switches() -> Topology:
    """A SET team under an explicit switch with host vNICs and an l2bridge network; an internal switch with WinNAT."""
    team = SetTeam(id=EntityId("team"), name="Team", parent=HOST)
    return design(
        team,
        nic("Ethernet 2", "nic-2", parent=team.id),
        nic("Ethernet 3", "nic-3", parent=team.id),
        VSwitch(id=EntityId("set-switch"), name="SetSwitch", parent=HOST, bandwidth_mode="weight"),
        uplink("set-switch", "team"),
        HostVNic(
            id=EntityId("vnic-mgmt"),
            name="vEthernet (Mgmt)",
            parent=HOST,
            addresses=(interface("10.20.0.5/24"),),
            vlan=20,
        ),
        HostVNic(
            id=EntityId("vnic-storage"),
            name="Storage",
            parent=HOST,
            addresses=(interface("10.21.0.5/24"), interface("10.22.0.5/24")),
            mac=MacAddress("00-15-5D-20-00-05"),
        ),
        attached("vnic-mgmt", "set-switch"),
        attached("vnic-storage", "set-switch"),
        VSwitch(id=EntityId("int-switch"), name="Internal [lab]", parent=HOST, switch_type=SwitchType.INTERNAL),
        HostVNic(
            id=EntityId("vnic-lab"),
            name="Internal [lab]",
            parent=HOST,
            addresses=(interface("192.168.90.1/24"),),
            forwarding=True,
        ),
        attached("vnic-lab", "int-switch"),
        WinNat(
            id=EntityId("winnat"),
            name="LabNat",
            parent=HOST,
            internal_prefix=interface("192.168.90.0/24"),
            mappings=(StaticMapping(external_port=9443, internal_address=address("192.168.90.10"), internal_port=443),),
        ),
        VSwitch(id=EntityId("priv-switch"), name="Private", parent=HOST, switch_type=SwitchType.PRIVATE),
        network("bridge0", NetworkMode.L2BRIDGE, "10.20.0.0/24", switch=EntityId("set-switch"), vlan=20),
        container("web01"),
        attached("web01", "bridge0", ip="10.20.0.30"),
    )


def policies() -> Topology:
    """Access lists, a bandwidth limit, a load balancer and a host endpoint on an l2bridge network."""
    return design(
        nic("Ethernet", "nic-1"),
        network("bridge0", NetworkMode.L2BRIDGE, "10.61.1.0/24", outbound_nat=True),
        uplink("bridge0", "nic-1"),
        HostVNic(
            id=EntityId("endpoint"),
            name="bridge0-host",
            parent=HOST,
            role="host-endpoint",
            addresses=(interface("10.61.1.2/24"),),
            forwarding=True,
        ),
        attached("endpoint", "bridge0"),
        container("web01"),
        container("web02"),
        attached(
            "web01",
            "bridge0",
            ip="10.61.1.20",
            acls=(
                AclRule(action="block", priority=200),
                AclRule(
                    protocol="tcp",
                    local_ports=(PortRange(first=80, last=80), PortRange(first=8000, last=8010)),
                    remote_addresses=(interface("10.61.0.0/16"),),
                    priority=100,
                ),
            ),
            outbound_limit_bytes_per_second=12_500_000,
        ),
        attached("web02", "bridge0", ip="10.61.1.21"),
        LoadBalancer(
            id=EntityId("balancer"),
            name="shop",
            vip=address("10.61.1.100"),
            source_vip=address("10.61.1.250"),
            direct_server_return=True,
            session_affinity=True,
        ),
        Backend(id=EntityId("backend-1"), source=EntityId("balancer"), target=EntityId("web01")),
        Backend(id=EntityId("backend-2"), source=EntityId("balancer"), target=EntityId("web02")),
    )


def engine() -> Topology:
    """Settings of the engine, Docker's own nat network, and every option of containers and networks."""
    host = Host(
        id=HOST,
        name="HOST01",
        machine=Machine.HYPERV_VM,
        daemon=DaemonSettings(
            fixed_cidr=interface("172.30.0.0/24"), isolation="process", dns=(address("10.0.0.10"), address("10.0.0.11"))
        ),
    )
    return design(
        nic("Ethernet 2", "nic-2"),
        network("nat", NetworkMode.NAT, predefined=True),
        network(
            "lan",
            NetworkMode.TRANSPARENT,
            "10.60.4.0/24",
            vlan=40,
            dns_servers=(address("10.60.4.10"), address("10.60.4.11")),
            dns_suffix="shop.example",
            mac_pools=(MacRange(first=MacAddress("00-15-5D-60-40-00"), last=MacAddress("00-15-5D-60-4F-FF")),),
            hns_name="lan-hns",
        ),
        uplink("lan", "nic-2"),
        network("back", NetworkMode.INTERNAL, "192.168.77.0/24"),
        network(
            "front",
            NetworkMode.NAT,
            "172.31.0.0/24",
            gateway_dns=False,
            options=(DriverOption(key="com.docker.network.windowsshim.dnssuffix", value="front.example"),),
        ),
        *_engine_containers(),
        host=host,
    )


def _engine_containers() -> tuple[Entity, ...]:
    return (
        container(
            "web01",
            hostname="web",
            dns_servers=(address("10.0.0.10"),),
            memory_mb=512,
            cpus=1.5,
            environment=(EnvironmentVariable(name="GREETING", value='say "hello" now'),),
            command=("cmd", "/c", "echo started & ping -t localhost"),
        ),
        attached(
            "web01",
            "front",
            ip="172.31.0.20",
            aliases=("shop", "www"),
            ports=(
                PortMapping(host_port=8080, container_port=80),
                PortMapping(host_port=5353, container_port=53, protocol="udp"),
                PortMapping(container_port=443),
            ),
        ),
        attached("web01", "back", ip="192.168.77.20", aliases=("web-back",)),
        HyperVContainer(id=EntityId("api01"), name="api01", parent=HOST, image=IMAGE),
        attached("api01", "lan", ip="10.60.4.30", mac=MacAddress("00-15-5D-60-40-30")),
        attached("api01", "back"),
        container("job01", explicit_isolation=False),
        attached("job01", "nat"),
    )


def pods() -> Topology:
    """Containers that share a compartment, one that lends its network, and one without a network."""
    pod = Compartment(id=EntityId("pod"), name="pod", parent=HOST, pod=True)
    return design(
        network("nat0", NetworkMode.NAT, "172.31.0.0/24"),
        pod,
        container("pod-a", parent=pod.id),
        container("pod-b", parent=pod.id),
        attached("pod", "nat0", ip="172.31.0.10", ports=(PortMapping(host_port=8081, container_port=80),)),
        container("lender"),
        attached("lender", "nat0"),
        container("borrower", shares_network_of=EntityId("lender")),
        container("alone", network_none=True),
        Compartment(id=EntityId("empty"), name="empty", parent=HOST),
    )


def second_manager() -> Topology:
    """A swarm of two managers on other than the usual VXLAN port, with an overlay that only the second one uses."""
    first = Host(
        id=EntityId("manager-a"),
        name="A",
        role=HostRole.SWARM_MANAGER,
        swarm="s",
        advertise_address=address("10.30.0.11"),
        vxlan_port=4790,
    )
    second = first.evolve(id=EntityId("manager-b"), name="B", advertise_address=address("10.30.0.12"))
    mesh = network("mesh", NetworkMode.OVERLAY, "10.90.1.0/24", parent=None, attachable=True)
    return Topology.of_entities(
        [first, second, mesh, container("web01", parent=second.id), attached("web01", "mesh", ip="10.90.1.10")]
    )


def old_host(*entities: Entity) -> Topology:
    """A design on Windows Server 2016."""
    return design(*entities, host=Host(id=HOST, name="HOST01", os=OsRelease.WS2016))


def own_nat_on_2016() -> Topology:
    """A nat network of its own on Windows Server 2016, whose one NAT prefix Docker's network has until it goes."""
    host = Host(id=HOST, name="HOST01", os=OsRelease.WS2016, daemon=DaemonSettings(default_nat=False))
    image = "mcr.microsoft.com/windows/servercore:ltsc2016"
    ports = (PortMapping(host_port=8080, container_port=80),)
    return design(
        network("nat0", NetworkMode.NAT, "172.16.0.0/20"),
        container("web01", image=image),
        attached("web01", "nat0", ip="172.16.0.10", ports=ports),
        host=host,
    )


def agreed() -> Topology:
    """A host that lacks features, IPv6 and open ports, and whose script may mend all of that."""
    rules = ("HST002", "HST005", "ISO005", "NAT004", "PRT020")
    host = Host(
        id=HOST,
        name="HOST01",
        containers_feature=False,
        hyperv_role=False,
        ipv6_enabled=False,
        blocked_ports=(ListeningPort(port=8080),),
        script_steps=rules,
    )
    return design(
        network("nat0", NetworkMode.NAT, "172.31.0.0/24"),
        HyperVContainer(id=EntityId("web01"), name="web01", parent=HOST, image=IMAGE),
        attached("web01", "nat0", ports=(PortMapping(host_port=8080, container_port=80),)),
        WinNat(id=EntityId("old"), name="OldNat", parent=HOST, internal_prefix=interface("192.168.90.0/24")),
        host=host,
    )


def at_start() -> Topology:
    """A node of a cluster whose nat network HNS forgets, with the step that makes it again at each start."""
    host = Host(id=HOST, name="HOST01", role=HostRole.KUBERNETES_NODE, script_steps=("NAT010",))
    return design(
        network("nat0", NetworkMode.NAT, "172.31.0.0/24"), container("web01"), attached("web01", "nat0"), host=host
    )


def services() -> Topology:
    """A manager and a worker with services on an overlay and on a nat network of the swarm, and a mesh of their own."""
    manager = Host(
        id=HOST,
        name="HOST01",
        role=HostRole.SWARM_MANAGER,
        swarm="s",
        advertise_address=address("10.30.0.11"),
        swarm_pools=(interface("10.80.0.0/16"),),
        swarm_ingress=False,
    )
    worker = manager.evolve(
        id=EntityId("host-2"), name="HOST02", role=HostRole.SWARM_WORKER, advertise_address=address("10.30.0.12")
    )
    return Topology.of_entities(
        [
            DesignInfo(id=DESIGN_ID, title="Export test"),
            manager,
            worker,
            network("mesh", NetworkMode.OVERLAY, "10.90.1.0/24", parent=None),
            network("entry", NetworkMode.OVERLAY, "10.90.9.0/24", parent=None, ingress=True),
            network("local", NetworkMode.NAT, "172.31.0.0/24", scope="swarm"),
            Service(
                id=EntityId("shop"),
                name="shop",
                image=IMAGE,
                replicas=3,
                ports=(ServicePort(published=8080, target=80), ServicePort(target=53, protocol="udp")),
                constraints=("node.platform.os == windows",),
                environment=(EnvironmentVariable(name="GREETING", value='say "hello" now'),),
                command=("cmd", "/c", "echo started & ping -t localhost"),
            ),
            attached("shop", "mesh", aliases=("store",)),
            Service(
                id=EntityId("agent"),
                name="agent",
                image=IMAGE,
                mode="global",
                endpoint_mode="dnsrr",
                isolation="process",
                ports=(ServicePort(published=9100, target=9100, mode="host"),),
            ),
            attached("agent", "local"),
        ]
    )


def switch_ports() -> Topology:
    """Host vNICs whose switch ports are a trunk, in a private VLAN, isolated, and have their share of the switch."""
    private = PortVlan(mode="promiscuous", primary=100, secondary=(201, 200))
    host = Host(id=HOST, name="HOST01", opened_ports=(ListeningPort(port=1433), ListeningPort(port=53, protocol="any")))
    return design(
        VSwitch(id=EntityId("lab"), name="Lab", parent=HOST, switch_type=SwitchType.INTERNAL, bandwidth_mode="weight"),
        HostVNic(id=EntityId("a"), name="Trunk", parent=HOST, port_vlan=PortVlan(native=10, allowed=(30, 20))),
        HostVNic(id=EntityId("b"), name="Private", parent=HOST, port_vlan=private),
        HostVNic(
            id=EntityId("c"),
            name="Own",
            parent=HOST,
            isolation="external-virtual-subnet",
            minimum_bandwidth_weight=20,
        ),
        attached("a", "lab"),
        attached("b", "lab"),
        attached("c", "lab"),
        host=host,
    )


DESIGNS = {
    "switch-ports": switch_ports,
    "services": services,
    "agreed": agreed,
    "at-start": at_start,
    "own-nat-on-2016": own_nat_on_2016,
    "switches": switches,
    "policies": policies,
    "engine": engine,
    "pods": pods,
    "second-manager": second_manager,
}
