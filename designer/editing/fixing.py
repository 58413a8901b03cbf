"""Quick fixes for the design as it is now.

A finding keeps the fix that was right when the design was judged. Moving things does not judge again, and a fix that
removes a moved thing with its place would not fit any more; so the rule is asked once more before its fix is applied.
"""

from __future__ import annotations

from designer.model.changes import ChangeSet
from designer.model.topology import Topology
from designer.rules.registry import Judged
from designer.rules.runner import judge


def current_fix(topology: Topology, judged: Judged) -> ChangeSet | None:
    """Return the fix of a finding for the design as it is now; None when there is nothing to fix any more."""
    for again in judge(topology, [judged.rule]):
        if (again.finding.elements, again.finding.field) == (judged.finding.elements, judged.finding.field):
            return again.finding.fix
    return None
