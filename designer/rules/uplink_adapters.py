"""Rules about the adapters under external switches: media, addresses, link, legacy teams (SWI)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.changes import ChangeSet
from designer.model.hosts import PhysicalNic, SetTeam, VSwitch
from designer.model.links import Uplink
from designer.model.networks import ContainerNetwork
from designer.rules import sources as src
from designer.rules.adapters import free_adapters, takes_adapter
from designer.rules.design import Design
from designer.rules.registry import (
    Finding,
    FixClass,
    Only,
    Severity,
    links,
    rule,
)
from designer.rules.spans import CLIENTS, SERVERS
from designer.rules.suggestions import changed


@rule(
    "SWI013",
    Severity.WARNING,
    subject=PhysicalNic,
    fix=FixClass.QUICK,
    sources=("docker/for-win#2237", "docker/for-win#8427"),
    reads=links(Uplink),
    os=CLIENTS,
)
def wifi_uplink(design: Design, nic: PhysicalNic) -> Iterator[Finding]:
    """An external switch on Wi-Fi.

    Why: an access point takes frames of one MAC address for each station; many adapters refuse the switch altogether.
    Bad: a transparent network on a Wi-Fi adapter.
    Good: a wired adapter, or a nat network.
    """
    if nic.media == "wifi" and design.uplinks(nic.id):
        users = [link.source for link in design.uplinks(nic.id)]
        yield Finding(
            (nic.id, *users),
            f"“{design.label(users[0])}” stands on the Wi-Fi adapter “{nic.name}”; use a wired one, or nat.",
            "media",
            _on_wire(design, nic),
        )


def _on_wire(design: Design, nic: PhysicalNic) -> ChangeSet | None:
    """Return the move of the only uplink of an adapter to a free wired one on the same physical network."""
    host, uplinks = design.host_of(nic.id), design.uplinks(nic.id)
    if host is None or len(uplinks) != 1:
        return None
    for adapter in free_adapters(design, host):
        wired = isinstance(adapter, PhysicalNic) and adapter.media == "ethernet" and adapter.link_up
        if wired and takes_adapter(host, adapter) and design.segment_of(adapter.id) == design.segment_of(nic.id):
            return changed(f"Use {adapter.name} instead of {nic.name}", uplinks[0], target=adapter.id)
    return None


@rule(
    "SWI016",
    Severity.INFO,
    subject=PhysicalNic,
    fix=FixClass.SCRIPT,
    sources=("docker/for-win#750", "kubernetes-sigs/sig-windows-tools#105"),
    reads=links(Uplink, ContainerNetwork, VSwitch),
    only=Only("addresses"),
)
def management_address_moves(design: Design, nic: PhysicalNic) -> Iterator[Finding]:
    """The host's address moves to a vNIC.

    Why: when the external switch is made, the adapter's addresses go to “vEthernet (…)” and sessions over it break off.
    Bad: the switch is made in a remote session over that adapter.
    Good: the script runs at the console, or over another adapter.
    """
    for link in design.uplinks(nic.id):
        upper = design.topology.entities[link.source]
        name = design.label(upper.id)
        yield Finding(
            (nic.id, upper.id),
            f"{nic.addresses[0].ip} moves from “{nic.name}” to the vNIC of “{name}”; remote sessions break off then.",
            "addresses",
            script_step="Get-NetIPAddress -InterfaceAlias <vEthernet of the switch>, before and after, at the console",
        )
        return


@rule(
    "SWI017",
    Severity.WARNING,
    subject=PhysicalNic,
    fix=FixClass.MANUAL,
    sources=(src.INFERRED,),
    reads=links(Uplink, SetTeam),
)
def uplink_down(design: Design, nic: PhysicalNic) -> Iterator[Finding]:
    """The uplink has no link.

    Why: nothing leaves a switch whose adapter is not connected.
    Bad: a transparent network on an adapter without a cable.
    Good: a connected adapter.
    """
    if nic.link_up:
        return
    users = [link.source for link in design.uplinks(nic.id)]
    if users:
        yield Finding(
            (nic.id, *users), f"“{nic.name}” has no link, so “{design.label(users[0])}” reaches nothing.", "link_up"
        )


@rule(
    "SWI019",
    Severity.WARNING,
    subject=PhysicalNic,
    fix=FixClass.MANUAL,
    sources=(src.TEAMING_BLOG, "only-forward.net, LBFO and Hyper-V in Windows Server 2022"),
    reads=links(Uplink),
    only=Only("lbfo_team"),
    os=SERVERS,
)
def lbfo_under_switch(design: Design, nic: PhysicalNic) -> Iterator[Finding]:
    """A legacy LBFO team under a switch.

    Why: LBFO is deprecated under Hyper-V switches, and from Windows Server 2022 on the switch refuses it.
    Bad: a switch on an LBFO team on Windows Server 2022.
    Good: a Switch Embedded Team.
    """
    host = design.host_of(nic.id)
    if host is None or not design.uplinks(nic.id):
        return
    yield Finding(
        (nic.id,),
        f"“{nic.name}” is an LBFO team under a switch; rebuild it as a SET team.",
        "lbfo_team",
        severity=Severity.ERROR if host.build_number >= 20348 else None,
    )
