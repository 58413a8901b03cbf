"""The answer to “may I”."""

from __future__ import annotations

from designer.rules.verdict import YES, careful, no


def test_a_refusal_a_permission_and_a_warning() -> None:
    assert (YES.ok, YES.code, YES.reason, YES.warning) == (True, "", "", False)
    assert (no("nesting", "No.").ok, no("nesting", "No.").code) == (False, "nesting")
    assert (careful("SWI017", "No link.").ok, careful("SWI017", "No link.").warning) == (True, True)
