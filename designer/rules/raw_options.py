"""Rules about options of docker network create that are kept as text, because no field of the model takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Network, NetmaskValueError, ip_address

from designer.model.addressing import MacAddress
from designer.model.changes import ChangeSet
from designer.model.hosts import PhysicalNic, SetTeam
from designer.model.links import Uplink
from designer.model.networks import ContainerNetwork, DriverOption, NetworkMode
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.option_values import SHIM, VXLAN_IDS
from designer.rules.registry import Finding, FixClass, Only, Severity, rule, same_host
from designer.rules.spans import FROM_1709
from designer.rules.suggestions import changed

INTERFACE, DNS_SERVERS, MAC_POOL, HNS_ID = SHIM + "interface", SHIM + "dnsservers", SHIM + "macpool", SHIM + "hnsid"
EXCEPTIONS, QOS = SHIM + "outboundnat_exceptions", SHIM + "qospolicies"
BOOLEANS = (SHIM + "enable_outboundnat", SHIM + "disable_gatewaydns")

GO_BOOLEANS = frozenset({"1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"})
"""What strconv.ParseBool takes. Source: Go standard library."""

_MEANT = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_GUID = re.compile(r"\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|[0-9A-Fa-f]{32}")
_SPACED_COMMA = re.compile(r"\s+,|,\s+")

OPTIONS = Only("options")
ADAPTERS = same_host(PhysicalNic, SetTeam, Uplink, names=True)


def _given(network: ContainerNetwork, *keys: str) -> list[DriverOption]:
    return [option for option in network.options if option.key in keys]


def _short(option: DriverOption) -> str:
    return option.key.rpartition(".")[2]


def _set(network: ContainerNetwork, option: DriverOption, value: str) -> ChangeSet:
    """Return the option with another value, or without it when the value is empty."""
    kept = (found if found is not option else option.evolve(value=value) for found in network.options)
    label = f"Write {_short(option)} {value}" if value else f"Remove {_short(option)}"
    return changed(label, network, options=tuple(found for found in kept if found.value or found.key != option.key))


def _finding(network: ContainerNetwork, option: DriverOption, what: str, value: str) -> Finding:
    text = f"“{network.name}”: {_short(option)} is “{option.value}”, {what}"
    return Finding((network.id,), text, "options", _set(network, option, value))


def _adapters(design: Design, network: ContainerNetwork) -> list[PhysicalNic]:
    hosts = design.hosts_of_network(network)
    return [nic for host in hosts for nic in design.inside(host.id, PhysicalNic)]


def _instead(design: Design, network: ContainerNetwork) -> str | None:
    """Return what to write for the adapter: nothing where an uplink is drawn, the only adapter, or None."""
    if design.uplinks(network.id):
        return ""
    names = {nic.name for nic in _adapters(design, network) if not nic.name.lower().startswith("vethernet")}
    return names.pop() if len(names) == 1 else None


@rule(
    "SWI006",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("moby/moby#29067", "docker/for-win#4581"),
    reads=ADAPTERS,
    only=OPTIONS,
)
def interface_is_virtual(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The option interface names a virtual adapter.

    Why: the switch is made on a physical adapter; on vEthernet HNS answers “The parameter is incorrect”.
    Bad: interface “vEthernet (Ethernet)”.
    Good: interface “Ethernet”.
    """
    for option in _given(network, INTERFACE):
        if option.value.strip().casefold().startswith("vethernet"):
            value = _instead(design, network)
            yield Finding(
                (network.id,),
                f"“{network.name}”: “{option.value}” is a virtual adapter; name the physical one under it.",
                "options",
                _set(network, option, value) if value is not None else None,
            )


