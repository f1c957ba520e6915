"""Optimizers: how the parameters θ move when their gradient g is known; η is the learning rate.

    SGD         θ ← θ − η g                                     Robbins and Monro 1951
    momentum    v ← 0.9 v + g          θ ← θ − η v              Polyak 1964
    RMSprop     s ← 0.99 s + 0.01 g²   θ ← θ − η g / (√s + ε)   Tieleman and Hinton 2012
    Adam        m ← 0.9 m + 0.1 g      s ← 0.999 s + 0.001 g²
                θ ← θ − η m̂ / (√ŝ + ε),  m̂ = m / (1 − 0.9ᵏ),  ŝ = s / (1 − 0.999ᵏ)   Kingma and Ba 2015

ε = 10⁻⁸; k counts the steps. The constants are the papers' and PyTorch's.
"""

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

EPSILON = 1e-8


class Optimizer:
    """SGD, and what all have in common: memories of the parameters' shape, and a count of steps."""

    memories = 0
    """How many numbers it remembers for each parameter."""

    def __init__(self, parameters: Array) -> None:
        """Begin with empty memories; `parameters`, of any shape, is moved in place."""
        self.parameters = parameters
        self.memory = np.zeros((self.memories, *parameters.shape))
        """What it remembers, shape (memories, *parameters.shape)."""
        self.count = 0
        """Steps taken since the memories were empty."""
        self._move = np.zeros_like(parameters)
        self._other = np.zeros_like(parameters)

    def step(self, gradient: Array, rate: float) -> None:
        """Move the parameters once; the gradient is left as it is."""
        self.count += 1
        np.multiply(self.direction(gradient), rate, out=self._move)
        np.subtract(self.parameters, self._move, out=self.parameters)

    def direction(self, gradient: Array) -> Array:
        """What is taken from the parameters, times the rate."""
        return gradient


class Momentum(Optimizer):
    """A ball that rolls on: earlier gradients fade by a tenth a step."""

    memories = 1
    FADES = 0.9

    def direction(self, gradient: Array) -> Array:
        """The velocity v."""
        velocity: Array = self.memory[0]
        velocity *= self.FADES
        velocity += gradient
        return velocity


class RMSprop(Optimizer):
    """Each parameter's gradient is divided by its recent size."""

    memories = 1
    FADES = 0.99

    def direction(self, gradient: Array) -> Array:
        """g / (√s + ε)."""
        square: Array = self.memory[0]
        _fade(square, self.FADES, np.multiply(gradient, gradient, out=self._other), self._move)
        np.sqrt(square, out=self._other)
        self._other += EPSILON
        return np.divide(gradient, self._other, out=self._other)


class Adam(Optimizer):
    """Momentum over RMSprop, both freed of having begun at zero."""

    memories = 2
    FADES = (0.9, 0.999)

    def direction(self, gradient: Array) -> Array:
        """m̂ / (√ŝ + ε)."""
        mean, square = self.memory
        _fade(square, self.FADES[1], np.multiply(gradient, gradient, out=self._other), self._move)
        _fade(mean, self.FADES[0], gradient, self._move)
        np.sqrt(square, out=self._other)
        self._other /= math.sqrt(1 - self.FADES[1] ** self.count)
        self._other += EPSILON
        np.divide(mean, self._other, out=self._other)
        self._other /= 1 - self.FADES[0] ** self.count
        return self._other


def _fade(memory: Array, keeps: float, new: Array, room: Array) -> None:
    """Move a running mean towards a new value: memory ← keeps · memory + (1 − keeps) · new."""
    memory *= keeps
    np.multiply(new, 1 - keeps, out=room)
    memory += room


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "sgd": Optimizer,
    "momentum": Momentum,
    "rmsprop": RMSprop,
    "adam": Adam,
}
"""The optimizers by name, in the order in which they are offered."""
