"""Ids of elements: saved, never reused, never shown."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from itertools import count
from typing import NewType

EntityId = NewType("EntityId", str)
NewId = Callable[[str], EntityId]
"""Makes a fresh id for an element of a kind."""


def random_id(kind: str) -> EntityId:
    """Return an id that no other design has, readable in a diff: ``network-5f0c9a21d4be``."""
    return EntityId(f"{kind}-{secrets.token_hex(6)}")


def counting_ids() -> NewId:
    """Return a generator of ids that repeats from run to run, for tests and shipped examples: ``network-1``."""
    numbers = count(1)
    return lambda kind: EntityId(f"{kind}-{next(numbers)}")
