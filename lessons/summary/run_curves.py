"""The curves of a run as figures for a report: loss and accuracy, and whatever else was kept."""

import math
from collections.abc import Sequence

import numpy as np

from engine.training.metrics import Point
from lessons.vocabulary.figures import Axis, Curves, Line, Stroke, Tone

POINTS = 120
"""Points of a curve at most; each is the mean of its neighbours."""

SERIES: tuple[tuple[str, str, Tone, Stroke], ...] = (
    ("train", "@term.train", "series-2", "dots"),
    ("test", "@term.test", "series-1", "solid"),
)
"""Beginning of a curve's name, what stands at its end, and how it is drawn."""

MAIN = (("loss", "@runs.what.loss", 1.0, ""), ("accuracy", "@runs.what.accuracy", 100.0, "%"))
"""What curves measure, the figure's title, the factor and unit of the values."""

TONES: tuple[Tone, ...] = ("series-1", "series-2", "pos", "neg", "accent", "run", "warning")

STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
"""Where an axis may end, times a power of ten."""


def main_curves(points: Sequence[Point]) -> tuple[Curves, ...]:
    """Loss and accuracy, on training (grey) and test data, where there are any."""
    over = _over(points)
    found = []
    for what, title, factor, unit in MAIN:
        lines = []
        for beginning, name, tone, stroke in SERIES:
            x, y = curve(points, f"{beginning}_{what}", over)
            if len(x):
                lines.append(_line(x, factor * y, name, tone, stroke))
        if lines:
            high = 100.0 if unit else _end(max(float(line.y.max()) for line in lines))
            y_axis = Axis(low=0, high=high, unit=unit, digits=0 if unit or high >= 10 else 1)
            found.append(Curves(title=title, x=_axis(points, over), y=y_axis, lines=tuple(lines)))
    return tuple(found)


def other_curves(points: Sequence[Point]) -> tuple[Curves, ...]:
    """All other curves: the layers' gradients together as powers of ten, each of the rest alone."""
    over = _over(points)
    shown = {f"{beginning}_{what}" for beginning, *_ in SERIES for what, *_ in MAIN}
    names = dict.fromkeys(name for point in points for name in point)
    rest = [name for name in names if name not in shown and name not in ("step", "epoch", "examples", "seconds")]
    gradients = [name for name in rest if name.startswith("gradient.")]
    found = []
    if lines := [_gradient(points, name, over, number) for number, name in enumerate(gradients)]:
        low = math.floor(min(float(line.y.min()) for line in lines))
        high = max(math.ceil(max(float(line.y.max()) for line in lines)), low + 1)
        title = "@summary.report.gradients"
        y_axis = Axis(low=low, high=high)
        found.append(Curves(title=title, x=_axis(points, over), y=y_axis, lines=tuple(lines)))
    for name in rest:
        if name not in gradients:
            found.append(_alone(points, name, over))
    return tuple(found)


def curve(points: Sequence[Point], name: str, over: str) -> tuple[np.ndarray, np.ndarray]:
    """One curve, at most POINTS long: where its points lie, and their values."""
    pairs = [(point[over], point[name]) for point in points if name in point and over in point]
    x, y = np.array(pairs, float).reshape(-1, 2).T
    size = -(-len(x) // POINTS)
    if size <= 1:
        return x, y
    starts = np.arange(0, len(x), size)
    counts = np.diff(np.append(starts, len(x)))
    return x[starts + counts - 1], np.add.reduceat(y, starts) / counts


def _over(points: Sequence[Point]) -> str:
    """Epochs where the training had at least two of them, else steps."""
    return "epoch" if points and points[-1].get("epoch", 0.0) >= 2 else "step"


def _axis(points: Sequence[Point], over: str) -> Axis:
    last = max((point.get(over, 0.0) for point in points), default=0.0)
    return Axis(name="@term.epoch" if over == "epoch" else "@runs.axis.step", low=0, high=float(last) or 1.0)


def _line(x: np.ndarray, y: np.ndarray, name: str, tone: Tone, stroke: Stroke = "solid") -> Line:
    return Line(x=x, y=y, name=name, tone=tone, stroke=stroke if len(x) > 1 else "dots")


def _gradient(points: Sequence[Point], name: str, over: str, number: int) -> Line:
    x, y = curve(points, name, over)
    powers = np.log10(np.maximum(y, 1e-12))
    return _line(x, powers, name.partition(".")[2], TONES[number % len(TONES)])


def _alone(points: Sequence[Point], name: str, over: str) -> Curves:
    x, y = curve(points, name, over)
    low, high = min(float(y.min()), 0.0), float(y.max())
    y_axis = Axis(low=-_end(-low) if low < 0 else 0.0, high=_end(high), digits=2 if high < 10 else 0)
    return Curves(title=name, x=_axis(points, over), y=y_axis, lines=(_line(x, y, "", "series-1"),))


def _end(value: float) -> float:
    """Where an axis ends that has to hold a value: the next of STEPS times a power of ten."""
    if not math.isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return float(next(step * power for step in STEPS if step * power >= value * (1 - 1e-9)))
