"""The curves of a training: accuracy, loss, and the gradients of the layers."""

import math
from collections.abc import Sequence

import numpy as np

from engine.training.metrics import Point
from engine.vision.lenet5 import LAYERS
from lessons.convolution.experiments.lenet5.evaluation import Evaluation
from lessons.convolution.experiments.lenet5.sources import Source
from lessons.vocabulary.figures import Axis, Curves, Line, Stroke, Tone
from lessons.vocabulary.numbers import plain

LOSS = 0.5
"""The loss axis' smallest reach; it grows by steps of 1.5."""


def _curve(points: Sequence[Point], name: str, factor: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    found = [(point["epoch"], point[name]) for point in points if name in point]
    x, y = zip(*found, strict=True) if found else ((), ())
    return np.array(x, dtype=float), factor * np.array(y, dtype=float)


def _tested(found: Source, name: str, value: float, factor: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """The curve of all test digits; the network that is looked at has its place on it, though it was not tested then.

    A training tests every few epochs only, and keeps a network after each.
    """
    x, y = _curve(found.points, name, factor)
    if not len(x) or not math.isfinite(value) or np.isclose(x, found.epoch).any():
        return x, y
    place = int(np.searchsorted(x, found.epoch))
    return np.insert(x, place, found.epoch), np.insert(y, place, factor * value)


def _epochs(found: Source) -> Axis:
    return Axis(name="@term.epoch", low=0, high=float(found.whole))


def _line(x: np.ndarray, y: np.ndarray, name: str, tone: Tone, written: str, stroke: Stroke = "solid") -> Line:
    """A line whose name has its last value behind it."""
    return Line(x=x, y=y, name=f"{name} {written}" if written else name, tone=tone, stroke=stroke)


def _last(y: np.ndarray, digits: int, unit: str = "") -> str:
    return f"{plain(float(y[-1]), digits)}{unit}" if len(y) else ""


def accuracy(found: Source, seen: Evaluation) -> Curves:
    """Accuracy on test (bright) and training digits (grey), in per cent; of a network looked back at, its own."""
    test = _tested(found, "test_accuracy", seen.accuracy, 100)
    train = _curve(found.points, "train_accuracy", 100)
    lines = [
        _line(*thinned(*train), "@term.train", "series-2", _last(train[1], 1, " %"), "dots"),
        _line(*test, "@term.test", "series-1", _last(test[1], 1, " %")),
    ]
    best = max((float(test[1].max()) if len(test[1]) else 0.0), 0.0)
    return Curves(
        title="@convolution.lenet5.accuracy",
        x=_epochs(found),
        y=Axis(low=0, high=100, unit="%", ticks=(50,) if best else ()),
        lines=tuple(line for line in lines if len(line.x)),
        point=_present(found, 100 * seen.accuracy),
    )


def loss(found: Source, seen: Evaluation) -> Curves:
    """Loss on test digits and on the batches of the training; of a network looked back at, its own."""
    test, train = _tested(found, "test_loss", seen.loss), _curve(found.points, "train_loss")
    lines = [
        _line(*thinned(*train), "@term.train", "series-2", _last(train[1], 3), "dots"),
        _line(*test, "@term.test", "series-1", _last(test[1], 3)),
    ]
    largest = max((float(y.max()) for _, y in (test, train) if len(y)), default=LOSS)
    return Curves(
        title="@term.loss",
        x=_epochs(found),
        y=Axis(low=0, high=grown(largest), digits=2),
        lines=tuple(line for line in lines if len(line.x)),
        point=_present(found, seen.loss),
    )


def grown(largest: float, first: float = LOSS) -> float:
    """An axis' reach: it grows in steps of 1.5, so that a live curve does not move at every point."""
    if not math.isfinite(largest) or largest <= first:
        return first
    return float(plain(first * 1.5 ** math.ceil(math.log(largest / first) / math.log(1.5)), 2))


def _present(found: Source, value: float) -> tuple[float, float] | None:
    """The point of the looked-at network, where it is not the last one."""
    return None if found.epoch >= found.epochs[-1] else (found.epoch, value)


POINTS = 60
"""Points of a curve of single batches at most; each is the mean of its neighbours, since a batch is no measure."""


def thinned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Average points that lie beside each other, so that few enough are left; the last one stays where it is."""
    size = -(-len(x) // POINTS)
    if size <= 1:
        return x, y
    starts = np.arange(0, len(x), size)
    counts = np.diff(np.append(starts, len(x)))
    ends = x[starts + counts - 1]
    return ends, np.add.reduceat(y, starts) / counts


TONES: tuple[Tone, ...] = ("series-1", "series-2", "pos", "neg", "accent", "run", "warning")


def gradients(found: Source) -> Curves:
    """Norm of each layer's gradient, as a power of ten."""
    lines = []
    for layer, tone in zip(LAYERS, TONES, strict=False):
        x, y = _curve(found.points, f"gradient.{layer}")
        if len(x):
            with np.errstate(divide="ignore"):
                name = "@term.output" if layer == "output" else layer
                lines.append(_line(*thinned(x, np.log10(np.maximum(y, 1e-12))), name, tone, ""))
    low = min((float(line.y.min()) for line in lines), default=-3.0)
    high = max((float(line.y.max()) for line in lines), default=1.0)
    return Curves(
        title="@convolution.lenet5.gradients",
        x=_epochs(found),
        y=Axis(low=math.floor(low), high=max(math.ceil(high), math.floor(low) + 1)),
        lines=tuple(lines),
    )
