"""The artificial neuron: weights, a threshold and an activation function.

    a = Σᵢ wᵢ xᵢ        y = f(a − h)

Bishop and Bishop, Deep Learning (2023), chapter 6, call a the pre-activation; the threshold unit is that of
McCulloch and Pitts (1943), with weights as Rosenblatt (1958) has them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.network.activations import ACTIVATIONS

Array = NDArray[np.float64]

DECIMALS = 12
"""Decimals of a − h that count."""


def pre_activation(w: ArrayLike, x: ArrayLike) -> Array:
    """Sum of the inputs, each scaled by its weight: a = Σᵢ wᵢ xᵢ.

    w has shape (n,), x (n,) or (…, n); the result has x's shape without its last axis.
    """
    return np.asarray(np.asarray(x, float) @ np.asarray(w, float))


def excess(w: ArrayLike, x: ArrayLike, h: float) -> Array:
    """By how much the pre-activation exceeds the threshold: a − h, of the shape of a.

    Rounded to 12 decimals: 0.1 + 0.2 reaches a threshold of 0.3 exactly and does not exceed it, although
    binary fractions say otherwise by 6·10⁻¹⁷.
    """
    return np.asarray(np.round(pre_activation(w, x) - h, DECIMALS))


def output(w: ArrayLike, x: ArrayLike, h: float, f: str = "step") -> Array:
    """Output of the unit, its activation: y = f(a − h), of the shape of a.

    f is a name in `ACTIVATIONS` (KeyError for another). With the step, y is 1 where a > h, and 0 where a is
    smaller or exactly h.
    """
    return ACTIVATIONS[f].function(excess(w, x, h))
