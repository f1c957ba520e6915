"""Many networks at once that differ in their initial weights only: how often learning succeeds, not whether it did.

All learn from the same points in the same order, each as `Training` would with its seed, in one product a layer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import Data
from engine.network.playground.descent import Configuration, Descent
from engine.network.playground.score import losses
from engine.network.playground.state import State

Array = NDArray[np.float64]

SEEDS = 24
"""Networks that are trained at once."""


@dataclass(frozen=True, eq=False)
class Rate:
    """How a stack of networks does at a moment."""

    epochs: int
    """How often all examples have been learned."""

    train_losses: Array
    """Of each network, shape (seeds,); infinite or no number where it exploded."""

    test_losses: Array
    """Of each network, shape (seeds,)."""

    reached: NDArray[np.int64]
    """Epochs after which each was first seen at the goal, shape (seeds,); −1 where it was not."""

    success_rate: float
    """Share of the networks whose test loss is no more than the goal now."""

    reached_rate: float
    """Share of the networks that have been at the goal."""


class Seeds:
    """A stack of networks on their way down."""

    def __init__(
        self,
        configuration: Configuration,
        data: Data,
        seeds: Sequence[int] = range(SEEDS),
        goal: float = 0.1,
        state: State | None = None,
    ) -> None:
        """The networks begin as a `Training` of each seed begins; the configuration's own seed is not used.

        They go on from a state of as many networks of the same shape.
        """
        self.configuration, self.data, self.goal = configuration, data, goal
        initial = np.stack([configuration.shape.initial([seed, 0]) for seed in seeds])
        self.descent = Descent(configuration, data.train, state.parameters.copy() if state else initial)
        self.reached = np.full(len(initial), -1, np.int64)
        """Epochs after which each was first seen at the goal, −1 where it was not."""
        if state:
            self.descent.resume(state)
            self.reached = state.reached.copy()

    def state(self) -> State:
        """All numbers of this moment, copied."""
        return replace(self.descent.state(), reached=self.reached.copy())

    @property
    def parameters(self) -> Array:
        """Weights and biases of each network, shape (seeds, size)."""
        return self.descent.network.parameters

    def advance(self, epochs: int = 1, every: int = 10) -> Rate:
        """Learn so many epochs; every few of them it is looked who has reached the goal."""
        last = self.descent.epochs + epochs
        while self.descent.count and self.descent.epochs < last:
            self.descent.step(self.descent.steps_to(min(every, last - self.descent.epochs)))
            self._look()
        return self.rate()

    def _look(self) -> Array:
        test = losses(self.descent.network, self.data.test)
        self.reached[(self.reached < 0) & (test <= self.goal)] = self.descent.epochs
        return test

    def rate(self) -> Rate:
        """Say how the networks do now; the data has points of both kinds."""
        test = self._look()
        return Rate(
            self.descent.epochs,
            losses(self.descent.network, self.data.train),
            test,
            self.reached.copy(),
            float(np.mean(test <= self.goal)),
            float(np.mean(self.reached >= 0)),
        )
