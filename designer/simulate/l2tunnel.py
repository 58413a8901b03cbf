"""The core of l2tunnel: every frame goes to the virtualisation host of Azure and is judged there, even to a neighbour.

Rows L1 to L6.
"""

from __future__ import annotations

from designer.model.hosts import Machine as Hardware
from designer.simulate.frames import Frame
from designer.simulate.l2bridge import translate, translates
from designer.simulate.machines import Machine
from designer.simulate.stations import Port
from designer.simulate.steps import OnUplink, Step
from designer.simulate.trip import Trip


def layers(trip: Trip, machine: Machine, port: Port, to: Port | None, frame: Frame, row: str) -> Step:
    """Send a packet of an l2tunnel container to the fabric, with the MAC address of the VM."""
    assert port.switch is not None
    if machine.host.machine is not Hardware.AZURE_VM:
        text = f"{machine.host.name} is not in Azure, so no fabric returns the frames of an l2tunnel network."
        return trip.drop(port.switch, "D-AZURE", text, frame, "L6", inferred=True)
    nic = machine.adapters.get(port.switch)
    if nic is None or to is None:
        return trip.drop(port.switch, "D-NOLINK", f"No adapter carries {port.title}.", frame, row)
    if translates(trip, machine, port, frame) and to.host != machine.host.id and row in ("L4", ""):
        return translate(trip, machine, port, frame, row)
    text = (
        f"VFP bridges nothing itself: with the MAC address of {machine.host.name} the frame goes to the virtualisation "
        f"host, even if {to.title} is next door."
    )
    place = OnUplink(machine.host.id, nic, to)
    return trip.move(port.switch, text, place, frame.framed(frame.to, machine.host.name), row, inferred=True)
