"""Writes what a training gives, in a thread beside it: a sync takes as long as many steps, and no processor."""

import errno
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from engine.training.folder import Run
from engine.training.heartbeat import Heartbeat
from engine.training.record import Reason
from engine.training.wishes import Stopped, Wishes

AGAIN = 1.0
"""Seconds after which what could not be written is tried again."""

FULL = (errno.ENOSPC, errno.EDQUOT)

T = TypeVar("T")


def insist(action: Callable[[], T], run: Run, heart: Heartbeat, wishes: Wishes) -> T:
    """Do what writes; while that fails, the run is paused and says why. Raises Stopped where it is to stop."""
    before, went = heart.status, heart.clock.goes
    while True:
        try:
            done = action()
            break
        except OSError as error:
            heart.clock.halt()
            if not run.folder.exists():
                raise Stopped from None  # somebody has removed the run
            heart.say(state="paused", reason=reason_of(error, run))
        wishes.wait(AGAIN)
    if heart.status.state != before.state:
        heart.say(state=before.state, reason=before.reason)
    if went:
        heart.clock.go()
    return done


def reason_of(error: OSError, run: Run) -> Reason:
    """Say why something could not be written."""
    path = {"path": str(error.filename or run.folder)}
    if error.errno in FULL:
        return Reason("disk_full", path)
    return Reason("cannot_write", {**path, "text": error.strerror or str(error)})


class Writer:
    """Does one job after the other in a thread; a job is a list of parts, and one that failed is kept."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._parts: list[Callable[[], None]] = []
        self._future: Future[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._future is not None and not self._future.done()

    @property
    def failed(self) -> bool:
        """Whether the last job is over and has not done all."""
        return bool(self._parts) and not self.busy

    def put(self, parts: list[Callable[[], None]]) -> None:
        """Begin a job; the one before must be done."""
        assert not self._parts
        self._parts = parts
        self._future = self._pool.submit(self._work)

    def finish(self) -> None:
        """Wait for the job under way; do the rest of one that failed. Raises what its part raises."""
        future, self._future = self._future, None
        if future is not None:
            future.result()
        self._work()

    def close(self) -> None:
        """Let the thread end."""
        self._pool.shutdown()

    def _work(self) -> None:
        while self._parts:
            self._parts[0]()
            del self._parts[0]
