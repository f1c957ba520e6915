"""What every unit of a network says over the plane: its heat maps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import EDGE
from engine.network.playground.features import FEATURES, inputs
from engine.network.playground.network import Network

Array = NDArray[np.float64]


class Grid:
    """Points over the plane in rows and columns, with all features of theirs, computed once."""

    def __init__(self, columns: int, rows: int, edge: float = EDGE) -> None:
        """Middles of as many equal cells, from −edge to edge on both axes."""
        self.x1 = _middles(columns, edge)
        """Shape (columns,)."""
        self.x2 = _middles(rows, edge)
        """Shape (rows,), from below upwards."""
        points = np.stack(np.meshgrid(self.x1, self.x2), axis=-1).reshape(-1, 2)
        values = inputs(points, tuple(FEATURES))
        self.features = {name: row.reshape(rows, columns) for name, row in zip(FEATURES, values, strict=True)}
        """Each feature at each point, shape (rows, columns)."""


def _middles(count: int, edge: float) -> Array:
    return (np.arange(count) + 0.5) / count * 2 * edge - edge


@dataclass(frozen=True, eq=False)
class Surface:
    """Heat maps of one moment, rows from below upwards."""

    inputs: Array
    """What the network's features say, shape (features, rows, columns)."""

    hidden: tuple[Array, ...]
    """What the units of each hidden layer say, shape (units, rows, columns)."""

    output: Array
    """What the network answers, shape (rows, columns)."""


def surface(network: Network, grid: Grid) -> Surface:
    """Ask one network at every point of a grid."""
    rows, columns = len(grid.x2), len(grid.x1)
    known = [grid.features[name] for name in network.shape.features]
    x = np.array(known, float).reshape(len(known), rows * columns)
    # Without any feature there is still one answer, the same everywhere.
    *hidden, output = (layer.reshape(-1, rows, columns) for layer in network.outputs(x))
    return Surface(x.reshape(-1, rows, columns), tuple(hidden), output[0])
