"""A leaky integrate-and-fire cell and a threshold unit under the same current."""

import numpy as np
from numpy.typing import NDArray

from engine.network import nerve_cell
from engine.network.nerve_cell import REFRACTORY, RESISTANCE, Trace
from lessons.introduction.labs.nerve_cell import NerveCellObservation, NerveCellSettings
from lessons.vocabulary.figures import Axis, Curves, Formula, FormulaLine, Level, Line, Stroke, Term
from lessons.vocabulary.numbers import plain

SECONDS = nerve_cell.DURATION / 1000

TIME = Axis(name="t", low=0.0, high=nerve_cell.DURATION, unit="ms")

CURRENTS = (5.0, 10.0, 15.0)
"""Ends of the current's axis, in nA, both ways: it widens in steps."""

POTENTIALS = (10.0, 20.0, 30.0, 40.0)
"""Ends of the potential's axis, in mV, both ways."""

HEADROOM = 1.25
"""A spike stands out above the threshold by at least a quarter."""


def observe(settings: NerveCellSettings) -> NerveCellObservation:
    """Send the current into the cell and into the unit."""
    current = nerve_cell.input_current(settings.input, settings.current, settings.seed)
    trace = nerve_cell.simulate(current, settings.threshold, settings.tau)
    spikes = len(trace.spikes)
    predicted = None
    if settings.input == "steady":
        predicted = nerve_cell.steady_rate(settings.current, settings.threshold, settings.tau)
    return NerveCellObservation(
        spikes=spikes,
        rate_hz=spikes / SECONDS,
        predicted_hz=predicted,
        potential_limit=RESISTANCE * settings.current,
        unit_share=float(trace.unit.mean()),
        formula=formula(settings, spikes, predicted),
        current=Curves(
            title="@introduction.nerve_cell.current",
            x=TIME,
            y=_axis("I", "nA", trace.current, CURRENTS),
            lines=(Line(x=trace.time, y=trace.current, name="I(t)", stroke=_stroke(settings)),),
        ),
        potential=potential(trace, settings.threshold),
        unit=Curves(
            title="@introduction.nerve_cell.unit",
            x=TIME,
            y=Axis(name="y", low=0.0, high=1.0),
            lines=(Line(x=trace.time, y=trace.unit, name="y(t)", stroke="steps"),),
        ),
    )


def potential(trace: Trace, threshold: float) -> Curves:
    """Plot the membrane potential, with the threshold and spikes that stand up to the top of the axis."""
    axis = _axis("V", "mV", np.append(trace.potential, HEADROOM * threshold), POTENTIALS)
    return Curves(
        title="@introduction.nerve_cell.potential",
        x=TIME,
        y=axis,
        lines=(
            Line(x=trace.time, y=trace.potential),
            Line(x=trace.spikes, y=np.full(len(trace.spikes), axis.high), tone="series-1", stroke="spikes"),
        ),
        levels=(Level(value=threshold, name="h", setting="threshold"),),
    )


def _axis(name: str, unit: str, values: NDArray[np.float64], ends: tuple[float, ...]) -> Axis:
    """Find the least of the ends that hold all values; below zero there is room only where it is needed."""
    high = next((end for end in ends if end >= values.max()), ends[-1])
    low = 0.0 if values.min() >= 0 else next((end for end in ends if end >= -values.min()), ends[-1])
    return Axis(name=name, unit=unit, low=-low if low else 0.0, high=high, ticks=(0.0,) if low else ())


def _stroke(settings: NerveCellSettings) -> Stroke:
    return "steps" if settings.input == "pulses" else "solid"


def formula(settings: NerveCellSettings, spikes: int, predicted: float | None) -> Formula:
    """Compare R·I with the threshold, and write how often the cell fires."""
    limit, threshold = RESISTANCE * settings.current, settings.threshold
    above = limit > threshold
    comparison = (
        Term("=", "=", "muted"),
        Term("R", plain(RESISTANCE, 0), "text"),
        Term("", "×", "muted"),
        Term("I", plain(settings.current, 1), "text"),
        Term("", "=", "muted"),
        Term("mV", plain(limit, 1), "text", True, width=4),
        Term("", ">" if above else "≤", "muted", gap=2),
        Term("h", plain(threshold, 1), "text", width=4),
        Term("", "→", "muted", gap=2),
        Term("@introduction.nerve_cell.answer", "1" if above else "0", "accent", True),
    )
    rate = _closed_form(settings, limit, predicted) if predicted else _counted(spikes)
    return Formula(lines=(FormulaLine("R I", comparison), FormulaLine("r", rate)))


def _closed_form(settings: NerveCellSettings, limit: float, predicted: float) -> tuple[Term, ...]:
    """Write r = 1000 / (t_r + τ ln(R I / (R I − h))), in Hz with times in ms, h the threshold."""
    return (
        Term("=", "=", "muted"),
        Term("1000", "1000", "muted"),
        Term("/", "/", "muted"),
        Term("(", "(", "muted"),
        Term("@introduction.nerve_cell.refractory", plain(REFRACTORY, 0), "text"),
        Term("+", "+", "muted"),
        Term("τ", plain(settings.tau, 0), "text", width=2),
        Term("ln (", "ln (", "muted"),
        Term("R I", plain(limit, 1), "text", width=4),
        Term("/", "/", "muted"),
        Term("(", "(", "muted"),
        Term("R I − h", plain(limit - settings.threshold, 1), "text", width=4),
        Term(")))", ")))", "muted"),
        Term("=", "=", "muted"),
        Term("Hz", plain(predicted, 1), "accent", True, width=5),
    )


def _counted(spikes: int) -> tuple[Term, ...]:
    """Write r as the spikes counted in the time simulated."""
    return (
        Term("=", "=", "muted"),
        Term("@introduction.nerve_cell.spikes", str(spikes), "text", width=2),
        Term("/", "/", "muted"),
        Term("s", plain(SECONDS, 1), "text"),
        Term("=", "=", "muted"),
        Term("Hz", plain(spikes / SECONDS, 1), "accent", True, width=5),
    )
