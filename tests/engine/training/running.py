"""What the tests of runs have in common: to do a run's work, to wait, to read its curve."""

import json
import os
import time
from collections.abc import Callable
from typing import Any

from engine.training.folder import Run
from engine.training.metrics import Point
from engine.training.worker import work

PACKAGE = "tiny_training"

MakeRun = Callable[..., Run]
Fork = Callable[..., int]


def do(run: Run, **options: Any) -> int:
    """Do a run's work here."""
    return work(run, [f"{PACKAGE}."], **options)


def ended(pid: int) -> int:
    """Wait for a process; returns its exit status, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def until(true: Callable[[], Any], seconds: float = 10.0) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.002)


def curve(run: Run) -> list[Point]:
    """All points of a run without their seconds, read strictly."""
    points: list[Point] = [json.loads(line) for line in run.metrics_path.read_text().splitlines()]
    assert all(point.pop("seconds") >= 0 for point in points)
    return points
