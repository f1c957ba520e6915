"""Points in the plane to learn from: the data sets of TensorFlow Playground, or the learner's own.

Smilkov, Carter, Sculley, Viégas and Wattenberg, Direct-manipulation visualization of deep networks (2017). The
plane reaches from −6 to 6 on both axes. Noise goes from 0 to 0.5; for one seed it moves the same points.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]

Problem = Literal["classification", "regression"]

EDGE = 6.0
"""The plane's border on both axes."""

CLASSIFIED, REGRESSED = 500, 1200
"""Points of a data set for classification and for regression."""


@dataclass(frozen=True)
class Axis:
    """What is measured along an axis of the plane."""

    name: str
    """What it is called where the data comes from; empty for the plane's own x₁ and x₂."""

    low: float = -EDGE
    """The measure that lies at −6."""

    high: float = EDGE
    """The measure that lies at 6."""


@dataclass(frozen=True, eq=False)
class Points:
    """Points with what the network should say of each."""

    x: Array
    """Positions, shape (n, 2)."""

    t: Array
    """Targets, shape (n,): −1 or 1 for classification, within −1…1 for regression."""

    problem: Problem = "classification"
    """What is asked of the network."""

    axes: tuple[Axis, Axis] = (Axis(""), Axis(""))
    """What the axes mean."""

    classes: tuple[str, str] = ("", "")
    """Names of the classes −1 and 1; empty where they have none."""

    def at(self, rows: NDArray[np.int64]) -> "Points":
        """Pick some of the points."""
        return Points(self.x[rows], self.t[rows], self.problem, self.axes, self.classes)


@dataclass(frozen=True, eq=False)
class Data:
    """Points to learn from, and points to test with."""

    train: Points
    test: Points


def split(points: Points, share: float = 0.5, seed: int = 0) -> Data:
    """Shuffle, then take the share 0…1 for training; of two points or more, each side has at least one."""
    count = len(points.t)
    order = np.random.default_rng([seed, 1]).permutation(count)
    first = min(max(math.floor(count * share + 1e-9), 1), max(count - 1, 1))
    return Data(points.at(order[:first]), points.at(order[first:]))


def own(points: Sequence[tuple[float, float, float]], problem: Problem = "classification") -> Points:
    """Points that the learner has set: x₁, x₂ and target each; there may be none."""
    table = np.array(points, float).reshape(-1, 3)
    return Points(table[:, :2], table[:, 2], problem)


def generate(name: str, noise: float = 0.0, seed: int = 0, count: int | None = None) -> Points:
    """Draw a data set by its name in DATASETS (KeyError for another); the same seed gives the same points."""
    kind = DATASETS[name]
    size = count or (REGRESSED if kind.problem == "regression" else CLASSIFIED)
    x, t = kind.draw(np.random.default_rng([seed, 0]), size, noise)
    return Points(x, t, kind.problem)


def circle(rng: Generator, count: int, noise: float) -> tuple[Array, Array]:
    """A disc of radius 2.5 within a ring from 3.5 to 5; noise confuses the labels near the edge."""
    half = count // 2
    radius = np.concatenate([rng.uniform(0, 2.5, half), rng.uniform(3.5, 5, half)])
    angle = rng.uniform(0, 2 * math.pi, 2 * half)
    x = radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    moved = x + noise * rng.uniform(-5, 5, x.shape)
    return x, np.where(np.hypot(moved[:, 0], moved[:, 1]) < 2.5, 1.0, -1.0)


def exclusive_or(rng: Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Quadrants of a square, 0.3 apart from the axes: 1 where both coordinates have one sign."""
    x = rng.uniform(-5, 5, (count, 2))
    x += np.where(x > 0, 0.3, -0.3)
    moved = x + noise * rng.uniform(-5, 5, x.shape)
    return x, np.where(moved[:, 0] * moved[:, 1] >= 0, 1.0, -1.0)


def gaussian(rng: Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Two normal distributions about (2, 2) and (−2, −2); noise takes their variance from 0.5 to 4."""
    t = np.repeat([1.0, -1.0], count // 2)
    variance = 0.5 + 7 * noise
    return 2 * t[:, None] + math.sqrt(variance) * rng.standard_normal((len(t), 2)), t


def spiral(rng: Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Two arms of 1¾ turns about each other, out to 5; noise moves the points by up to 1 times it."""
    half = count // 2
    along = np.tile(np.arange(half) / half, 2)
    t = np.repeat([1.0, -1.0], half)
    angle = 1.75 * 2 * math.pi * along + np.where(t > 0, 0.0, math.pi)
    x = 5 * along[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return x + noise * rng.uniform(-1, 1, x.shape), t


def plane(rng: Generator, count: int, noise: float) -> tuple[Array, Array]:
    """A slope: (x₁ + x₂) / 10; noise takes the target from a place up to 6 times it away."""
    x = rng.uniform(-EDGE, EDGE, (count, 2))
    moved = x + noise * rng.uniform(-EDGE, EDGE, x.shape)
    return x, moved.sum(axis=1) / 10


HILLS = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])
"""Place and sign of the hills and hollows of `multi_gaussian`."""


def multi_gaussian(rng: Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Three hills and three hollows, cones of radius 2 that reach 1 and −1; elsewhere 0. Noise as in `plane`."""
    x = rng.uniform(-EDGE, EDGE, (count, 2))
    moved = x + noise * rng.uniform(-EDGE, EDGE, x.shape)
    away = np.hypot(*(moved[:, None, :] - HILLS[:, :2]).transpose(2, 0, 1))
    heights = HILLS[:, 2] * np.clip(1 - away / 2, 0, 1)
    highest = np.abs(heights).argmax(axis=1)
    return x, heights[np.arange(count), highest]


@dataclass(frozen=True)
class Dataset:
    """A data set that can be drawn."""

    draw: Callable[[Generator, int, float], tuple[Array, Array]]
    """Takes a random source, how many points, and the noise; gives positions (n, 2) and targets (n,)."""

    problem: Problem


DATASETS: dict[str, Dataset] = {
    "circle": Dataset(circle, "classification"),
    "xor": Dataset(exclusive_or, "classification"),
    "gaussian": Dataset(gaussian, "classification"),
    "spiral": Dataset(spiral, "classification"),
    "plane": Dataset(plane, "regression"),
    "multi_gaussian": Dataset(multi_gaussian, "regression"),
}
"""The data sets by name, in the order in which they are offered."""
