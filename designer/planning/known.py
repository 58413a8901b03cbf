"""What is taken or best left alone on every machine, whatever the design says."""

from __future__ import annotations

from ipaddress import IPv4Network

from designer.planning.gaps import Span


def span_of(network: IPv4Network) -> Span:
    """Return the addresses of a prefix as numbers."""
    first = int(network.network_address)
    return first, first + network.num_addresses - 1


def _spans(*prefixes: str) -> tuple[Span, ...]:
    return tuple(span_of(IPv4Network(prefix)) for prefix in prefixes)


NAT_POOL = IPv4Network("172.16.0.0/12")
"""HNS cuts the prefix of a nat network from this pool. Source: MicrosoftDocs/Virtualization-Documentation
container-networking/architecture.md."""

NAT_LENGTH = 20
"""Length of the prefixes that HNS cuts. Source: microsoft/Virtualization-Documentation Debug-ContainerHost."""

SWARM_POOL = IPv4Network("10.0.0.0/8")
"""A swarm cuts its overlay subnets from this pool when it is given none. Source: docker/cli swarm_init.md."""

SWARM_LENGTH = 24
"""Length of the subnets that a swarm cuts. Source: docker/cli swarm_init.md."""

LOCAL_POOL = IPv4Network("192.168.0.0/16")
"""For networks that nobody prescribes a prefix for. Source: RFC 1918."""

PRIVATE_POOLS = (NAT_POOL, LOCAL_POOL, SWARM_POOL)
"""Private address space in the order in which container networks take it. Source: RFC 1918."""

RESERVED = tuple(
    IPv4Network(prefix) for prefix in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4")
)
"""This network, loopback, link-local, multicast and experimental: no network can have them. Source: RFC 6890;
inferred from MicrosoftDocs/Virtualization-Documentation api/hcn/Reference/HCNHResult.md (0x803b0030)."""

NEVER = tuple(map(span_of, RESERVED))
"""The same as numbers."""

OF_DOCKER = _spans("10.0.0.0/24", "10.255.0.0/16")
"""The ingress network of a swarm, today and before engine 18.09. Source: docker/cli swarm_init.md, moby/swarmkit."""

OF_TOOLS = _spans("192.168.65.0/24", "192.168.255.0/30")
"""The virtual machine of Docker Desktop, and the network External that Kubernetes scripts make for its switch.

Source: Docker Desktop settings; microsoft/SDN Kubernetes/windows/helper.psm1.
"""

OF_SMALL_SITES = _spans("192.168.0.0/19", "192.168.100.0/24", "192.168.178.0/24")
"""What small routers hand out from the box and small offices number themselves with: likely somewhere around a host, at
the far end of a VPN too, whatever a design says of the wire."""

SWARM_PORTS = (2377, 4789, 7946)
"""What a node of a swarm listens on. Source: MicrosoftDocs/Virtualization-Documentation
manage-containers/swarm-mode.md."""

WINDOWS_PORTS = (135, 137, 138, 139, 445, 3389, 5985, 5986, 47_001)
"""RPC, NetBIOS, SMB, Remote Desktop and remote management. Source: Microsoft, service overview and network ports."""

ENGINE_PORTS = (2375, 2376)
"""The API of the engine, by convention. Source: docker/cli dockerd.md."""

NODE_PORTS: Span = (30_000, 32_767)
"""What Kubernetes gives to services of type NodePort. Source: kube-apiserver, service-node-port-range."""

FIRST_USER_PORT = 1024
"""Below are the ports of well-known services. Source: RFC 6335 section 6."""

FIRST_DYNAMIC_PORT = 49_152
"""Where Windows takes ports for outgoing connections, WinNAT its reservations and Docker its random ports from.

Source: RFC 6335 section 6; MicrosoftDocs/Virtualization-Documentation kubernetes/common-problems.md.
"""

FIRST_VLAN, LAST_VLAN = 2, 4094
"""VLANs that a network can have; 1 is the default VLAN of switches. Source: IEEE 802.1Q."""

FIRST_VNI, LAST_VNI = 4096, 16_777_215
"""VXLAN ids that Windows takes. Source: moby/moby daemon/libnetwork/drivers/overlay/ovmanager/ovmanager.go."""

CLUSTER_VNIS = (4096, 9999)
"""What Flannel uses on Windows, and the network External of Kubernetes scripts for overlay.

Source: kubernetes/website windows-networking.md; microsoft/SDN Kubernetes/windows/helper.psm1.
"""
