from __future__ import annotations

import pytest

from designer.editing.commands import connect, move
from designer.editing.fixing import current_fix
from designer.errors import ChangeError
from designer.model.realisation import PartKey
from designer.rules.registry import Judged
from designer.rules.runner import judge
from tests.unit.sample import API, NAT, WEB_NAT, sample


def loose_network() -> Judged:
    """Return the finding on a network without endpoints, whose fix is to delete it."""
    return next(judged for judged in judge(sample(without=(WEB_NAT,))) if judged.rule.id == "TOP005")


def test_a_fix_fits_after_the_thing_was_moved() -> None:
    judged = loose_network()
    topology = sample(without=(WEB_NAT,))
    topology = topology.apply(move(topology, {PartKey(NAT): (8, 8)}))
    assert judged.finding.fix is not None
    with pytest.raises(ChangeError):
        topology.apply(judged.finding.fix)
    fix = current_fix(topology, judged)
    assert fix is not None
    assert NAT not in topology.apply(fix)


def test_what_is_fixed_has_no_fix() -> None:
    topology = sample(without=(WEB_NAT,))
    topology = topology.apply(connect(topology, API, NAT))
    assert current_fix(topology, loose_network()) is None
