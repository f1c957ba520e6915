"""The line to the terminal: how fast it is, how much has gone over it, when the next picture may follow.

A terminal on this machine takes ten pictures a second; over SSH the same pictures pile up in the network,
and a key answers seconds late. So the driver counts every byte that it writes, and whatever moves by itself
(a training lab, a slider held down) asks the governor before it draws. Keys answer at once and ask nobody.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, TextIO

from textual.app import App
from textual.driver import Driver

from engine.writing import write_all

TMUX_ANSWER = 0.2
"""Seconds that tmux may take to say where its client is."""


@dataclass(frozen=True)
class Rate:
    """What a line carries."""

    frames: float
    """Pictures a second at most."""
    capacity: float
    """Bytes a second."""


RATES = {"local": Rate(10, 1_000_000), "ssh": Rate(4, 40_000), "slow": Rate(4, 25_000)}
"""The lines that can be chosen; `auto` stands for what `detect` finds."""

SHARE = 0.1
"""Part of a processor that what moves by itself may take for its pictures; the rest is the engine's."""

LONGEST = 0.3
"""Seconds that this makes the next picture wait at most."""


def chosen(setting: str, environ: Mapping[str, str]) -> str:
    """The name in `RATES` that the setting `line` stands for."""
    return setting if setting in RATES else detect(environ)


def detect(environ: Mapping[str, str]) -> str:
    """Whether the learner sits at this machine (`local`) or came by SSH; takes 0.2 s at the worst.

    Inside tmux the shell's environment is as old as the shell, but tmux renews its own whenever a client
    attaches.
    """
    if environ.get("TMUX"):
        found = _tmux_says(environ)
        if found is not None:
            return found
    return "ssh" if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY") else "local"


def _tmux_says(environ: Mapping[str, str]) -> str | None:
    try:
        answer = subprocess.run(
            ["tmux", "show-environment", "SSH_CONNECTION"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TMUX_ANSWER,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
    if answer.startswith("SSH_CONNECTION="):
        return "ssh"
    # A leading minus says that the last client to attach had no such variable.
    return "local" if answer == "-SSH_CONNECTION" else None


class Governor:
    """Says when the next picture may be sent, so that a line's rate holds.

    The line is a bucket that what was written fills and that empties at its capacity: a picture may go when
    it is empty and the last picture is long enough ago: also for a slow machine, which would draw all the
    time while the engine waits for the processor. One caller a screen takes the frame, and draws all that moves.
    """

    def __init__(
        self,
        line: str = "local",
        clock: Callable[[], float] = time.monotonic,
        work: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`work` tells the seconds that the processor has worked for the screens."""
        self.rate = RATES[line]
        self._clock = clock
        self._work = work
        self._free_at = self._next_frame = self._taken_at = clock()
        self._worked = work()

    def wrote(self, count: int) -> None:
        """Hears that `count` bytes have been written."""
        self._free_at = max(self._free_at, self._clock()) + count / self.rate.capacity

    def wait(self, now: float | None = None) -> float:
        """Seconds until the next picture may be sent; 0 if it may now."""
        now = self._clock() if now is None else now
        rested = self._taken_at + min((self._work() - self._worked) / SHARE, LONGEST)
        return max(0.0, self._free_at - now, self._next_frame - now, rested - now)

    def frame_due(self, now: float | None = None) -> bool:
        """Whether the next picture may be sent; asking changes nothing."""
        return self.wait(now) == 0

    def take_frame(self, now: float | None = None) -> bool:
        """Whether the next picture may be sent, and if so takes it: the one after must keep its distance."""
        now = self._clock() if now is None else now
        if not self.frame_due(now):
            return False
        self._next_frame = now + 1 / self.rate.frames
        self._taken_at, self._worked = now, self._work()
        return True


class Lasting:
    """The terminal's file, of which the writing thread must not die when the terminal is gone.

    Without that thread whoever writes next, or only wants to end, waits for ever.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Writes, unless nobody is there to read it."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Flushes, unless nobody is there to read it."""
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class LastingPipe:
    """What a driver for browsers writes to: packets that are whole, or lost when nobody reads them any more."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __call__(self, packet: bytes) -> None:
        """Writes."""
        with suppress(OSError):
            write_all(self._handle, packet)


class ByteCounter:
    """Mixin for a driver: counts what it writes, and tells the app's `governor` if it has one.

    It also ends the mouse's report of pixels, which Textual's driver leaves on when it is suspended.
    """

    written = 0
    """Bytes written since the app started."""

    def write(self, data: str) -> None:
        """Writes to the terminal and counts."""
        count = len(data) if data.isascii() else len(data.encode(errors="replace"))
        self.written += count
        governor = getattr(self._app, "governor", None)
        if governor is not None:
            governor.wrote(count)
        super().write(data)

    def start_application_mode(self) -> None:
        """Takes the terminal, at the start or after a suspension."""
        write = getattr(self, "_write", None)
        if self.is_web and not isinstance(write, LastingPipe):
            self._write = LastingPipe(sys.__stdout__.fileno())
        file = getattr(self, "_file", None)
        if file is not None and not isinstance(file, Lasting):
            self._file = Lasting(file)
        super().start_application_mode()

    def stop_application_mode(self) -> None:
        """Leaves the terminal, at the end or for a suspension."""
        self.write("\x1b[?1016l")
        super().stop_application_mode()


@cache
def counting_driver(driver: type[Driver] | None = None) -> type[Driver]:
    """A driver that counts, made of `driver` or of the one that Textual takes on this platform.

    It goes to the app as `App(driver_class=counting_driver())`.
    """
    # `get_driver_class` looks at the platform and the environment only, never at the app.
    base = driver or App.get_driver_class(None)
    return type(f"Counting{base.__name__}", (ByteCounter, base), {})
