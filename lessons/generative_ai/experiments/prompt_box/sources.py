"""Where the network that draws comes from: the training that comes with the program, or a run of the learner's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from engine.generative.prompt import trained
from engine.generative.prompt.model import PromptUNet
from engine.generative.prompt.scenes import Group
from engine.generative.prompt.training import PromptTraining
from engine.training.checkpoint import load_weights
from engine.training.folder import Run
from engine.training.metrics import Point
from engine.training.training import Training
from lessons import runs
from lessons.generative_ai.labs.prompt_box.settings import PromptBoxSettings
from lessons.vocabulary.checkpoints import nearest


@dataclass(frozen=True, eq=False)
class Source(runs.Source):
    """One network that a training has kept, and the training's curves so far."""

    model: PromptUNet
    step: int
    """Steps of training after which it was kept."""

    steps: tuple[int, ...]
    """Those of all networks that can be looked at."""

    whole: int
    """Steps of the whole training."""

    points: list[Point] = field(default_factory=list)
    right: Mapping[Group, Mapping[str, float]] = field(default_factory=dict)
    """How often it is right, where that was measured when it was made."""

    own: bool = False
    missing: bool = False


def source(settings: PromptBoxSettings) -> Source:
    """Find the network that the settings look into. Raises CheckpointProblem or PromptError."""
    found, missing = runs.looked_into(settings.run, partial(_of_run, checkpoint=settings.checkpoint))
    return found or _shipped(missing)


def _shipped(missing: bool) -> Source:
    history = trained.shipped()
    steps = int(history.settings["steps"])
    return Source(
        key=("shipped",),
        model=history.model,
        step=steps,
        steps=(steps,),
        whole=steps,
        points=history.metrics,
        right=history.right,
        missing=missing,
    )


def _of_run(run: Run, checkpoint: int) -> Source | None:
    """Look into a run; None where it has kept no network yet. Raises RunProblem, CheckpointProblem or PromptError."""
    run.record()
    steps = tuple(run.weights_steps())
    if not steps:
        return None
    step = nearest(steps, checkpoint)
    return Source(
        key=(run.id, step),
        model=_model(str(run.weights_path(step))),
        step=step,
        steps=steps,
        whole=int(run.status().facts.get("steps", step)),
        points=runs.curves(run),
        own=True,
    )


@lru_cache(maxsize=4)
def _model(path: str) -> PromptUNet:
    return trained.model_of(load_weights(Path(path)).tensors)


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
    return {
        "train_pictures_per_second": runs.speed(run, "examples"),
        "trained": status.values.get("train_accuracy"),
        "held_out": status.values.get("test_accuracy"),
        "parameters": int(status.facts.get("parameters", 0)),
    }
