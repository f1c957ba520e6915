"""Fisher's iris flowers (1936): real measurements that one unit can, or can't, tell apart.

Read from the table that scikit-learn ships, without importing scikit-learn: that would take more than a
second.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Species = Literal["setosa", "versicolor", "virginica"]

PETAL_LENGTH, PETAL_WIDTH = 2, 3
"""Columns of the table, both in cm."""


class DataMissing(FileNotFoundError):
    """The table is not where the installed package should have it."""


@dataclass(frozen=True, eq=False)
class Iris:
    """Two species, 50 flowers each."""

    X: NDArray[np.float64]
    """Petal length and width in cm, shape (100, 2)."""

    t: NDArray[np.float64]
    """0 for the first species, 1 for the second, shape (100,)."""

    names: tuple[str, str]
    """The two species."""


def iris(zero: Species = "setosa", one: Species = "versicolor") -> Iris:
    """Two species by their petals; setosa is linearly separable from the others, versicolor and virginica are
    not.

    Raises DataMissing if scikit-learn or its table is not there.
    """
    flowers, species = _table()
    first, second = (flowers[[name == wanted for name in species]] for wanted in (zero, one))
    X = np.concatenate([first, second])[:, [PETAL_LENGTH, PETAL_WIDTH]]
    return Iris(X, np.repeat([0.0, 1.0], [len(first), len(second)]), (zero, one))


@lru_cache(maxsize=1)
def _table() -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """All measurements in cm, shape (150, 4), and each flower's species."""
    package = find_spec("sklearn")
    if package is None or package.origin is None:
        raise DataMissing("scikit-learn is not installed")
    path = Path(package.origin).parent / "datasets" / "data" / "iris.csv"
    if not path.is_file():
        raise DataMissing(f"scikit-learn has no {path.name}")
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    names = head[2:]  # after the numbers of flowers and of measurements
    return np.array([row[:4] for row in rows], float), tuple(names[int(row[4])] for row in rows)
