"""Every known error text with the rules that explain it, the first of them the likeliest."""

from __future__ import annotations

from typing import NamedTuple


class Known(NamedTuple):
    """One error: its texts, each of which is enough, and its rules."""

    texts: tuple[str, ...]
    rules: tuple[str, ...]


KNOWN = (
    Known(("0x803b0001", "network not found"), ("DKR019", "CPS006")),
    Known(("0x803b0005", "no subnet for this endpoint"), ("IPA023",)),
    Known(("0x803b0006", "adapter not found", "An adapter was not found"), ("SWI007", "OVL006", "SWI012")),
    Known(("0x803b000a", "0x803b000b", "invalid network", "invalid network type"), ("DKR001", "DKR002")),
    Known(("0x803b0010", "name exists"), ("NAM006",)),
    Known(("0x803b0013", "port already exists", "The object already exists"), ("PRT005", "NAT012", "LBL007")),
    Known(("0x803b0014", "0x803b002B", "already attached", "already in a namespace"), ("CMP014",)),
    Known(("0x803b0016", "mapping not supported"), ("PRT001", "PRT002", "PRT003")),
    Known(("0x803b001d", "endpoint sharing disabled"), ("CMP008",)),
    Known(
        ("0x803b001e", "0x803b002F", "0x803b0030", "0x803b0032", "0x803b0033"),
        ("IPA001", "IPA002", "IPA003", "IPA004", "IPA005", "IPA006", "IPA021", "IPA030"),
    ),
    Known(("0x803b002C", "still referenced"), ("HOT005",)),
    Known(("0x803b002A", "ICS disabled"), ("HST015",)),
    Known(("0xc0370101", "operating system does not match"), ("ISO001", "ISO002", "ISO004")),
    Known(("Element not found",), ("HST005", "SWI007")),
    Known(("The parameter is incorrect", "0x57"), ("SWI006", "SWI013", "NAT004")),
    Known(("could not find plugin bridge",), ("DKR001", "CPS001")),
    Known(("unsupported platform request",), ("HOT002", "HOT003")),
    Known(
        (
            "this request is not supported by the 'windows' ipam driver",
            "this request is not supported by null ipam driver",
        ),
        ("DKR005", "DKR007"),
    ),
    Known(("windowsshim driver doesn't support v6 subnets",), ("DKR007", "IPV004")),
    Known(("This node is not a swarm manager",), ("OVL001", "OVL002")),
    Known(("port published with ingress mode can't be used with dnsrr mode",), ("PRT014",)),
    Known(
        ("The process cannot access the file because it is being used by another process", "0x20"),
        ("PRT006", "PRT005"),
    ),
    Known(("No hypervisor is present on this system", "0xc0351000"), ("ISO005", "ISO006")),
    Known(("Windows does not support host IP addresses in NAT settings",), ("PRT007",)),
    Known(("the following directives don't match any configuration option",), ("HST012",)),
    Known(("the following directives are specified both as a flag and in the configuration file",), ("HST014",)),
    Known(("not manually attachable",), ("OVL007",)),
    Known(("is a pre-defined network and cannot be removed",), ("NAM009",)),
    Known(("HNS failed with error : Catastrophic failure",), ("OVL003", "PRT015")),
    Known(
        (
            "Resolver Setup/Start failed for container",
            "Resolver Setup failed for container",
            "Resolver Start failed for container",
        ),
        ("SWI020", "DNS010"),
    ),
    Known(("is declared as external, but it is not in the right scope",), ("CPS008",)),
)
