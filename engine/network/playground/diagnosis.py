"""What goes wrong in a network that learns, seen from its losses, weights and units, and which setting to change."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.network.playground.features import inputs
from engine.network.playground.training import Training
from engine.training.diagnosis import Finding, lower

Array = NDArray[np.float64]

FEWEST = 10
"""Losses under which their course is not judged."""

EXPLODED = 1.5
"""Times the first loss at which the training counts as diverging."""

RISEN = 1.25
"""Times the lowest loss from which on it counts as rising again."""

STANDING = 0.02
"""Share by which the loss falls over the later half of its course, under which it stands still."""

POOR = 0.3
"""Share of the loss of always answering the mean: what is above is not learned."""

SATURATED = 0.05
"""Share of its steepest slope under which a unit counts as saturated."""

NEARLY_ALL = 0.95
"""Share of the examples for which a unit must be saturated."""

HELD = 0.05
"""Weights all smaller than this say nothing."""

PARTED = 1.5
"""Times the train loss from which on the test loss shows that points were learned by heart."""

STEEPEST = {"tanh": 1.0, "sigmoid": 0.25}
"""Steepest slope of the activations that saturate."""


def diagnose(training: Training, losses: Sequence[float]) -> list[Finding]:
    """Say what goes wrong, the most important first; empty where nothing does.

    `losses` is the course of the train loss, one an epoch or fewer, the present one last. The kinds, with what
    their values hold beside the setting's present `value` and the `suggested` one:

    explodes: first, last (None where it is no number). rises: lowest, last. held: largest (weight).
    saturated: units. dead: dead, units, layer (from 1, the first whose units are all dead, 0 for none).
    one_unit: units, accuracy (None for regression). slow: first, last. overfits: train, test.
    """
    exploded = _explodes(training, losses)
    if exploded:
        return [exploded]
    found = [
        _held(training),
        _dead(training),
        _saturated(training, losses),
        _rises(training, losses),
        _one_unit(training, losses) or _slow(training, losses),
        _overfits(training),
    ]
    return [each for each in found if each]


def _finding(kind: str, setting: str, value: object, suggested: object, **seen: object) -> Finding:
    return Finding(kind, {"value": value, "suggested": suggested, **seen}, setting)


def _explodes(training: Training, losses: Sequence[float]) -> Finding | None:
    """Weights or losses have left all bounds."""
    last = losses[-1] if losses else 0.0
    gone = training.exploded or not math.isfinite(last)
    if not gone and not (len(losses) > 1 and last > EXPLODED * losses[0]):
        return None
    seen = {"first": losses[0] if losses else None, "last": last if math.isfinite(last) else None}
    settings = training.configuration
    if settings.regularization == "l2" and settings.rate * settings.regularization_rate > 1:
        # Each step takes more than the whole weight away.
        rate = settings.regularization_rate
        return _finding("explodes", "regularization_rate", rate, lower(min(rate, 1 / settings.rate)), **seen)
    return _finding("explodes", "rate", settings.rate, lower(settings.rate), **seen)


def _rises(training: Training, losses: Sequence[float]) -> Finding | None:
    """The loss was lower already: steps are too large."""
    if len(losses) < FEWEST:
        return None
    last, lowest = float(np.median(losses[-3:])), min(losses)
    if last <= RISEN * lowest or last - lowest < STANDING * losses[0] or last < POOR * _ignorant(training):
        return None
    rate = training.configuration.rate
    return _finding("rises", "rate", rate, lower(rate), lowest=lowest, last=last)


def _held(training: Training) -> Finding | None:
    """Regularization holds all weights near zero."""
    settings = training.configuration
    if settings.regularization == "none" or not settings.regularization_rate or not training.descent.steps:
        return None
    weights = np.abs(training.parameters[settings.shape.is_weight > 0])
    if not weights.size or weights.max() >= HELD:
        return None
    rate = settings.regularization_rate
    return _finding("held", "regularization_rate", rate, lower(rate), largest=float(weights.max()))


def _units(training: Training) -> list[Array]:
    """Outputs of all layers for the points learned from, shape (units, n) each."""
    return training.descent.network.outputs(inputs(training.data.train.x, training.configuration.features))


def _dead(training: Training) -> Finding | None:
    """Units that answer 0 to every point: with ReLU no gradient reaches them any more."""
    settings = training.configuration
    if settings.activation != "relu" or not settings.hidden or not training.descent.count:
        return None
    dead = [(layer <= 0).all(axis=1) for layer in _units(training)[:-1]]
    count = int(sum(each.sum() for each in dead))
    if not count:
        return None
    layer = next((number for number, each in enumerate(dead, start=1) if each.all()), 0)
    units = sum(settings.hidden)
    return _finding("dead", "activation", "relu", "leaky_relu", dead=count, units=units, layer=layer)


def _saturated(training: Training, losses: Sequence[float]) -> Finding | None:
    """All hidden units are at the ends of their range for nearly all points, and what is said is wrong."""
    settings = training.configuration
    if settings.activation not in STEEPEST or not settings.hidden or not training.descent.count:
        return None
    if not losses or losses[-1] < POOR * _ignorant(training):
        return None
    hidden = training.descent.network.layers[:-1]
    for layer, y in zip(hidden, _units(training)[:-1], strict=True):
        slope = np.empty_like(y)
        layer.activation.slope(y, y, slope)
        flat = slope < SATURATED * STEEPEST[settings.activation]
        if (flat.mean(axis=1) < NEARLY_ALL).any():
            return None
    return _finding("saturated", "rate", settings.rate, lower(settings.rate), units=sum(settings.hidden))


def _ignorant(training: Training) -> float:
    """Loss of always answering the mean."""
    return float(0.5 * np.var(training.data.train.t)) if training.descent.count else 0.0


def _stands(losses: Sequence[float]) -> bool:
    """Whether the loss no longer falls."""
    if len(losses) < FEWEST:
        return False
    middle = float(np.median(losses[len(losses) // 2 :][:3]))
    return middle - float(np.median(losses[-3:])) < STANDING * middle


def _one_unit(training: Training, losses: Sequence[float]) -> Finding | None:
    """The loss stands still, and the network divides the plane no better than one unit could."""
    settings = training.configuration
    bottleneck = not settings.hidden or settings.activation == "linear" or settings.hidden[0] == 1
    if not bottleneck or not _stands(losses) or losses[-1] < POOR * _ignorant(training):
        return None
    seen = {"units": sum(settings.hidden), "accuracy": training.moment().train.accuracy}
    if settings.hidden and settings.activation == "linear":
        return _finding("one_unit", "activation", "linear", "tanh", **seen)
    return _finding("one_unit", "hidden", list(settings.hidden), [4, *settings.hidden[1:]], **seen)


def _slow(training: Training, losses: Sequence[float]) -> Finding | None:
    """The loss falls hardly at all although nothing stands in the way but small steps."""
    settings = training.configuration
    if settings.rate >= 0.003 or not _stands(losses) or losses[-1] < POOR * _ignorant(training):
        return None
    return _finding("slow", "rate", settings.rate, 0.03, first=losses[0], last=losses[-1])


def _overfits(training: Training) -> Finding | None:
    """The points learned from are answered much better than the others."""
    moment = training.moment()
    train, test = moment.train.loss, moment.test.loss
    if train is None or test is None or test < PARTED * train or test - train < POOR / 2 * _ignorant(training):
        return None
    seen = {"train": train, "test": test}
    settings = training.configuration
    if settings.regularization == "none":
        return _finding("overfits", "regularization", "none", "l2", **seen)
    rate = settings.regularization_rate
    return _finding("overfits", "regularization_rate", rate, rate * 3 or 0.001, **seen)
