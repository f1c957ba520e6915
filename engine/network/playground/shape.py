"""How many units a network has, where each weight lies in its parameters, and what is kept when units come and go.

All weights and biases are one vector, layer by layer: of each layer a matrix of a row a unit, whose last column is
the bias. So an optimizer moves everything at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

INITIAL_WEIGHT = 0.5
"""Initial weights are drawn evenly from −0.5 to 0.5."""

INITIAL_BIAS = 0.1


@dataclass(frozen=True)
class Shape:
    """The units of a network with one output."""

    features: tuple[str, ...]
    """Names of its inputs."""

    hidden: tuple[int, ...]
    """Units of each hidden layer, none for a single unit."""

    @property
    def units(self) -> tuple[int, ...]:
        """Inputs, units of each hidden layer, and the one output."""
        return (len(self.features), *self.hidden, 1)

    @cached_property
    def matrices(self) -> tuple[tuple[int, int], ...]:
        """Shape of each layer's matrix: (units, inputs + 1)."""
        return tuple((m, n + 1) for n, m in zip(self.units, self.units[1:], strict=False))

    @cached_property
    def size(self) -> int:
        """Number of all weights and biases."""
        return sum(rows * columns for rows, columns in self.matrices)

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """Name every unit, the inputs first: `x1`, `1.1` (hidden layer 1, unit 1), `output`."""
        hidden = (
            tuple(f"{layer}.{unit}" for unit in range(1, count + 1)) for layer, count in enumerate(self.hidden, start=1)
        )
        return (self.features, *hidden, ("output",))

    def views(self, parameters: Array) -> list[Array]:
        """Each layer's matrix in the vector, not a copy: shape (…, size) to (…, units, inputs + 1)."""
        found, start = [], 0
        for rows, columns in self.matrices:
            part = parameters[..., start : start + rows * columns]
            found.append(part.reshape(*parameters.shape[:-1], rows, columns))
            start += rows * columns
        return found

    @cached_property
    def is_weight(self) -> Array:
        """1 for weights, 0 for biases, shape (size,): biases are not regularized."""
        mask = np.ones(self.size)
        for matrix in self.views(mask):
            matrix[:, -1] = 0.0
        return mask

    def initial(self, seed: Sequence[int]) -> Array:
        """Draw weights, shape (size,), the same for the same numbers; biases are 0.1."""
        weights = np.random.default_rng(seed).uniform(-INITIAL_WEIGHT, INITIAL_WEIGHT, self.size)
        return np.where(self.is_weight > 0, weights, INITIAL_BIAS)

    def keep(self, old: Array, before: "Shape", fresh: Array) -> Array:
        """Take over what fits from parameters of another shape, (…, before.size), the rest from `fresh`, (…, size).

        A weight fits if the units at both its ends are still there, a bias if its unit is.
        """
        parameters = fresh.copy()
        new_layers, old_layers = self.views(parameters), before.views(old)
        for new, kept in self._common(before):
            matrix = old_layers[kept.layer]
            new_layers[new.layer][..., new.rows, new.columns] = matrix[..., kept.rows, kept.columns]
        return parameters

    def _common(self, before: "Shape") -> Iterator[tuple["_Part", "_Part"]]:
        """Parts of the matrices whose units are the same here and there."""
        for layer in range(len(self.matrices)):
            is_output = layer == len(self.hidden)
            there = len(before.hidden) if is_output else layer
            if not is_output and there >= len(before.hidden):
                continue
            rows = _same(self.names[layer + 1], before.names[there + 1])
            columns = _same((*self.names[layer], "bias"), (*before.names[there], "bias"))
            here = np.ix_([row for row, _ in rows], [column for column, _ in columns])
            old = np.ix_([row for _, row in rows], [column for _, column in columns])
            yield _Part(layer, *here), _Part(there, *old)


@dataclass(frozen=True)
class _Part:
    layer: int
    rows: NDArray[np.int64]
    """Shape (n, 1)."""

    columns: NDArray[np.int64]
    """Shape (1, m)."""


def _same(names: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of the names that are in both."""
    return [(here, others.index(name)) for here, name in enumerate(names) if name in others]
