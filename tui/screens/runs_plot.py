"""From the points of runs to the plot that is shown: which curves, over what, within which limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lessons.vocabulary.numbers import MINUS, UNKNOWN, percent, plain, short
from tui.drawing.cells.run_curves import RunLine, RunPlot, smoothed
from tui.drawing.run_marks import tone
from tui.locale import Words
from tui.run_words import clock
from tui.runs_watch import View

if TYPE_CHECKING:
    from engine.training.folder import Listed
    from engine.training.metrics import Point

OVER = ("examples", "step", "epoch", "seconds")
"""What the x axis may be."""

WHAT = {
    "accuracy": ("test_accuracy", "train_accuracy"),
    "loss": ("test_loss", "train_loss"),
    "train_loss": ("train_loss",),
    "gradient": (),
}
"""What the y axis may be, and the curves behind it, the one that is compared first."""

WEIGHTS = {"off": 0.0, "light": 0.6, "strong": 0.9}
"""How much of what came before each value takes, by the strength of smoothing."""

ALONE = ("series-1", "series-2", "accent", "run", "warning")
"""Colours of several curves of one run."""

STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
"""Where an axis may end, times a power of ten: each about 1.5 times the one before."""

FLOORS = (0.98, 0.95, 0.9, 0.8, 0.5)
"""Where the axis of an accuracy may begin."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A run whose curves are drawn."""

    run: "Listed"
    name: str
    points: "tuple[Point, ...]"
    mark: int = 0
    """Its number; 0 for a run alone."""

    @property
    def alive(self) -> bool:
        """Whether there are points to come."""
        return self.run.status is not None and self.run.status.state in ("queued", "running", "paused")


def choices(shown: Sequence[Shown]) -> tuple[str, ...]:
    """Name what the y axis may be for these runs."""
    names = {name for each in shown for point in each.points for name in point}
    found = [what for what, curves in WHAT.items() if any(curve in names for curve in curves)]
    return (*found, "gradient") if any(name.startswith("gradient.") for name in names) else tuple(found)


def plot(shown: Sequence[Shown], view: View, what: str, limits: "Limits", theme: str, words: Words) -> RunPlot | None:
    """Make the plot of these runs; None where no curve has a point."""
    log = bool(view.log)
    lines = [line for each in shown for line in _lines(each, what, view, theme, words, len(shown))]
    lines = [line for line in lines if len(line.x)]
    if not lines:
        return None
    key = (tuple((each.run.id, each.alive) for each in shown), what, view.over, log)
    end = max((_expected(each, view.over) for each in shown), default=0.0)
    x_high, y_low, y_high = limits.of(key, lines, end, what == "accuracy", log, any(each.alive for each in shown))
    accuracy = what == "accuracy"
    return RunPlot(
        lines=tuple(lines),
        x_name=words.text(f"runs.axis.{view.over}"),
        x_high=x_high,
        y_low=y_low,
        y_high=y_high,
        x_text=lambda value: place_text(view.over, value),
        y_text=percent_text if accuracy else value_text,
        tick_text=(lambda value: f"{100 * value:g} %") if accuracy else tick_text,
        log=log,
        cursor=view.cursor,
    )


def _lines(shown: Shown, what: str, view: View, theme: str, words: Words, count: int) -> list[RunLine]:
    """Make the curves of one run: one where several are compared, else all that there are."""
    points, over = shown.points, view.over
    names = dict.fromkeys(name for point in points for name in point)
    alone = count == 1 and not shown.mark
    if what == "gradient":
        curves = [name for name in names if name.startswith("gradient.")]
        if alone:
            found = [(curve.partition(".")[2], *_curve(points, curve, over)) for curve in curves]
        else:
            found = [(shown.name, *_whole_gradient(points, curves, over))]
    else:
        curves = [curve for curve in WHAT[what] if curve in names]
        if alone:
            named = [(words.text(f"runs.line.{curve.partition('_')[0]}"), curve) for curve in curves]
        else:
            named = [(shown.name, curve) for curve in curves[:1]]
        found = [(name, *_curve(points, curve, over)) for name, curve in named]
    lines = []
    for number, (name, x, y) in enumerate(found):
        lines.append(
            RunLine(
                name,
                x,
                smoothed(y, WEIGHTS[view.smooth]),
                tone(shown.mark, theme) if shown.mark else ALONE[number % len(ALONE)],
                shown.mark,
                max(shown.mark - 1, 0) if theme == "none" else number // len(ALONE) if not shown.mark else 0,
                measured=y,
            )
        )
    return lines


