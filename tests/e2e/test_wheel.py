"""The wheel has everything that the program needs, and works without the sources."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import designer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this source tree."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, as an installer would unpack it."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def use(unpacked: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line from the unpacked wheel, the sources out of sight."""
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from designer.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-P", "-c", start, unpacked, *arguments]
    return subprocess.run(command, cwd=unpacked, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_wheel_carries_the_version_the_commands_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = f"container_network_designer-{designer.__version__}.dist-info"
        entry_points = archive.read(f"{folder}/entry_points.txt").decode()
        names = archive.namelist()

    assert "designer = designer.__main__:main" in entry_points
    assert "designer-gui = designer.__main__:gui" in entry_points
    assert f"{folder}/licenses/LICENSE" in names


def test_the_wheel_carries_every_shipped_file_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if name.startswith("designer/") and not name.endswith(".py")}

    shipped = {f"designer/_resources/{path.relative_to(ROOT / 'resources').as_posix()}" for path in files("resources")}
    shipped |= {f"designer/_resources/examples/{path.name}" for path in files("examples")}
    assert carried == shipped


def files(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", [path.stem for path in sorted((ROOT / "examples").glob("*.cnd"))])
def test_the_wheel_checks_its_own_examples(unpacked: Path, name: str) -> None:
    outcome = use(unpacked, "check", unpacked / "designer" / "_resources" / "examples" / f"{name}.cnd")

    assert outcome.returncode == int(name == "broken"), outcome.stdout + outcome.stderr


def test_the_wheel_finds_its_templates_and_exports(unpacked: Path, tmp_path: Path) -> None:
    design = tmp_path / "mine.cnd"

    assert use(unpacked, "new", "--template", "seed", "-o", design).returncode == 0
    assert use(unpacked, "render", design, "-o", tmp_path / "mine.svg").returncode == 0
    assert use(unpacked, "export", design, "--to", "powershell", "-o", f"{tmp_path}/scripts/").returncode == 0
    assert [path.name for path in (tmp_path / "scripts").iterdir()] == ["HOST01.ps1"]
