"""What a trace says about itself."""

from __future__ import annotations

from designer.simulate.trace import Disposition, Trace

ARRIVED = Trace(Disposition.DELIVERED, "", None, "")
LOST = Trace(Disposition.DROPPED, "D-FW", None, "")


def test_a_connection_works_when_both_ways_do() -> None:
    assert ARRIVED.delivered
    assert ARRIVED.works
    assert not LOST.works
    assert Trace(Disposition.DELIVERED, "", None, "", reply=ARRIVED).works
    assert not Trace(Disposition.DELIVERED, "", None, "", reply=LOST).works
