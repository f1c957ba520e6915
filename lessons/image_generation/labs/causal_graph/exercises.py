"""The exercises of `image_generation.causal_graph`."""

from collections.abc import Mapping
from math import cos, pi, sin

from lessons.image_generation.labs.causal_graph.observation import CausalGraphObservation
from lessons.image_generation.labs.causal_graph.settings import NAME, SIDE, CausalGraphSettings
from lessons.vocabulary.drawings import encode
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.numbers import plain, signed
from lessons.vocabulary.strokes import quantised, rendered

NEAR = 4.0
"""Degrees up to which two angles are the same."""

SURE = 0.9
SIDEWAYS = 3.0
"""Pixels from the middle from which a place is at the upper left."""

LOST = 0.05
"""Intersection over union that a decoder may lose and still draw the same."""


def _seen(moment: Moment) -> CausalGraphObservation:
    assert isinstance(moment.observation, CausalGraphObservation)
    return moment.observation


def _settings(moment: Moment) -> CausalGraphSettings:
    assert isinstance(moment.settings, CausalGraphSettings)
    return moment.settings


def _angle(moment: Moment) -> str:
    found = _seen(moment).inferred_angle
    return "–" if found is None else f"{plain(found, 0)}°"


def _drawn_as(trail: Trail) -> str:
    """Whether the decoder still draws the object at its angle, now that it is told nothing of angles."""
    assert trail.marked is not None
    before, now = (_seen(moment).iou_here or 0.0 for moment in (trail.marked, trail.now))
    return "same" if now > before - LOST else "blurred"


def _as_set(moment: Moment) -> bool | None:
    """Whether the angle that is inferred is the one that is set; None where there is none to be inferred."""
    found = _seen(moment).inferred_angle
    return None if found is None else abs(found - _settings(moment).angle % 360) <= NEAR


def _painted(trail: Trail) -> tuple[Condition, ...]:
    seen, settings = _seen(trail.now), _settings(trail.now)
    own = bool(settings.drawn)
    ring = seen.inferred_object == "ring" and own
    certainty = (seen.certainty or 0.0) if ring else 0.0
    left = -(seen.inferred_x or 0.0) if own else 0.0
    up = (seen.inferred_y or 0.0) if own else 0.0
    return (
        Condition(f"@{NAME}.paint.own", own),
        _at_least(f"@{NAME}.paint.ring", certainty, SURE, 2),
        _at_least(f"@{NAME}.paint.left", left, SIDEWAYS, 1),
        _at_least(f"@{NAME}.paint.up", up, SIDEWAYS, 1),
    )


def _at_least(text: str, value: float, least: float, digits: int) -> Condition:
    met = value >= least
    return Condition(
        text, met, plain(value, digits), "" if met else plain(least - value, digits), min(max(value / least, 0.0), 1.0)
    )


def _iou(moment: Moment) -> str:
    found = _seen(moment).iou_here
    return "–" if found is None else plain(found)


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _settings(trail.now)
    return {
        "angle": f"{plain(settings.angle, 0)}°",
        "inferred": _angle(trail.now),
        "period": f"{plain(seen.period, 0)}°",
        "iou": _iou(trail.now),
        "harmonics": str(settings.harmonics),
        "certainty": "–" if seen.certainty is None else plain(seen.certainty),
        "x": "–" if seen.inferred_x is None else signed(seen.inferred_x, 1),
        "y": "–" if seen.inferred_y is None else signed(seen.inferred_y, 1),
    }


def ring(x: float, y: float, radius: float = 6.2, width: float = 1.8) -> str:
    """Write a ring painted by a pen as the setting takes it; `x` and `y` are pixels from the middle, y upwards."""
    middle = SIDE / 2
    points = [
        (middle + x + radius * cos(turn), middle - y + radius * sin(turn))
        for turn in (2 * pi * step / 24 for step in range(25))
    ]
    return encode(quantised(rendered([points], SIDE, SIDE, width)).ravel())


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "average",
        starts=(f"{NAME}?object=cross", f"{NAME}?object=disc"),
        reveals=(f"{NAME}?object=cross&harmonics=0", f"{NAME}?object=disc&harmonics=0"),
        choices=("same", "blurred"),
        answer=_drawn_as,
        shown=_iou,
        named=f"@{NAME}.iou",
        facts=_facts,
    ),
    Exercise(
        name="paint",
        kind="reach",
        starts=(f"{NAME}?own=true",),
        check=_painted,
        facts=_facts,
        solution=(f"{NAME}?drawn={ring(-5, 5)}",),
    ),
    contrast(
        "symmetry",
        start=f"{NAME}?angle=100",
        only=("object",),
        outcome=_as_set,
        shown=_angle,
        named=f"@{NAME}.inferred_angle",
        choices=("wrong", "same", "moved"),
        reason="same",
        solution=(f"{NAME}?angle=100", f"{NAME}?object=square&angle=100"),
        facts=_facts,
    ),
)
