"""Says how a run stands, twice a second and from a thread of its own: during long steps, pauses and waiting too."""

import os
import platform
import threading
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from engine.training.folder import Run
from engine.training.record import Status
from engine.training.training import Step

BEAT = 0.5
"""Seconds between two beats."""

WINDOW = 5.0
"""Seconds of training over which speed is measured."""


class Clock:
    """Counts the seconds of training; it stands still during pauses."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._before = seconds
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        since = self._since
        return self._before + (time.monotonic() - since if since is not None else 0.0)

    @property
    def goes(self) -> bool:
        """Whether it counts."""
        return self._since is not None

    def go(self) -> None:
        """Count from now on."""
        if self._since is None:
            self._since = time.monotonic()

    def halt(self) -> None:
        """Stand still."""
        self._before, self._since = self.seconds, None


class Speed:
    """Speed of the last seconds of training, and what it means for the rest."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int, float]] = deque()

    def see(self, seconds: float, step: Step) -> None:
        """Note how far training has come after so many seconds of it."""
        if self._seen and step.examples == self._seen[-1][1]:
            return  # a step longer than a beat is not a standstill
        self._seen.append((seconds, step.examples, step.progress))
        while len(self._seen) > 2 and seconds - self._seen[1][0] >= WINDOW:
            self._seen.popleft()

    def of_last(self) -> tuple[float | None, float | None]:
        """Examples per second, and seconds that are left; None before there is anything to say."""
        if len(self._seen) < 2:
            return None, None
        first, last = self._seen[0], self._seen[-1]
        seconds, progress = last[0] - first[0], last[2] - first[2]
        if seconds <= 0:
            return None, None
        left = (1 - last[2]) * seconds / progress if progress > 0 else None
        return (last[1] - first[1]) / seconds, left


class Heartbeat:
    """Keeps a run's status; changes are written at once, the progress with each beat."""

    def __init__(self, run: Run, status: Status, pid: int = 0) -> None:
        """Begin to beat; `pid` is the process that owns the run, where that is not this one."""
        self.clock = Clock(status.seconds)
        """Seconds of training."""

        self._run = run
        self._status = replace(status, pid=pid or os.getpid(), host=platform.node())
        self._step: Step | None = None
        self._values = status.values
        self._speed = Speed()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._thread.start()

    @property
    def status(self) -> Status:
        """How the run stands, as it was last written."""
        return self._status

    def begin(self, step: Step | None, seconds: float, values: Mapping[str, float]) -> None:
        """Take note of where training begins: after a step, or at the very start."""
        with self._lock:
            self.clock, self._speed, self._step, self._values = Clock(seconds), Speed(), step, dict(values)
            if step is None:
                self._status = replace(self._status, step=0, epoch=0.0, examples=0, progress=0.0)

    def moved(self, step: Step) -> None:
        """Take note of a step, and of the values that it gives; the next beat tells them."""
        self._step = step
        if step.values:
            self._values = {**self._values, **step.values}

    def say(self, **changes: Any) -> bool:
        """Change the status and write it; tells whether that could be done."""
        with self._lock:
            self._status = replace(self._status, **changes)
            return self._write()

    def end(self, **changes: Any) -> bool:
        """Write the last status and be silent from then on; may be tried again where it could not be written.

        The speed is then that of the whole training.
        """
        self._ended.set()
        self._thread.join()
        self.clock.halt()
        return self.say(**changes)

    def _beat(self) -> None:
        while not self._ended.wait(BEAT):
            with self._lock:
                self._write()

    def _write(self) -> bool:
        self._status = self._now()
        with suppress(OSError):  # the reader infers it from the silence
            self._run.write_status(self._status)
            return True
        return False

    def _now(self) -> Status:
        step, seconds = self._step, self.clock.seconds
        speed = left = None
        status = replace(self._status, seconds=seconds, values=self._values, time=time.time())
        if step is not None:
            progress = min(1.0, step.progress)
            status = replace(status, step=step.step, epoch=step.epoch, examples=step.examples, progress=progress)
            if self._ended.is_set():
                speed = step.examples / seconds if seconds else None
            elif status.state == "running":
                self._speed.see(seconds, step)
                speed, left = self._speed.of_last()
        return replace(status, images_per_second=speed, seconds_left=left)
