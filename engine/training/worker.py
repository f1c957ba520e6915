"""The process of a run: `python -m engine.training.worker FOLDER [PACKAGE...]`.

It takes the run for itself, waits for a place among those that compute, and trains. What makes the training is named
by the run, and must be a function of one of the packages (engine and lessons unless others are named). The folder is
all that it shares with others; it outlives the terminal that it was started from.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.training import memory
from engine.training.diagnosis import lower
from engine.training.folder import Run
from engine.training.heartbeat import Heartbeat
from engine.training.metrics import Metrics, cut
from engine.training.ownership import Ownership
from engine.training.record import Reason, RunProblem, RunRecord, Status
from engine.training.slots import Slot, at_once, queue
from engine.training.wishes import LOOK, Stopped, Wishes, rest
from engine.training.writer import AGAIN, insist, reason_of

if TYPE_CHECKING:
    from engine.training.checkpoint import Checkpoint
    from engine.training.training import Training

PACKAGES = ("engine.", "lessons.")
"""Packages whose functions may make a training."""

DONE, FAILED, UNREADABLE, REFUSED = 0, 1, 2, 3
"""Exit statuses: finished or stopped; failed; a run that can't be read; a run that another process has."""

LONGEST = 400
"""Characters of an error's text that the status tells; the log has all of it."""


def work(
    run: Run, packages: Sequence[str] = PACKAGES, wishes: Wishes | None = None, environ: Mapping[str, str] = os.environ
) -> int:
    """Do a run's work to its end, in this process; returns the exit status."""
    try:
        record = run.record()
    except RunProblem as problem:
        _log(str(problem))
        return UNREADABLE
    try:
        status = run.written_status()
    except RunProblem:
        status = Status()
    try:
        owner = Ownership(run.lock_path, status)
    except RunProblem as problem:
        _log(str(problem))
        return REFUSED
    except OSError as error:
        _log(str(error))
        with suppress(OSError):
            run.write_status(msgspec.structs.replace(status, state="failed", reason=reason_of(error, run)))
        return FAILED
    try:
        return Work(run, record, status, packages, wishes or Wishes(run), environ).do()
    finally:
        owner.release()


class Work:
    """One run from its queue to its end."""

    def __init__(
        self,
        run: Run,
        record: RunRecord,
        status: Status,
        packages: Sequence[str],
        wishes: Wishes,
        environ: Mapping[str, str],
    ) -> None:
        self._run, self._record, self._packages, self._wishes = run, record, packages, wishes
        waiting = msgspec.structs.replace(status, state="queued", reason=None)
        self._heart = Heartbeat(run, waiting)
        self._slot = Slot(queue(environ, run.folder.parent), run.id, at_once(environ))
        # A run that goes on comes after those that already wait.
        self._since = time.time() if run.resume_steps() else record.created

    def do(self) -> int:
        """Wait, train, and say how it ended; returns the exit status."""
        self._heart.say()
        try:
            self._take_place()
            reason = self._train()
            changes: dict[str, Any] = {"state": "failed" if reason else "finished", "reason": reason}
        except Stopped:
            # Where it stopped because nothing can be written, that stays its reason.
            changes = {"state": "stopped", "reason": self._wishes.reason or self._heart.status.reason}
        except Exception as error:
            changes = {"state": "failed", "reason": _error(error)}
        self._slot.leave()
        with suppress(Stopped):
            while not self._heart.end(**changes) and self._run.folder.exists():
                self._wishes.wait(AGAIN)
        return FAILED if changes["state"] == "failed" else DONE

    def _take_place(self) -> None:
        """Wait for a place among those that compute. Raises Stopped."""
        while True:
            if self._wishes.pause_wanted():
                self._slot.leave()
                self._heart.say(state="paused", reason=None)
                self._wishes.wait_while_paused()
                self._since = time.time()
            if self._heart.status.state != "queued":
                self._heart.say(state="queued", reason=None)
            if insist(partial(self._slot.take, self._since), self._run, self._heart, self._wishes):
                return
            rest(LOOK)

    def _take_place_again(self) -> None:
        self._since = time.time()
        self._take_place()

    def _train(self) -> Reason | None:
        """Train to the end; returns why that failed, if it did. Raises Stopped, and errors that are no such reason."""
        self._heart.say(state="running", reason=None)
        import torch

        from engine.device import choose
        from engine.training.checkpoint import NotFinite
        from engine.training.loop import Loop

        torch.set_num_threads(self._record.threads)
        device = choose(self._record.device or None)
        self._heart.say(device=device.torch_name, device_name=device.name)
        make, settings = function_and_settings(self._record, self._packages)
        loop: Loop | None = None
        training: Training | None = None
        try:
            training = make(settings, device.torch_name)
            begin = self._restored(training)
            if isinstance(begin, Reason):
                return begin
            self._heart.say(facts=dict(training.facts()))
            loop = Loop(self._run, training, self._heart, self._wishes, begin)
            self._heart.clock.go()
            loop.train(self._slot.leave, self._take_place_again)
            return None
        except Stopped:
            raise
        except NotFinite as error:
            assert loop is not None and loop.step is not None
            _log(f"step {loop.step.step}: {error}")
            return self._not_finite(settings, loop.step.step, loop.give_up())
        except Exception as error:
            if loop is not None:
                loop.give_up()
            if not memory.is_out_of_memory(error):
                raise
            _log(str(error))
            traceback.clear_frames(error.__traceback__)
        self._heart.clock.halt()
        loop = training = None  # what it holds is needed to try smaller batches
        return memory.reason(make, settings, device.torch_name)

    def _restored(self, training: "Training") -> int | Reason:
        """Go back to the last readable checkpoint; returns the size of the curves there, or why there is none."""
        run = self._run
        found = newest(run)
        if found is None and run.resume_steps():
            return Reason("checkpoints_broken", {"path": str(run.checkpoints)})
        step = found.step.step if found else -1
        insist(partial(_clean, run, step, found.offset if found else 0), run, self._heart, self._wishes)
        if found is None:
            self._heart.begin(None, 0.0, {})
            return 0
        training.restore(found.state)
        curves = Metrics(run.metrics_path)
        curves.read()
        self._heart.begin(found.step, found.seconds, curves.last())
        return run.metrics_path.stat().st_size if run.metrics_path.exists() else 0

    def _not_finite(self, settings: Any, step: int, kept: int | None) -> Reason:
        rate = settings.get("rate") if isinstance(settings, dict) else getattr(settings, "rate", None)
        suggested = lower(rate) if isinstance(rate, int | float) else None
        return Reason("nan", {"step": step, "kept": kept, "setting": "rate", "value": rate, "suggested": suggested})


