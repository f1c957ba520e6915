"""A run in two processes, each of which is killed in turn: all of it ends, says which one it was, and goes on."""

import os
import signal
import sys
from itertools import islice
from pathlib import Path

import pytest
from running import curve, until

from engine.machine import cores
from engine.training import launch
from engine.training.folder import Run
from engine.training.record import Reason
from engine.vision.descent import DEFAULTS
from engine.vision.digit_training import DigitTraining

LAB = "convolution.lenet5"
FUNCTION = "lessons.convolution.experiments.lenet5:training"
ENVIRON = {"NNLAB_DEVICE": "cpu", "OMP_NUM_THREADS": "1"}
PATIENCE = 90.0
"""Seconds that processes may take to start: each imports torch."""


def ranks(owner: int) -> dict[int, int]:
    """The processes that torchrun has started, by their rank."""
    found = {}
    for pid in map(int, Path(f"/proc/{owner}/task/{owner}/children").read_text().split()):
        variables = Path(f"/proc/{pid}/environ").read_text().split("\0")
        found |= {int(each.partition("=")[2]): pid for each in variables if each.startswith("RANK=")}
    return found


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def digit_training(settings: dict[str, int]) -> DigitTraining:
    return DigitTraining(**{name: settings.get(name, default) for name, default in DEFAULTS.items()})


def trains(run: Run, after: int) -> None:
    """Wait until it has come further."""
    until(lambda: run.status().state == "running" and run.status().step > after, PATIENCE)


def kill(run: Run, rank: int | None) -> None:
    """Kill one of the processes, or the one that owns the run; all have to end."""
    owner = run.status().pid
    found = ranks(owner)
    assert sorted(found) == [0, 1]
    os.kill(owner if rank is None else found[rank], signal.SIGKILL)
    until(lambda: all(map(gone, (owner, *found.values()))), 20)
    assert not run.alive() and run.status().state == "interrupted"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says which processes there are")
@pytest.mark.skipif(cores() < 2, reason="two processes need two cores")
def test_a_run_of_two_ends_whoever_is_killed_and_goes_on_with_two_or_one(tmp_path: Path) -> None:
    settings = {"images": 400, "batch": 8, "epochs": 60, "processes": 2}
    run = launch.start(tmp_path, lab=LAB, settings=settings, function=FUNCTION, threads=2, processes=2, environ=ENVIRON)
    try:
        step = 0
        for rank in (1, 0, None):
            trains(run, step)
            kill(run, rank)
            step = run.status().step
            died = {"worker": rank + 1, "processes": 2, "signal": "SIGKILL"} if rank is not None else {}
            assert run.status().reason == (Reason("worker_died", died) if died else None)
            launch.resume(run, ENVIRON, processes=2 if rank is not None else 1)
        assert run.record().processes == 1 and "processes" not in run.record().settings
        trains(run, max(step, 100))
        launch.stop(run)
        until(lambda: run.status().state == "stopped", 30)
        points = curve(run)
        steps = [point["step"] for point in points]
        assert steps == sorted(set(steps)) and steps[-1] > step / 2
        alone = {each.step: dict(each.values) for each in islice(digit_training(settings).steps(), 201)}
        told = [point for point in points if "train_loss" in point and point["step"] <= 200]
        both = [(point["train_loss"], alone[point["step"]]["train_loss"]) for point in told]
        assert len(both) >= 5 and all(one == pytest.approx(other, rel=1e-2) for one, other in both)
        assert run.resume_steps()[-1] == run.status().step > step
    finally:
        if run.alive():
            os.kill(run.status().pid, signal.SIGKILL)
