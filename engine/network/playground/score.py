"""How well a network does on points: loss, accuracy, and who is taken for whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import Points
from engine.network.playground.features import inputs
from engine.network.playground.network import Network

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """Points counted by their class and by what the network says; positive is the class 1."""

    true_positives: int
    false_negatives: int
    false_positives: int
    true_negatives: int


@dataclass(frozen=True)
class Score:
    """What came of a network's answers to some points."""

    loss: float | None
    """Mean of ½ (y − t)²; None without points, infinite or no number after an explosion."""

    accuracy: float | None = None
    """Share of the points whose class is answered; None for regression."""

    confusion: Confusion | None = None
    """The same in counts; None for regression."""


def discretized(y: Array) -> Array:
    """Class −1 or 1 of each answer, of the same shape; exactly 0 counts as 1."""
    return np.where(y >= 0, 1.0, -1.0)


def losses(network: Network, points: Points) -> Array:
    """Mean of ½ (y − t)² of each network in a stack, shape (stack,); of one network a single number, shape ().

    Without points it is no number.
    """
    if not len(points.t):
        return np.full(network.parameters.shape[:-1], np.nan)
    with np.errstate(all="ignore"):
        error = network.answers(inputs(points.x, network.shape.features)) - points.t
        return np.asarray(0.5 * np.mean(error * error, axis=-1))


def score(network: Network, points: Points) -> Score:
    """Ask one network about all points."""
    if not len(points.t):
        return Score(None)
    y = network.answers(inputs(points.x, network.shape.features))
    with np.errstate(all="ignore"):
        loss = float(0.5 * np.mean((y - points.t) ** 2))
    if points.problem == "regression":
        return Score(loss)
    said, positive = y >= 0, points.t > 0
    confusion = Confusion(
        int(np.sum(said & positive)),
        int(np.sum(~said & positive)),
        int(np.sum(said & ~positive)),
        int(np.sum(~said & ~positive)),
    )
    return Score(loss, float(np.mean(said == positive)), confusion)
