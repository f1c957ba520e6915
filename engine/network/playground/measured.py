"""Real measurements from scikit-learn, on two axes that the learner picks.

Iris (Fisher 1936), wine (Forina and others 1988), breast cancer (Wolberg, Street and Mangasarian 1995) and
digits of 8×8 pixels (Alpaydın and Kaynak 1998), all from the UCI repository. scikit-learn is imported when one of
them is asked for.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.data import Points
from engine.network.playground.table import axis, placed

Array = NDArray[np.float64]

MEASURED = ("iris", "wine", "breast_cancer", "digits")
"""The data sets by name, in the order in which they are offered."""


class MeasureError(ValueError):
    """No such axis or class; `values` has what was asked for and what there is."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        super().__init__(f"{asked} is none of {', '.join(known)}")
        self.values = {"asked": asked, "known": list(known)}


@dataclass(frozen=True, eq=False)
class Measured:
    """A table of measurements."""

    x: Array
    """Shape (n, axes)."""

    labels: NDArray[np.int64]
    """Which class each belongs to, shape (n,)."""

    axes: tuple[str, ...]
    """Names of what is measured."""

    classes: tuple[str, ...]
    """Names of the classes."""


@lru_cache(maxsize=4)
def measured(name: str) -> Measured:
    """Load a data set by its name in MEASURED (KeyError for another); nobody may write into it."""
    from sklearn import datasets

    load = {
        "iris": datasets.load_iris,
        "wine": datasets.load_wine,
        "breast_cancer": datasets.load_breast_cancer,
        "digits": datasets.load_digits,
    }[name]
    table = load()
    return Measured(
        np.asarray(table.data, float),
        np.asarray(table.target, np.int64),
        tuple(str(each) for each in table.feature_names),
        tuple(str(each) for each in table.target_names),
    )


def points(name: str, x1: str = "", x2: str = "", positive: str = "", negative: str = "") -> Points:
    """Two measures as the axes of the plane; `positive` is the class 1, `negative` the class −1.

    Without axes the two whose classes differ most are taken; without `positive` the first class, without
    `negative` all other classes. Raises MeasureError.
    """
    table = measured(name)
    one = _index(positive, table.classes, 0)
    other = _index(negative, table.classes, -1)
    rows = np.arange(len(table.labels)) if other < 0 else np.flatnonzero(np.isin(table.labels, (one, other)))
    t = np.where(table.labels[rows] == one, 1.0, -1.0)
    if not (t < 0).any():
        raise MeasureError(negative, tuple(each for each in table.classes if each != positive))
    best = _telling(table.x[rows], t)
    chosen = _index(x1, table.axes, int(best[0]))
    second = _index(x2, table.axes, int(best[1] if best[0] == chosen else best[0]))
    axes = (axis(table.axes[chosen], table.x[rows, chosen]), axis(table.axes[second], table.x[rows, second]))
    x = np.stack([placed(table.x[rows, column], on) for column, on in zip((chosen, second), axes, strict=True)], 1)
    rest = " / ".join(each for each in table.classes if each != table.classes[one])
    return Points(x, t, "classification", axes, (table.classes[other] if other >= 0 else rest, table.classes[one]))


def _index(name: str, names: tuple[str, ...], default: int) -> int:
    if not name:
        return default
    if name not in names:
        raise MeasureError(name, names)
    return names.index(name)


def _telling(x: Array, t: Array) -> NDArray[np.int64]:
    """Columns by how far the classes' means lie apart, in standard deviations, the farthest first."""
    apart = np.abs(x[t > 0].mean(axis=0) - x[t < 0].mean(axis=0)) / (x.std(axis=0) + 1e-9)
    return np.argsort(-apart, kind="stable")
