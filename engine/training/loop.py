"""The loop that drives a training: asks for its steps, writes what they give, and does what is wanted meanwhile."""

import math
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import msgspec

from engine import writing
from engine.training.checkpoint import Checkpoint, NotFinite, snapshot, weights_snapshot
from engine.training.folder import Run
from engine.training.group import ALONE, Group
from engine.training.heartbeat import Heartbeat
from engine.training.metrics import Point
from engine.training.ranks import Word
from engine.training.training import Step, Training
from engine.training.wishes import LOOK, Stopped, Wishes
from engine.training.writer import Writer, insist

SAVED = 5.0
"""Seconds after which all that is needed to go on is saved again."""

KEPT = 2
"""Checkpoints to go on from that are kept: the last one may be damaged."""


class Loop:
    """Drives one training of a run to its end."""

    def __init__(
        self, run: Run, training: Training, heart: Heartbeat, wishes: Wishes, offset: int, group: Group = ALONE
    ) -> None:
        """Begin where `metrics.jsonl` has `offset` bytes; the others of a group do what this one tells them."""
        self.step: Step | None = None
        """The last step that was done."""

        self._run, self._training, self._heart, self._wishes = run, training, heart, wishes
        self._group = group
        self._writer = Writer()
        self._points: list[bytes] = []
        self._offset = offset
        self._saved: Step | None = None
        self._saved_at = time.monotonic()

    def train(self, leave: Callable[[], None], take: Callable[[], None]) -> None:
        """Train to the end; `leave` and `take` give back and take the place among those that compute.

        Raises Stopped, NotFinite, and whatever the training raises.
        """
        look = 0.0
        try:
            for step in self._training.steps():
                self._moved(step)
                if (now := time.monotonic()) >= look:
                    look = now + LOOK
                    self._look(step, now, leave, take)
                self._group.told(Word.ON)
            if self.step is not None:
                self._save(self.step)
            self._settle()
            self._group.told(Word.END)
        except (Stopped, NotFinite):
            with suppress(RuntimeError):  # the others may be gone
                self._group.told(Word.END)
            raise
        finally:
            self._writer.close()

    def give_up(self) -> int | None:
        """Write the points that are left, if that can be done; returns the step of the last good checkpoint."""
        with suppress(OSError):
            self._writer.finish()
            writing.append(self._run.metrics_path, b"".join(self._points))
        steps = self._run.resume_steps()
        return steps[-1] if steps else None

    def _moved(self, step: Step) -> None:
        self.step = step
        if step.values:
            for name, value in step.values.items():
                if not math.isfinite(value):
                    raise NotFinite(name)
            self._points.append(self._line(step))
        self._heart.moved(step)
        if step.checkpoint:
            self._save(step, weights=True)

    def _line(self, step: Step) -> bytes:
        seconds = round(self._heart.clock.seconds, 4)
        point: Point = {"step": step.step, "epoch": step.epoch, "examples": step.examples, "seconds": seconds}
        return msgspec.json.encode(point | dict(step.values)) + b"\n"

    def _look(self, step: Step, now: float, leave: Callable[[], None], take: Callable[[], None]) -> None:
        """Do what is due about ten times a second."""
        if self._writer.failed:
            self._settle()
        if now - self._saved_at >= SAVED:
            self._save(step)
        elif self._points and not self._writer.busy:
            self._writer.put([self._written_points(sync=False)])
        try:
            pause = self._wishes.pause_wanted()
        except Stopped:
            self._save(step)
            self._settle()
            raise
        if pause:
            self._pause(step, leave, take)

    def _pause(self, step: Step, leave: Callable[[], None], take: Callable[[], None]) -> None:
        self._save(step)
        self._settle()
        self._heart.clock.halt()
        self._heart.say(state="paused", reason=None)
        leave()
        self._wishes.wait_while_paused()
        take()
        self._heart.say(state="running", reason=None)
        self._heart.clock.go()

    def _save(self, step: Step, weights: bool = False) -> None:
        """Save all that is needed to go on, unless it is, and the weights to look into if they are wanted."""
        if step is self._saved:
            return
        self._settle()
        parts: list[Callable[[], None]] = []
        if weights:
            kept = weights_snapshot(self._training.weights(), step)
            parts.append(partial(kept.write, self._run.weights_path(step.step)))
        offset = self._offset + sum(map(len, self._points))
        self._group.told(Word.STATE)
        whole = snapshot(Checkpoint(step, offset, self._heart.clock.seconds, self._training.state()))
        parts += [partial(whole.write, self._run.resume_path(step.step)), self._remove_old]
        # A checkpoint's points must be there when it is.
        self._writer.put([self._written_points(sync=True), *parts])
        self._saved, self._saved_at = step, time.monotonic()

    def _written_points(self, sync: bool) -> Callable[[], None]:
        """Take the points so far, as a part of a job that appends them."""
        content = b"".join(self._points)
        self._points.clear()
        self._offset += len(content)

        def append() -> None:
            writing.append(self._run.metrics_path, content, sync)

        return append

    def _remove_old(self) -> None:
        for step in self._run.resume_steps()[:-KEPT]:
            with suppress(OSError):
                self._run.resume_path(step).unlink()

    def _settle(self) -> None:
        """Wait until all is written, however long nothing can be written. Raises Stopped."""
        insist(self._writer.finish, self._run, self._heart, self._wishes)
