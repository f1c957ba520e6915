"""A signal before and behind a synapse, on one scale."""

import numpy as np

from engine.network import signals
from lessons.neuron.experiments.signals import TIME, at
from lessons.neuron.labs.synapse import SynapseObservation, SynapseSettings
from lessons.vocabulary.figures import Axis, Curves, Formula, FormulaLine, Line, Stroke, Term, Tone
from lessons.vocabulary.numbers import plain, signed

REACH = 1.0
"""Largest size of a drawn signal; the engine's own keep to it too."""

SCALE = Axis(low=-2.0, high=2.0, ticks=(0.0,))
"""Both figures have it, so that the curves can be compared by eye; |w·x| never leaves it."""


def observe(settings: SynapseSettings) -> SynapseObservation:
    """Send the signal through the synapse."""
    drawing = settings.x
    t = signals.times()
    x = at(t, settings.signal, settings.seed, drawing, REACH)
    x_now = float(at(np.array(settings.t), settings.signal, settings.seed, drawing, REACH))
    received = signals.synapse(x, settings.w)
    received_now = float(signals.synapse(x_now, settings.w))
    return SynapseObservation(
        x_now=x_now,
        received_now=received_now,
        peak_sent=float(np.abs(x).max()),
        peak_received=float(np.abs(received).max()),
        formula=formula(settings.w, x_now, received_now),
        sent=Curves(
            title="@neuron.synapse.sent",
            x=TIME,
            y=SCALE,
            lines=(Line(x=t, y=x, name="x(t)", stroke=_stroke(settings)),),
            point=(settings.t, x_now),
            drawn="x" if settings.signal == "drawn" else "",
        ),
        received=Curves(
            title="@neuron.synapse.received",
            x=TIME,
            y=SCALE,
            lines=(Line(x=t, y=received, name="w x(t)", stroke=_stroke(settings)),),
            point=(settings.t, received_now),
        ),
    )


def _stroke(settings: SynapseSettings) -> Stroke:
    return "steps" if settings.signal in ("pulses", "steps") else "solid"


def formula(w: float, x_now: float, received_now: float) -> Formula:
    """Write w x(t) with the numbers of the present time beneath the symbols."""
    tone: Tone = "pos" if w > 0 else "neg" if w < 0 else "text"
    terms = (
        Term("=", "=", "muted"),
        Term("w", plain(w), tone, True, width=5),
        Term("", "×", "muted"),
        Term("x(t)", plain(x_now), "text", width=5),
        Term("", "=", "muted"),
        Term("@neuron.synapse.arrives", signed(received_now), "accent", True, gap=2),
    )
    return Formula(lines=(FormulaLine("w x(t)", terms),))
