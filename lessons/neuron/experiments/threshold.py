"""A pre-activation over time against a threshold, and the output that the unit makes of it."""

import numpy as np
from numpy.typing import NDArray

from engine.network.neuron import excess, output
from engine.network.signals import times
from lessons.neuron.experiments.signals import TIME, at
from lessons.neuron.experiments.unit_output import output_equation
from lessons.neuron.labs.threshold import ThresholdObservation, ThresholdSettings
from lessons.vocabulary.figures import Axis, Curves, Formula, Level, Line

REACH = 1.5
"""Largest size of a drawn pre-activation, the same as of the threshold."""

WEIGHT = (1.0,)
"""The signal is the pre-activation itself: one input of weight 1."""

TOPS = (1.0, 1.5, 2.0, 3.0)
"""Upper ends of the output's axis: it widens in steps."""


def observe(settings: ThresholdSettings) -> ThresholdObservation:
    """Let the unit answer at every moment of the signal."""
    h, f = settings.h, settings.f
    t = times()
    a = at(t, settings.signal, settings.seed, settings.a, REACH)
    a_now = float(at(np.array(settings.t), settings.signal, settings.seed, settings.a, REACH))
    y = output(WEIGHT, a[:, None], h, f)
    y_now = float(output(WEIGHT, [a_now], h, f))
    above = excess(WEIGHT, a[:, None], h) > 0
    return ThresholdObservation(
        a_now=a_now,
        y_now=y_now,
        share_on=float(above.mean()),
        pulses=stretches(above),
        formula=Formula(lines=(output_equation(a_now, h, y_now),)),
        pre_activation=Curves(
            title="@neuron.threshold.pre_activation",
            x=TIME,
            y=Axis(low=-REACH, high=REACH, ticks=(0.0,), digits=1),
            lines=(
                Line(
                    x=t,
                    y=a,
                    name="a(t)",
                    stroke="steps" if settings.signal in ("pulses", "steps") else "solid",
                ),
            ),
            levels=(Level(value=h, name="h", setting="h"),),
            point=(settings.t, a_now),
            drawn="a" if settings.signal == "drawn" else "",
            drawn_reach=REACH,
        ),
        output=Curves(
            title="@neuron.threshold.output",
            x=TIME,
            y=Axis(low=0.0, high=next(top for top in TOPS if top >= y.max()), digits=1),
            lines=(Line(x=t, y=y, name="y(t)", stroke="steps" if f == "step" else "solid"),),
            point=(settings.t, y_now),
        ),
    )


def stretches(above: NDArray[np.bool_]) -> int:
    """Count the separate stretches of true values."""
    return int(above[0]) + int((above[1:] & ~above[:-1]).sum())
