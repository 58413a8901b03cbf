"""Files on disk: whole or not at all, whatever the file system does."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from designer.errors import DocumentTooLargeError, FileAccessError, MalformedDocumentError, NewerFormatError
from designer.model.hosts import Host
from designer.model.identity import EntityId
from designer.model.topology import Topology
from designer.storage import files
from designer.storage.codec import encode
from designer.storage.document import MAX_BYTES, Document

posix_only = pytest.mark.skipif(os.name != "posix", reason="limits, pipes and permission bits of POSIX systems")


def design(name: str = "HOST01") -> Document:
    return Document(Topology.of_entities([Host(id=EntityId("h"), name=name)]))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Make every write beyond a size fail as a full disk does."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    files.save(design(), tmp_path / "a.cnd")

    assert files.load(tmp_path / "a.cnd") == design()
    assert names(tmp_path) == ["a.cnd"]


def test_three_earlier_versions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    for number in range(6):
        files.save(design(f"HOST{number}"), path)

    assert names(tmp_path) == ["a.cnd", "a.cnd.bak1", "a.cnd.bak2", "a.cnd.bak3"]
    for number, kept in enumerate(["a.cnd", "a.cnd.bak1", "a.cnd.bak2", "a.cnd.bak3"]):
        assert (tmp_path / kept).read_bytes() == encode(design(f"HOST{5 - number}"))


def test_saving_without_a_change_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    files.save(design(), path)
    before = path.stat()
    files.save(design(), path)

    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert names(tmp_path) == ["a.cnd"]


@posix_only
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.cnd", tmp_path / "link.cnd"
    files.save(design(), target)
    target.chmod(0o640)
    link.symlink_to(target)

    files.save(design("HOST02"), link)

    assert link.is_symlink()
    assert files.load(target) == design("HOST02")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    files.save(design(), tmp_path / "a.cnd")
    (tmp_path / "b").write_text("")

    assert (tmp_path / "a.cnd").stat().st_mode == (tmp_path / "b").stat().st_mode


def broken_call(name: str, code: int) -> Callable[[pytest.MonkeyPatch], None]:
    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_arguments: object, **_options: object) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(name, fail)

    return patch


FAULTS = {
    "disk full at the end": (broken_call("os.fsync", errno.ENOSPC), "the disk is full. Free some space"),
    "quota": (broken_call("os.fsync", errno.EDQUOT), "the disk quota is used up"),
    "rename refused": (broken_call("pathlib.Path.replace", errno.EACCES), "access is denied. Check the permissions"),
    "backup refused": (broken_call("shutil.copy2", errno.ENOSPC), "the disk is full"),
    "device error": (broken_call("os.fsync", errno.EIO), "the disk reports an error"),
    "error without a name": (broken_call("os.fsync", errno.ENOTTY), "Choose another place."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_save_leaves_everything_as_it_was(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.cnd"
    files.save(design("HOST00"), path)
    files.save(design("HOST01"), path)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    patch, message = FAULTS[fault]

    with monkeypatch.context() as patched, pytest.raises(FileAccessError) as caught:
        patch(patched)
        files.save(design("HOST02"), path)

    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_a_file_system_that_takes_no_change_at_all_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken_call("pathlib.Path.unlink", errno.EROFS)(monkeypatch)
    broken_call("pathlib.Path.open", errno.EROFS)(monkeypatch)

    with pytest.raises(FileAccessError, match="the file system is read-only"):
        files.write({tmp_path / "a.svg": b"new"})


def test_when_only_the_last_step_fails_the_backups_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.cnd"
    files.save(design("HOST00"), path)
    files.save(design("HOST01"), path)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    rename = Path.replace

    def fail_for_the_design(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(errno.EACCES, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail_for_the_design)

    with pytest.raises(FileAccessError, match="access is denied"):
        files.save(design("HOST02"), path)

    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_a_backup_that_cannot_be_renamed_does_not_lose_the_save(tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    files.save(design("HOST00"), path)
    (tmp_path / "a.cnd.bak2").write_text("older")
    (tmp_path / "a.cnd.bak3").mkdir()

    files.save(design("HOST01"), path)

    assert files.load(path) == design("HOST01")
    assert names(tmp_path) == ["a.cnd", "a.cnd.bak2", "a.cnd.bak3"]


@posix_only
def test_a_file_that_does_not_fit_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    files.save(design(), path)
    before = path.read_bytes()
    long = Document(Topology.of_entities([Host(id=EntityId("h"), name="HOST02", remark="x" * 20_000)]))

    with largest_file(4096), pytest.raises(FileAccessError, match="larger than allowed"):
        files.save(long, path)

    assert path.read_bytes() == before
    assert names(tmp_path) == ["a.cnd"]


@posix_only
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone/a.cnd", "the folder does not exist. Make it first"),
        ("folder", "this is a folder, not a file. Name a file in it."),
        ("file/a.cnd", "the folder does not exist"),
        ("loop", "the symbolic links go in a circle. Name the file itself."),
        ("x" * 300 + ".cnd", "the name is too long. Choose a shorter name."),
        ("pipe", "this is no ordinary file but a device or a pipe. Name a file."),
        ("a\0b", "the name holds a NUL character"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    before = names(tmp_path)

    with pytest.raises(FileAccessError) as caught:
        files.save(design(), tmp_path / name)

    assert message in str(caught.value)
    assert names(tmp_path) == before


@posix_only
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.cnd", "there is no such file or folder. Check the name"),
        ("folder", "this is a folder, not a file. Name a file in it."),
        ("file/a.cnd", "a part of the path is a file, not a folder"),
        ("loop", "the symbolic links go in a circle"),
        ("pipe", "this is no ordinary file but a device or a pipe"),
        ("a\0b", "the name holds a NUL character"),
    ],
)
def test_a_place_that_cannot_be_read_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(FileAccessError) as caught:
        files.load(tmp_path / name)

    assert message in str(caught.value)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.cnd"
    files.save(design(), path)
    broken_call("pathlib.Path.open", errno.EACCES)(monkeypatch)

    with pytest.raises(FileAccessError, match="access is denied"):
        files.load(path)


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.cnd"
    files.save(design(), path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_arguments: False)

    with pytest.raises(FileAccessError, match="the file is read-only"):
        files.save(design("HOST02"), path)

    assert path.read_bytes() == before


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.cnd"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(DocumentTooLargeError, match="larger than 64 MB"):
        files.load(path)


def test_a_malformed_file_is_named_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.cnd"
    path.write_text("{}")

    with pytest.raises(MalformedDocumentError) as caught:
        files.load(path)

    assert str(caught.value).startswith(f"{path}, line 1: ")


def test_a_design_of_a_newer_format_is_not_written(tmp_path: Path) -> None:
    document = Document(Topology(), format=(9, 0), read_only=True)

    with pytest.raises(NewerFormatError, match=r"has format 9; this version knows up to 1"):
        files.save(document, tmp_path / "a.cnd")

    assert names(tmp_path) == []


def test_several_files_are_written_together(tmp_path: Path) -> None:
    files.write({tmp_path / "a": b"1", tmp_path / "b": b"2"})

    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {"a": b"1", "b": b"2"}


def test_several_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "folder").mkdir()

    with pytest.raises(FileAccessError):
        files.write({tmp_path / "a": b"new", tmp_path / "folder": b"2"})

    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a", "folder"]
