"""A network that learns while one looks on: every moment can be kept, gone back to and branched from."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import Data
from engine.network.playground.descent import Configuration, Descent
from engine.network.playground.score import Score, losses, score
from engine.network.playground.state import State

Array = NDArray[np.float64]


class WeightsError(ValueError):
    """Weights that are not this network's; `kind` is size (with given and expected) or not_finite."""

    def __init__(self, kind: str, **values: Any) -> None:
        super().__init__(f"{kind}: {values}")
        self.kind = kind
        """What is wrong with them."""
        self.values = {"kind": kind, **values}
        """Plain data for a message."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """How the network does at a moment."""

    epochs: int
    """How often all examples have been learned."""

    steps: int
    """How many batches have been learned."""

    train: Score
    """On the points that it learns from."""

    test: Score
    """On the others."""

    exploded: bool
    """Whether a weight or loss is infinite or no number: nothing is to be learned from here on."""

    reached: bool
    """Whether the goal is reached."""


class Training:
    """A network, its optimizer and its place in the data."""

    def __init__(self, configuration: Configuration, data: Data, state: State | None = None) -> None:
        """Begin with fresh weights, or go on from a state: also with another configuration or other data.

        Then what fits is kept: weights whose both ends are still there, and what the same optimizer remembers.
        """
        self.configuration, self.data = configuration, data
        self.drawn = state.drawn if state else 0
        """How often initial weights have been drawn."""
        shape = configuration.shape
        if state and state.shape == shape:
            parameters = state.parameters.copy()
        else:
            parameters = shape.initial([configuration.seed, self.drawn])
            self.drawn += 1
            if state:
                parameters = shape.keep(state.parameters, state.shape, parameters)
        self.descent = Descent(configuration, data.train, parameters)
        if state:
            self.descent.resume(state)

    @property
    def parameters(self) -> Array:
        """Weights and biases now, shape (size,); whoever writes into it changes the network."""
        return self.descent.network.parameters

    @property
    def matrices(self) -> list[Array]:
        """Each layer's weights with the biases in the last column, shapes (units, inputs + 1); views, not copies."""
        return self.configuration.shape.views(self.parameters)

    def state(self) -> State:
        """All numbers of this moment, copied."""
        return replace(self.descent.state(), drawn=self.drawn)

    def changed(self, configuration: Configuration | None = None, data: Data | None = None) -> "Training":
        """Go on with other settings or other data; this training stays as it is."""
        return Training(configuration or self.configuration, data or self.data, self.state())

    def load(self, parameters: Array) -> None:
        """Take these weights and biases, shape (size,). Raises WeightsError."""
        given = np.asarray(parameters, float)
        if given.shape != self.parameters.shape:
            raise WeightsError("size", given=given.size, expected=self.parameters.size)
        if not np.isfinite(given).all():
            raise WeightsError("not_finite")
        self.parameters[:] = given

    def step(self, count: int = 1) -> None:
        """Learn so many batches."""
        self.descent.step(count)

    def advance(self, epochs: int = 1, goal: float | None = None) -> Moment:
        """Learn so many epochs, or until the test loss is no more than the goal or a weight explodes."""
        last = self.descent.epochs + epochs
        while self.descent.count and self.descent.epochs < last:
            left = last - self.descent.epochs
            self.step(self.descent.steps_to(left if goal is None else 1))
            if goal is not None and (losses(self.descent.network, self.data.test) <= goal or self.exploded):
                break
        return self.moment(goal)

    def gradient(self) -> list[Array]:
        """Gradient of the batch that comes next, regularization included: a matrix for each of `matrices`."""
        if not self.descent.count:
            return [np.zeros_like(matrix) for matrix in self.matrices]
        with np.errstate(all="ignore"):
            return self.configuration.shape.views(self.descent.gradient().copy())

    @property
    def exploded(self) -> bool:
        """Whether a weight is infinite or no number."""
        return not bool(np.isfinite(self.parameters).all())

    def moment(self, goal: float | None = None) -> Moment:
        """Say how the network does now."""
        train, test = (score(self.descent.network, points) for points in (self.data.train, self.data.test))
        finite = all(each.loss is None or math.isfinite(each.loss) for each in (train, test))
        return Moment(
            epochs=self.descent.epochs,
            steps=self.descent.steps,
            train=train,
            test=test,
            exploded=self.exploded or not finite,
            reached=goal is not None and test.loss is not None and test.loss <= goal,
        )
