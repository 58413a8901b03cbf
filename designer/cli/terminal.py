"""Text that comes from designs and arguments, made safe for a terminal; imports nothing, so that help is quick."""

from __future__ import annotations


def shown(text: str) -> str:
    """Return text that cannot steer a terminal: control and format characters become a replacement mark."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
