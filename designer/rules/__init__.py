"""What cannot work, what works with a limit, and why: one small rule for each fact.

Each module of rules is imported by name, so that a frozen program has them too.
"""

from __future__ import annotations

from designer.rules import (
    addresses,
    compartments,
    hosts,
    isolation,
    nat,
    ports,
    subnets,
    switching,
    teams,
    uplinks,
    vlan,
)

__all__ = [
    "addresses",
    "compartments",
    "hosts",
    "isolation",
    "nat",
    "ports",
    "subnets",
    "switching",
    "teams",
    "uplinks",
    "vlan",
]
