"""What cannot work, what works with a limit, and why: one small rule for each fact.

Each module of rules is imported by name, so that a frozen program has them too.
"""

from __future__ import annotations

from designer.rules import (
    addresses,
    compartments,
    dns,
    docker,
    engine_options,
    firewall,
    foreign_inputs,
    hosts,
    isolation,
    l2bridge,
    live_only,
    multihoming,
    names,
    nat,
    overlay,
    policies,
    ports,
    raw_options,
    sanity,
    subnets,
    switching,
    teams,
    uplinks,
    virtual_hosts,
    vlan,
)

__all__ = [
    "addresses",
    "compartments",
    "dns",
    "docker",
    "engine_options",
    "firewall",
    "foreign_inputs",
    "hosts",
    "isolation",
    "l2bridge",
    "live_only",
    "multihoming",
    "names",
    "nat",
    "overlay",
    "policies",
    "ports",
    "raw_options",
    "sanity",
    "subnets",
    "switching",
    "teams",
    "uplinks",
    "virtual_hosts",
    "vlan",
]
