"""Where the network that draws comes from: the training that comes with the program, or a run of the learner's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from engine.generative.prompt import trained
from engine.generative.prompt.errors import PromptError
from engine.generative.prompt.model import PromptUNet
from engine.generative.prompt.scenes import Group
from engine.generative.prompt.training import PromptTraining
from engine.training.checkpoint import CheckpointProblem, load_weights
from engine.training.folder import Run, find, root
from engine.training.metrics import Metrics, Point
from engine.training.record import RunProblem
from engine.training.training import Training
from lessons.generative_ai.labs.prompt_box.settings import PromptBoxSettings


@dataclass(frozen=True, eq=False)
class Source:
    """The last network that one training has kept, and the training's curves so far."""

    key: tuple[Any, ...]
    """What tells it from all others."""

    model: PromptUNet
    step: int
    whole: int
    """Steps of the whole training."""

    points: list[Point] = field(default_factory=list)
    right: Mapping[Group, Mapping[str, float]] = field(default_factory=dict)
    """How often it is right, where that was measured when it was made."""

    own: bool = False
    missing: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


_metrics: dict[str, Metrics] = {}


def source(settings: PromptBoxSettings) -> Source:
    """Find the network that the settings look into. Raises PromptError."""
    if settings.run:
        try:
            found = _of_run(find(root(), settings.run))
        except (RunProblem, KeyError):
            return _shipped(missing=True)
        if found is not None:
            return found
    return _shipped()


def _shipped(missing: bool = False) -> Source:
    history = trained.shipped()
    steps = int(history.settings["steps"])
    return Source(
        key=("shipped",),
        model=history.model,
        step=steps,
        whole=steps,
        points=history.metrics,
        right=history.right,
        missing=missing,
    )


def _of_run(run: Run) -> Source | None:
    """Look into a run; None where it has kept no network yet. Raises RunProblem or PromptError."""
    run.record()
    steps = run.weights_steps()
    if not steps:
        return None
    known = _metrics.setdefault(str(run.folder), Metrics(run.metrics_path))
    known.read()
    return Source(
        key=(run.id, steps[-1]),
        model=_model(str(run.weights_path(steps[-1]))),
        step=steps[-1],
        whole=int(run.status().facts.get("steps", steps[-1])),
        points=known.points,
        own=True,
    )


@lru_cache(maxsize=4)
def _model(path: str) -> PromptUNet:
    try:
        return trained.model_of(load_weights(Path(path)).tensors)
    except CheckpointProblem:
        raise PromptError("unreadable", path=Path(path).name) from None


def training(settings: PromptBoxSettings, device: str) -> Training:
    """Make the training of a run."""
    return PromptTraining(
        steps=settings.train_steps,
        batch=settings.batch,
        rate=settings.rate,
        width=settings.width,
        seed=settings.train_seed,
        device=device,
    )


def summary(run: Run) -> dict[str, float | int | None]:
    """Sum a run up: its speed, and how often it is right on trained and on held-out scenes."""
    status = run.status()
    metrics = Metrics(run.metrics_path)
    metrics.read()
    return {
        "train_pictures_per_second": _speed(metrics.points),
        "trained": status.values.get("train_accuracy"),
        "held_out": status.values.get("test_accuracy"),
        "parameters": int(status.facts.get("parameters", 0)),
    }


def _speed(points: list[Point]) -> float | None:
    """Pictures learned in a second: the median over the stretches between points, since some hold a measurement too."""
    speeds = [
        (after["examples"] - before["examples"]) / (after["seconds"] - before["seconds"])
        for before, after in pairwise(points)
        if after["seconds"] > before["seconds"] and after["examples"] > before["examples"]
    ]
    return round(median(speeds), 1) if speeds else None
