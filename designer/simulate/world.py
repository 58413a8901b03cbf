"""What the simulator knows of a design: made when it is asked for, kept for each host."""

from __future__ import annotations

from collections.abc import Collection

from designer.model.identity import EntityId
from designer.model.topology import Topology


class World:
    """A design as the simulator sees it."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology

    def after(self, topology: Topology, hosts: Collection[EntityId] | None) -> World:
        """Return the world after an edit.

        Args:
            topology: the design after it.
            hosts: the hosts that the edit may have changed; what is known of the others is kept. None forgets all.
        """
        return World(topology)
