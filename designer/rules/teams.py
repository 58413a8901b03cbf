"""Rules about Switch Embedded Teaming (SET)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.model.hosts import PhysicalNic, SetTeam, VSwitch
from designer.model.links import Uplink
from designer.model.releases import OsRelease
from designer.rules import sources as src
from designer.rules.design import Design
from designer.rules.nesting import TEAM_LIMIT
from designer.rules.registry import Finding, FixClass, Severity, links, rule
from designer.rules.repairs import single_adapter
from designer.rules.suggestions import changed

SET_VMSWITCH = "MicrosoftDocs/windows-powershell-docs: Hyper-V/Set-VMSwitch.md"

MEMBERS = links(PhysicalNic, Uplink)


@rule("SET001", Severity.ERROR, subject=SetTeam, fix=FixClass.MANUAL, sources=(src.SET_PAGE,), reads=MEMBERS)
def team_size(design: Design, team: SetTeam) -> Iterator[Finding]:
    """A team without members, or with too many.

    Why: a Switch Embedded Team has one to eight adapters.
    Bad: a team without an adapter.
    Good: a team of two adapters.
    """
    number = len(design.members(team))
    if number == 0:
        yield Finding((team.id,), f"The team “{team.name}” has no adapter; put one to eight adapters into it.")
    elif number > TEAM_LIMIT:
        yield Finding((team.id,), f"The team “{team.name}” has {number} adapters; {TEAM_LIMIT} is the most.")


@rule("SET002", Severity.WARNING, subject=SetTeam, fix=FixClass.MANUAL, sources=(src.SET_PAGE,), reads=MEMBERS)
def unequal_members(design: Design, team: SetTeam) -> Iterator[Finding]:
    """The members of a team differ.

    Why: all members are active at once, and traffic is spread as if they were equal.
    Bad: a team of a 1 Gbit/s and a 10 Gbit/s adapter.
    Good: two adapters of one model and speed.
    """
    members = design.members(team)
    speeds = sorted({nic.speed_mbps for nic in members if nic.speed_mbps is not None})
    models = sorted({nic.model for nic in members if nic.model})
    if len(speeds) > 1:
        listed = ", ".join(f"{speed} Mbit/s" for speed in speeds)
        yield Finding((team.id,), f"The adapters of “{team.name}” have different speeds: {listed}.")
    elif len(models) > 1:
        yield Finding((team.id,), f"The adapters of “{team.name}” are different models: {', '.join(models)}.")


@rule("SET003", Severity.ERROR, subject=SetTeam, fix=FixClass.MANUAL, sources=(src.SET_PAGE,), reads=MEMBERS)
def member_used_elsewhere(design: Design, team: SetTeam) -> Iterator[Finding]:
    """A member of a team is used elsewhere.

    Why: an adapter in a team is bound to the team's switch only.
    Bad: Ethernet in a team and also the uplink of another switch.
    Good: Ethernet in the team alone.
    """
    for nic in design.members(team):
        if design.uplinks(nic.id):
            user = design.label(design.uplinks(nic.id)[0].source)
            yield Finding(
                (team.id, nic.id), f"“{nic.name}” is in the team “{team.name}” and also the uplink of “{user}”."
            )
        if nic.lbfo_team:
            yield Finding((team.id, nic.id), f"“{nic.name}” is an LBFO team and cannot be a member of “{team.name}”.")


@rule("SET004", Severity.ERROR, subject=SetTeam, fix=FixClass.QUICK, sources=(src.SET_PAGE,), reads=MEMBERS)
def team_inside_vm(design: Design, team: SetTeam) -> Iterator[Finding]:
    """A SET team inside a virtual machine.

    Why: SET teams physical adapters; in a VM the team belongs to its parent.
    Bad: a SET team in a Hyper-V VM.
    Good: a single adapter in the VM, the team on the parent.
    """
    host = design.host_of(team.id)
    if host is not None and host.is_vm:
        yield Finding(
            (team.id, host.id),
            f"{host.name} is a virtual machine; use one adapter instead of “{team.name}”.",
            fix=single_adapter(design, team),
        )


@rule("SET005", Severity.ERROR, subject=SetTeam, fix=FixClass.QUICK, sources=(src.SET_VMSWITCHTEAM,))
def teaming_mode(_design: Design, team: SetTeam) -> Iterator[Finding]:
    """The teaming mode is not switch independent.

    Why: SET knows no LACP and no static teaming.
    Bad: a SET team in mode LACP.
    Good: a SET team in mode switch independent.
    """
    if team.mode != "switch-independent":
        yield Finding(
            (team.id,),
            f"The team “{team.name}” has mode {team.mode}; SET is switch independent always.",
            "mode",
            changed(f"Make {team.name} switch independent", team, mode="switch-independent"),
        )


@rule(
    "SET006",
    Severity.ERROR,
    subject=VSwitch,
    fix=FixClass.SCRIPT,
    sources=(SET_VMSWITCH, src.NEW_VMSWITCH),
    reads=links(Uplink),
)
def switch_with_several_uplinks(design: Design, switch: VSwitch) -> Iterator[Finding]:
    """A switch with several adapters that is no team.

    Why: only New-VMSwitch makes a switch over several adapters (EnableEmbeddedTeaming); one that exists cannot be
    changed into that.
    Bad: a switch with the uplinks Ethernet and Ethernet 2.
    Good: a SET team of both adapters under the switch.
    """
    uplinks = design.uplinks(switch.id)
    if len(uplinks) > 1:
        names = " and ".join(f"“{design.label(link.target)}”" for link in uplinks)
        yield Finding(
            (switch.id, *(link.target for link in uplinks)),
            f"“{switch.name}” stands on {names}; put them into a SET team and make the switch again on it.",
            script_step="New-VMSwitch -Name <name> -NetAdapterName <adapters> -EnableEmbeddedTeaming $true",
        )


@rule(
    "SET008",
    Severity.ERROR,
    subject=SetTeam,
    fix=FixClass.MANUAL,
    sources=(src.TEAMING_BLOG,),
    os=(OsRelease.WIN10,),
)
def team_on_old_client(design: Design, team: SetTeam) -> Iterator[Finding]:
    """A SET team on an old client Windows.

    Why: Windows 10 before 1809 has no Switch Embedded Teaming.
    Bad: a SET team on Windows 10 1803.
    Good: Windows 10 1809 or later, or a server.
    """
    host = design.host_of(team.id)
    if host is not None and not host.is_server and host.build_number < 17763:
        yield Finding((team.id, host.id), f"{host.name} (build {host.build_number}) has no SET; 17763 is the first.")


@rule("SET009", Severity.ERROR, subject=SetTeam, fix=FixClass.SCRIPT, sources=(src.TEAMING_BLOG,))
def team_without_hyperv(design: Design, team: SetTeam) -> Iterator[Finding]:
    """A SET team without Hyper-V.

    Why: the team is a property of a Hyper-V switch.
    Bad: a SET team on a host without the role Hyper-V.
    Good: the role installed.
    """
    host = design.host_of(team.id)
    if host is not None and not host.hyperv_role:
        yield Finding(
            (team.id, host.id),
            f"The team “{team.name}” needs Hyper-V on {host.name}; install the role and restart.",
            script_step="Install-WindowsFeature -Name Hyper-V -IncludeManagementTools",
        )
