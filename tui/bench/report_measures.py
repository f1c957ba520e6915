"""What a report costs: the whole command, with the curves and the kernels of fifty trainings."""

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tui.bench.programs import NNLAB, environ, home
from tui.bench.report import Result

RUNS = 50
TRAINING = ("run", "convolution.lenet5", "epochs=6", "images=1000", "batch=16", "--json")
"""A real training of 378 steps; the others are copies of its folder under names of their own."""


def _nnlab(folder: Path, *arguments: str) -> None:
    """Run a command to its end. Raises LookupError where it fails."""
    command = [sys.executable, "-c", NNLAB, *arguments]
    done = subprocess.run(command, env=environ(folder), capture_output=True, text=True)
    if done.returncode:
        raise LookupError(done.stderr.strip() or arguments[0])


def fill(folder: Path, count: int = RUNS) -> None:
    """Train once in a home, and copy the run until there are so many. Raises OSError, LookupError."""
    _nnlab(folder, *TRAINING)
    runs = folder / "state" / "runs"
    first = next(each for each in runs.iterdir() if (each / "run.json").is_file())  # the queue lies there, too
    for number in range(1, count):
        copy = runs / f"lenet5-{number:06d}"
        shutil.copytree(first, copy)
        record = json.loads((copy / "run.json").read_text(encoding="utf-8"))
        record |= {"id": copy.name, "created": record["created"] - 3600 * number}
        (copy / "run.json").write_text(json.dumps(record), encoding="utf-8")


def report(times: int = 5) -> Iterator[Result]:
    """From the command's start to its end, all runs with curves and samples."""
    seconds = []
    with home() as folder:
        fill(folder)
        for number in range(times):
            began = time.monotonic()
            _nnlab(folder, "report", f"samples={RUNS}", "--output", str(folder / f"{number}.html"))
            seconds.append(time.monotonic() - began)
    yield Result("report", statistics.median(seconds), "s", 3.0, 2)
