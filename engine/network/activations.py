"""Activation functions f, each with its derivative.

All take and return float arrays of any shape. Where a function has a corner or a jump, its derivative there
is 0, as automatic differentiation takes it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LEAK = 0.01
"""Slope of leaky ReLU below zero (Maas, Hannun and Ng 2013)."""


def step(z: ArrayLike) -> Array:
    """1 where z > 0, else 0; exactly at 0 it is 0 (McCulloch and Pitts 1943)."""
    return np.where(np.asarray(z, float) > 0, 1.0, 0.0)


def step_derivative(z: ArrayLike) -> Array:
    """0 everywhere; at the jump there is no derivative, and 0 stands for it."""
    return np.zeros_like(np.asarray(z, float))


def sign(z: ArrayLike) -> Array:
    """−1, 0 or 1."""
    return np.asarray(np.sign(np.asarray(z, float)))


def sign_derivative(z: ArrayLike) -> Array:
    """0 everywhere; at the jump there is no derivative, and 0 stands for it."""
    return np.zeros_like(np.asarray(z, float))


def sigmoid(z: ArrayLike) -> Array:
    """1 / (1 + e⁻ᶻ), by way of its logarithm, which neither overflows nor loses small values."""
    return np.asarray(np.exp(-np.logaddexp(0.0, -np.asarray(z, float))))


def sigmoid_derivative(z: ArrayLike) -> Array:
    """σ(z) σ(−z)."""
    z = np.asarray(z, float)
    return sigmoid(z) * sigmoid(-z)


def tanh(z: ArrayLike) -> Array:
    """(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)."""
    return np.asarray(np.tanh(np.asarray(z, float)))


def tanh_derivative(z: ArrayLike) -> Array:
    """1 − tanh² z, written as 4 σ(2z) σ(−2z), which stays exact where tanh is nearly 1."""
    return 4 * sigmoid_derivative(2 * np.asarray(z, float))


def relu(z: ArrayLike) -> Array:
    """max(0, z) (Nair and Hinton 2010)."""
    return np.asarray(np.maximum(np.asarray(z, float), 0.0))


def relu_derivative(z: ArrayLike) -> Array:
    """1 where z > 0, else 0."""
    return step(z)


def leaky_relu(z: ArrayLike) -> Array:
    """z where z > 0, else 0.01 z."""
    z = np.asarray(z, float)
    return np.where(z > 0, z, LEAK * z)


def leaky_relu_derivative(z: ArrayLike) -> Array:
    """1 where z > 0, else 0.01."""
    return np.where(np.asarray(z, float) > 0, 1.0, LEAK)


def gelu(z: ArrayLike) -> Array:
    """z Φ(z), Φ the normal distribution function, exact (Hendrycks and Gimpel 2016)."""
    z = np.asarray(z, float)
    return z * _normal_distribution(z)


def gelu_derivative(z: ArrayLike) -> Array:
    """Φ(z) + z φ(z), φ the normal density."""
    z = np.asarray(z, float)
    density = np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    return _normal_distribution(z) + z * density


# The standard library's function: importing SciPy for it costs 0.2 s when the first lab opens.
_erfc = np.frompyfunc(math.erfc, 1, 1)


def _normal_distribution(z: Array) -> Array:
    # The complement keeps small values where 1 + erf would lose them.
    return 0.5 * np.asarray(_erfc(-z / math.sqrt(2)), float)


@dataclass(frozen=True)
class Activation:
    """An activation function as the labs use it."""

    function: Callable[[ArrayLike], Array]
    """f, any shape to the same shape."""

    derivative: Callable[[ArrayLike], Array]
    """f′, any shape to the same shape."""

    lowest: float | None
    """Infimum of its output, None if there is none."""

    highest: float | None
    """Supremum of its output, None if there is none."""


GELU_MINIMUM = -0.16997120747990369
"""Lowest value of GELU, at z = −0.7517915…"""

ACTIVATIONS: dict[str, Activation] = {
    "step": Activation(step, step_derivative, 0.0, 1.0),
    "sign": Activation(sign, sign_derivative, -1.0, 1.0),
    "sigmoid": Activation(sigmoid, sigmoid_derivative, 0.0, 1.0),
    "tanh": Activation(tanh, tanh_derivative, -1.0, 1.0),
    "relu": Activation(relu, relu_derivative, 0.0, None),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative, None, None),
    "gelu": Activation(gelu, gelu_derivative, GELU_MINIMUM, None),
}
"""The functions by name, in the order in which they are offered."""
