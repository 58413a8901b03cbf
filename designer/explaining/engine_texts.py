"""What the container engine reports: dockerd, its network drivers, swarm and Compose."""

from __future__ import annotations

from designer.explaining.signatures import Signature

_DRIVERS = (
    Signature(
        "the engine has no network driver “bridge” or another one of Linux",
        ("DKR001", "CPS001"),
        (
            "could not find plugin bridge",
            "plugin bridge not found",
            "could not find plugin macvlan",
            "could not find plugin ipvlan",
            "could not find plugin host",
            "plugin macvlan not found",
            "plugin ipvlan not found",
        ),
        weight=0.95,
    ),
    Signature(
        "the engine that answered runs Linux containers, and its drivers are others",
        ("DKR022", "DKR002"),
        tuple(
            wording.format(driver)
            for driver in ("nat", "transparent", "l2bridge", "l2tunnel", "internal", "private", "ics")
            for wording in ("could not find plugin {}", "plugin {} not found")
        ),
        weight=0.9,
    ),
    Signature(
        "the engine has no such network driver",
        ("DKR001", "DKR002", "DKR022"),
        ("could not find plugin", "plugin not found", "plugins are not supported on this platform"),
        weight=0.7,
    ),
    Signature(
        "Windows has no network mode host",
        ("DKR003",),
        ("network host not found", "network mode host is not supported", "host network is not supported"),
        weight=0.95,
    ),
    Signature(
        "the IPAM driver of Windows has no such option",
        ("DKR005", "DKR007"),
        (
            "this request is not supported by the windows ipam driver",
            "this request is not supported by null ipam driver",
            "not supported by … ipam driver",
        ),
        weight=0.95,
        context=(("v6", "DKR007"), ("ipv6", "DKR007")),
    ),
    Signature(
        "the network drivers of Windows take no IPv6 subnet",
        ("DKR007", "IPV004"),
        ("windowsshim driver doesn't support v6 subnets", "doesn't support v6 subnets"),
        weight=0.95,
    ),
    Signature("IPv4 cannot be left out", ("DKR008",), ("ipv4 cannot be disabled on windows",), weight=0.95),
    Signature(
        "this build of Windows has no OutboundNAT", ("DKR014",), ("not supported on this os version",), weight=0.85
    ),
    Signature("the option does not exist for endpoints", ("DKR018",), ("invalid endpoint configuration",)),
    Signature("the MAC pool has a first address without a last one", ("MAC002",), ("invalid mac pool",), weight=0.95),
    Signature("a subnet of the overlay has no VNI", ("VSI004",), ("insufficient vnis",), weight=0.95),
    Signature("the list of VNIs holds what is no number", ("VSI005",), ("invalid vxlan id value",), weight=0.95),
    Signature("an overlay network needs a subnet", ("OVL011",), ("ipv4 pool is empty",), weight=0.95),
)

_ADDRESSES = (
    Signature(
        "Docker took the range for another network, or the host has it",
        ("NAT002", "NAT003", "IPA018"),
        ("pool overlaps with other one on this address space",),
        weight=0.9,
    ),
    Signature(
        "the address lies in none of the subnets that the network was given",
        ("IPA004", "IPA011", "CPS003"),
        (
            "no configured subnet contains ip address",
            "no configured subnet or ip-range contain the ip address",
            "user specified ip address is supported only when connecting to networks with user configured subnets",
            "user specified ip address is supported on user defined networks only",
        ),
        weight=0.9,
        context=(("user configured subnets", "IPA011"), ("compose", "CPS003")),
    ),
    Signature("another endpoint has the address", ("IPA007", "IPA008"), ("address already in use",), weight=0.7),
    Signature(
        "no address of the network is left",
        ("IPA014", "IPA022"),
        ("could not find an available ip", "no available ipv4 addresses", "no available ip addresses"),
        weight=0.9,
    ),
    Signature("the prefix has host bits", ("IPA001",), ("invalid subnet … it should be", "host bits set"), weight=0.9),
    Signature("the gateway is in no subnet", ("IPA019", "IPA002"), ("no matching subnet for gateway",), weight=0.95),
    Signature("the network has a gateway for this subnet", ("IPA020",), ("multiple gateways",), weight=0.7),
    Signature(
        "two subnets of the network have addresses in common",
        ("IPA018",),
        ("multiple overlapping subnet configuration is not supported",),
        weight=0.95,
    ),
)

_PORTS = (
    Signature(
        "a published port cannot be bound to one address of the host",
        ("PRT007",),
        ("windows does not support host ip addresses in nat settings", "host ip addresses in nat settings"),
        weight=0.95,
    ),
    Signature(
        "a container port takes one host port",
        ("PRT008",),
        ("more than one host port", "multiple ports in"),
        weight=0.9,
    ),
    Signature("only TCP and UDP ports are published", ("PRT009",), ("invalid protocol", "invalid proto"), weight=0.8),
    Signature(
        "another container has the port",
        ("PRT005", "PRT006"),
        ("port is already allocated", "host port is already reserved"),
        weight=0.9,
    ),
    Signature(
        "the routing mesh needs virtual IPs",
        ("PRT014",),
        ("ingress mode can't be used with dnsrr mode",),
        weight=0.95,
    ),
    Signature(
        "another service of the swarm publishes the port",
        ("PRT017",),
        ("is already in use by service", "port … is already in use by service"),
        weight=0.95,
    ),
    Signature(
        "no node is left that has the port free",
        ("PRT016",),
        ("host-mode port already in use",),
        weight=0.9,
    ),
)

