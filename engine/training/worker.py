"""The process of a run: `python -m engine.training.worker FOLDER [PACKAGE...]`.

It takes the run for itself, waits for a place among those that compute, and trains. What makes the training is named
by the run, and must be a function of one of the packages (engine and lessons unless others are named). The folder is
all that it shares with others; it outlives the terminal that it was started from.
"""

import os
import platform
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
from engine.training.metrics import Metrics
from engine.training.ownership import Ownership
from engine.training.ranks import VERDICT, Ending, Seat, device_of, follow, seat, threads_of
from engine.training.record import Reason, RunProblem, RunRecord, Status
from engine.training.restoring import clean, newest
from engine.training.slots import Slot, at_once, queue
from engine.training.telling import error_reason, log
from engine.training.wishes import LOOK, Stopped, Wishes, rest
from engine.training.writer import AGAIN, insist, reason_of

if TYPE_CHECKING:
    from engine.training.group import Group
    from engine.training.training import Training

PACKAGES = ("engine.", "lessons.")
"""Packages whose functions may make a training."""

DONE, FAILED, UNREADABLE, REFUSED = 0, 1, 2, 3
"""Exit statuses: finished or stopped; failed; a run that can't be read; a run that another process has."""


def work(
    run: Run,
    packages: Sequence[str] = PACKAGES,
    wishes: Wishes | None = None,
    environ: Mapping[str, str] = os.environ,
    seat: Seat | None = None,
    ending: Ending | None = None,
) -> int:
    """Do a run's work to its end, in this process or in those that it starts; returns the exit status.

    With a seat, torchrun has started this process, the first of several.
    """
    try:
        record = run.record()
    except RunProblem as problem:
        log(str(problem))
        return UNREADABLE
    try:
        status = run.written_status()
    except RunProblem:
        status = Status()
    if seat and seat.pid:
        return Work(run, record, status, packages, wishes or Wishes(run), environ, seat, ending).do()
    try:
        owner = Ownership(run.lock_path, status)
    except RunProblem as problem:
        log(str(problem))
        return REFUSED
    except OSError as error:
        log(str(error))
        with suppress(OSError):
            run.write_status(msgspec.structs.replace(status, state="failed", reason=reason_of(error, run)))
        return FAILED
    try:
        if record.processes > 1 and seat is None:
            return together(run, record, status, packages)
        return Work(run, record, status, packages, wishes or Wishes(run), environ, seat, ending).do()
    finally:
        owner.release()


def together(run: Run, record: RunRecord, status: Status, packages: Sequence[str]) -> int:
    """Have several processes do a run's work, which this one owns; returns the exit status."""
    waiting = msgspec.structs.replace(status, state="queued", reason=None, pid=os.getpid(), host=platform.node())
    try:
        run.write_status(msgspec.structs.replace(waiting, time=time.time()))
        from engine.training.together import train

        train(run, record, packages)
    except Exception as error:
        with suppress(OSError):
            run.write_status(msgspec.structs.replace(waiting, state="failed", reason=error_reason(error)))
    return DONE if run.written_status().state in ("finished", "stopped") else FAILED


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
        seat: Seat | None = None,
        ending: Ending | None = None,
    ) -> None:
        self._run, self._record, self._packages, self._wishes = run, record, packages, wishes
        self._seat, self._ending = seat, ending
        waiting = msgspec.structs.replace(status, state="queued", reason=None)
        self._heart = Heartbeat(run, waiting, pid=seat.pid if seat else 0)
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
            if self._ending is not None and self._ending.within(VERDICT):
                log(f"{type(error).__name__} {error}")
                os._exit(FAILED)  # another process has died, which the run's owner tells
            changes = {"state": "failed", "reason": error_reason(error)}
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
        from engine.training.group import ALONE, join, leave
        from engine.training.loop import Loop

        group, preference = ALONE, self._record.device or None
        if self._seat:
            preference = device_of(self._seat, preference)
            group = join(preference)
        torch.set_num_threads(threads_of(self._record.threads, group.size))
        device = choose(preference)
        self._heart.say(device=device.torch_name, device_name=device.name)
        make, settings = function_and_settings(self._record, self._packages)
        loop: Loop | None = None
        training: Training | None = None
        try:
            shared = {"group": group} if group.size > 1 else {}
            training = make(settings, device.torch_name, **shared)
            begin = self._restored(training, group)
            if isinstance(begin, Reason):
                return begin
            self._heart.say(facts=dict(training.facts()))
            loop = Loop(self._run, training, self._heart, self._wishes, begin, group)
            self._heart.clock.go()
            loop.train(self._slot.leave, self._take_place_again)
            leave()
            return None
        except Stopped:
            raise
        except NotFinite as error:
            assert loop is not None and loop.step is not None
            log(f"step {loop.step.step}: {error}")
            return self._not_finite(settings, loop.step.step, loop.give_up())
        except Exception as error:
            if loop is not None:
                loop.give_up()
            if not memory.is_out_of_memory(error):
                raise
            log(str(error))
            traceback.clear_frames(error.__traceback__)
        self._heart.clock.halt()
        loop = training = None  # what it holds is needed to try smaller batches
        return memory.reason(make, settings, device.torch_name)

    def _restored(self, training: "Training", group: "Group") -> int | Reason:
        """Go back to the last readable checkpoint; returns the size of the curves there, or why there is none."""
        run = self._run
        found = newest(run)
        if found is None and run.resume_steps():
            return Reason("checkpoints_broken", {"path": str(run.checkpoints)})
        step = found.step.step if found else -1
        insist(partial(clean, run, step, found.offset if found else 0), run, self._heart, self._wishes)
        group.told(step)
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


def function_and_settings(record: RunRecord, packages: Sequence[str]) -> "tuple[Callable[..., Training], Any]":
    """Find what makes the training, and read the settings by its first annotation.

    Raises NotAllowed or UnknownFunction, msgspec.ValidationError, or what the import raises.
    """
    from engine.process.functions import Functions

    function = Functions(packages).find(record.function)
    return function.call, msgspec.convert(record.settings, function.types[0], strict=False)


def main(arguments: Sequence[str]) -> int:
    """Do the work of a run in a process of its own; closed terminals don't end it, and SIGTERM stops it."""
    run = Run(Path(arguments[0]).absolute())
    wishes = Wishes(run)
    packages = [f"{each}." for each in arguments[1:]] or PACKAGES
    for ignored in (signal.SIGHUP, signal.SIGINT):
        signal.signal(ignored, signal.SIG_IGN)
    here = seat(run)
    if here is None:
        signal.signal(signal.SIGTERM, lambda number, frame: wishes.terminate())
        return work(run, packages, wishes)
    if here.rank:
        status = follow(run, here, packages)
    else:
        status = work(run, packages, wishes, seat=here, ending=Ending(bool(here.pid), wishes.terminate))
    sys.stderr.flush()
    os._exit(status)  # the run's owner waits, and taking torch down takes its time


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
