from __future__ import annotations

import pytest

from designer.errors import UnknownNameError
from designer.formats import FORMATS, ExportOptions, export_host
from tests.unit.export.designs import HOST, engine, pods, services

FITTING = {"stack": services, "cni": pods}
"""Designs for targets that cannot say everything of the engine's."""


def test_each_target_gives_a_script() -> None:
    for name, exporter in FORMATS.items():
        script = export_host(FITTING.get(name, engine)(), HOST, name)
        assert script.text.count("\n") == len(script.lines)
        assert exporter.suffix.startswith(".")


def test_an_unknown_target_is_named_with_a_hint() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean “powershell”"):
        export_host(engine(), HOST, "powershel")


def test_options_reach_the_target() -> None:
    setup = export_host(engine(), HOST, "powershell")
    teardown = export_host(engine(), HOST, "powershell", ExportOptions(teardown=True))

    assert "docker rm" not in setup.text
    assert "'rm', '--force'" in teardown.text
