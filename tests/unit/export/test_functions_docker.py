from __future__ import annotations

from designer.export.docker_arguments import ELEMENT_LABEL, SETTINGS_LABEL
from designer.export.functions_docker import FUNCTIONS


def test_labels_are_asked_for_as_they_are_written() -> None:
    assert f'"label={ELEMENT_LABEL}=$Element"' in FUNCTIONS["Test-Ours"]
    assert f'"label={SETTINGS_LABEL}=$Settings"' in FUNCTIONS["Test-Current"]


def test_a_refusal_of_docker_ends_the_script() -> None:
    assert "$LASTEXITCODE -ne 0" in FUNCTIONS["Invoke-Docker"]
    assert "throw" in FUNCTIONS["Invoke-Docker"]
