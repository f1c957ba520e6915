"""The lab `neuron.unit`: how weights and a threshold decide the output of one unit."""

from collections.abc import Mapping
from typing import Annotated, Literal

from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Curves, Formula, Graph
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import plain, signed
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, number

Function = Literal["step", "sign", "sigmoid", "tanh", "relu", "leaky_relu", "gelu"]


class UnitSettings(Settings, frozen=True):
    """Three inputs, their weights, the threshold and the activation function."""

    f: Annotated[Function, choice("f", keys="activation")] = "sigmoid"
    x1: Annotated[float, number(-1, 1, step=0.1, label="x₁", part="inputs")] = 1.0
    x2: Annotated[float, number(-1, 1, step=0.1, label="x₂", part="inputs")] = 0.6
    x3: Annotated[float, number(-1, 1, step=0.1, label="x₃", part="inputs")] = 0.3
    w1: Annotated[float, number(-2, 2, step=0.1, label="w₁", signed=True, part="weights")] = 0.8
    w2: Annotated[float, number(-2, 2, step=0.1, label="w₂", signed=True, part="weights")] = -0.5
    w3: Annotated[float, number(-2, 2, step=0.1, label="w₃", signed=True, part="weights")] = 1.2
    h: Annotated[float, number(-2, 2, step=0.1, label="h", part="weights")] = 0.4


class UnitObservation(Observation, frozen=True, kw_only=True):
    """One forward pass of the unit."""

    a: float
    """Pre-activation Σ wᵢxᵢ."""

    a_minus_h: float
    """What the activation function receives."""

    y: float
    """Output (activation)."""

    formula: Formula
    network: Graph
    activation: Curves


def _y(moment: Moment) -> float:
    observation = moment.observation
    assert isinstance(observation, UnitObservation)
    return observation.y


def _direction(trail: Trail) -> str:
    """Tell what the output did from the marked moment to now."""
    assert trail.marked
    change = _y(trail.now) - _y(trail.marked)
    return "stays" if abs(change) < 1e-9 else "rises" if change > 0 else "falls"


def _reached(trail: Trail) -> tuple[Condition, ...]:
    settings = trail.now.settings
    assert isinstance(settings, UnitSettings)
    y, w1 = _y(trail.now), settings.w1
    return (
        Condition("@neuron.unit.reach.sigmoid", settings.f == "sigmoid"),
        Condition("w₁ < 0", w1 < 0, signed(w1), plain(w1) if w1 >= 0 else ""),
        Condition("y ≥ 0.90", y >= 0.9, plain(y), plain(0.9 - y) if y < 0.9 else "", min(max(y / 0.9, 0), 1)),
    )


def _facts(trail: Trail) -> Mapping[str, str]:
    observation = trail.now.observation
    assert isinstance(observation, UnitObservation)
    return {
        "a": signed(observation.a),
        "a_minus_h": signed(observation.a_minus_h),
        "y": plain(observation.y),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "flip",
        starts=("neuron.unit", "neuron.unit?x1=-0.5", "neuron.unit?x1=0"),
        reveals=("neuron.unit?w1=-0.8", "neuron.unit?x1=-0.5&w1=-0.8", "neuron.unit?x1=0&w1=-0.8"),
        choices=("rises", "stays", "falls"),
        answer=_direction,
        shown=lambda moment: f"y {plain(_y(moment))}",
        facts=_facts,
    ),
    Exercise(
        name="reach",
        kind="reach",
        starts=("neuron.unit",),
        check=_reached,
        facts=_facts,
        solution=("neuron.unit?w1=-0.5&w2=2&w3=2&h=-1",),
    ),
    contrast(
        "cut",
        start="neuron.unit",
        only=("f",),
        outcome=lambda moment: _y(moment) == 0,
        shown=lambda moment: f"y {plain(_y(moment))}",
        choices=("weights", "cut", "threshold"),
        reason="cut",
        solution=("neuron.unit?h=1.5", "neuron.unit?h=1.5&f=relu"),
        facts=_facts,
    ),
)

LAB = Lab(
    name="neuron.unit",
    settings=UnitSettings,
    observation=UnitObservation,
    exercises=EXERCISES,
    presets=(
        Preset("and", "neuron.unit?f=step&x1=1&x2=1&x3=0&w1=1&w2=1&w3=0&h=1.5"),
        Preset("inhibited", "neuron.unit?f=relu&x1=0.5&x2=1&x3=0.5&w1=1&w2=-1.5&w3=1&h=0"),
        Preset("saturated", "neuron.unit?w1=2&w2=2&w3=2&h=-2&x2=1&x3=1"),
    ),
    source=("engine.network.neuron:output", "engine.network.activations:sigmoid"),
)
