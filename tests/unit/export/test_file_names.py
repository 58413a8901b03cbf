from __future__ import annotations

import pytest

from designer.export.file_names import file_names


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["A", "a", "A"], ["A.ps1", "a-2.ps1", "A-3.ps1"]),
        (["A", "A-2", "A"], ["A.ps1", "A-2.ps1", "A-3.ps1"]),
        (["../../etc/passwd"], ["--..-etc-passwd.ps1"]),
        (['<>:"/\\|?*'], ["---------.ps1"]),
        (["a\nb\u202e\0"], ["a-b--.ps1"]),
        (["NUL", "com1.x", "lpt¹"], ["NUL-.ps1", "com1.x-.ps1", "lpt¹-.ps1"]),
        (["..", " "], ["-.ps1", "--2.ps1"]),
        (["end. "], ["end-.ps1"]),
        (["Ünï 😀"], ["Ünï 😀.ps1"]),
        (["x" * 300], ["x" * 100 + ".ps1"]),
    ],
)
def test_file_names_are_possible_everywhere(names: list[str], files: list[str]) -> None:
    assert file_names(names, ".ps1") == files
