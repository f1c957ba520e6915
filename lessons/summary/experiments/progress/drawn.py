"""The curves of a training, and what is remembered as days go by."""

import math
from collections.abc import Sequence
from itertools import cycle

import numpy as np

from engine.learner.forgetting import recall
from lessons import catalogue
from lessons.summary.experiments.progress.standing import HALF
from lessons.summary.experiments.progress.trained import Trained
from lessons.summary.labs.progress.observation import LabStanding, Result
from lessons.summary.labs.progress.settings import LONGEST, NAME, Measure
from lessons.vocabulary.figures import Axis, Curves, Formula, FormulaLine, Level, Line, Stroke, Term, Tone
from lessons.vocabulary.numbers import plain

ENDS = (0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
"""Where the axis of a loss may end; what lies above has left the chart."""

STARTS = (0.9, 0.5)
"""Where the axis of an accuracy begins that ended half-way between there and 1, or above."""

STROKES: tuple[Stroke, ...] = ("solid", "dashed")
"""Of the curves that are drawn together, in turn."""

MOST_LINES = 8
"""Labs whose curves are drawn together."""


def curve(training: Trained, seen: Result, measure: Measure) -> Curves:
    """Draw test and train curve over the steps, and the point that counts."""
    test, _ = training.quantity
    steps, values = training.curve(test)
    others, trained = training.curve(test.replace("test", "train"))
    low, end = (_begin(values[-1]), 1.0) if seen.what == "accuracy" else (0.0, _end([*values, *trained]))
    high = max(steps[-1], others[-1] if others else 1.0, 1.0)
    best = values.index(max(values) if seen.what == "accuracy" else min(values))
    at = best if measure == "best" else len(values) - 1
    lines = [Line(x=np.array(steps), y=np.clip(values, low, end), name=f"@{NAME}.test", tone="series-1")]
    if trained:
        lines.insert(0, Line(x=np.array(others), y=np.clip(trained, low, end), name=f"@{NAME}.train", tone="series-2"))
    return Curves(
        title=f"@{NAME}.curve.{seen.what}",
        x=Axis(name=f"@{NAME}.step", low=0, high=high),
        y=Axis(low=low, high=end, digits=1 if end >= 0.5 else 2),
        lines=tuple(lines),
        point=(steps[at], min(max(values[at], low), end)),
    )


def _begin(last: float) -> float:
    """The beginning of an accuracy's axis, by what it has come to."""
    return next((start for start in STARTS if last >= (start + 1) / 2), 0.0)


def _end(values: Sequence[float]) -> float:
    """The end of a loss's axis: above nine values of ten."""
    known = sorted(value for value in values if math.isfinite(value))
    wanted = known[min(int(0.9 * len(known)), len(known) - 1)] * 1.2 if known else 1.0
    return next((end for end in ENDS if end >= wanted), ENDS[-1])


def remembered(labs: Sequence[LabStanding], days: int) -> Curves | None:
    """Draw what is known of each practised lab from the record's last day on; None where nothing was practised.

    The one that is known least is in violet, those known by half or more are bright. Neighbours at the ends,
    where the names stand, differ in their strokes.
    """
    known = sorted((each for each in labs if each.recall is not None), key=lambda each: (each.recall or 0.0, each.lab))
    if not known:
        return None
    x = np.linspace(0, LONGEST, 2 * LONGEST + 1)
    ends = sorted(known, key=lambda each: recall((each.since or 0.0) - days + LONGEST, each.half_life or 1.0))
    strokes = dict(zip((each.lab for each in ends), cycle(STROKES), strict=False))
    lines = []
    for place, each in enumerate(known[:MOST_LINES]):
        since, half = (each.since or 0.0) - days, each.half_life or 1.0
        y = np.array([recall(since + later, half) for later in x])
        stroke = strokes[each.lab] if place else "solid"
        tone: Tone = "accent" if place == 0 else "series-1" if (each.recall or 0.0) >= HALF else "series-2"
        lines.append(Line(x=x, y=y, name=catalogue.lab_number(each.lab), tone=tone, stroke=stroke))
    return Curves(
        title=f"@{NAME}.curve.recall",
        x=Axis(name=f"@{NAME}.later", low=0, high=LONGEST, counted=True),
        y=Axis(low=0, high=1, digits=1),
        lines=tuple(reversed(lines)),  # the last one lies on top
        levels=(Level(value=HALF, tone="muted"),),
        point=(float(days), float(known[0].recall or 0.0)),
    )


def formula(labs: Sequence[LabStanding]) -> Formula | None:
    """Write p = 2^(−Δ/h) with the numbers of the lab that is known least."""
    known = [each for each in labs if each.recall is not None]
    if not known:
        return None
    least = min(known, key=lambda each: (each.recall or 0.0, each.lab))
    terms = (
        Term("p", plain(least.recall or 0.0), "accent", True, width=4),
        Term("=", "=", "muted"),
        Term("2^(−Δ/h)", f"2^(−{least.since or 0.0:.1f}/{least.half_life or 1.0:.1f})", "text", width=14),
    )
    return Formula(lines=(FormulaLine(f"{catalogue.lab_number(least.lab)}", terms),))
