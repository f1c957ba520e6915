"""The playground's large figures: the network with its heat maps, the plane, the loss."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import EDGE, Data, Points
from engine.network.playground.features import FEATURES
from engine.network.playground.surface import Grid, Surface, surface
from engine.network.playground.training import Training
from lessons.neuron.experiments.playground.course import Course
from lessons.neuron.labs.playground.settings import FEATURES as OFFERED
from lessons.neuron.labs.playground.settings import PlaygroundSettings
from lessons.vocabulary.figures import Axis, Curves, Graph, Level, Line, Link, Node, Plane
from lessons.vocabulary.numbers import plain

Array = NDArray[np.float64]

TILE, LARGE = 8, 40
"""Pixels of a unit's map and of the plane's, each way."""

UNUSED = 0.3
"""How strongly a feature is shown that the network is not told."""

LOSS_ENDS = (0.5, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0)
"""Where the axis of the loss may end; what lies above the last has left the chart."""


@lru_cache
def grid(size: int) -> Grid:
    """Points over the plane."""
    return Grid(size, size)


@lru_cache
def feature_maps() -> dict[str, Array]:
    """Each feature over the plane, −1…1, row 0 at the top."""
    found = grid(TILE).features
    return {name: np.flipud(found[name] / np.abs(found[name]).max()) for name in FEATURES}


def scaled(values: Array, discretize: bool) -> NDArray[np.float32]:
    """A unit's answers as a map: its sign, or itself, made smaller where it exceeds 1; what is no number is 0."""
    known = np.nan_to_num(values, nan=0.0, posinf=1e6, neginf=-1e6)
    if discretize:
        known = np.where(known >= 0, 1.0, -1.0)
    return np.flipud(known / max(1.0, float(np.abs(known).max()))).astype(np.float32)


def network(course: Course, training: Training) -> Graph:
    """Features, hidden units and output from left to right; links are weights, or the gradients of the next batch."""
    settings, shape = course.settings, training.configuration.shape
    maps = surface(training.descent.network, grid(TILE))
    own = feature_maps()
    nodes = [
        Node(
            name=name, layer=0, symbol=FEATURES[name].symbol, map=own[name] * (1 if name in shape.features else UNUSED)
        )
        for name in OFFERED
    ]
    for layer, units in enumerate(maps.hidden, start=1):
        nodes += [
            Node(name=f"{layer}.{unit}", layer=layer, map=scaled(values, settings.discretize))
            for unit, values in enumerate(units, start=1)
        ]
    nodes.append(Node(name="output", layer=len(shape.hidden) + 1, bare=True))
    matrices = training.gradient() if settings.view == "gradient" else training.matrices
    links = [
        Link(source=source, target=target, weight=_known(matrix[row, column]), spot=f"{source}>{target}")
        for names, targets, matrix in zip(shape.names, shape.names[1:], matrices, strict=False)
        for row, target in enumerate(targets)
        for column, source in enumerate(names)
    ]
    heads = ["@neuron.playground.features"]
    heads += [f"@neuron.playground.hidden_layer {layer}  {count}" for layer, count in enumerate(shape.hidden, start=1)]
    return Graph(nodes=tuple(nodes), links=tuple(links), heads=tuple(heads))


def _known(value: float) -> float:
    return float(value) if np.isfinite(value) else 0.0


def plane(course: Course, training: Training) -> Plane:
    """What the looked-at unit says over the plane, else the output, and the points."""
    settings, data = course.settings, course.learner.data
    seen = surface(training.descent.network, grid(LARGE))
    title, values = _looked_at(settings, seen, training)
    if settings.seeds > 1 and title == "@term.output":
        title = f"@neuron.playground.output_of {settings.seed + course.place}"
    points, classes, tests = _points(data, shows_tests(settings))
    axes = data.train.axes
    return Plane(
        title=title,
        x=Axis(
            name=axes[0].name or "x₁", low=axes[0].low, high=axes[0].high, digits=_digits(axes[0].low, axes[0].high)
        ),
        y=Axis(
            name=axes[1].name or "x₂", low=axes[1].low, high=axes[1].high, digits=_digits(axes[1].low, axes[1].high)
        ),
        values=values,
        points=points,
        classes=classes,
        tests=tests,
        present=_present(course),
        class_names=(data.train.classes[0] or "−1", data.train.classes[1] or "+1"),
        tinted=True,
    )


