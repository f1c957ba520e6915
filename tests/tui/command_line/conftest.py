"""A home with runs, a lab that trains, and a process that trains nothing but keeps a run's folder as one that does."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pytest

from engine import writing
from engine.training import launch
from engine.training.folder import Run, create
from engine.training.record import Status
from lessons.vocabulary.lab import Lab
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, settings_from, text, whole
from tui import cli
from tui.command_line import request
from tui.command_line import run as run_module

Type = Callable[..., tuple[int, str, str]]
FAKE = Path(__file__).parent / "fake_worker.py"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of the runs."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("NNLAB_RUNS", str(folder))
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "2")
    monkeypatch.setenv("NNLAB_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def nnlab(runs: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command line; gives the exit status, stdout and stderr."""

    def typed(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(arguments)
        return (status, *capsys.readouterr())

    return typed


class Made(Settings):
    """Settings of a lab that trains."""

    epochs: Annotated[int, whole(1, 9, label="epochs")] = 3
    seed: Annotated[int, whole(0, 99, label="seed")] = 7
    threads: Annotated[int, whole(0, 64, label="threads")] = 1
    epoch: Annotated[int, whole(0, 9, label="epoch")] = 0
    run: Annotated[str, text("run", longest=60)] = ""


class Seen(Observation):
    """What such a lab sees of a run."""

    run: str


LAB = Lab(
    name="neuron.trained",
    settings=Made,
    observation=Seen,
    exercises=(),
    training="engine.any:training",
    trains=lambda settings: not settings.run,  # type: ignore[attr-defined]
    run="run",
    looks=("epoch",),
)


@pytest.fixture
def lab(monkeypatch: pytest.MonkeyPatch) -> Lab:
    """A lab that trains, known to `nnlab run`."""

    def requested(name: str, pairs: Any) -> tuple[Lab, Settings]:
        return LAB, settings_from(Made, dict(pair.split("=") for pair in pairs))

    monkeypatch.setattr(request, "request", requested)
    monkeypatch.setattr(run_module, "observations", lambda lab, settings: iter([Seen(run=settings.run)]))
    return LAB


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Let runs be kept by the fake process; it reads the given file for what it is to do."""
    script = tmp_path / "script"
    started: list[subprocess.Popen[bytes]] = []

    def spawn(run: Run, environ: Any) -> None:
        command = [sys.executable, str(FAKE), str(run.folder), str(script)]
        path = os.pathsep.join(each for each in sys.path if each)
        started.append(subprocess.Popen(command, start_new_session=True, env=os.environ | {"PYTHONPATH": path}))

    monkeypatch.setattr(launch, "_spawn", spawn)
    yield script
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def make(runs: Path) -> Callable[..., Run]:
    """Make a run's folder with a status and curves; no process belongs to it."""

    def made(points: int = 3, settings: dict[str, Any] | None = None, name: str = "", **status: Any) -> Run:
        run = create(
            runs,
            lab="neuron.trained",
            settings=settings or {},
            function="engine.any:training",
            threads=2,
            seed=7,
            name=name,
            versions={"python": "3.11.9"},
        )
        for step in range(points):
            point = {"step": 10 * step, "epoch": step / 2, "examples": 320 * step, "seconds": step / 4}
            values = {"test_loss": 2.0 / (step + 1)} | ({"test_accuracy": step / 4} if step else {})
            writing.append(run.metrics_path, msgspec.json.encode(point | values) + b"\n")
        last = {"test_loss": 2 / points, "test_accuracy": (points - 1) / 4} if points else {}
        shown = {
            "state": "finished",
            "step": max(0, 10 * (points - 1)),
            "values": last,
            "facts": {"parameters": 61706.0},
        }
        run.write_status(Status(**{**shown, "seconds": 38.4, "images_per_second": 3120.4, **status}))
        return run

    return made
