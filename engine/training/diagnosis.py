"""What goes wrong in a training, seen from its curves, and which setting to change.

Light: it looks at points only (see `metrics.py`), so that a screen can ask after each of them.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from msgspec import Struct

from engine.training.metrics import Point

FEWEST = 5
"""Points of a curve under which nothing is said."""

EXPLODED = 1.5
"""Times the first loss at which a training counts as diverging."""

RISEN = 1.25
"""Times its lowest loss at which a training counts as getting worse again."""

FAINT = 1e-3
"""Share of the strongest layer's gradient under which a layer hardly learns."""

PARTED = 1.15
"""Times its lowest value at which the test loss counts as risen."""

GAP = 0.08
"""Distance of training and test accuracy that is more than chance."""

LEARNED = 0.03
"""Share of the first loss by which it must have fallen for something to be learned."""


class Finding(Struct, frozen=True):
    """Something that goes wrong; the screens say it by the message `run.finding.<kind>`."""

    kind: str
    """`diverges`, `rises`, `vanishes`, `overfits` or `stuck`."""

    values: dict[str, Any]
    """Fills the message: `value`, `suggested` (None where nothing can be said), and what was seen."""

    setting: str
    """The setting to change."""


def diagnose(
    points: Sequence[Point], settings: Mapping[str, Any], highest: Mapping[str, float] | None = None
) -> list[Finding]:
    """Say what goes wrong, the most important first; empty where nothing does.

    `settings` holds all of the run's settings, `highest` what of them can't be exceeded.
    """
    found = [
        _stuck(points, settings) or _rising(points, settings),
        _vanishing(points, settings),
        _parting(points, settings, highest or {}),
    ]
    return [each for each in found if each]


def lower(rate: float) -> float:
    """A rate that is clearly lower, a number of one digit."""
    return _one_digit(rate / 4)


def _one_digit(value: float) -> float:
    return float(f"{value:.0e}") if value and math.isfinite(value) else value


def _finding(kind: str, settings: Mapping[str, Any], setting: str, suggested: Any, **seen: Any) -> Finding:
    return Finding(kind, {"value": settings.get(setting), "suggested": suggested, **seen}, setting)


def _curve(points: Sequence[Point], name: str) -> list[float]:
    return [point[name] for point in points if name in point]


def _last(values: Sequence[float]) -> float:
    """Where a noisy curve is now: the median of its last tenth, three points at least."""
    return median(values[-max(3, len(values) // 10) :])


def _smooth(values: Sequence[float]) -> list[float]:
    """Medians of as many points as `_last` takes, each with those before it."""
    width = max(3, len(values) // 10)
    return [median(values[end - width : end]) for end in range(width, len(values) + 1)]


def _rising(points: Sequence[Point], settings: Mapping[str, Any]) -> Finding | None:
    """The loss on the training data grows: steps are too large."""
    losses = _curve(points, "train_loss")
    rate = settings.get("rate")
    if len(losses) < FEWEST or not isinstance(rate, int | float):
        return None
    first, last, lowest = losses[0], _last(losses), min(_smooth(losses))
    seen = {"first": first, "last": last, "lowest": lowest}
    if last > EXPLODED * first:
        return _finding("diverges", settings, "rate", lower(rate), **seen)
    if last > RISEN * lowest and last - lowest > LEARNED * first:
        return _finding("rises", settings, "rate", lower(rate), **seen)
    return None


def _stuck(points: Sequence[Point], settings: Mapping[str, Any]) -> Finding | None:
    """Nothing is learned: by steps too small, or by one so large that no unit answers any more."""
    losses = _curve(points, "train_loss")
    rate = settings.get("rate")
    if len(losses) < FEWEST or points[-1].get("epoch", 0.0) < 1 or not isinstance(rate, int | float):
        return None
    first, last = losses[0], _last(losses)
    if last < (1 - LEARNED) * first or last > EXPLODED * first:
        return None
    rates = _curve(points, "test_accuracy")
    if rates and _last(rates) > 2 * max(rates[0], 0.1):
        return None  # it answers better than at first, only the loss does not show it
    if min(_smooth(losses)) < (1 - LEARNED) * first:
        return None  # it had learned something: the loss rises
    too_large = max(losses) > EXPLODED * first or _is_dead(points)
    return _finding(
        "stuck", settings, "rate", lower(rate) if too_large else _one_digit(rate * 10), first=first, last=last
    )


def _gradients(points: Sequence[Point]) -> dict[str, float]:
    """Present gradient norm of each layer, from the input to the output."""
    names = dict.fromkeys(name for point in points for name in point if name.startswith("gradient."))
    curves = {name.removeprefix("gradient."): _curve(points, name) for name in names}
    return {layer: _last(curve) for layer, curve in curves.items() if len(curve) >= FEWEST}


def _is_dead(points: Sequence[Point]) -> bool:
    """Tell whether some layer gets no gradient at all."""
    norms = _gradients(points).values()
    return bool(norms) and min(norms) < 1e-9


def _vanishing(points: Sequence[Point], settings: Mapping[str, Any]) -> Finding | None:
    """The gradient hardly reaches a layer: units are saturated or answer with 0 only."""
    norms = _gradients(points)
    if len(norms) < 2:
        return None
    layer = min(norms, key=lambda name: norms[name])
    strongest = max(norms, key=lambda name: norms[name])
    if norms[strongest] <= 0 or norms[layer] >= FAINT * norms[strongest]:
        return None
    seen = {"layer": layer, "norm": norms[layer], "other": strongest, "other_norm": norms[strongest]}
    if settings.get("form") == "1998":
        return _finding("vanishes", settings, "form", "modern", **seen)
    if "activation" in settings:
        suggested = None if settings["activation"] == "relu" else "relu"
        return _finding("vanishes", settings, "activation", suggested, **seen)
    rate = settings.get("rate")
    return _finding("vanishes", settings, "rate", lower(rate) if isinstance(rate, int | float) else None, **seen)


def _parting(points: Sequence[Point], settings: Mapping[str, Any], highest: Mapping[str, float]) -> Finding | None:
    """Training and test part from each other: the training data is learned by heart."""
    train, test = _curve(points, "train_loss"), _curve(points, "test_loss")
    if len(train) < FEWEST or len(test) < FEWEST:
        return None
    smooth = _smooth(test)
    last, lowest = _last(test), min(smooth)
    parted = last > PARTED * lowest and _last(train) < 0.7 * last
    known, unknown = _curve(points, "train_accuracy"), _curve(points, "test_accuracy")
    gap = _last(known) - _last(unknown) if len(known) >= FEWEST and len(unknown) >= FEWEST else 0.0
    if not parted and gap < GAP:
        return None
    seen = {"train": _last(train), "test": last, "lowest": lowest, "gap": gap}
    images, most = settings.get("images"), highest.get("images", math.inf)
    if isinstance(images, int) and images < most:
        return _finding("overfits", settings, "images", int(min(4 * images, most)), **seen)
    shift = settings.get("shift")
    if isinstance(shift, int | float) and not shift:
        return _finding("overfits", settings, "shift", 2, **seen)
    if parted and "epochs" in settings:
        return _finding("overfits", settings, "epochs", _best_epoch(points, smooth), **seen)
    return None


def _best_epoch(points: Sequence[Point], smooth: Sequence[float]) -> int:
    """Epochs after which the test loss was lowest."""
    epochs = [point.get("epoch", 0.0) for point in points if "test_loss" in point]
    behind = len(epochs) - len(smooth)
    return max(1, math.ceil(epochs[behind + smooth.index(min(smooth))]))
