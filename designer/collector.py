"""Keeps Python's cycle collector out of work that makes many objects and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused(*, staying: bool = False) -> Iterator[None]:
    """Pause the collector; nested uses, and a program without it, are left as they are.

    Args:
        staying: most of what is made stays, tens of thousands of objects. It joins the oldest generation at the end
            without being looked at, as the collector would do at once, and twice more soon after. Not for work that
            is done often: young garbage joins, too.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if staying:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
