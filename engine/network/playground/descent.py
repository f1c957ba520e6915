"""Gradient descent: batch after batch through the examples in a fixed order, round and round.

    g = ∂ mean ½ (y − t)² / ∂θ  +  λ · ∂R/∂θ        R = Σ |w|  (L1)  or  Σ ½ w²  (L2), over weights, not biases

The examples lie in a ring, so that every batch is whole: after the last comes the first again.
"""

import math
import time
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import Points, Problem
from engine.network.playground.features import inputs, with_ones
from engine.network.playground.network import Network
from engine.network.playground.optimizers import OPTIMIZERS
from engine.network.playground.shape import Shape
from engine.network.playground.state import State

Array = NDArray[np.float64]

Regularization = Literal["none", "l1", "l2"]

OUTPUTS: dict[Problem, str] = {"classification": "tanh", "regression": "linear"}
"""Activation of the output unit; targets are −1 and 1, or anything between."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """What a network is and how it learns; it begins where TensorFlow Playground begins."""

    features: tuple[str, ...] = ("x1", "x2")
    """Names in FEATURES."""

    hidden: tuple[int, ...] = (4, 2)
    """Units of each hidden layer."""

    activation: str = "tanh"
    """Of the hidden units, a name in ACTIVATIONS."""

    optimizer: str = "sgd"
    """A name in OPTIMIZERS."""

    rate: float = 0.03
    """Learning rate η."""

    regularization: Regularization = "none"
    """What holds the weights small."""

    regularization_rate: float = 0.0
    """λ."""

    batch: int = 10
    """Examples that a step learns from."""

    seed: int = 0
    """Of the initial weights."""

    @property
    def shape(self) -> Shape:
        """The network's units."""
        return Shape(self.features, self.hidden)


class Descent:
    """A network, or a stack of them, on its way down; the parameters are changed in place."""

    def __init__(self, configuration: Configuration, points: Points, parameters: Array) -> None:
        """`parameters` has shape (size,) or (stack, size); without points there is nothing to learn from."""
        self.configuration = configuration
        self.count = len(points.t)
        """Examples to learn from."""
        self.batch = max(1, min(configuration.batch, self.count))
        """Examples of a step: fewer than asked for if there are not that many."""
        # Examples one a row, so that those of a batch lie together; the first follow once more after the last.
        ring = np.arange(self.count + self.batch - 1) % max(self.count, 1)
        self.x = np.ascontiguousarray(with_ones(inputs(points.x, configuration.features)).T[ring])
        self.t = points.t[ring]
        output = OUTPUTS[points.problem]
        self.network = Network(configuration.shape, parameters, configuration.activation, output, self.batch)
        self.optimizer = OPTIMIZERS[configuration.optimizer](parameters)
        self.position = 0
        """The example that the next batch begins with."""
        self.epochs = 0
        """How often all examples have been learned."""
        self.steps = 0
        """How many batches have been learned."""
        self.seconds = 0.0
        """Time spent in steps since this descent was made."""
        self.examples = 0
        """Examples learned in that time, by all networks of a stack together."""

    def step(self, count: int = 1) -> None:
        """Take so many steps, a batch each. What explodes becomes infinite or no number, without a warning."""
        if not self.count:
            return
        rate, before = self.configuration.rate, time.perf_counter()
        with np.errstate(all="ignore"):
            for _ in range(count):
                self.optimizer.step(self.gradient(), rate)
                self.steps += 1
                self.position += self.batch
                if self.position >= self.count:
                    self.position -= self.count
                    self.epochs += 1
        self.seconds += time.perf_counter() - before
        self.examples += count * self.batch * math.prod(self.network.parameters.shape[:-1])

    def gradient(self) -> Array:
        """Gradient of the next batch, regularization included, of the parameters' shape; valid until the next call."""
        x = self.x[self.position : self.position + self.batch].T
        self.network.forward(x)
        gradient = self.network.backward(x, self.t[self.position : self.position + self.batch])
        strength = self.configuration.regularization_rate
        if strength and self.configuration.regularization != "none":
            weights = self.network.parameters
            pull = np.sign(weights) if self.configuration.regularization == "l1" else weights
            gradient += strength * self.network.shape.is_weight * pull
        return gradient

    def steps_to(self, epochs: int) -> int:
        """Steps until so many more epochs are full."""
        return -(-(epochs * self.count - self.position) // self.batch)

    @property
    def samples_per_second(self) -> float:
        """Examples learned over the time spent learning them, evaluation apart; 0 before the first step."""
        return self.examples / self.seconds if self.seconds else 0.0

    def state(self) -> State:
        """All numbers of this moment, copied."""
        return State(
            features=self.configuration.features,
            hidden=self.configuration.hidden,
            parameters=self.network.parameters.copy(),
            optimizer=self.configuration.optimizer,
            memory=self.optimizer.memory.copy(),
            count=self.optimizer.count,
            position=self.position,
            epochs=self.epochs,
            steps=self.steps,
        )

    def resume(self, state: State) -> None:
        """Take over the place in the data and, of the same optimizer, the memory that fits; not the parameters."""
        self.position, self.epochs, self.steps = state.position % max(self.count, 1), state.epochs, state.steps
        if state.optimizer == self.configuration.optimizer:
            self.optimizer.count = state.count
            for memory, kept in zip(self.optimizer.memory, state.memory, strict=True):
                memory[:] = self.configuration.shape.keep(kept, state.shape, memory)
