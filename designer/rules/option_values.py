"""What a driver option would say if it followed from the fields of a network."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.networks import ContainerNetwork, DriverOption
from designer.model.topology import Topology
from designer.planning.area import adapters_of

SHIM = "com.docker.network.windowsshim."
VXLAN_IDS = "com.docker.network.driver.overlay.vxlanid_list"

_TRUE = frozenset({"1", "t", "true"})


def contradicted(topology: Topology, network: ContainerNetwork, option: DriverOption) -> str | None:
    """Return what the design says where an option says otherwise; None where both agree or only one speaks."""
    stated = _stated(topology, network).get(option.key, "")
    if not stated or _parts(stated) == _parts(option.value):
        return None
    if stated in ("true", "false"):
        return stated if (option.value.strip().casefold() in _TRUE) is (stated == "false") else None
    return stated


def _parts(value: str) -> list[str]:
    return sorted(part.strip().casefold() for part in value.split(","))


def _stated(topology: Topology, network: ContainerNetwork) -> dict[str, str]:
    """Return the options that follow from fields which are set; fields at their default say nothing."""
    pools = (address for pool in network.mac_pools for address in (pool.first, pool.last))
    shim = {
        "vlanid": _joined((network.vlan,)),
        "vsid": _joined((network.vsid,)),
        "networkname": network.hns_name,
        "dnssuffix": network.dns_suffix,
        "dnsservers": _joined(network.dns_servers),
        "macpool": _joined(pools),
        "enable_outboundnat": "true" if network.outbound_nat else "",
        "outboundnat_exceptions": _joined(network.outbound_nat_exceptions),
        "disable_gatewaydns": "" if network.gateway_dns else "true",
        "interface": _joined(nic.name for nic in adapters_of(topology, network)),
    }
    vnis = _joined(subnet.vni for subnet in network.subnets)
    return {SHIM + key: value for key, value in shim.items()} | {VXLAN_IDS: vnis}


def _joined(values: Iterable[object]) -> str:
    return ",".join(str(value) for value in values if value is not None)