@rule(
    "SWI007",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("docker/for-win#1960", src.HCN_RESULT),
    reads=ADAPTERS,
    only=OPTIONS,
)
def interface_not_found(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The option interface names no adapter of the host.

    Why: HNS looks for an adapter by its Name and refuses the network when there is none (0x803b0006).
    Bad: interface “Ethernet 3” on a host with the adapter “Ethernet”.
    Good: interface “Ethernet”.
    """
    known = {nic.name.casefold() for nic in _adapters(design, network)} if network.options else set()
    for option in _given(network, INTERFACE) if known else ():
        names = [name.strip() for name in option.value.split(",")]
        missing = [name for name in names if name.casefold() not in known and not name.lower().startswith("vethernet")]
        if missing:
            value = _instead(design, network)
            yield Finding(
                (network.id,),
                f"“{network.name}”: no adapter of the host is named “{missing[0]}”.",
                "options",
                _set(network, option, value) if value is not None else None,
            )


@rule(
    "SET007",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER, src.ADVANCED),
    only=OPTIONS,
)
def adapter_list_with_blanks(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A list of adapters with blanks at its commas.

    Why: the value goes to HNS unchanged, and a name with a blank before it is no adapter.
    Bad: interface “Ethernet, Ethernet 2”.
    Good: interface “Ethernet,Ethernet 2”, in quotes as a whole.
    """
    for option in _given(network, INTERFACE):
        if _SPACED_COMMA.search(option.value):
            value = ",".join(name.strip() for name in option.value.split(","))
            yield _finding(network, option, "with a blank at a comma; write the names without.", value)


@rule(
    "DNS001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.NETWORK_WINDOWS,),
    only=OPTIONS,
)
def dns_server_is_no_address(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A DNS server that is no IP address.

    Why: name servers are given by address; a name cannot be resolved before there is a server.
    Bad: dnsservers “dc01”.
    Good: dnsservers “10.0.0.2”.
    """
    for option in _given(network, DNS_SERVERS):
        listed = [text for text in re.split(r"[,;\s]+", option.value) if text]
        good = [text for text in listed if _is_address(text)]
        if good != listed:
            yield _finding(network, option, "which is not a list of IP addresses.", ",".join(good))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@rule(
    "DNS008",
    Severity.WARNING,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    only=OPTIONS,
)
def dns_servers_with_blanks(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A list of DNS servers with blanks or semicolons.

    Why: the text goes to HNS unchanged, which takes commas only.
    Bad: dnsservers “10.0.0.2; 10.0.0.3”.
    Good: dnsservers “10.0.0.2,10.0.0.3”.
    """
    for option in _given(network, DNS_SERVERS):
        if re.search(r"[;\s]", option.value):
            value = ",".join(text for text in re.split(r"[,;\s]+", option.value) if text)
            yield _finding(network, option, "with blanks or semicolons; separate addresses by commas only.", value)


@rule(
    "MAC001",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER, src.HNS_SCHEMA),
    only=OPTIONS,
)
def pool_in_other_spelling(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A MAC pool in a spelling that HNS does not take.

    Why: pool values go to HNS unchanged, which wants six octets with dashes.
    Bad: macpool “00:15:5d:00:00:00,00:15:5d:00:00:ff”.
    Good: macpool “00-15-5D-00-00-00,00-15-5D-00-00-FF”.
    """
    for option in _given(network, MAC_POOL):
        entries = [text.strip() for text in option.value.split(",")]
        spelled = [_mac(text) for text in entries]
        if spelled != [text.upper() for text in entries]:
            clean = "" if None in spelled else ",".join(text or "" for text in spelled)
            yield _finding(network, option, "which HNS does not read; write six octets with dashes.", clean)


def _mac(text: str) -> str | None:
    try:
        return str(MacAddress(text))
    except ValueError:
        return None


@rule(
    "MAC002",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    only=OPTIONS,
)
def odd_pool_list(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A MAC pool without its end.

    Why: the driver reads pairs of first and last address (“invalid mac pool”).
    Bad: three addresses in macpool.
    Good: two or four.
    """
    for option in _given(network, MAC_POOL):
        entries = option.value.split(",")
        if len(entries) % 2:
            kept = ",".join(entries[:-1])
            yield _finding(network, option, "an odd number of addresses; give first and last of each pool.", kept)


@rule(
    "VSI005",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.OVERLAY_DRIVER,),
    only=Only("options", modes=(NetworkMode.OVERLAY,)),
)
def vni_is_no_number(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A list of VNIs with something that is no number.

    Why: each element is read as a whole number, and blanks count (“invalid vxlan id value”).
    Bad: vxlanid_list “4097, 4098”.
    Good: vxlanid_list “4097,4098”.
    """
    for option in _given(network, VXLAN_IDS):
        entries = option.value.split(",")
        if not all(text.isascii() and text.isdigit() for text in entries):
            stripped = [text.strip() for text in entries]
            numbers = all(text.isascii() and text.isdigit() for text in stripped)
            value = ",".join(stripped) if numbers else ""
            yield _finding(network, option, "which is not a list of numbers without blanks.", value)


@rule(
    "DKR012",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    only=OPTIONS,
)
def option_is_no_boolean(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An option that is neither true nor false.

    Why: the driver reads enable_outboundnat and disable_gatewaydns as Go booleans.
    Bad: enable_outboundnat “yes”.
    Good: enable_outboundnat “true”.
    """
    for option in _given(network, *BOOLEANS):
        if option.value not in GO_BOOLEANS:
            meant = _MEANT.get(option.value.strip().lower(), option.value.strip().lower())
            value = meant if meant in GO_BOOLEANS else ""
            yield _finding(network, option, "which is neither true nor false.", value)


@rule(
    "DKR017",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=("inferred from " + src.WINDOWS_DRIVER,),
    only=OPTIONS,
    os=FROM_1709,
)
def exception_is_no_prefix(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """An exception of OutboundNAT that is no prefix.

    Why: the list goes to HNS unchanged; each element is an IPv4 address or prefix, without blanks.
    Bad: outboundnat_exceptions “10.0.0.0/8, lan”.
    Good: outboundnat_exceptions “10.0.0.0/8”.
    """
    for option in _given(network, EXCEPTIONS):
        entries = option.value.split(",")
        if not all(_is_prefix(text) for text in entries):
            kept = ",".join(text.strip() for text in entries if _is_prefix(text.strip()))
            yield _finding(network, option, "which is not a list of IPv4 prefixes without blanks.", kept)


def _is_prefix(text: str) -> bool:
    try:
        IPv4Network(text, strict=False)
    except (AddressValueError, NetmaskValueError, ValueError):
        return False
    return True


@rule(
    "DKR019",
    Severity.ERROR,
    subject=ContainerNetwork,
    fix=FixClass.QUICK,
    sources=(src.WINDOWS_DRIVER,),
    reads=same_host(ContainerNetwork),
    only=OPTIONS,
)
def hns_id_is_no_id(design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """The option hnsid is no id of HNS, or names a network of another type.

    Whether HNS knows a well-formed id is known on the machine only; this finds what no HNS can know.

    Why: with hnsid Docker looks for a network that HNS has, and fails when there is none.
    Bad: hnsid “nat”.
    Good: no hnsid, so that HNS makes the network.
    """
    for option in _given(network, HNS_ID):
        if not _GUID.fullmatch(option.value):
            yield _finding(network, option, "which is no id of HNS; remove the option.", "")
            continue
        other = next(_of_other_type(design, network, option.value), None)
        if other is not None:
            what = f"which “{other.name}” ({other.mode.value}) names too, and one HNS network has one type; remove it."
            yield _finding(network, option, what, "")


def _of_other_type(design: Design, network: ContainerNetwork, hns_id: str) -> Iterator[ContainerNetwork]:
    """Yield the networks before this one on its host that name the same HNS network with another mode."""
    host = design.host_of(network.id)
    for other in design.inside(host.id, ContainerNetwork) if host is not None else ():
        same = any(_bare(option.value) == _bare(hns_id) for option in _given(other, HNS_ID))
        if other.id < network.id and other.mode is not network.mode and same:
            yield other


def _bare(hns_id: str) -> str:
    return hns_id.strip("{}").replace("-", "").casefold()


@rule(
    "QOS001",
    Severity.INFO,
    subject=ContainerNetwork,
    fix=FixClass.SCRIPT,
    sources=(src.WINDOWS_DRIVER,),
    only=OPTIONS,
)
def qos_on_command_line(_design: Design, network: ContainerNetwork) -> Iterator[Finding]:
    """A bandwidth limit on the command line of Docker.

    Why: the driver expects a typed value under qospolicies, and text from the command line is none.
    Bad: -o com.docker.network.windowsshim.qospolicies=…
    Good: the limit at the endpoints, which the script sets in HNS.
    """
    if _given(network, QOS):
        yield Finding(
            (network.id,),
            f"“{network.name}”: qospolicies limits nothing from the command line; set the limit at the endpoints.",
            "options",
            script_step="Add-HnsEndpointPolicy -Endpoints <id of the endpoint> "
            "-Policies @{ Type = 'QOS'; Settings = @{ MaximumOutgoingBandwidthInBytes = <bytes> } }",
        )
