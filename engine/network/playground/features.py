"""The seven input features: what the network is told of a point (x₁, x₂) of the plane."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Feature:
    """A number computed from a point."""

    symbol: str
    """As it is written in formulas."""

    function: Callable[[Array, Array], Array]
    """Takes x₁ and x₂, of any one shape, to that shape."""


FEATURES: dict[str, Feature] = {
    "x1": Feature("x₁", lambda x1, x2: x1),
    "x2": Feature("x₂", lambda x1, x2: x2),
    "x1_squared": Feature("x₁²", lambda x1, x2: x1 * x1),
    "x2_squared": Feature("x₂²", lambda x1, x2: x2 * x2),
    "x1_x2": Feature("x₁x₂", lambda x1, x2: x1 * x2),
    "sin_x1": Feature("sin x₁", lambda x1, x2: np.sin(x1)),
    "sin_x2": Feature("sin x₂", lambda x1, x2: np.sin(x2)),
}
"""The features by name, in the order in which they are offered."""


def inputs(points: Array, features: Sequence[str]) -> Array:
    """Features of points, one a row: points has shape (n, 2), the result (features, n).

    No feature at all is allowed: then the network knows nothing of the point. KeyError for an unknown name.
    """
    x1, x2 = points[:, 0], points[:, 1]
    rows = [FEATURES[name].function(x1, x2) for name in features]
    return np.array(rows, float).reshape(len(rows), len(points))


def with_ones(inputs: Array) -> Array:
    """Append the input that is always 1 and whose weight is the bias: shape (m, n) to (m + 1, n)."""
    return np.concatenate([inputs, np.ones((1, inputs.shape[1]))])
