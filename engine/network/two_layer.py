"""A 2-2-1 network of threshold units: two hidden units draw a line each, the output unit joins their answers.

It does what no single unit can: exclusive-or is what OR and NAND both say (Minsky and Papert, Perceptrons,
1969).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.network.neuron import output

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Unit:
    """A threshold unit with two inputs."""

    w1: float
    """Weight of the first input."""

    w2: float
    """Weight of the second input."""

    h: float
    """Threshold."""

    def __call__(self, x: ArrayLike) -> Array:
        """Its output, 0 or 1: shape (…, 2) to (…)."""
        return output([self.w1, self.w2], x, self.h, "step")


OR = Unit(1.0, 1.0, 0.5)
NAND = Unit(-1.0, -1.0, -1.5)
AND = Unit(1.0, 1.0, 1.5)


@dataclass(frozen=True)
class TwoLayer:
    """Two hidden units and an output unit; as it stands, it computes exclusive-or."""

    first: Unit = OR
    """Hidden unit 1."""

    second: Unit = NAND
    """Hidden unit 2."""

    last: Unit = AND
    """Output unit, whose inputs are the outputs of the two."""

    def hidden(self, x: ArrayLike) -> Array:
        """Outputs of the hidden units: shape (…, 2) to (…, 2)."""
        return np.stack([self.first(x), self.second(x)], axis=-1)

    def __call__(self, x: ArrayLike) -> Array:
        """Output of the network, 0 or 1: shape (…, 2) to (…)."""
        return self.last(self.hidden(x))


@dataclass(frozen=True, eq=False)
class Regions:
    """What the network says on a grid over the plane."""

    x1: Array
    """Grid along the first input, shape (columns,)."""

    x2: Array
    """Grid along the second input, shape (rows,)."""

    hidden: Array
    """Outputs of the hidden units, shape (rows, columns, 2)."""

    output: Array
    """Output of the network, shape (rows, columns)."""


def regions(network: TwoLayer, x1: ArrayLike, x2: ArrayLike) -> Regions:
    """Ask the network at every point of a grid; x1 has shape (columns,), x2 (rows,)."""
    columns, rows = np.asarray(x1, float), np.asarray(x2, float)
    points = np.stack(np.meshgrid(columns, rows), axis=-1)
    hidden = network.hidden(points)
    return Regions(columns, rows, hidden, network.last(hidden))