_SWARM = (
    Signature(
        "the engine belongs to no swarm, or is one of its workers",
        ("OVL001", "OVL002"),
        ("this node is not a swarm manager", "not a swarm manager", "this node is not part of a swarm"),
        weight=0.95,
        context=(("worker nodes can't be used", "OVL002"),),
    ),
    Signature(
        "the overlay was made for services only",
        ("OVL007",),
        ("not manually attachable", "network … is not attachable"),
        weight=0.95,
    ),
    Signature(
        "the swarm cannot tell which address the other nodes shall use",
        ("SWM001",),
        ("could not choose an ip address to advertise", "must specify a listening address"),
        weight=0.95,
    ),
    Signature(
        "no address for the load balancer was reserved on this node",
        ("LBL003",),
        ("failed to find load balancer ip",),
        weight=0.9,
    ),
    Signature(
        "the network exists on one host only, and a stack needs one of the swarm",
        ("CPS008",),
        (
            "is declared as external, but it is not in the right scope",
            "declared as external, but … not in the right scope",
            "not in the right scope",
        ),
        weight=0.95,
    ),
    Signature(
        "the swarm takes only certain drivers for its networks",
        ("SWM004",),
        ("is not supported in swarm scope", "driver … does not support … swarm scope"),
        weight=0.9,
    ),
    Signature("the name of a service is one of DNS", ("NAM007",), ("name must be valid as a dns name component",)),
)

_CONTAINERS = (
    Signature(
        "the platform does not add an endpoint to what runs",
        ("HOT002", "HOT003"),
        ("unsupported platform request",),
        weight=0.95,
        context=(("containerd", "HOT003"),),
    ),
    Signature(
        "the resolver of the engine did not start on the gateway of the network",
        ("SWI020", "DNS010"),
        ("resolver setup/start failed for container", "resolver setup failed", "resolver start failed"),
        weight=0.95,
    ),
    Signature(
        "a container that shares the network of another one can have no such setting",
        ("CMP009",),
        (
            "conflicting options: hostname and the network mode",
            "conflicting options: dns and the network mode",
            "conflicting options: port publishing and the container type network mode",
            "conflicting options: port exposing and the container type network mode",
            "conflicting options: … network mode",
        ),
        weight=0.9,
    ),
    Signature(
        "the container whose network is to be shared does not run",
        ("CMP010",),
        ("cannot join network of a non running container", "cannot join own network"),
        weight=0.95,
    ),
    Signature(
        "no Hyper-V container takes part in sharing a network",
        ("CMP008",),
        ("shared network … hyperv", "hyper-v containers … network of another container"),
        weight=0.8,
    ),
    Signature(
        "a container without a network has no other one",
        ("MHM001",),
        ("one of the networks in private (none) mode",),
        weight=0.95,
    ),
    Signature(
        "docker run takes one network on this engine",
        ("DKR021",),
        ("container cannot be connected to network endpoints",),
        weight=0.95,
    ),
    Signature(
        "the container is in that network already",
        ("MHM002",),
        ("endpoint with name … already exists in network",),
        weight=0.95,
    ),
    Signature(
        "the container uses the network of another one",
        ("MHM006",),
        ("container sharing network namespace with another container or host cannot be connected",),
        weight=0.95,
    ),
    Signature("an isolation is default, process or hyperv", ("ISO010",), ("invalid isolation",), weight=0.95),
    Signature(
        "the option exists for Linux containers only",
        ("ISO013",),
        (
            "windows does not support privileged mode",
            "invalid option: windows does not support",
            "invalid --privileged",
            "invalid --read-only",
        ),
        weight=0.85,
    ),
)

_NAMES = (
    Signature(
        "the name of a container is made of letters, digits, _ . and -", ("NAM001",), ("invalid container name",)
    ),
    Signature(
        "a container has the name already",
        ("NAM005",),
        ("the container name … is already in use",),
        weight=0.95,
    ),
    Signature(
        "a network has the name already", ("NAM004", "NAM006"), ("network with name … already exists",), weight=0.9
    ),
    Signature(
        "the network belongs to the engine",
        ("NAM009",),
        ("is a pre-defined network and cannot be removed",),
        weight=0.95,
    ),
    Signature(
        "the name belongs to the engine",
        ("NAM002",),
        ("operation is not permitted on predefined",),
        weight=0.9,
    ),
)

_SETTINGS = (
    Signature(
        "daemon.json has a key that the engine of Windows does not know",
        ("HST012",),
        ("the following directives don't match any configuration option",),
        weight=0.95,
    ),
    Signature(
        "an option stands in daemon.json and at the service",
        ("HST014",),
        ("the following directives are specified both as a flag and in the configuration file",),
        weight=0.95,
    ),
    Signature(
        "the engine does not start on this Windows",
        ("HST003",),
        ("this version of windows does not support the docker daemon", "operating system is not supported by"),
        weight=0.9,
    ),
    Signature(
        "the Compose file names a network that has to exist",
        ("CPS006",),
        ("declared as external, but could not be found", "external network … not found"),
        weight=0.95,
    ),
    Signature(
        "the version of the file lacks the key",
        ("CPS009", "CPS004"),
        ("additional property … is not allowed", "unsupported config option", "contains unsupported option"),
        weight=0.75,
    ),
    Signature(
        "a service has either network_mode or networks",
        ("CPS002",),
        ("network_mode and networks cannot be combined", "declares mutually exclusive network_mode and networks"),
        weight=0.95,
    ),
)

ENGINE_TEXTS = (*_DRIVERS, *_ADDRESSES, *_PORTS, *_SWARM, *_CONTAINERS, *_NAMES, *_SETTINGS)
"""The errors of the engine and of Compose."""
