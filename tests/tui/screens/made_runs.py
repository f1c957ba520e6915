"""Folders of runs as their processes write them, with fixed curves and a fixed clock."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from engine.training.folder import Run
from engine.training.ownership import Ownership
from engine.training.record import Command, Reason, RunRecord, State, Status

NOW = datetime(2026, 11, 24, 10, 45)
LAB = "convolution.lenet5"
NAN = Reason("nan", {"step": 262, "kept": 250, "setting": "rate", "value": 0.5, "suggested": 0.1})
STEPS, IMAGES = 750, 32


@dataclass
class MadeRuns:
    """Writes runs below one folder, and holds those that are alive as their processes would."""

    folder: Path
    held: list[Ownership] = field(default_factory=list)

    def add(
        self,
        number: int,
        state: State = "finished",
        *,
        ago: timedelta = timedelta(minutes=5),
        name: str = "",
        settings: Mapping[str, Any] | None = None,
        lab: str = LAB,
        progress: float = 1.0,
        best: float = 0.97,
        seconds: float = 17.0,
        reason: Reason | None = None,
        curves: bool = True,
        alive: bool = False,
        **stands: Any,
    ) -> Run:
        """Write one run; `best` is the accuracy that it comes to, `stands` goes into its status."""
        run = Run(self.folder / f"{lab.rpartition('.')[2]}-{number:06d}")
        run.checkpoints.mkdir(parents=True)
        record = RunRecord(
            id=run.id,
            lab=lab,
            name=name,
            settings=dict(settings or {}),
            function="tests:none",
            seed=0,
            created=(NOW - ago).timestamp(),
            threads=1,
            versions={"nnlab": "1.2.3", "torch": "2.9.1"},
        )
        (run.folder / "run.json").write_bytes(msgspec.json.encode(record))
        (run.checkpoints / "resume-000000250.safetensors").write_bytes(b"")
        done = round(STEPS * progress)
        status = Status(
            state=state,
            step=done,
            epoch=6 * progress,
            examples=IMAGES * done,
            progress=progress,
            values={"test_accuracy": best, "test_loss": 0.1} if curves else {},
            facts={"parameters": 61706},
            seconds=seconds,
            device="cpu",
            device_name="a processor",
            reason=reason,
            time=NOW.timestamp(),
        )
        run.write_status(msgspec.structs.replace(status, **({"images_per_second": 3120.0} | stands)))
        run.want(Command())
        if curves:
            self.append(run, 0, done, best, seconds)
        if alive:
            self.held.append(Ownership(run.lock_path, Status()))
        return run

    def append(self, run: Run, first: int, last: int, best: float, seconds: float = 17.0) -> None:
        """Add points from a step to another."""
        lines = []
        for step in range(first, last + 1, 25):
            share = step / STEPS
            wave = 0.004 * math.sin(step)
            accuracy = best - (best - 0.1) * math.exp(-9 * share) + wave * share
            point = {"step": step, "epoch": 6 * share, "examples": IMAGES * step, "seconds": round(seconds * share, 2)}
            point |= {"train_loss": 2.3 * math.exp(-5 * share) + 0.1, "test_loss": 2.3 * math.exp(-5 * share) + 0.12}
            point |= {"test_accuracy": round(accuracy, 4), "train_accuracy": round(min(accuracy + 0.01, 1), 4)}
            point |= {"gradient.C1": math.exp(-share), "gradient.F6": 0.01 * math.exp(-share)}
            lines.append(json.dumps(point) + "\n")
        with run.metrics_path.open("a") as file:
            file.writelines(lines)

    def several(self) -> None:
        """Write one run of each kind."""
        today, yesterday = timedelta(minutes=3), timedelta(hours=18)
        self.add(1, "running", ago=today, progress=0.78, best=0.955, seconds=13, seconds_left=3.2, alive=True)
        self.add(2, ago=timedelta(minutes=14), settings={"rate": 0.01}, best=0.938, images_per_second=3140.0)
        facts = {"parameters": 60000}
        self.add(3, ago=timedelta(minutes=25), name="1998", settings={"batch": 64}, seconds=38, facts=facts)
        self.add(
            4, "paused", ago=yesterday, name="渦、6-4", lab="neuron.other", progress=0.28, curves=False, alive=True
        )
        self.add(5, "failed", ago=yesterday, settings={"rate": 0.5}, progress=0.35, best=0.11, seconds=4, reason=NAN)
        self.add(6, "running", ago=timedelta(hours=20), settings={"batch": 8}, progress=0.5, best=0.88, seconds=8)
        self.add(7, "stopped", ago=timedelta(days=4), name="試し", progress=0.07, seconds=1, curves=False)
        broken = self.add(8, ago=timedelta(days=9))
        (broken.folder / "run.json").write_bytes(b'{"id": "le')

    def release(self) -> None:
        """Let all runs go."""
        for each in self.held:
            each.release()
