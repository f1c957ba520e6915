"""The lab `neuron.threshold`: what a threshold makes of a pre-activation that changes with time."""

from collections.abc import Mapping
from typing import Annotated, Literal

from lessons.neuron.labs.synapse import DURATION, LENGTH, Signal
from lessons.vocabulary.drawings import decode
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Curves, Formula
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import percent, plain, signed
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, drawing, number, whole

Function = Literal["step", "sigmoid", "relu"]


class ThresholdSettings(Settings, frozen=True):
    """A pre-activation over time, the threshold against it, and the activation function."""

    signal: Annotated[Signal, choice("@term.signal", keys="signal")] = "sine"
    f: Annotated[Function, choice("f", keys="activation")] = "step"
    h: Annotated[float, number(-1.5, 1.5, step=0.1, label="h")] = 0.5
    t: Annotated[float, number(0, DURATION, step=0.1, label="t", unit="s", digits=1, plus=False)] = 2.5
    seed: Annotated[int, whole(0, 9999, label="@term.seed")] = 0
    a: Annotated[str, drawing("a(t)", length=LENGTH)] = ""

    def __post_init__(self) -> None:
        decode(self.a, LENGTH)


class ThresholdObservation(Observation, frozen=True, kw_only=True):
    """A pre-activation and the output that the unit makes of it."""

    a_now: float
    """Pre-activation at the present time."""

    y_now: float
    """Output (activation) at the present time."""

    share_on: float
    """Share of the time in which a > h, 0…1."""

    pulses: int
    """Separate stretches of time in which a > h."""

    formula: Formula
    pre_activation: Curves
    output: Curves


def _seen(moment: Moment) -> ThresholdObservation:
    assert isinstance(moment.observation, ThresholdObservation)
    return moment.observation


def _settings(moment: Moment) -> ThresholdSettings:
    assert isinstance(moment.settings, ThresholdSettings)
    return moment.settings


def _change(trail: Trail) -> str:
    """Tell what became of the outputs since the mark: their number first, then how long they last."""
    assert trail.marked
    before, after = _seen(trail.marked), _seen(trail.now)
    if after.pulses != before.pulses:
        return "more" if after.pulses > before.pulses else "fewer"
    return "same" if abs(after.share_on - before.share_on) < 1e-9 else "shorter"


def _reached(trail: Trail) -> tuple[Condition, ...]:
    seen, step = _seen(trail.now), _settings(trail.now).f == "step"
    missing = max(0.2 - seen.share_on, seen.share_on - 0.3)
    three = seen.pulses == 3
    return (
        Condition("@neuron.threshold.three.step", step),
        Condition(
            "@neuron.threshold.three.count",
            three,
            str(seen.pulses),
            "" if three else str(abs(seen.pulses - 3)),
            over=seen.pulses > 3,
        ),
        Condition(
            "@neuron.threshold.three.share",
            missing <= 1e-9,
            percent(seen.share_on),
            percent(missing) if missing > 1e-9 else "",
            over=missing > 1e-9 and seen.share_on > 0.3,
        ),
    )


def _tells_how_much(moment: Moment) -> bool:
    """Tell whether the output says by how much a exceeds h; a step answers 0 or 1 whatever it is."""
    return _seen(moment).y_now not in (0.0, 1.0)


def _above(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask for a pre-activation clearly above its threshold, so that all functions have something to say."""
    distance = min(_seen(moment).a_now - _settings(moment).h for moment in (marked, now))
    enough = distance >= 0.3 - 1e-9
    return (
        Condition(
            "a − h ≥ 0.30",
            enough,
            signed(distance),
            "" if enough else plain(0.3 - distance),
            min(max(distance / 0.3, 0), 1),
        ),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, h = _seen(trail.now), _settings(trail.now).h
    return {
        "a": signed(seen.a_now),
        "h": signed(h),
        "a_minus_h": signed(seen.a_now - h),
        "y": plain(seen.y_now),
        "pulses": str(seen.pulses),
        "share": percent(seen.share_on),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "raise",
        starts=(
            "neuron.threshold?h=0.3",
            "neuron.threshold?signal=noise&h=-0.3&seed=8",
            "neuron.threshold?signal=pulses&h=0.3",
            "neuron.threshold?signal=noise&h=0.1",
        ),
        reveals=(
            "neuron.threshold?h=0.6",
            "neuron.threshold?signal=noise&h=0&seed=8",
            "neuron.threshold?signal=pulses&h=0.6",
            "neuron.threshold?signal=noise&h=0.4",
        ),
        choices=("fewer", "shorter", "same", "more"),
        answer=_change,
        shown=lambda moment: f"@neuron.threshold.pulses {_seen(moment).pulses} · {percent(_seen(moment).share_on)}",
        facts=_facts,
    ),
    Exercise(
        name="three",
        kind="reach",
        starts=("neuron.threshold?signal=pulses&h=0.2",),
        check=_reached,
        facts=_facts,
        solution=("neuron.threshold?h=0.7",),
    ),
    contrast(
        "amount",
        start="neuron.threshold?h=0.9",
        only=("f",),
        outcome=_tells_how_much,
        shown=lambda moment: f"y {plain(_seen(moment).y_now)}",
        choices=("lower", "amount", "sum"),
        reason="amount",
        solution=("neuron.threshold?h=0.2", "neuron.threshold?h=0.2&f=relu"),
        facts=_facts,
        also=_above,
    ),
)

LAB = Lab(
    name="neuron.threshold",
    settings=ThresholdSettings,
    observation=ThresholdObservation,
    exercises=EXERCISES,
    presets=(
        Preset("rare", "neuron.threshold?signal=noise&h=0.9"),
        Preset("always", "neuron.threshold?h=-1.5"),
        Preset("relu", "neuron.threshold?signal=noise&f=relu&h=0"),
    ),
    source=("engine.network.neuron:output", "engine.network.activations:step"),
)
