"""What is learned from: the settings' data set, and the network's configuration."""

from pathlib import Path

from engine.network.playground import measured, table
from engine.network.playground.data import DATASETS, Data, Points, generate, own, split
from engine.network.playground.descent import Configuration
from lessons.neuron.labs.playground.settings import PlaygroundSettings, features, layers
from lessons.vocabulary.marks import decode


def configuration(settings: PlaygroundSettings) -> Configuration:
    """The network and how it learns, as it is set."""
    return Configuration(
        features=features(settings),
        hidden=layers(settings.hidden),
        activation=settings.activation,
        optimizer=settings.optimizer,
        rate=settings.rate,
        regularization=settings.regularization,
        regularization_rate=0.0 if settings.regularization == "none" else settings.regularization_rate,
        batch=settings.batch,
        seed=settings.seed,
    )


def described(settings: PlaygroundSettings) -> tuple[object, ...]:
    """All that the data depends on; two settings of one description have the same points."""
    kind = settings.data
    if kind in DATASETS:
        about: tuple[object, ...] = (settings.noise,)
    elif kind in measured.MEASURED:
        about = (settings.axis1, settings.axis2, settings.positive, settings.negative)
    elif kind == "own":
        about = (settings.points,)
    else:
        path = settings.file
        changed = Path(path).stat().st_mtime_ns if path and Path(path).is_file() else 0
        about = (path, changed, settings.axis1, settings.axis2, settings.target, settings.positive, settings.regression)
    return (kind, settings.seed, settings.share, *about)


def data(settings: PlaygroundSettings) -> Data:
    """The points to learn from and to test with. Raises TableError, MeasureError or DrawingError."""
    return _data(described(settings), settings)


_kept: dict[tuple[object, ...], Data] = {}
MOST_KEPT = 8


def _data(key: tuple[object, ...], settings: PlaygroundSettings) -> Data:
    if key not in _kept:
        found = split(_points(settings), settings.share / 100, settings.seed)
        while len(_kept) >= MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = found
    return _kept[key]


def _points(settings: PlaygroundSettings) -> Points:
    kind = settings.data
    if kind in DATASETS:
        return generate(kind, settings.noise / 100, settings.seed)
    if kind in measured.MEASURED:
        return measured.points(kind, settings.axis1, settings.axis2, settings.positive, settings.negative)
    if kind == "own":
        return own(decode(settings.points))
    if not settings.file:
        return own([])
    names = (settings.axis1, settings.axis2, settings.target, settings.positive)
    return table.read(
        Path(settings.file).expanduser(), *names, "regression" if settings.regression else "classification"
    )
