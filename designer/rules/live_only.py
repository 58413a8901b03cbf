"""Rules that only a running machine can answer: services, versions of HNS, changes of what runs (HST, NAT, HOT …).

A design says what shall be, not what is; the scripts ask the machine before they change anything, and error messages
lead to these pages.
"""

from __future__ import annotations

from designer.model.releases import OsRelease
from designer.rules import sources as src
from designer.rules.registry import FixClass, Severity, undecidable
from designer.rules.spans import FROM_1709, FROM_2019

CHANGE = "it is about a change of what runs; a design is one state, and the script stops and starts in the right order."


@undecidable(
    "HST004",
    Severity.ERROR,
    reason="whether a service is there and enabled is known on the machine; the script asks for it before it starts.",
    fix=FixClass.SCRIPT,
    sources=(src.DAEMON_WINDOWS,),
)
def service_missing() -> None:
    """The service hns or vmcompute is missing.

    Why: HNS makes networks and vmcompute runs containers; the daemon does not start without them.
    Bad: a host on which the service hns is disabled.
    Good: both services are there and can start.
    """


@undecidable(
    "SWI022",
    Severity.WARNING,
    reason=CHANGE,
    fix=FixClass.MANUAL,
    sources=(src.HCN_RESULT,),
    os=FROM_1709,
)
def shared_switch_modified() -> None:
    """A switch that several networks use is modified.

    Why: HNS refuses to change a switch under other networks (0x803b0018).
    Bad: an option of the switch changed while two networks are layered on it.
    Good: the dependent networks deleted first, and made again afterwards.
    """


@undecidable(
    "SWI023",
    Severity.ERROR,
    reason="whether the switch extension VFP can load depends on the edition and what is installed on the machine.",
    fix=FixClass.MANUAL,
    sources=(src.HCN_RESULT,),
)
def vfp_unavailable() -> None:
    """VFP cannot be loaded.

    Why: l2bridge, l2tunnel and overlay need the switch extension VFP; HNS reports 0x803b0037 without it.
    Bad: an overlay network on a client edition without VFP.
    Good: a nat network there, or a server.
    """


@undecidable(
    "NAT015",
    Severity.WARNING,
    reason="which NetNat objects exist is known on the machine; HNS makes and loses them without the design.",
    fix=FixClass.SCRIPT,
    sources=(src.DEBUG_HOST,),
    os=(OsRelease.WS2016,),
)
def winnat_missing() -> None:
    """A nat network whose WinNAT is gone.

    Why: without the NetNat object nothing is translated, although the network is listed.
    Bad: docker network ls shows nat, and Get-NetNat shows nothing on Windows Server 2016.
    Good: a NetNat object for the nat prefix.
    """


@undecidable(
    "NAT017",
    Severity.INFO,
    reason="what HNS held before the engine started for the first time is history of the machine.",
    fix=FixClass.MANUAL,
    sources=(src.DAEMON_WINDOWS,),
)
def foreign_network_becomes_nat() -> None:
    """A nat network of something else becomes Docker's own.

    Why: at its first start Docker takes the first nat network of HNS as the one it calls nat.
    Bad: a nat network made by hand before Docker was installed.
    Good: Docker started first, or the network's prefix known to the design.
    """


@undecidable(
    "HOT003",
    Severity.ERROR,
    reason=CHANGE,
    fix=FixClass.QUICK,
    sources=("moby/moby#51589",),
    os=FROM_2019,
)
def connect_running_containerd() -> None:
    """A running container of the containerd runtime is connected.

    Why: the runtime has no hot-add of endpoints.
    Bad: docker network connect for a running container of an engine with containerd.
    Good: stop, connect, start.
    """


@undecidable("HOT004", Severity.ERROR, reason=CHANGE, fix=FixClass.QUICK, sources=(src.ADVANCED,))
def address_of_running_container() -> None:
    """The address of a running container is changed.

    Why: a fixed address is taken when the endpoint is made.
    Bad: another fixed address while the container runs.
    Good: stop, connect with the new address, start.
    """


@undecidable("HOT005", Severity.ERROR, reason=CHANGE, fix=FixClass.QUICK, sources=(src.HCN_RESULT,))
def network_in_use() -> None:
    """A network is deleted while it has endpoints.

    Why: HNS refuses that (0x803b002C).
    Bad: docker network rm before the containers are gone.
    Good: containers first, then the network.
    """


@undecidable(
    "ACL008",
    Severity.ERROR,
    reason="the version that HNS reports decides, not the build, and only the machine can report it.",
    fix=FixClass.MANUAL,
    sources=(src.HCN_GLOBALS,),
)
def tiers_too_early() -> None:
    """Tiered or network-wide ACLs before HNS knows them.

    Why: TierAcl came with HNS 14.0 and NetworkACL with 15.0.
    Bad: a tiered access list on an HNS of version 12.
    Good: access lists at the endpoints there.
    """


@undecidable(
    "LBL011",
    Severity.INFO,
    reason="it is about a change in place, and the version that HNS reports on the machine decides.",
    fix=FixClass.SCRIPT,
    sources=(src.HCN_GLOBALS,),
)
def balancer_changed_in_place() -> None:
    """A load balancer is changed in place.

    Why: HNS changes the back ends of a load balancer from version 15.4 on; before that it is deleted and made again.
    Bad: a back end added to a load balancer on Windows Server 2022.
    Good: the load balancer deleted and made with all back ends.
    """
