"""A fully connected network, counted: every unit has a weight for each unit before it, and a threshold.

With x₀ = 1 and the weight w₀ = −h a threshold is one weight more: Σᵢ₌₁ wᵢxᵢ − h = Σᵢ₌₀ wᵢxᵢ. So a layer of u units
after one of n has u(n + 1) parameters, and a neuron with three inputs has 4.
"""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class DenseLayer:
    """A layer of units, and how many there are before it."""

    before: int
    units: int

    @property
    def weights(self) -> int:
        """One a unit for each unit before."""
        return self.before * self.units

    @property
    def thresholds(self) -> int:
        """One a unit."""
        return self.units

    @property
    def parameters(self) -> int:
        """Weights and thresholds."""
        return self.weights + self.thresholds


def dense(widths: tuple[int, ...]) -> tuple[DenseLayer, ...]:
    """The layers of a network, from its inputs to its outputs: (3, 1) is a neuron with three inputs.

    Raises ValueError for fewer than two widths or one below 1.
    """
    if len(widths) < 2 or min(widths) < 1:
        raise ValueError(f"a network has inputs and a layer of units at least, not {widths}")
    return tuple(DenseLayer(before, units) for before, units in pairwise(widths))
