"""What Windows reports: HNS, HCS and Win32, by code and by text.

The codes come from the table of the Host Compute Network, the rest from the threads that the rules name as sources.
"""

from __future__ import annotations

from designer.explaining.signatures import Signature

_MISSING = (
    Signature(
        "HNS knows no network of that id or name",
        ("DKR019", "CPS006"),
        ("network was not found", "network not found"),
        (0x803B0001,),
        context=(("external", "CPS006"), ("compose", "CPS006")),
    ),
    Signature(
        "the network has no subnet to take an address from",
        ("IPA023",),
        ("no subnet for this endpoint", "does not have a subnet for this endpoint"),
        (0x803B0005,),
        weight=0.9,
    ),
    Signature(
        "HNS found no adapter that it may use: none of that name, or none that is free",
        ("SWI007", "OVL006", "SWI012"),
        ("adapter not found", "an adapter was not found", "a network adapter was not found"),
        (0x803B0006,),
        weight=0.9,
        context=(("failed creating ingress network", "OVL006"), ("overlay", "OVL006")),
    ),
    Signature(
        "something that HNS needs on the host is not there",
        ("HST005", "SWI007", "OVL003", "VSI002", "OVL006"),
        ("element not found",),
        (0x490,),
        weight=0.75,
    ),
    Signature(
        "a service that makes networks or runs containers is missing or stopped",
        ("HST004",),
        (
            "the service has not been started",
            "the specified service does not exist as an installed service",
            "the dependency service or group failed to start",
        ),
        (0x803B0020, 0x426, 0x424, 0x42C),
        weight=0.8,
    ),
)

_REFUSED = (
    Signature(
        "the network that is asked for is not valid: HNS has no such type, or a part is missing",
        ("DKR001", "DKR002"),
        ("invalid network", "invalid network type", "network configuration is invalid or missing parameters"),
        (0x803B000A, 0x803B000B),
        weight=0.8,
    ),
    Signature(
        "HNS has a network of that name already",
        ("NAM006",),
        ("name exists", "network with this name already exists", "network name already exists"),
        (0x803B0010,),
        weight=0.85,
    ),
    Signature(
        "HNS has such a policy already",
        ("LBL008",),
        ("policy already exists",),
        (0x803B0012,),
    ),
    Signature(
        "another endpoint, mapping or load balancer has that port already",
        ("PRT005", "NAT012", "LBL007"),
        ("port already exists", "the object already exists"),
        (0x803B0013, 0x1392),
        weight=0.9,
        context=(("load balancer", "LBL007"), ("kube proxy", "LBL007"), ("static mapping", "NAT012")),
    ),
    Signature(
        "the endpoint belongs to a container or namespace already",
        ("CMP014",),
        ("already attached", "already in a namespace", "namespace already exists for this endpoint"),
        (0x803B0014, 0x803B002B),
    ),
    Signature(
        "networks of this mode cannot publish ports",
        ("PRT001", "PRT002", "PRT003"),
        ("mapping not supported", "port mapping is not supported", "mapping is not supported"),
        (0x803B0016,),
        weight=0.9,
        context=(
            ("transparent", "PRT001"),
            ("l2bridge", "PRT002"),
            ("overlay", "PRT002"),
            ("internal network", "PRT003"),
        ),
    ),
    Signature(
        "the switch carries other networks, and HNS does not change it under them",
        ("SWI022",),
        ("shared switch", "switch is shared"),
        (0x803B0018,),
    ),
    Signature(
        "this container cannot share the network of another one",
        ("CMP008",),
        ("endpoint sharing disabled", "endpoint sharing is disabled", "sharing has been disabled"),
        (0x803B001D,),
        weight=0.9,
    ),
    Signature(
        "an address or prefix cannot be what it is: outside its subnet, reserved, taken by the gateway, or malformed",
        ("IPA001", "IPA002", "IPA003", "IPA004", "IPA005", "IPA006", "IPA021", "IPA030"),
        ("address is invalid or reserved", "invalid ip address", "prefix is invalid", "invalid subnet"),
        (0x803B001E, 0x803B002F, 0x803B0030, 0x803B0032, 0x803B0033),
        weight=0.8,
    ),
    Signature(
        "HNS of this version does not know the policy, or not in this form",
        ("ACL008", "LBL005", "LBL004"),
        ("policy configuration is invalid or missing parameters", "invalid policy type"),
        (0x803B000D, 0x803B000E, 0x803B0015),
        weight=0.6,
        context=(("load balancer", "LBL005"), ("session affinity", "LBL005"), ("dsr", "LBL004")),
    ),
    Signature("the host has its default namespace already", ("CMP016",), (), (0x803B0029,)),
    Signature(
        "the service for Internet Connection Sharing cannot run",
        ("HST015",),
        ("ics disabled", "ics is disabled", "internet connection sharing is disabled", "sharedaccess"),
        (0x803B002A,),
        weight=0.9,
    ),
    Signature(
        "other objects of HNS still refer to this one",
        ("HOT005",),
        ("still referenced", "still has references", "network … has active endpoints", "is in use by … endpoint"),
        (0x803B002C,),
    ),
    Signature("the port inside the container is not one that can be published", ("PRT010",), (), (0x803B002D,)),
    Signature("the endpoint has such a policy already", ("MTU004",), (), (0x803B0036,)),
    Signature("the switch extension VFP cannot be loaded here", ("SWI023",), (), (0x803B0037, 0x803B001F)),
)

