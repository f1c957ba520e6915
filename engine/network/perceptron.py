"""The perceptron rule: a threshold unit learns from its errors, one example at a time.

    e = t − y        w ← w + η e x        h ← h − η e

Rosenblatt (1958; Principles of Neurodynamics, 1962). If some weights and threshold are right for all
examples, the rule finds such after finitely many errors (Novikoff 1962). If there are none, the weights stay
bounded, so that on binary inputs the rule comes back to a state where it has been and goes round for ever
(Block and Levin 1970).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.network.activations import step
from engine.network.neuron import excess

Array = NDArray[np.float64]

DECIMALS = 9
"""Decimals in which two states must agree to count as the same: sums of 0.1 differ in the last digits."""


@dataclass(frozen=True, eq=False)
class Update:
    """One example, shown to the unit, and what the unit learned from it."""

    epoch: int
    """Pass over all examples that it belongs to, from 1."""

    index: int
    """Which example."""

    x: Array
    """Its inputs, shape (n,)."""

    target: float
    """What the output should be, 0 or 1."""

    excess: float
    """a − h before learning."""

    output: float
    """What the output was, 0 or 1."""

    error: float
    """e = t − y: −1, 0 or 1."""

    weights_before: Array
    """Shape (n,)."""

    threshold_before: float
    """h before learning."""

    weights: Array
    """Shape (n,), after learning."""

    threshold: float
    """h after learning."""


@dataclass(frozen=True, eq=False)
class Learning:
    """What came of learning."""

    converged: bool
    """Whether the last epoch passed without an error."""

    epochs: int
    """Passes over all examples, that last one included."""

    errors: tuple[int, ...]
    """Errors in each epoch."""

    cycle: int | None
    """Epochs after which the states repeat for ever, None if no repetition was met."""

    weights: Array
    """Shape (n,), at the end."""

    threshold: float
    """h at the end."""

    updates: tuple[Update, ...]
    """Every example shown, in order."""


def updates(X: ArrayLike, t: ArrayLike, rate: float, weights: ArrayLike, threshold: float) -> Iterator[Update]:
    """Show the examples in their order, over and over, without end.

    X has shape (m, n), t (m,) of 0 and 1, weights (n,); rate is the learning rate η > 0.
    """
    inputs, targets = np.asarray(X, float), np.asarray(t, float)
    w, h, epoch = np.asarray(weights, float), float(threshold), 0
    while True:
        epoch += 1
        for index, (x, target) in enumerate(zip(inputs, targets, strict=True)):
            above = float(excess(w, x, h))
            y = float(step(above))
            error = float(target) - y
            # New arrays: an update that was handed out never changes.
            new_w, new_h = w + rate * error * x, h - rate * error
            yield Update(epoch, index, x, float(target), above, y, error, w, h, new_w, new_h)
            w, h = new_w, new_h


def learn(
    X: ArrayLike, t: ArrayLike, rate: float, weights: ArrayLike, threshold: float, epochs: int = 1000
) -> Learning:
    """Learn until an epoch passes without an error, the states repeat, or the epochs are used up.

    Shapes as in `updates`.
    """
    size = len(np.asarray(t))
    shown: list[Update] = []
    errors: list[int] = []
    seen = {_state(np.asarray(weights, float), threshold): 0}
    for update in updates(X, t, rate, weights, threshold):
        shown.append(update)
        if update.index + 1 < size:
            continue
        errors.append(sum(each.error != 0 for each in shown[-size:]))
        state = _state(update.weights, update.threshold)
        cycle = update.epoch - seen[state] if errors[-1] and state in seen else None
        if not errors[-1] or cycle is not None or update.epoch >= epochs:
            break
        seen[state] = update.epoch
    return Learning(
        converged=errors[-1] == 0,
        epochs=update.epoch,
        errors=tuple(errors),
        cycle=cycle,
        weights=update.weights,
        threshold=update.threshold,
        updates=tuple(shown),
    )


def _state(weights: Array, threshold: float) -> tuple[float, ...]:
    return tuple(np.round([*weights, threshold], DECIMALS).tolist())
