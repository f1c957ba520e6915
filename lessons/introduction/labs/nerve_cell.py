"""The lab `introduction.nerve_cell`: a cell that charges, leaks and fires, beside the unit made of it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Curves, Formula
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import percent, plain
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, number, whole

Input = Literal["steady", "pulses", "ramp", "noise"]


class NerveCellSettings(Settings, frozen=True):
    """The current into the cell, and the cell's own two numbers."""

    input: Annotated[Input, choice("@introduction.nerve_cell.input")] = "steady"
    current: Annotated[float, number(0, 4, step=0.1, label="I", unit="nA", digits=1, plus=False)] = 2.0
    threshold: Annotated[
        float,
        number(5, 30, step=0.5, label="@introduction.nerve_cell.threshold", unit="mV", digits=1, plus=False),
    ] = 15.0
    tau: Annotated[float, number(5, 50, step=1, label="τ", unit="ms", digits=0, plus=False)] = 20.0
    seed: Annotated[int, whole(0, 9999, label="@term.seed")] = 0


class NerveCellObservation(Observation, frozen=True, kw_only=True):
    """What the cell and the unit do with the same current."""

    spikes: int
    """Spikes of the cell in the whole time."""

    rate_hz: float
    """Spikes per second, counted."""

    predicted_hz: float | None
    """Spikes per second by the closed form; None where the current is not steady."""

    potential_limit: float
    """Potential that the set current would end at without firing, R·I, in mV."""

    unit_share: float
    """Share of the time in which the unit answers 1, 0…1."""

    formula: Formula
    current: Curves
    potential: Curves
    unit: Curves


def _seen(moment: Moment) -> NerveCellObservation:
    assert isinstance(moment.observation, NerveCellObservation)
    return moment.observation


def _settings(moment: Moment) -> NerveCellSettings:
    assert isinstance(moment.settings, NerveCellSettings)
    return moment.settings


def _ratio(trail: Trail) -> str:
    """Tell how the cell's rate grew from the marked moment to now, against twice."""
    assert trail.marked
    before, after = _seen(trail.marked).rate_hz, _seen(trail.now).rate_hz
    if after == 0:
        return "silent"
    return "less" if after < 1.8 * before else "twice" if after <= 2.2 * before else "more"


def _reached(trail: Trail) -> tuple[Condition, ...]:
    rate, threshold = _seen(trail.now).rate_hz, _settings(trail.now).threshold
    missing = max(40 - rate, rate - 50)
    return (
        Condition(
            "@introduction.nerve_cell.rate.high",
            threshold >= 20,
            f"{plain(threshold, 1)} mV",
            f"{plain(20 - threshold, 1)} mV" if threshold < 20 else "",
            min(threshold / 20, 1),
        ),
        Condition(
            "@introduction.nerve_cell.rate.range",
            missing <= 1e-9,
            f"{plain(rate, 0)} Hz",
            f"{plain(missing, 0)} Hz" if missing > 1e-9 else "",
            over=missing > 1e-9 and rate > 50,
        ),
    )


def _unit_answers(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask that the unit answers 1 at some time in both moments: it is the cell alone that differs."""
    before, after = _seen(marked).unit_share, _seen(now).unit_share
    return (
        Condition(
            "@introduction.nerve_cell.silent.unit",
            min(before, after) > 0,
            f"{percent(before)} → {percent(after)}",
        ),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _settings(trail.now)
    return {
        "limit": plain(seen.potential_limit, 1),
        "threshold": plain(settings.threshold, 1),
        "rate": plain(seen.rate_hz, 0),
        "spikes": str(seen.spikes),
        "tau": plain(settings.tau, 0),
        "share": percent(seen.unit_share),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "double",
        starts=(
            "introduction.nerve_cell",
            "introduction.nerve_cell?current=0.7",
            "introduction.nerve_cell?threshold=5",
        ),
        reveals=(
            "introduction.nerve_cell?current=4",
            "introduction.nerve_cell?current=1.4",
            "introduction.nerve_cell?threshold=5&current=4",
        ),
        choices=("silent", "less", "twice", "more"),
        answer=_ratio,
        shown=lambda moment: f"{plain(_seen(moment).rate_hz, 0)} Hz",
        facts=_facts,
    ),
    Exercise(
        name="rate",
        kind="reach",
        starts=("introduction.nerve_cell",),
        check=_reached,
        facts=_facts,
        solution=("introduction.nerve_cell?current=3.1&threshold=20",),
    ),
    contrast(
        "silent",
        start="introduction.nerve_cell?current=1",
        only=("tau", "input"),
        outcome=lambda moment: _seen(moment).spikes > 0,
        shown=lambda moment: f"@introduction.nerve_cell.spikes {_seen(moment).spikes}",
        choices=("weaker", "charging", "threshold"),
        reason="charging",
        solution=(
            "introduction.nerve_cell?input=pulses&current=2.5&tau=5",
            "introduction.nerve_cell?input=pulses&current=2.5&tau=30",
        ),
        facts=_facts,
        also=_unit_answers,
    ),
)

LAB = Lab(
    name="introduction.nerve_cell",
    settings=NerveCellSettings,
    observation=NerveCellObservation,
    exercises=EXERCISES,
    presets=(
        Preset("below", "introduction.nerve_cell?current=1.4"),
        Preset("leaky", "introduction.nerve_cell?input=pulses&tau=40"),
        Preset("noisy", "introduction.nerve_cell?input=noise&current=1.5"),
    ),
    source=("engine.network.nerve_cell:simulate", "engine.network.nerve_cell:steady_rate"),
)
