"""The type families that ship with the product, by name; the first window needs them before any width."""

from __future__ import annotations

SANS = "Inter"
MONO = "JetBrains Mono"
