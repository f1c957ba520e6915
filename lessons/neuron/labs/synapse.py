"""The lab `neuron.synapse`: what a weight does to a signal on its way into a unit."""

from collections.abc import Mapping
from typing import Annotated, Literal

from lessons.vocabulary.drawings import decode
from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Curves, Formula
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import plain, signed
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, drawing, number, whole

Signal = Literal["sine", "pulses", "steps", "noise", "drawn"]

DURATION = 10.0
"""Length of a signal in seconds."""

LENGTH = 40
"""Numbers in a drawn signal, evenly spaced over the duration, both ends included."""


class SynapseSettings(Settings, frozen=True):
    """A signal, the weight that it meets, and the moment that is looked at."""

    signal: Annotated[Signal, choice("@term.signal", keys="signal")] = "sine"
    w: Annotated[float, number(-2, 2, step=0.1, label="w", signed=True)] = 0.5
    t: Annotated[float, number(0, DURATION, step=0.1, label="t", unit="s", digits=1, plus=False)] = 2.5
    seed: Annotated[int, whole(0, 9999, label="@term.seed")] = 0
    x: Annotated[str, drawing("x(t)", length=LENGTH)] = ""

    def __post_init__(self) -> None:
        decode(self.x, LENGTH)


class SynapseObservation(Observation, frozen=True, kw_only=True):
    """A signal before and behind the synapse."""

    x_now: float
    """What is sent at the present time, x(t)."""

    received_now: float
    """What the unit receives of it, w·x(t)."""

    peak_sent: float
    """Largest size |x| over the whole time."""

    peak_received: float
    """Largest size |w·x| over the whole time."""

    formula: Formula
    sent: Curves
    received: Curves


def _seen(moment: Moment) -> SynapseObservation:
    assert isinstance(moment.observation, SynapseObservation)
    return moment.observation


def _weight(moment: Moment) -> float:
    assert isinstance(moment.settings, SynapseSettings)
    return moment.settings.w


def _change(trail: Trail) -> str:
    """Tell how the received signal has changed since the mark: its size, and whether it was turned over."""
    assert trail.marked
    larger = _seen(trail.now).peak_received > _seen(trail.marked).peak_received
    turned = _weight(trail.now) * _weight(trail.marked) < 0
    return ("larger" if larger else "smaller") + ("_turned" if turned else "")


def _reached(trail: Trail) -> tuple[Condition, ...]:
    seen, w = _seen(trail.now), _weight(trail.now)
    peak, now = seen.peak_received, seen.received_now
    missing = max(1.4 - peak, peak - 1.6)
    inside = missing <= 1e-9
    return (
        Condition("@neuron.synapse.turn.over", w < 0 and peak > 0, f"w {signed(w)}"),
        Condition(
            "@neuron.synapse.turn.peak",
            inside,
            plain(peak),
            "" if inside else plain(missing),
            over=not inside and peak > 1.6,
        ),
        Condition(
            "@neuron.synapse.turn.now",
            now >= 1,
            signed(now),
            plain(1 - now) if now < 1 else "",
            min(max(now, 0), 1),
        ),
    )


def _sign(moment: Moment) -> int:
    now = _seen(moment).received_now
    return (now > 0) - (now < 0)


def _same_peak(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask for two signals that are equally strong."""
    before, after = _seen(marked).peak_received, _seen(now).peak_received
    return (
        Condition(
            "@neuron.synapse.sign.same_peak",
            abs(before - after) < 0.005,
            f"{plain(before)} → {plain(after)}",
        ),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    seen = _seen(trail.now)
    return {
        "w": signed(_weight(trail.now)),
        "x": signed(seen.x_now),
        "received": signed(seen.received_now),
        "peak": plain(seen.peak_sent),
        "peak_received": plain(seen.peak_received),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "less",
        starts=("neuron.synapse", "neuron.synapse?signal=pulses&w=2", "neuron.synapse?signal=steps&w=1"),
        reveals=(
            "neuron.synapse?w=-1",
            "neuron.synapse?signal=pulses",
            "neuron.synapse?signal=steps&w=-0.5",
        ),
        choices=("smaller", "smaller_turned", "larger", "larger_turned"),
        answer=_change,
        shown=lambda moment: f"@neuron.synapse.peak {plain(_seen(moment).peak_received)}",
        facts=_facts,
    ),
    Exercise(
        name="turn",
        kind="reach",
        starts=("neuron.synapse",),
        check=_reached,
        facts=_facts,
        solution=("neuron.synapse?w=-1.5&t=7.5",),
    ),
    contrast(
        "sign",
        start="neuron.synapse?signal=steps",
        only=("w",),
        outcome=_sign,
        shown=lambda moment: f"w x(t) {signed(_seen(moment).received_now)}",
        choices=("delay", "weaker", "direction"),
        reason="direction",
        solution=("neuron.synapse?signal=steps&w=0.8", "neuron.synapse?signal=steps&w=-0.8"),
        facts=_facts,
        also=_same_peak,
    ),
)

LAB = Lab(
    name="neuron.synapse",
    settings=SynapseSettings,
    observation=SynapseObservation,
    exercises=EXERCISES,
    presets=(
        Preset("weak", "neuron.synapse?signal=pulses&w=0.2"),
        Preset("strong", "neuron.synapse?signal=pulses&w=1.8"),
        Preset("inhibiting", "neuron.synapse?signal=noise&w=-1"),
    ),
    source=("engine.network.signals:synapse", "engine.network.signals:signal"),
)
