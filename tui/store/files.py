"""Whole files, written so that a crash leaves the old one or the new one, and broken ones kept aside."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from lessons.notice import Notice, failure


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


def replace(path: Path, content: bytes) -> Notice | None:
    """Put a file with this content in the place of `path`; returns why that can't be done, if so."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(content)
    except OSError as error:
        return failure(error, path)
    return None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def set_aside(path: Path) -> Path | Notice:
    """Rename a broken file to `<stem>.broken-N<suffix>`, N the first free one; returns where it is kept."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(kept)
    except FileNotFoundError:
        return kept  # another copy has just set it aside
    except OSError as error:
        return failure(error, path)
    return kept
