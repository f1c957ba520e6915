"""Where the network comes from that the lab looks into: the training that comes with the program, or a run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from torch import Tensor

from engine.training.checkpoint import load_weights
from engine.training.folder import Run, find, root
from engine.training.metrics import Metrics, Point
from engine.training.record import RunProblem
from engine.vision import trained
from engine.vision.lenet5 import Form, LeNet5
from lessons.convolution.labs.lenet5 import Lenet5Settings
from lessons.vocabulary.settings import SettingError, settings_from


@dataclass(frozen=True, eq=False)
class Source:
    """One kept network of one training, and the training's curves so far."""

    key: tuple[str, int]
    """What tells it from all others: the run (or the form of what comes with the program) and its step."""

    form: Form
    epoch: float
    epochs: tuple[float, ...]
    """Epochs of all kept networks, in their order."""

    whole: int
    """Epochs of the whole training."""

    images: int
    points: list[Point]
    """The curves; each point says its epoch."""

    load: Callable[[], dict[str, Tensor]]
    own: bool = False
    missing: bool = False

    @property
    def network(self) -> LeNet5:
        """The network, loaded once."""
        return _network(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=16)
def _network(found: Source) -> LeNet5:
    return trained.model(found.form, found.load())


def source(settings: Lenet5Settings) -> Source:
    """Find the network that the settings look into."""
    if settings.run:
        try:
            found = _of_run(find(root(), settings.run), settings.epoch)
        except (RunProblem, KeyError):
            return _shipped(settings.form, settings.epoch, missing=True)
        if found is not None:
            return found
    return _shipped(settings.form, settings.epoch)


def _nearest(epochs: tuple[float, ...], wanted: int) -> int:
    """Place of the kept network that is nearest to the wanted epoch, of the last one for more epochs than there are."""
    return min(range(len(epochs)), key=lambda place: abs(epochs[place] - wanted))


def _shipped(form: Form, wanted: int, missing: bool = False) -> Source:
    history = trained.shipped(form)
    place = _nearest(epochs := tuple(map(float, history.epochs)), wanted)
    epoch = history.epochs[place]
    return Source(
        key=(form, epoch),
        form=form,
        epoch=float(epoch),
        epochs=epochs,
        whole=int(history.settings["epochs"]),
        images=int(history.settings["images"]),
        points=history.metrics,
        load=lambda: history.weights(epoch),
        missing=missing,
    )


_metrics: dict[str, Metrics] = {}


def _points(run: Run) -> list[Point]:
    """Read a run's curves; what has been read before is not read again."""
    known = _metrics.get(str(run.folder))
    if known is None:
        known = _metrics[str(run.folder)] = Metrics(run.metrics_path)
    known.read()
    return known.points


def _of_run(run: Run, wanted: int) -> Source | None:
    """Look into a run; None where it has kept no network yet. Raises RunProblem."""
    record = run.record()
    settings = _settings(record.settings)
    steps = run.weights_steps()
    if not steps:
        return None
    points = _points(run)
    reached = {int(point["step"]): point["epoch"] for point in points}
    batches = -(-settings.images // min(settings.batch, settings.images))
    epochs = tuple(reached.get(step, step / batches) for step in steps)
    place = _nearest(epochs, wanted)
    step = steps[place]
    return Source(
        key=(run.id, step),
        form=settings.form,
        epoch=epochs[place],
        epochs=epochs,
        whole=settings.epochs,
        images=settings.images,
        points=points,
        load=lambda: load_weights(run.weights_path(step)).tensors,
        own=True,
    )


def _settings(plain: dict[str, Any]) -> Lenet5Settings:
    try:
        return settings_from(Lenet5Settings, plain)
    except SettingError:
        raise RunProblem("unreadable", id="", file="run.json") from None
