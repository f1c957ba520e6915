"""Where the network comes from that draws: the training that comes with the program, or a run."""

from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from engine.checkpoints.problem import coming_with_nnlab
from engine.generative import trained
from engine.generative.diffusion import Prediction
from engine.generative.unet import UNet
from engine.training.checkpoint import CheckpointProblem, load_weights
from engine.training.folder import Run
from engine.training.metrics import Point
from lessons import runs
from lessons.image_generation.labs.diffusion.settings import DiffusionSettings
from lessons.vocabulary.checkpoints import nearest


@dataclass(frozen=True, eq=False)
class Source(runs.Source):
    """One kept network of one training, and the training's curves so far."""

    side: int
    prediction: Prediction
    images: int
    step: int
    """Steps of training after which it was kept."""

    steps: tuple[int, ...]
    """Those of all networks that can be looked at."""

    whole: int
    """Steps of the whole training."""

    points: list[Point]
    network: UNet
    own: bool = False
    missing: bool = False


def source(settings: DiffusionSettings) -> Source:
    """Find the network that the settings look into. Raises CheckpointProblem or ShippedProblem."""
    found, missing = runs.looked_into(settings.run, partial(_of_run, checkpoint=settings.checkpoint))
    return found or _shipped(missing)


def _shipped(missing: bool) -> Source:
    history = trained.shipped()
    settings = history.settings
    return Source(
        key=("shipped", 0),
        side=int(settings["side"]),
        prediction=settings["prediction"],
        images=int(settings["images"]),
        step=int(settings["steps"]),
        steps=(int(settings["steps"]),),
        whole=int(settings["steps"]),
        points=history.metrics,
        network=_shipped_network(),
        missing=missing,
    )


@lru_cache(maxsize=1)
def _shipped_network() -> UNet:
    with coming_with_nnlab(trained.PATH):
        return trained.network(trained.shipped().weights)


def _of_run(run: Run, checkpoint: int) -> Source | None:
    """Look into a run; None where it has kept no network yet. Raises RunProblem, CheckpointProblem."""
    settings = runs.settings_of(DiffusionSettings, run)
    steps = tuple(run.weights_steps())
    if not steps:
        return None
    step = nearest(steps, checkpoint)
    return Source(
        key=(run.id, step),
        side=int(settings.pixels),
        prediction=settings.prediction,
        images=settings.images,
        step=step,
        steps=steps,
        whole=settings.updates,
        points=runs.curves(run),
        network=_kept(str(run.weights_path(step))),
        own=True,
    )


@lru_cache(maxsize=3)
def _kept(path: str) -> UNet:
    weights = load_weights(Path(path)).tensors
    try:
        return trained.network(weights)
    except (KeyError, RuntimeError):  # of another size, or kept by another version
        raise CheckpointProblem(Path(path), "another network") from None