_GENERAL = (
    Signature(
        "HNS or the driver refuses a value of the network",
        ("SWI006", "SWI013", "NAT004"),
        ("the parameter is incorrect",),
        (0x57,),
        weight=0.7,
        context=(("vethernet", "SWI006"), ("wi fi", "SWI013"), ("wlan", "SWI013"), ("default network", "NAT004")),
    ),
    Signature(
        "HNS does not say what failed; a NAT of something else is the most frequent cause",
        ("NAT004", "PRT005", "NAT001"),
        ("unspecified error", "hns failed with error : unspe"),
        (0x80004005,),
        weight=0.5,
    ),
    Signature(
        "another process or container has the port",
        ("PRT006", "PRT005"),
        (
            "the process cannot access the file because it is being used by another process",
            "only one usage of each socket address",
        ),
        (0x20, 0x2740),
        weight=0.85,
    ),
    Signature(
        "Windows keeps a range of ports that this one is in, or a service has it",
        ("PRT012", "PRT006"),
        ("forbidden by its access permissions", "ports are not available", "excludedportrange"),
        (0x271D,),
    ),
    Signature(
        "HNS has no overlay networks or no routing mesh on this build",
        ("OVL003", "PRT015"),
        ("catastrophic failure",),
        (0x8000FFFF,),
        weight=0.8,
        context=(("ingress", "PRT015"),),
    ),
    Signature(
        "the image was made for another build of Windows",
        ("ISO001", "ISO002", "ISO004"),
        (
            "operating system does not match",
            "operating system of the container does not match the operating system of the host",
            "based image is incompatible with a",
            "no matching manifest for windows",
            "no match for platform in manifest",
        ),
        (0xC0370101, 0x80370101),
        weight=0.9,
    ),
    Signature(
        "no hypervisor runs here, so that there can be no utility VM",
        ("ISO005", "ISO006"),
        ("no hypervisor is present on this system", "could not be started because a required feature is not installed"),
        (0xC0351000, 0x80351000, 0x80370102),
        weight=0.9,
    ),
    Signature(
        "Windows gave itself an address because no DHCP server answered",
        ("IPA013", "IPA012", "VMH001"),
        ("169.254.",),
        weight=0.5,
    ),
)

WINDOWS_TEXTS = (*_MISSING, *_REFUSED, *_GENERAL)
"""The errors of Windows itself."""
