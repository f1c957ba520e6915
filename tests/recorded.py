"""A learner's record made by hand: journals with hostile texts, and runs with curves and kept weights."""

import json
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch

from engine.training.checkpoint import weights_snapshot
from engine.training.folder import Run
from engine.training.record import RunRecord, State, Status
from engine.training.training import Step
from lessons.progress import Answered, Event, Hint, Journal, Opened, Solved

NOW = datetime(2026, 12, 1, 10, 45)
HOSTILE = '<b>太字</b> | `code` & "q" 🎉 \x07<script>alert(1)</script>'
"""A name that a learner might give."""


class Recorded:
    """Writes below one home, as the program keeps it there."""

    def __init__(self, home: Path) -> None:
        self.progress, self.runs = home / "state" / "progress", home / "state" / "runs"

    def name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the environment name the folders, as the engine's has it."""
        monkeypatch.setenv("NNLAB_PROGRESS", str(self.progress))
        monkeypatch.setenv("NNLAB_RUNS", str(self.runs))

    def note(self, *events: Event) -> None:
        """Note events in a journal."""
        journal = Journal(self.progress, clock=NOW.timestamp)
        for event in events:
            assert journal.record(event) is None

    def run(
        self,
        number: int,
        *,
        name: str = "",
        lab: str = "convolution.lenet5",
        settings: Mapping[str, Any] | None = None,
        state: State = "finished",
        points: int = 12,
        weights: Mapping[str, torch.Tensor] | None = None,
    ) -> Run:
        """Write a run; of two the one with the lower number is the newer one."""
        run = Run(self.runs / f"{lab.rpartition('.')[2]}-{number:06d}")
        run.checkpoints.mkdir(parents=True)
        created = NOW.timestamp() - 3600 * number
        record = RunRecord(
            id=run.id,
            lab=lab,
            name=name,
            settings=dict(settings or {}),
            function="",
            seed=3,
            created=created,
            threads=1,
        )
        (run.folder / "run.json").write_bytes(msgspec.json.encode(record))
        values = {"test_accuracy": 0.965, "test_loss": 0.115}
        run.write_status(
            Status(
                state=state, step=10 * points, values=values, facts={"parameters": 61706}, seconds=42.0, device="cpu"
            )
        )
        lines = (json.dumps(point(index)) + "\n" for index in range(points))
        run.metrics_path.write_text("".join(lines))
        if weights is not None:
            step = Step(step=10, epoch=1.0, examples=320, progress=1.0, values={})
            weights_snapshot(weights, step).write(run.weights_path(10))
        return run

    def full(self) -> None:
        """Write something of everything."""
        self.note(
            Opened(lab="neuron.unit", time=NOW.timestamp()),
            Solved(lab="neuron.unit", exercise="flip", address="neuron.unit?w1=-0.8", seed=42, value=0.91),
            Hint(lab="neuron.gates", exercise="nand", n=2),
            Solved(lab="neuron.gates", exercise="nand", address="neuron.gates?gate=NAND&w1=-1", shown=True),
            Solved(lab="gone.lab", exercise=HOSTILE, address=f"gone.lab?x={HOSTILE}", value=HOSTILE),
            answered("neuron", "and_table", right=True),
            answered("neuron", "xor", right=False),
            answered("language", "window", right=True),
        )
        self.run(1, name=HOSTILE, settings={"rate": 0.01}, weights=kernels())
        self.run(2, name="長い名前" * 30, state="failed")
        self.run(3, name="x" * 200)
        about = json.dumps({"sample": {"text": f"First line\n{HOSTILE}\n```\nlast", "tokens": 4, "seconds": 1.0}})
        packed = torch.frombuffer(bytearray(about.encode()), dtype=torch.uint8)
        self.run(4, lab="language.gpt", weights={"about": packed})


def answered(section: str, question: str, *, right: bool) -> Answered:
    return Answered(lab="summary.quiz", section=section, question=question, right=right, choice="a")


def kernels() -> dict[str, torch.Tensor]:
    """Weights whose first layer is LeNet-5's in form."""
    return {"C1.weight": torch.from_numpy(np.linspace(-1, 1, 150, dtype=np.float32).reshape(6, 1, 5, 5))}


def point(index: int) -> dict[str, float]:
    share = index / 10
    found = {"step": 10.0 * index, "epoch": share * 4, "examples": 320.0 * index, "seconds": share}
    losses = {"train_loss": 2 * math.exp(-share), "test_loss": 2.1 * math.exp(-share)}
    return found | losses | {"test_accuracy": min(share, 0.97), "gradient.C1": math.exp(-share), "rate": 0.01}
