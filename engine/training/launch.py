"""Starts runs: a process of its own, in a session of its own, that outlives whoever started it."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec

from engine.machine import cores
from engine.process.patience import PATIENT
from engine.training.folder import Run, create
from engine.training.record import ALIVE, Command, Reason, RunProblem
from engine.training.slots import at_once, queue

ALONE = {"OPENBLAS_NUM_THREADS": "1"}
"""NumPy multiplies in one thread: in a run it has single vectors to multiply, at which OpenBLAS's threads mostly wait
for each other, several times as long as the product takes where others use the cores too. Torch, which learns, keeps
its own."""

ENDING = 10.0
"""Seconds that a process may take to end after its run has; one that owns others waits for them."""

_children: list["subprocess.Popen[bytes]"] = []


def threads_for(wanted: int, beside_screen: bool) -> int:
    """Threads of a run: what is wanted, else all cores, or all but one beside an open screen."""
    return wanted or max(1, cores() - (1 if beside_screen else 0))


def check_processes(wanted: int) -> None:
    """Raise RunProblem `too_many_processes` where so many would wait for each other for a core.

    Whether each finds a GPU of its own is seen by the run, which knows the device.
    """
    if wanted > (most := cores()):
        raise RunProblem("too_many_processes", wanted=wanted, most=most)


def versions() -> dict[str, str]:
    """Versions that a run depends on, found without importing anything."""
    found = {"python": platform.python_version()}
    for name in ("nnlab", "torch", "numpy"):
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def start(
    runs: Path,
    *,
    lab: str,
    settings: dict[str, Any],
    function: str,
    threads: int,
    processes: int = 1,
    seed: int | None = None,
    name: str = "",
    device: str = "",
    parent: Run | None = None,
    environ: Mapping[str, str] | None = None,
    whole: dict[str, Any] | None = None,
) -> Run:
    """Make a run and start its process.

    Raises OSError, and RunProblem: `no_checkpoint` for a parent without one, `too_many_processes`.
    """
    check_processes(processes)
    run = create(
        runs,
        lab=lab,
        settings=settings,
        function=function,
        threads=threads,
        processes=processes,
        seed=seed,
        name=name,
        device=device,
        versions=versions(),
        parent=parent,
        whole=whole,
        queue=str(queue({**os.environ, **(environ or {})}, runs)),
        at_once=at_once({**os.environ, **(environ or {})}),
    )
    _spawn(run, environ)
    return run


def resume(run: Run, environ: Mapping[str, str] | None = None, processes: int | None = None) -> None:
    """Let a run go on: tell its process, or start another where it is gone; in so many processes, if that is said.

    Raises OSError, and RunProblem: `finished`, `too_many_processes`, `other_processes` where those that are there
    wait to go on, or what reading it raises (`missing`, `unreadable`, `too_new`).
    """
    record = run.record()
    status = run.status()
    if status.state == "finished":
        raise RunProblem("finished", id=run.id)
    if status.state not in ALIVE:
        _await_end(run)
    if processes is not None and processes != record.processes:
        check_processes(processes)
        if run.alive() or status.state in ALIVE:  # or its process is just being started
            raise RunProblem("other_processes", id=run.id, processes=record.processes)
        run.share(processes)
    run.want(Command("run"))
    if not run.alive():
        # From now on it is queued, so that whoever follows it does not take it for one that has ended.
        run.write_status(msgspec.structs.replace(status, state="queued", reason=None, pid=0, time=time.time()))
        _spawn(run, environ)


def _await_end(run: Run) -> None:
    """Wait for the process of a run that has said its last: it would not hear that it is to go on."""
    until = time.monotonic() + ENDING
    while run.alive() and time.monotonic() < until:
        time.sleep(0.02)


def pause(run: Run) -> None:
    """Let a run pause after its present step. Raises OSError, RunProblem `not_alive`."""
    _ask(run, Command("pause"))


def stop(run: Run) -> None:
    """Let a run stop after a checkpoint. Raises OSError, RunProblem `not_alive`."""
    _ask(run, Command("stop"))


def _ask(run: Run, command: Command) -> None:
    if not run.alive() and run.status().state != "queued":  # a queued one may just be starting
        raise RunProblem("not_alive", id=run.id)
    run.want(command)


def _spawn(run: Run, environ: Mapping[str, str] | None) -> None:
    reap()
    whole = {**PATIENT, **ALONE, **os.environ, **(environ or {})}
    with run.log_path.open("ab") as log:
        try:
            child = subprocess.Popen(
                [sys.executable, "-m", "engine.training.worker", str(run.folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=whole,
                cwd=Path(__file__).parents[2],
                start_new_session=True,
                close_fds=True,
            )
        except OSError as error:
            reason = Reason("not_started", {"text": str(error)})
            run.write_status(msgspec.structs.replace(run.written_status(), state="failed", reason=reason))
            raise
    _children.append(child)


def reap() -> None:
    """Let go of processes that have ended, so that none of them stays as a zombie."""
    _children[:] = [child for child in _children if child.poll() is None]