def _looked_at(settings: PlaygroundSettings, seen: Surface, training: Training) -> tuple[str, NDArray[np.float32]]:
    shape = training.configuration.shape
    if settings.unit in OFFERED:
        values = grid(LARGE).features[settings.unit]
        return f"@neuron.playground.feature {FEATURES[settings.unit].symbol}", scaled(values, settings.discretize)
    for names, maps in zip(shape.names[1:-1], seen.hidden, strict=True):
        if settings.unit in names:
            title = f"@neuron.playground.of_unit {settings.unit}"
            return title, scaled(maps[names.index(settings.unit)], settings.discretize)
    return "@term.output", scaled(seen.output, settings.discretize)


def _points(data: Data, tests: bool) -> tuple[Array, NDArray[np.int64], NDArray[np.bool_]]:
    """Positions on the axes of the data, classes, and which are there to test with; these lie below the others."""
    parts = [data.test, data.train] if tests else [data.train]
    x = np.concatenate([_on_axes(part) for part in parts])
    t = np.concatenate([part.t for part in parts])
    first = len(data.test.t) if tests else 0
    return x, (t > 0).astype(np.int64), np.arange(len(t)) < first


def _on_axes(points: Points) -> Array:
    low = np.array([axis.low for axis in points.axes])
    high = np.array([axis.high for axis in points.axes])
    on_axes: Array = (points.x + EDGE) / (2 * EDGE) * (high - low) + low
    return on_axes


def _present(course: Course) -> int | None:
    """The example that is followed."""
    settings, data = course.settings, course.learner.data
    if settings.view != "example" or not len(data.train.t):
        return None
    return settings.example % len(data.train.t) + (len(data.test.t) if shows_tests(settings) else 0)


def shows_tests(settings: PlaygroundSettings) -> bool:
    """Whether the examples to test with are drawn: where the learner sets them, none may vanish."""
    return settings.test_points or settings.data == "own"


def _digits(low: float, high: float) -> int:
    return 0 if high - low >= 10 else 1


def last_epoch(epochs: int) -> float:
    """Where the axis of the epochs ends: at a round number, half as far again or less."""
    power = 10
    while True:
        for step in (2, 3, 5, 7, 10, 15):
            if step * power >= epochs:
                return float(step * power)
        power *= 10


def loss(course: Course) -> Curves:
    """Train and test loss over the epochs, the test's in front; of a stack their medians."""
    train, test = medians(course.train), medians(course.test)
    known = np.concatenate([train, test])
    largest = float(np.max(known, initial=0.0, where=np.isfinite(known)))
    highest = next((end for end in LOSS_ENDS if end >= largest), LOSS_ENDS[-1])
    last = course.epochs[-1]
    x = np.array(course.epochs, float)
    lines = tuple(
        Line(x=x, y=np.clip(y, 0, highest), name=f"@term.{name} {_number(y[-1])}", tone=tone)  # type: ignore[arg-type]
        for y, name, tone in ((train, "train", "series-2"), (test, "test", "series-1"))
    )
    goal = course.settings.goal
    return Curves(
        title="@term.loss",
        x=Axis(name="@term.epoch", low=0, high=last_epoch(last)),
        y=Axis(low=0, high=highest, digits=1),
        lines=lines,
        levels=(Level(value=goal, setting="goal", tone="success"),) if goal else (),
    )


def medians(curve: Sequence[float | Array]) -> Array:
    """The loss at each moment, of a stack the median of its networks; what has exploded is no number."""
    values = np.array(curve, float)
    known = np.isfinite(values)
    if values.ndim == 1:
        return np.where(known, values, np.nan)
    return np.where(known.any(axis=1), np.median(values, axis=1), np.nan)


def _number(value: float) -> str:
    return plain(value, 3)
