"""Who owns a run: one process holds `owner.lock`, and others can tell whether it is still there.

On the same machine the lock and the process itself are asked; a run of another host, on a shared file system, is
judged by the heartbeat in its status alone.
"""

import errno
import fcntl
import os
import platform
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from engine import writing
from engine.training.record import Owner, RunProblem, Status

SILENCE = 30.0
"""Seconds without a heartbeat after which a run of another host counts as dead."""

SIZE = 512
"""Bytes of `owner.lock`."""

BUSY = (errno.EWOULDBLOCK, errno.EACCES)
"""Errors of a lock that another has."""

TRIES = 10
"""Attempts to take the lock: whoever only looks holds it for a moment."""


@cache
def boot_id() -> str:
    """Name this start of the machine; empty where the system has no name for it."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def process_start(pid: int) -> str | None:
    """When a process was started, as the system writes it; None if there is none, or only its remains (a zombie)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        if Path("/proc/self/stat").exists():
            return None
        try:
            os.kill(pid, 0)  # macOS has no /proc: the lock tells the rest
        except ProcessLookupError:
            return None
        except PermissionError:
            return ""
        return ""
    return None if fields[0] in "ZX" else fields[19]


def myself() -> Owner:
    """Describe this process."""
    pid = os.getpid()
    return Owner(host=platform.node(), boot=boot_id(), pid=pid, started=process_start(pid) or "")


def read_owner(path: Path) -> Owner | None:
    """Read who owns a run; None where nobody has, or nothing readable is written."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Owner)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def is_alive(lock: Path, status: Status, now: float | None = None) -> bool:
    """Tell whether the process that owns a run is still there."""
    owner = read_owner(lock)
    if owner is None:
        return False
    if owner.host != platform.node():
        return (time.time() if now is None else now) - status.time < SILENCE
    if owner.boot != boot_id() or process_start(owner.pid) != owner.started:
        return False
    return owner.pid == os.getpid() or _is_locked(lock)


def _is_locked(lock: Path) -> bool:
    try:
        handle = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


class Ownership:
    """Holds a run for this process until it is released or the process ends."""

    def __init__(self, lock: Path, status: Status) -> None:
        """Take it. Raises RunProblem `owned` where another process has it, OSError where nothing can be written."""
        self._lock = lock
        owner = read_owner(lock)
        elsewhere = owner is not None and owner.host != platform.node()
        if owner is not None and elsewhere and is_alive(lock, status):
            raise RunProblem("owned", id=lock.parent.name, host=owner.host, pid=owner.pid)
        self._handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        for attempt in range(TRIES):
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in BUSY and not (owner is not None and is_alive(lock, status)):
                    break  # a file system without locks: the process itself is asked
                if attempt == TRIES - 1:
                    os.close(self._handle)
                    host, pid = (owner.host, owner.pid) if owner else ("", 0)
                    raise RunProblem("owned", id=lock.parent.name, host=host, pid=pid) from None
                time.sleep(0.02)
        try:
            writing.overwrite(lock, msgspec.json.encode(myself()), SIZE)
        except OSError:
            os.close(self._handle)
            raise

    def release(self) -> None:
        """Let others own it."""
        if self._handle >= 0:
            with suppress(OSError):  # the process is there for longer than the run where it is not its own
                writing.overwrite(self._lock, b"", SIZE)
            os.close(self._handle)
            self._handle = -1
