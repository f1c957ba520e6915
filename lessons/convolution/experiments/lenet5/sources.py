"""Where the network comes from that the lab looks into: the training that comes with the program, or a run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from torch import Tensor

from engine.training.checkpoint import load_weights
from engine.training.folder import Run
from engine.training.metrics import Point
from engine.vision import trained
from engine.vision.lenet5 import Form, LeNet5
from lessons import runs
from lessons.convolution.labs.lenet5 import Lenet5Settings


@dataclass(frozen=True, eq=False)
class Source(runs.Source):
    """One kept network of one training, and the training's curves so far."""

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


@lru_cache(maxsize=16)
def _network(found: Source) -> LeNet5:
    return trained.model(found.form, found.load())


def source(settings: Lenet5Settings) -> Source:
    """Find the network that the settings look into."""
    found, missing = runs.looked_into(settings.run, partial(_of_run, wanted=settings.epoch))
    return found or _shipped(settings.form, settings.epoch, missing)


def _nearest(epochs: tuple[float, ...], wanted: int) -> int:
    """Place of the kept network that is nearest to the wanted epoch, of the last one for more epochs than there are."""
    return min(range(len(epochs)), key=lambda place: abs(epochs[place] - wanted))


def _shipped(form: Form, wanted: int, missing: bool) -> Source:
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


def _of_run(run: Run, wanted: int) -> Source | None:
    """Look into a run; None where it has kept no network yet. Raises RunProblem."""
    settings = runs.settings_of(Lenet5Settings, run)
    steps = run.weights_steps()
    if not steps:
        return None
    points = runs.curves(run)
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
