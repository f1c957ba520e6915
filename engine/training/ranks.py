"""What each of the processes does that torchrun has started for one run.

The first one does the run's work as a process alone would, and says after each step how it goes on; the others take
the same steps, each on its share of every batch, and own nothing. They end as soon as the process that owns the run is
gone, and where torchrun tells them to because one of them has died.
"""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from engine.training.folder import Run
from engine.training.ownership import read_owner
from engine.training.record import ALIVE, RunProblem, State
from engine.training.wishes import LOOK

if TYPE_CHECKING:
    from engine.training.group import Group
    from engine.training.training import Training

GRACE = 10.0
"""Seconds that a process has to stop in order once it was told to end."""

VERDICT = 1.0
"""Seconds within which torchrun tells the first process that another has died; by then it sees an error only."""

LATER = 5.0
"""Seconds by which the others end later than the first one where all meet the same error: it says what it was."""


class Word(IntEnum):
    """What the first process says after a step."""

    ON = 0
    STATE = 1
    """All take out their state, and are told again."""
    END = 2


class Seat(NamedTuple):
    """Which process this is, as torchrun says in the environment."""

    rank: int
    size: int
    pid: int
    """The process that owns the run, where that is not this one; else 0."""


def seat(run: Run) -> Seat | None:
    """Find the own place among those that torchrun has started; None in a process that it has not."""
    if "TORCHELASTIC_RUN_ID" not in os.environ:
        return None
    owner, parent = read_owner(run.lock_path), os.getppid()
    return Seat(int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"]), parent if owner and owner.pid == parent else 0)


class Ending:
    """Whether this process is to end: by SIGTERM from torchrun, or because the run's owner is gone.

    Threads wait for both, since Python handles a signal only between two steps of the main thread, which may wait for
    a process that is no longer there.
    """

    def __init__(self, owned: bool, then: Callable[[], None] = lambda: None) -> None:
        """Begin to listen, before any other thread is there; `then` is called at the signal."""
        self._told, self._then = threading.Event(), then
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        threading.Thread(target=self._await_signal, daemon=True).start()
        if owned:
            threading.Thread(target=_await_owners_end, daemon=True).start()

    def within(self, seconds: float) -> bool:
        """Wait for the signal, so long at most; tells whether it has come."""
        return self._told.wait(seconds)

    def _await_signal(self) -> None:
        signal.sigwait({signal.SIGTERM})
        self._told.set()
        self._then()
        time.sleep(GRACE)
        os._exit(1)


def _await_owners_end() -> None:
    """The owner holds the other end of standard input, and nothing ever comes through it."""
    os.read(0, 1)
    os._exit(1)


def device_of(seat: Seat, preference: str | None) -> str:
    """Name the device of this process: a GPU of its own, or the processor that they share."""
    from engine.device import choose

    found = choose(preference)
    if found.kind == "cuda":
        os.environ["NNLAB_DEVICE"] = f"cuda:{os.environ.get('LOCAL_RANK', seat.rank)}"
        found = choose()
    return found.torch_name


def threads_of(threads: int, size: int) -> int:
    """Threads of each process, of so many of the run."""
    return max(1, threads // size)


def follow(run: Run, seat: Seat, packages: Sequence[str]) -> int:
    """Train with the first process until it says that it is over; returns the exit status."""
    ending = Ending(bool(seat.pid))
    while (state := _state(run)) != "running":
        if seat.pid and state not in ALIVE:
            return 0
        if ending.within(LOOK):
            return 1
    try:
        _train(run, seat, packages)
    except Exception as error:
        traceback.print_exception(error)
        sys.stderr.flush()
        ending.within(LATER)
        os._exit(1)  # a group that is broken can't be left in order
    return 0


def _state(run: Run) -> State:
    """How the run stands: the first process waits in the queue for all, and until it trains no memory is needed."""
    try:
        return run.written_status().state
    except RunProblem:
        return "queued"


def _train(run: Run, seat: Seat, packages: Sequence[str]) -> None:
    import torch

    from engine.training.checkpoint import load
    from engine.training.group import join, leave
    from engine.training.worker import function_and_settings

    record = run.record()
    torch.set_num_threads(threads_of(record.threads, seat.size))
    device = device_of(seat, record.device or None)
    group = join(device)
    make, settings = function_and_settings(record, packages)
    training = make(settings, device, group=group)
    step = group.told()
    if step >= 0:
        training.restore(load(run.resume_path(step)).state)
    for _ in training.steps():
        if not _goes_on(group, training):
            break
    else:
        _goes_on(group, training)
    leave()


def _goes_on(group: "Group", training: "Training") -> bool:
    while (word := group.told()) == Word.STATE:
        training.state()
    return word == Word.ON
