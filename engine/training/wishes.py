"""What is wanted of a run: by its folder, and by a signal to its process."""

import time

from engine.training.folder import Run
from engine.training.record import Reason

LOOK = 0.1
"""Seconds between two looks."""

rest = time.sleep


class Stopped(Exception):
    """The run is to stop."""


class Wishes:
    """What is wanted of one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._terminated = False

    def terminate(self) -> None:
        """Let the run stop; a signal handler may call this at any moment."""
        self._terminated = True

    @property
    def reason(self) -> Reason | None:
        """Why the run stops, where nobody asked for it."""
        return Reason("terminated") if self._terminated else None

    def pause_wanted(self) -> bool:
        """Tell whether it is to pause. Raises Stopped where it is to stop."""
        want = "stop" if self._terminated else self._run.command().want
        if want == "stop":
            raise Stopped
        return want == "pause"

    def wait_while_paused(self) -> None:
        """Wait until it is to run. Raises Stopped."""
        while self.pause_wanted():
            rest(LOOK)

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until it is to stop. Raises Stopped."""
        for _ in range(round(seconds / LOOK)):
            self.pause_wanted()
            rest(LOOK)
