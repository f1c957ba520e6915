"""What trainings cost: their speed beside a plain loop and the open screen, and how the screen does meanwhile."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from engine.machine import cores
from engine.training import launch
from engine.training.folder import Run, create
from engine.training.record import Status
from lessons import catalogue
from tui.bench import pauses
from tui.bench.programs import NNLAB, SSH, WATCHED, at_home, home, program
from tui.bench.report import Result
from tui.bench.terminal import Program

LAB = "convolution.lenet5"
PATIENCE = 180.0
"""Seconds after which a training won't end."""

MANY = 1000
"""Runs in a folder that is full of them."""


@contextmanager
def training(runs: Path, threads: int, lab: str = LAB, device: str = "cpu", **settings: Any) -> Iterator[Run]:
    """Start a run with these settings; it is stopped at the end, if it still goes on."""
    run = launch.start(
        runs,
        lab=lab,
        settings=settings,
        function=catalogue.load(lab).training,
        threads=threads,
        processes=settings.get("processes", 1),
        environ={"NNLAB_DEVICE": device, "NNLAB_RUNS": str(runs)},
    )
    try:
        yield run
    finally:
        if run.alive():
            launch.stop(run)
            _wait(lambda: not run.alive())


def _wait(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > until:
            raise LookupError("a training did not get on")
        time.sleep(0.05)


def finished(run: Run) -> Status:
    """Wait for the end of a run. Raises LookupError where it ends otherwise."""
    _wait(lambda: run.status().state not in ("queued", "running"))
    status = run.status()
    if status.state != "finished":
        raise LookupError(f"a training ended as {status.state}")
    return status


def _speed(run: Run) -> float:
    """Images per second over the whole of a finished run."""
    status = finished(run)
    return status.examples / status.seconds


def training_speed(rounds: int = 3, epochs: int = 6) -> Iterator[Result]:
    """A run with all its measurements, over a plain loop of the same network, batch and threads; they take turns."""
    ratios = []
    with home() as folder:
        for _ in range(rounds):
            plain = asyncio.run(_plain(epochs))
            with training(folder / "runs", cores(), epochs=epochs) as run:
                ratios.append(_speed(run) / plain)
    yield Result("training_speed", statistics.median(ratios), "×", 0.95, 2, least=True)


async def _plain(epochs: int) -> float:
    from engine.process.client import Engine

    engine = Engine(["engine."], environ={"NNLAB_DEVICE": "cpu"})
    try:
        speed: float = await engine.call("engine.vision.digit_training:plain_speed", epochs, cores())
        return speed
    finally:
        await engine.stop()


def beside_screen(rounds: int = 3, epochs: int = 8) -> Iterator[Result]:
    """A run beside the open screen that shows its curves, over one without; both with all cores but one."""
    threads = max(1, cores() - 1)
    ratios, late = [], []
    for _ in range(rounds):
        with home() as folder:
            runs = folder / "state" / "runs"
            with training(runs, threads, epochs=epochs) as run:
                alone = _speed(run)
            with training(runs, threads, epochs=epochs) as run, looking(folder, run, WATCHED) as nnlab:
                start = time.monotonic()
                while run.status().state == "running":
                    nnlab.read(0.2)
                ratios.append(_speed(run) / alone)
                late.append(pauses.lateness(folder, start, time.monotonic()))
    yield Result("training_beside_screen", statistics.median(ratios), "×", 0.95, 2, least=True)
    yield Result("lateness_p95", statistics.median(p95 for p95, _ in late) * 1000, "ms", 30)
    yield Result("lateness_max", statistics.median(worst for _, worst in late) * 1000, "ms", 150)


@contextmanager
def looking(
    folder: Path, run: Run, code: str, view: str = "maps", changes: dict[str, str] | None = None
) -> Iterator[Program]:
    """Open the lab where it looks into a run, and wait until its pictures come."""
    address = f"{LAB}?view={view}&run={run.id}"
    arguments = () if code == WATCHED else ("open", address)
    state = {"labs": {LAB: {"address": address, "time": 1.0}}}
    (folder / "state" / "state.json").write_bytes(msgspec.json.encode(state))
    with program(code, folder, *arguments, changes=changes) as nnlab:
        if code == WATCHED:
            at_home(nnlab)
            nnlab.press(" ")
        nnlab.wait_for("accuracy")
        _wait(lambda: run.status().state != "queued")
        yield nnlab


def training_bytes(seconds: float = 6.0) -> Iterator[Result]:
    """What a training shown live sends over SSH: its curves, and the feature maps with them."""
    threads = max(1, cores() - 1)
    for name, view, goal in (("curves_bytes", "gradients", 5.0), ("maps_bytes", "maps", 40.0)):
        with (
            home() as folder,
            training(folder / "state" / "runs", threads, epochs=60) as run,
            looking(folder, run, NNLAB, view, SSH) as nnlab,
        ):
            nnlab.listen(2.0)
            before = nnlab.received
            nnlab.listen(seconds)
            yield Result(name, (nnlab.received - before) / seconds / 1000, "kB/s", goal, 1)


def home_with_many_runs(rounds: int = 7) -> Iterator[Result]:
    """First paint of home with a thousand runs in the folder, over that with none; the two take turns."""
    without, beside = [], []
    with home() as empty, home() as full:
        for number in range(MANY):
            run = create(full / "state" / "runs", lab=LAB, settings={}, function="engine.none:none", threads=1)
            run.write_status(Status(state="finished", step=number, time=1.0))
        for turn in range(rounds + 1):
            for folder, times in ((empty, without), (full, beside)):
                with program(NNLAB, folder) as nnlab:
                    taken = at_home(nnlab) - nnlab.started
                if turn:
                    times.append(taken)
    yield Result("many_runs", statistics.median(beside) / statistics.median(without), "×", 1.1, 2)
