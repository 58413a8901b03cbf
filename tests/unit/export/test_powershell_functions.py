from __future__ import annotations

from designer.export.powershell_functions import functions_for, variables_for


def names(lines: list[str]) -> list[str]:
    return [line.split("(")[0].removeprefix("function ").rstrip(" {") for line in lines if line.startswith("function ")]


def test_only_what_is_used_is_defined() -> None:
    assert functions_for(["Write-Warning 'x'"]) == []
    assert names(functions_for(["Invoke-Docker @('start', 'web01')"])) == ["Invoke-Docker"]


def test_functions_bring_those_they_use() -> None:
    assert names(functions_for(["Assert-DockerName network '^n$' 'x'"])) == [
        "Test-Docker",
        "Test-Current",
        "Test-Ours",
        "Add-Problem",
        "Add-TakenName",
        "Assert-DockerName",
    ]


def test_a_number_in_a_name_is_part_of_it() -> None:
    assert "Assert-IPv6" in names(functions_for(["Assert-IPv6"]))
    assert "Remove-DefaultNatOf2016" in names(functions_for(["Remove-DefaultNatOf2016"]))


def test_folders_are_defined_where_they_are_used() -> None:
    assert variables_for(["x"]) == []
    assert variables_for(functions_for(["Test-Mark 'x'"]))[0].startswith("$markFolder = ")
    assert len(variables_for(functions_for(["Save-DaemonFile"]))) == 4
