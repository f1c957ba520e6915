"""A folder in which several users write: the queue of a group on one server.

Who may write in a folder may also put something else where a file was: a link to a file of another user's, a pipe that
nobody reads. So the folder is opened once, its files are reached through that handle and never through a link, only
plain files are read, and each says no more than what its owner may say. Files are made for all who may write in the
folder, whatever the umask of whoever makes them.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine import writing

MOST = 4096
"""Bytes that are read of a file; those that belong here are shorter."""

BUSY = (errno.EWOULDBLOCK, errno.EACCES)
"""Errors of a lock that another has."""

SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Folder:
    """An open folder."""

    def __init__(self, path: Path, handle: int) -> None:
        found = os.fstat(handle)
        self.path = path
        self.owner = found.st_uid
        self._handle = handle
        self._group = found.st_gid
        self._mode = 0o600 | (found.st_mode & 0o066 if found.st_mode & 0o022 else 0)

    def names(self) -> list[str]:
        """Everything in it, sorted."""
        return sorted(os.listdir(self._handle))

    def put(self, name: str, content: bytes) -> int:
        """Make a file with this content, whole from the start; returns its handle, which holds it locked.

        Raises OSError.
        """
        beside = f".{name}.{os.getpid()}-{os.urandom(3).hex()}"
        with self._naming(name):
            handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | SAFE, 0o600, dir_fd=self._handle)
            try:
                self._open_to_all(handle)
                with suppress(OSError):  # a file system without locks: the process itself is asked
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                writing.write_all(handle, content)
                os.rename(beside, name, src_dir_fd=self._handle, dst_dir_fd=self._handle)
            except OSError:
                os.close(handle)
                self.remove(beside)
                raise
        return handle

    def lock(self, name: str) -> int | None:
        """Take a lock file, which is made if there is none; returns its handle, None where another has it.

        Raises OSError. Where the file system knows no locks, all have it: better too many than none.
        """
        with self._naming(name):
            handle = self._opened_or_made(name)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno in BUSY:
                    os.close(handle)
                    return None
            if not self._is_still(name, handle):
                os.close(handle)
                return None
        return handle

    def read(self, name: str) -> tuple[int, os.stat_result, bytes] | None:
        """Open and read a plain file: its handle, its owner and age, what it says; None for anything else."""
        try:
            handle = os.open(name, os.O_RDONLY | SAFE, dir_fd=self._handle)
        except OSError:
            return None
        try:
            found = os.fstat(handle)
            if stat.S_ISREG(found.st_mode):
                return handle, found, os.read(handle, MOST)
        except OSError:
            pass
        os.close(handle)
        return None

    def age(self, name: str, now: float) -> float:
        """Seconds since something was changed, a link itself and not what it means; 0 where it is gone."""
        with suppress(OSError):
            return now - os.stat(name, dir_fd=self._handle, follow_symlinks=False).st_mtime
        return 0.0

    def remove(self, name: str) -> None:
        """Remove a file, if that is allowed; a link goes and what it means stays."""
        with suppress(OSError):
            os.unlink(name, dir_fd=self._handle)

    def _opened_or_made(self, name: str) -> int:
        """Open a plain file for a lock. Not both at once: some systems refuse that for another user's file."""
        while True:
            try:
                handle = os.open(name, os.O_RDWR | SAFE, dir_fd=self._handle)
                break
            except FileNotFoundError:
                with suppress(FileExistsError):
                    handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | SAFE, 0o600, dir_fd=self._handle)
                    self._open_to_all(handle)
                    break
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return handle
        os.close(handle)
        raise OSError(errno.EINVAL, "no plain file", name)

    def _open_to_all(self, handle: int) -> None:
        """Let all who may write in the folder read and lock a file of ours."""
        if os.fstat(handle).st_gid != self._group:
            with suppress(OSError):
                os.fchown(handle, -1, self._group)
        os.fchmod(handle, self._mode)

    def _is_still(self, name: str, handle: int) -> bool:
        """Tell whether a name still means the file that was opened."""
        with suppress(OSError):
            there = os.stat(name, dir_fd=self._handle, follow_symlinks=False)
            return os.path.samestat(there, os.fstat(handle))
        return False

    @contextmanager
    def _naming(self, name: str) -> Iterator[None]:
        """Let errors name the whole path."""
        try:
            yield
        except OSError as error:
            error.filename = str(self.path / name)
            raise


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """Open a folder; one that is missing is made, for the same users as the folder that it is in. Raises OSError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        around = path.parent.stat().st_mode
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
            path.chmod(0o700 | (around & 0o3077 if around & 0o022 else 0))
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield Folder(path, handle)
    finally:
        os.close(handle)


def is_locked(handle: int) -> bool:
    """Tell whether another has a file locked."""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in BUSY
    fcntl.flock(handle, fcntl.LOCK_UN)
    return False