def _curve(points: "Sequence[Point]", name: str, over: str) -> tuple[np.ndarray, np.ndarray]:
    chosen = [(point[over], point[name]) for point in points if name in point and over in point]
    return np.array([x for x, _ in chosen], float), np.array([y for _, y in chosen], float)


def _whole_gradient(points: "Sequence[Point]", names: Sequence[str], over: str) -> tuple[np.ndarray, np.ndarray]:
    """The norm of the whole gradient, from those of its layers."""
    chosen = [
        (point[over], math.sqrt(sum(point[name] ** 2 for name in names if name in point)))
        for point in points
        if over in point and any(name in point for name in names)
    ]
    return np.array([x for x, _ in chosen], float), np.array([y for _, y in chosen], float)


def _expected(shown: Shown, over: str) -> float:
    """Where a run that goes on will end on the x axis, as far as that is known; 0 where it isn't."""
    status = shown.run.status
    if status is None or not shown.alive:
        return 0.0
    if over == "seconds":
        return up(status.seconds + status.seconds_left) if status.seconds_left is not None else 0.0
    now = {"examples": status.examples, "step": status.step, "epoch": status.epoch}[over]
    return float(f"{now / status.progress:.3g}") if status.progress > 0.01 and now else 0.0


class Limits:
    """The limits of the axes: while runs go on they widen in steps, so that the curves do not move each second."""

    def __init__(self) -> None:
        self._key: object = None
        self._last = (0.0, 0.0, 0.0)

    def of(
        self, key: object, lines: Sequence[RunLine], end: float, accuracy: bool, log: bool, alive: bool
    ) -> tuple[float, float, float]:
        """Give the end of the x axis and both ends of the y axis; `key` names what is drawn over what."""
        reached = max(float(line.x[-1]) for line in lines)
        low, high = _y_limits(lines, accuracy, log)
        if key == self._key and alive:
            x_high, old_low, old_high = self._last
            x_high = x_high if reached <= 1.01 * x_high else up(reached)
            low, high = min(low, old_low), max(high, old_high)
        else:
            x_high = max(end, reached if not alive else 0.0) or up(reached)
            x_high = x_high if x_high >= reached else up(reached)
        self._key, self._last = key, (x_high or 1.0, low, high)
        return self._last


def _y_limits(lines: Sequence[RunLine], accuracy: bool, log: bool) -> tuple[float, float]:
    values = [line.y[np.isfinite(line.y)] for line in lines]
    values = [each for each in values if len(each)]
    if log:
        positive = [each[each > 0] for each in values if (each > 0).any()]
        if not positive:
            return 0.1, 1.0
        low = 10.0 ** math.floor(math.log10(min(float(each.min()) for each in positive)))
        high = 1.0 if accuracy else 10.0 ** math.ceil(math.log10(max(float(each.max()) for each in positive)))
        return (low, high) if high > low else (low, 10 * low)
    if accuracy:
        least = min((float(each[-1]) for each in values), default=0.0)
        return next((floor for floor in FLOORS if least - floor >= 0.5 * (1 - floor)), 0.0), 1.0
    # One value far above all others does not press the curves into the floor.
    tops = [max(float(np.percentile(each, 98)), float(each[-1])) for each in values]
    return 0.0, up(max(tops, default=1.0)) or 1.0


def up(value: float) -> float:
    """The least end of an axis that holds a value."""
    if not 0 < value < math.inf:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in STEPS if step * power >= value * (1 - 1e-9)), 10 * power)


def place_text(over: str, value: float) -> str:
    """Write a place on the x axis."""
    if over == "seconds":
        return clock(value)
    return f"{value:,.1f}".removesuffix(".0") if over == "epoch" else f"{value:,.0f}"


def percent_text(value: float) -> str:
    """Write an accuracy."""
    return percent(value) if math.isfinite(value) else UNKNOWN


def value_text(value: float) -> str:
    """Write a loss or a norm: `0.122`, `3.2e−5`, `12,300`."""
    if not math.isfinite(value):
        return UNKNOWN
    if 0 < abs(value) < 0.001:
        return _small(f"{value:.1e}")
    return f"{value:,.0f}" if abs(value) >= 1000 else plain(value, 3)


def tick_text(value: float) -> str:
    """Write a limit of the y axis: `0.75`, `1e−5`, `12,000`."""
    if 0 < abs(value) < 0.001:
        return _small(f"{value:.0e}")
    return f"{value:,.0f}" if abs(value) >= 1000 else short(value)


def _small(text: str) -> str:
    head, _, power = text.partition("e")
    return f"{head}e{int(power)}".replace("-", MINUS)