def function_and_settings(record: RunRecord, packages: Sequence[str]) -> "tuple[Callable[[Any, str], Training], Any]":
    """Find what makes the training, and read the settings by its first annotation.

    Raises NotAllowed or UnknownFunction, msgspec.ValidationError, or what the import raises.
    """
    from engine.process.functions import Functions

    function = Functions(packages).find(record.function)
    return function.call, msgspec.convert(record.settings, function.types[0], strict=False)


def newest(run: Run) -> "Checkpoint | None":
    """Read the last checkpoint that is whole; None where there is none."""
    from engine.training.checkpoint import CheckpointProblem, load

    for step in reversed(run.resume_steps()):
        try:
            return load(run.resume_path(step))
        except CheckpointProblem as problem:
            _log(str(problem))
    return None


def _clean(run: Run, step: int, offset: int) -> None:
    """Take away what came after a step, and what a process that was killed has left half written."""
    run.checkpoints.mkdir(mode=0o700, exist_ok=True)
    cut(run.metrics_path, offset)
    later = [run.resume_path(each) for each in run.resume_steps() if each > step]
    later += [run.weights_path(each) for each in run.weights_steps() if each > step]
    for path in (*later, *run.checkpoints.glob(".*")):
        path.unlink(missing_ok=True)


def _error(error: Exception) -> Reason:
    with suppress(OSError):
        traceback.print_exception(error)
    told: dict[str, Any] = {"kind": type(error).__name__, "text": str(error)[:LONGEST]}
    values = getattr(error, "values", None)
    if isinstance(values, dict):  # a request that can't be followed says what is wrong with it
        told["values"] = {str(name): _plain(value) for name, value in values.items()}
    return Reason("error", told)


def _plain(value: object) -> Any:
    """A value as a status can hold it: numbers, and texts that are not too long."""
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value[:10]]
    return value if isinstance(value, (int, float)) else str(value)[:LONGEST]


def _log(line: str) -> None:
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    """Do the work of a run in a process of its own; closed terminals don't end it, and SIGTERM stops it."""
    run = Run(Path(arguments[0]).absolute())
    wishes = Wishes(run)
    for ignored in (signal.SIGHUP, signal.SIGINT):
        signal.signal(ignored, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: wishes.terminate())
    return work(run, [f"{each}." for each in arguments[1:]] or PACKAGES, wishes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
