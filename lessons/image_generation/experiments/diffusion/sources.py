"""Where the network comes from that draws: the training that comes with the program, or a run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from torch import Tensor

from engine.generative import trained
from engine.generative.diffusion import Prediction
from engine.generative.unet import UNet
from engine.training.checkpoint import load_weights
from engine.training.folder import Run, find, root
from engine.training.metrics import Metrics, Point
from engine.training.record import RunProblem
from lessons.image_generation.labs.diffusion.settings import DiffusionSettings
from lessons.vocabulary.settings import SettingError, settings_from


@dataclass(frozen=True, eq=False)
class Source:
    """One kept network of one training, and the training's curves so far."""

    key: tuple[str, int]
    """What tells it from all others."""

    side: int
    prediction: Prediction
    images: int
    step: int
    """Steps of training after which it was kept."""

    whole: int
    """Steps of the whole training."""

    points: list[Point]
    load: Callable[[], dict[str, Tensor]]
    own: bool = False
    missing: bool = False

    @property
    def network(self) -> UNet:
        """The network, loaded once."""
        return _network(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=3)
def _network(found: Source) -> UNet:
    return trained.network(found.load())


def source(settings: DiffusionSettings) -> Source:
    """Find the network that the settings look into."""
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
    settings = history.settings
    return Source(
        key=("shipped", 0),
        side=int(settings["side"]),
        prediction=settings["prediction"],
        images=int(settings["images"]),
        step=int(settings["steps"]),
        whole=int(settings["steps"]),
        points=history.metrics,
        load=lambda: history.weights,
        missing=missing,
    )


_metrics: dict[str, Metrics] = {}


def _of_run(run: Run) -> Source | None:
    """Look into a run; None where it has kept no network yet. Raises RunProblem."""
    settings = _settings(run.record().settings)
    steps = run.weights_steps()
    if not steps:
        return None
    step = steps[-1]
    try:
        trained.network(weights := load_weights(run.weights_path(step)).tensors)
    except (KeyError, RuntimeError):  # of another size, or kept by another version
        raise RunProblem("unreadable", id=run.id, file=run.weights_path(step).name) from None
    known = _metrics.setdefault(str(run.folder), Metrics(run.metrics_path))
    known.read()
    return Source(
        key=(run.id, step),
        side=int(settings.pixels),
        prediction=settings.prediction,
        images=settings.images,
        step=step,
        whole=settings.updates,
        points=known.points,
        load=lambda: weights,
        own=True,
    )


def _settings(plain: dict[str, Any]) -> DiffusionSettings:
    try:
        return settings_from(DiffusionSettings, plain)
    except SettingError:
        raise RunProblem("unreadable", id="", file="run.json") from None
