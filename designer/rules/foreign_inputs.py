"""Rules about what a design cannot hold: values refused at the border, Compose files, scripts of others (DKR, CPS …).

An import names them when it reads such input, and error messages lead to these pages.
"""

from __future__ import annotations

from designer.rules import sources as src
from designer.rules.registry import FixClass, Severity, undecidable

DERIVED = "the adapters and compartments of containers follow from their isolation, so that a design cannot mix them."
BORDER = "a design holds typed values; such a value is refused where it is typed or read."
COMPOSE = "it is about the text of a Compose file, which a design does not keep; the import names it."
SCRIPTS = "it is about commands of a script; the scripts that a design exports never have them."
SPEC = "compose-spec/compose-spec: "


@undecidable("ISO010", Severity.ERROR, reason=BORDER, fix=FixClass.QUICK, sources=(src.HOST_CONFIG_WINDOWS,))
def bad_isolation_value() -> None:
    """An isolation that Windows does not know.

    Why: the engine takes default, process and hyperv, and refuses all else.
    Bad: --isolation vm.
    Good: --isolation hyperv.
    """


@undecidable("CMP001", Severity.ERROR, reason=DERIVED, fix=FixClass.QUICK, sources=(src.SEED, src.ISOLATION))
def no_compartment() -> None:
    """A Windows container without a compartment.

    Why: each Windows container with an endpoint has a network compartment, its own or a shared one.
    Bad: a Windows container drawn on a network outside any compartment, in a tool that lets one do that.
    Good: the compartment that follows from the container.
    """


@undecidable("CMP004", Severity.ERROR, reason=DERIVED, fix=FixClass.QUICK, sources=(src.SEED,))
def hyperv_on_host_vnic() -> None:
    """A Hyper-V container on a host vNIC.

    Why: the utility VM of a Hyper-V container attaches with a synthetic vmNIC.
    Bad: api01 (Hyper-V) on a vNIC of the host.
    Good: api01 on a vmNIC of its utility VM.
    """


@undecidable("CMP005", Severity.ERROR, reason=DERIVED, fix=FixClass.QUICK, sources=(src.SEED,))
def windows_container_on_vmnic() -> None:
    """A Windows container on a vmNIC.

    Why: a Windows container has no utility VM; it attaches with a host vNIC in its compartment.
    Bad: web01 on a synthetic vmNIC.
    Good: web01 on a host vNIC in its compartment.
    """


@undecidable(
    "CMP014",
    Severity.ERROR,
    reason="an attachment of a design has one workload and one network, so that no endpoint can have two.",
    fix=FixClass.QUICK,
    sources=(src.HCN_RESULT,),
)
def endpoint_attached_twice() -> None:
    """One endpoint in two compartments.

    Why: HNS attaches an endpoint once (0x803b0014, 0x803b002B).
    Bad: the endpoint of web01 attached to web02 too.
    Good: an endpoint for each container, or containers that share a compartment.
    """


@undecidable(
    "IPA033",
    Severity.INFO,
    reason="it is about the output of docker network inspect; a design has the prefix length of the subnet only.",
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
)
def classful_prefix_in_inspect() -> None:
    """A classful prefix length in the output of inspect.

    Why: for addresses that HNS picked Docker shows the length of the address class, not the one of the subnet.
    Bad: 172.16.0.10/16 where the subnet is 172.16.0.0/20.
    Good: the length of the subnet.
    """


@undecidable(
    "IPA034",
    Severity.ERROR,
    reason="an endpoint of a design has an address without a prefix length, and takes the one of its subnet.",
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER,),
)
def overlay_address_with_other_mask() -> None:
    """An overlay address with another prefix length than its subnet.

    Why: the overlay driver compares the whole prefix.
    Bad: 10.9.0.20/16 in 10.9.0.0/24.
    Good: 10.9.0.20/24.
    """


@undecidable("PRT008", Severity.ERROR, reason=BORDER, fix=FixClass.QUICK, sources=(src.WINDOWS_DRIVER,))
def host_port_range() -> None:
    """A range of host ports for one container port.

    Why: the Windows driver maps one host port to one container port (“more than one host port”).
    Bad: -p 8080-8090:80.
    Good: -p 8080:80.
    """


@undecidable(
    "DKR021",
    Severity.ERROR,
    reason="it is about the way a script attaches a second network; exported scripts use docker network connect.",
    fix=FixClass.QUICK,
    sources=("moby/moby: api/docs/CHANGELOG.md",),
)
def several_network_options() -> None:
    """Several --network options on an old engine.

    Why: docker run takes more than one network from API 1.44 (Engine 25) on.
    Bad: docker run --network nat0 --network corp with Engine 20.10.
    Good: docker create with one network, then docker network connect.
    """


@undecidable(
    "CPS001", Severity.ERROR, reason=COMPOSE, fix=FixClass.QUICK, sources=(src.ADVANCED, SPEC + "06-networks.md")
)
def compose_without_driver() -> None:
    """A Compose network without a driver.

    Why: the default driver of Compose is bridge, which Windows lacks.
    Bad: “networks: front: {}” on Windows.
    Good: “driver: nat”, or the external network nat.
    """


