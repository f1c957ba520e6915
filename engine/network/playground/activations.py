"""The activation functions of the playground, each with its slope, written into arrays that are already there.

Their values are those of `engine/network/activations.py`. A training step calls them a thousand times a second
on small arrays, where making a new array costs as much as computing its content.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.network.activations import LEAK
from engine.network.activations import gelu as exact_gelu
from engine.network.activations import gelu_derivative as exact_gelu_derivative

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Activation:
    """f and f′ into given arrays of the same shape."""

    function: Callable[[Array, Array], object]
    """Takes a and the array that receives y = f(a)."""

    slope: Callable[[Array, Array, Array], object]
    """Takes a, y = f(a) and the array that receives f′(a)."""


def linear(a: Array, y: Array) -> None:
    """y = a."""
    y[...] = a


def linear_slope(a: Array, y: Array, slope: Array) -> None:
    """f′ = 1."""
    slope.fill(1.0)


MANY = 512
"""Numbers from which on e²ᵃ is computed faster than tanh a, although it takes more calls."""


def tanh(a: Array, y: Array) -> None:
    """y = tanh a; of many numbers as 1 − 2 / (e²ᵃ + 1), which differs by no more than the rounding of 1."""
    if a.size < MANY:
        np.tanh(a, out=y)
        return
    np.multiply(a, 2.0, out=y)
    np.exp(y, out=y)
    np.add(y, 1.0, out=y)
    np.divide(2.0, y, out=y)
    np.subtract(1.0, y, out=y)


def tanh_slope(a: Array, y: Array, slope: Array) -> None:
    """f′ = 1 − y²."""
    np.multiply(y, y, out=slope)
    np.subtract(1.0, slope, out=slope)


def sigmoid(a: Array, y: Array) -> None:
    """y = 1 / (1 + e⁻ᵃ) = ½ (1 + tanh ½a), which never overflows."""
    np.multiply(a, 0.5, out=y)
    np.tanh(y, out=y)
    np.multiply(y, 0.5, out=y)
    np.add(y, 0.5, out=y)


def sigmoid_slope(a: Array, y: Array, slope: Array) -> None:
    """f′ = y (1 − y)."""
    np.subtract(1.0, y, out=slope)
    np.multiply(slope, y, out=slope)


def relu(a: Array, y: Array) -> None:
    """y = max(0, a)."""
    np.maximum(a, 0.0, out=y)


def relu_slope(a: Array, y: Array, slope: Array) -> None:
    """1 where a > 0, else 0."""
    np.greater(a, 0.0, out=slope)


def leaky_relu(a: Array, y: Array) -> None:
    """y = a where a > 0, else 0.01 a: the larger of the two."""
    np.multiply(a, LEAK, out=y)
    np.maximum(a, y, out=y)


def leaky_relu_slope(a: Array, y: Array, slope: Array) -> None:
    """1 where a > 0, else 0.01."""
    np.greater(a, 0.0, out=slope)
    np.maximum(slope, LEAK, out=slope)


def gelu(a: Array, y: Array) -> None:
    """y = a Φ(a), Φ the normal distribution function."""
    y[...] = exact_gelu(a)


def gelu_slope(a: Array, y: Array, slope: Array) -> None:
    """Φ(a) + a φ(a)."""
    slope[...] = exact_gelu_derivative(a)


ACTIVATIONS: dict[str, Activation] = {
    "relu": Activation(relu, relu_slope),
    "tanh": Activation(tanh, tanh_slope),
    "sigmoid": Activation(sigmoid, sigmoid_slope),
    "linear": Activation(linear, linear_slope),
    "gelu": Activation(gelu, gelu_slope),
    "leaky_relu": Activation(leaky_relu, leaky_relu_slope),
}
"""The functions by name, in the order in which they are offered."""
