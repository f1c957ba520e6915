"""The one place where files are written: whole files beside and renamed, lines appended, small records in place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


def write_all(handle: int, content: bytes) -> None:
    """Write all of `content` to an open file; everything else here writes by this function. Raises OSError."""
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file beside `path` to write; at the end it is synced and put in its place. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(3).hex()}")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # a write names no file
        raise
    with suppress(OSError):  # not every file system syncs a folder, and the file itself is safe
        _sync_folder(path.parent)


def replace(path: Path, content: bytes) -> None:
    """Put a file with this content in the place of `path`. Raises OSError; what was there is kept then."""
    with replacing(path) as file:
        file.flush()
        write_all(file.fileno(), content)


def append(path: Path, content: bytes, sync: bool = False) -> int:
    """Append to a file, all or nothing; returns its size afterwards. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        try:
            write_all(handle, content)
            if sync:
                os.fsync(handle)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(handle, size)
            error.filename = str(path)
            raise
        return size + len(content)
    finally:
        os.close(handle)


def overwrite(path: Path, content: bytes, size: int) -> None:
    """Write a record of at most `size` bytes in the place of the last one, padded with spaces.

    The file keeps its size and its blocks, so that this works on a full disk too. Raises OSError, or ValueError
    for a record that is too long.
    """
    if len(content) >= size:
        raise ValueError(f"a record of {len(content)} bytes does not fit into {size}")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        write_all(handle, content.ljust(size - 1) + b"\n")
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
