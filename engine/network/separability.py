"""Can one unit tell two classes apart? A linear program answers, with a proof for either answer.

A unit (w, h) is right for every example exactly if a line (in n dimensions a hyperplane) lies between the
classes, and then w and h can be scaled so that w·x − h ≥ 1 in class 1 and ≤ −1 in class 0: linear
inequalities. If they have no solution, Farkas' lemma promises another witness: weights that sum to 1 in each
class and make of both classes the same point. Such a point would have to lie on both sides of the line.
(Minsky and Papert, Perceptrons, 1969, showed it for exclusive-or; the linear program for separation is
Mangasarian's, 1965.)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

TOLERANCE = 1e-7
"""By how much a witness may miss its equations: what the solver guarantees."""


class NoVerdict(ArithmeticError):
    """The solver found a witness for neither answer."""


@dataclass(frozen=True, eq=False)
class Separation:
    """The answer and its proof."""

    separable: bool
    """Whether one unit can be right for every example."""

    weights: Array | None
    """Separating weights w, shape (n,), with |w·x − h| ≥ 1 for every example; None if there are none."""

    threshold: float | None
    """Their threshold h."""

    shares: Array | None
    """Shape (m,), ≥ 0, summing to 1 in each class: both weighted means are `point`. None if separable."""

    point: Array | None
    """A point that is in the convex hull of both classes, shape (n,); None if separable."""


def separate(X: ArrayLike, t: ArrayLike) -> Separation:
    """Decide whether a unit with the step function can give t for X.

    X has shape (m, n), t (m,) of 0 and 1. Raises NoVerdict where rounding hides the answer.
    """
    inputs, targets = np.asarray(X, float), np.asarray(t, float)
    line = _separating_line(inputs, targets)
    if line is not None:
        return Separation(True, line[:-1], float(line[-1]), None, None)
    shares = _common_point(inputs, targets)
    if shares is None:
        raise NoVerdict("neither a separating line nor a common point of the convex hulls was found")
    return Separation(False, None, None, shares, shares * targets @ inputs)


def _separating_line(X: Array, t: Array) -> Array | None:
    """(w₁ … wₙ, h) with the least Σ|wᵢ|, so that it lies well between the classes; None if there is none."""
    from scipy.optimize import linprog  # 0.4 s, needed by the first question only

    m, n = X.shape
    side = np.where(t > 0.5, 1.0, -1.0)[:, None]
    # Unknown: w as the difference of two positive parts, and h.
    rows = -side * np.hstack([X, -X, -np.ones((m, 1))])
    cost = np.r_[np.ones(2 * n), 0.0]
    bounds = [(0, None)] * (2 * n) + [(None, None)]
    found = linprog(cost, A_ub=rows, b_ub=-np.ones(m), bounds=bounds, method="highs")
    if found.status != 0:
        return None
    line = np.r_[found.x[:n] - found.x[n : 2 * n], found.x[-1]]
    return line if np.min(side[:, 0] * (X @ line[:-1] - line[-1])) >= 1 - TOLERANCE else None


def _common_point(X: Array, t: Array) -> Array | None:
    """Shares that make the same point of both classes; None if their convex hulls are apart."""
    from scipy.optimize import linprog

    one, zero = t > 0.5, t <= 0.5
    side = np.where(one, 1.0, -1.0)
    rows = np.vstack([(side[:, None] * X).T, one, zero])
    right = np.r_[np.zeros(X.shape[1]), 1.0, 1.0]
    found = linprog(np.zeros(len(t)), A_eq=rows, b_eq=right, bounds=(0, None), method="highs")
    if found.status != 0:
        return None
    shares = np.asarray(found.x, float)
    return shares if np.max(np.abs(rows @ shares - right)) <= TOLERANCE else None