@undecidable("CPS002", Severity.ERROR, reason=COMPOSE, fix=FixClass.QUICK, sources=(SPEC + "05-services.md",))
def compose_mode_and_networks() -> None:
    """A Compose service with network_mode and networks.

    Why: the two exclude each other.
    Bad: a service with network_mode: none and networks: [front].
    Good: one of the two.
    """


@undecidable("CPS003", Severity.ERROR, reason=COMPOSE, fix=FixClass.QUICK, sources=(SPEC + "05-services.md",))
def compose_address_without_ipam() -> None:
    """A fixed address in Compose without a subnet.

    Why: ipv4_address needs a network whose ipam configuration covers it.
    Bad: ipv4_address: 172.16.0.10 on a network without ipam.
    Good: the subnet 172.16.0.0/20 in the ipam configuration of the network.
    """


@undecidable(
    "CPS004",
    Severity.WARNING,
    reason=COMPOSE,
    fix=FixClass.QUICK,
    sources=(SPEC + "05-services.md", SPEC + "06-networks.md"),
)
def compose_linux_keys() -> None:
    """Compose keys that only Linux has.

    Why: interface_name, ipv6_address, enable_ipv6, aux_addresses, ip_range and internal fail or do nothing on Windows.
    Bad: enable_ipv6: true.
    Good: the file without these keys.
    """


@undecidable("CPS005", Severity.WARNING, reason=COMPOSE, fix=FixClass.QUICK, sources=(SPEC + "05-services.md",))
def compose_unquoted_port() -> None:
    """A port mapping without quotes in Compose.

    Why: YAML 1.1 reads xx:yy as a number to the base 60.
    Bad: “- 22:22” without quotes.
    Good: “- "22:22"”.
    """


@undecidable("CPS006", Severity.ERROR, reason=COMPOSE, fix=FixClass.QUICK, sources=(SPEC + "06-networks.md",))
def compose_external_missing() -> None:
    """An external network of Compose is missing.

    Why: Compose does not make a network that it is told to find.
    Bad: external: true for a network that the host does not have.
    Good: the network made before.
    """


@undecidable(
    "CPS007",
    Severity.ERROR,
    reason=COMPOSE,
    fix=FixClass.QUICK,
    sources=(SPEC + "06-networks.md", src.MULTI_SUBNET),
)
def compose_several_ipam() -> None:
    """Several ipam configurations in Compose.

    Why: only an overlay network takes more than one subnet through Docker.
    Bad: two entries under ipam.config of a nat network.
    Good: two networks.
    """


@undecidable("CPS009", Severity.ERROR, reason=COMPOSE, fix=FixClass.QUICK, sources=("docker/cli#414",))
def compose_key_newer_than_version() -> None:
    """A Compose key that the version of the file lacks.

    Why: docker stack deploy and Compose 1 refuse keys of later versions, above all isolation.
    Bad: version "3.3" with isolation: hyperv.
    Good: version "3.5", or no version line.
    """


@undecidable("NAM008", Severity.ERROR, reason=COMPOSE, fix=FixClass.QUICK, sources=(SPEC + "schema/compose-spec.json",))
def compose_key_name() -> None:
    """A Compose key with characters that it cannot have.

    Why: the names of services and networks are letters, digits, dots, underscores and dashes.
    Bad: a service “web 01”.
    Good: a service “web01”.
    """


@undecidable("NAM009", Severity.ERROR, reason=SCRIPTS, fix=FixClass.QUICK, sources=(src.ENGINE_NETWORK,))
def predefined_network_removed() -> None:
    """A predefined network is removed through Docker.

    Why: nat and none belong to Docker, which refuses to delete them.
    Bad: docker network rm nat.
    Good: "bridge": "none" in daemon.json, when the nat network shall go.
    """


@undecidable(
    "MTU004",
    Severity.ERROR,
    reason="an endpoint of a design has its settings once, so that no policy can be there twice.",
    fix=FixClass.QUICK,
    sources=(src.HCN_RESULT,),
)
def two_interface_policies() -> None:
    """Two policies InterfaceParameters at one endpoint.

    Why: HNS takes one (0x803b0036).
    Bad: a script that adds the policy again.
    Good: one policy with all parameters.
    """


@undecidable("OVL002", Severity.ERROR, reason=SCRIPTS, fix=FixClass.QUICK, sources=(src.ENGINE_NETWORK, src.SWARM_MODE))
def overlay_made_on_worker() -> None:
    """An overlay network is made on a worker.

    Why: only managers hold the store of the swarm (“not a swarm manager”).
    Bad: docker network create -d overlay on a worker.
    Good: the command on a manager; exported scripts make overlay networks on the first one.
    """


@undecidable(
    "VSI006",
    Severity.ERROR,
    reason="a design has an overlay network once, for all its hosts, so that its VNI cannot differ between them.",
    fix=FixClass.QUICK,
    sources=("inferred from flannel-io/flannel",),
)
def vni_differs_between_hosts() -> None:
    """An overlay network with different VNIs on its hosts.

    Why: a node unpacks only packets with the VNI that it knows.
    Bad: VNI 4096 on one Kubernetes node and 4097 on another.
    Good: 4096 on both.
    """
