"""Design files on disk: read whole, written in one step or not at all, with three backups."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from designer.errors import DocumentTooLargeError, FileAccessError, NewerFormatError
from designer.storage.codec import decode, encode
from designer.storage.document import FORMAT, MAX_BYTES, Document

BACKUPS = 3
"""How many earlier versions stay beside a design: ``seed.cnd.bak1`` is the youngest."""

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("there is no such file or folder", "Check the name; the file may have been moved or deleted."),
    errno.EEXIST: ("there is a file of that name", "Choose another name."),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Check the path."),
    errno.EISDIR: ("this is a folder, not a file", "Name a file in it."),
    errno.EACCES: ("access is denied", "Check the permissions, or choose another folder."),
    errno.EPERM: ("the operation is not permitted", "Check the permissions, or choose another folder."),
    errno.EROFS: ("the file system is read-only", "Choose another folder."),
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space, or choose another disk."),
    errno.EFBIG: ("the file would be larger than allowed here", "Choose another disk."),
    errno.ELOOP: ("the symbolic links go in a circle", "Name the file itself."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk reports an error", "Check the disk; choose another one."),
    errno.EBUSY: ("another program uses the file", "Close it there and try again."),
}


def load(path: Path | str) -> Document:
    """Return the design in a file.

    Raises:
        FileAccessError: the file cannot be read.
        DocumentError: the file holds no design.
    """
    return decode(read(path, MAX_BYTES), str(path))


def save(document: Document, path: Path | str) -> None:
    """Write a design; when anything fails, the file is as it was and nothing else is left behind.

    The earlier versions become ``.bak1`` to ``.bak3``. A file that already has this content is not touched.

    Raises:
        FileAccessError: the file system refused.
        NewerFormatError: the design is of a newer major format.
    """
    if document.read_only:
        raise NewerFormatError(path, document.format[0], FORMAT[0])
    content = encode(document)
    with explained(path):
        target = _resolved(path)
        if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
            return
        with _Pending() as pending:
            fresh = pending.add(target, content)
            before = pending.add_copy(target) if target.exists() else None
            fresh.replace(target)
            if before is not None:
                _back_up(target, before)
        _sync_folder(target.parent)


def read(path: Path | str, limit: int) -> bytes:
    """Return the content of a regular file.

    Raises:
        FileAccessError: the file cannot be read.
        DocumentTooLargeError: it has more bytes than the limit.
    """
    with explained(path):
        found = Path(path).stat()
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(found.st_mode):
            raise FileAccessError(path, "this is no ordinary file but a device or a pipe", "Name a file.")
        if found.st_size > limit:
            raise DocumentTooLargeError(f"{path} is larger than {limit // 1024**2} MB, which no design is.")
        with Path(path).open("rb") as file:
            return file.read(limit + 1)


def write(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together: all of them, or none.

    Raises:
        FileAccessError: the file system refused; the files are as they were.
    """
    with _Pending() as pending:
        for path, content in files.items():
            with explained(path):
                pending.add(_resolved(path), content)
        for path, (target, fresh) in zip(files, pending.files, strict=True):
            with explained(path):
                fresh.replace(target)


class _Pending:
    """Files that are written under other names and wait to take their places."""

    def __init__(self) -> None:
        self.files: list[tuple[Path, Path]] = []

    def __enter__(self) -> _Pending:
        return self

    def add(self, target: Path, content: bytes) -> Path:
        """Write a file that will take the place of the target."""
        fresh = self._new(target)
        _write_new(fresh, content, target)
        return fresh

    def add_copy(self, target: Path) -> Path:
        """Copy a file as it is before it is replaced."""
        fresh = self._new(target)
        shutil.copy2(target, fresh)
        return fresh

    def _new(self, target: Path) -> Path:
        fresh = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.tmp")
        self.files.append((target, fresh))
        return fresh

    def __exit__(self, *_: object) -> None:
        for _target, fresh in self.files:
            with suppress(OSError):  # a read-only file system refuses this too, and has nothing to remove
                fresh.unlink(missing_ok=True)


@contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn what the operating system says into a sentence with advice."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0)
        problem, advice = reason or (error.strerror or str(error), "Choose another place.")
        raise FileAccessError(path, problem, advice) from error
    except ValueError:
        raise FileAccessError(path, "the name holds a NUL character", "Choose another name.") from None


def _resolved(path: Path | str) -> Path:
    """Return the file behind symbolic links, refusing what cannot be a file that is written."""
    target = Path(os.path.realpath(path, strict=False))
    if Path(path).is_symlink() and target.is_symlink():
        raise OSError(errno.ELOOP, "")
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if not target.parent.is_dir():
        raise FileAccessError(path, "the folder does not exist", "Make it first, or choose another one.")
    if target.exists() and not target.is_file():
        raise FileAccessError(path, "this is no ordinary file but a device or a pipe", "Name a file.")
    if target.exists() and not os.access(target, os.W_OK):
        raise FileAccessError(path, "the file is read-only", "Save under another name, or allow writing.")
    return target


def _write_new(fresh: Path, content: bytes, target: Path) -> None:
    """Write and flush a new file with the permissions of the one that it will replace."""
    with fresh.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        with suppress(OSError):
            shutil.copymode(target, fresh)


def _back_up(target: Path, before: Path) -> None:
    """Make the copy of the replaced file the youngest backup; the older ones move up.

    The design is saved by now, so a backup that cannot be renamed is no failure.
    """
    names = [target.with_name(f"{target.name}.bak{number}") for number in range(1, BACKUPS + 1)]
    with suppress(OSError):
        for older, younger in zip(reversed(names), reversed(names[:-1]), strict=False):
            if younger.exists():
                younger.replace(older)
        before.replace(names[0])


def _sync_folder(folder: Path) -> None:
    """Make the new name safe against a power cut, where the system can do that."""
    if os.name == "posix":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
