"""The lab `neuron.gates`: what one straight line can part, how a unit learns it, and what two layers add."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from msgspec import Struct, structs

from lessons.vocabulary.exercise import Condition, Exercise, Moment, Trail, contrast, predict
from lessons.vocabulary.figures import Formula, Graph, Plane, Table
from lessons.vocabulary.lab import Lab, Preset
from lessons.vocabulary.numbers import plain, signed
from lessons.vocabulary.observation import Observation
from lessons.vocabulary.settings import Settings, choice, number, whole

Gate = Literal["AND", "OR", "NAND", "XOR", "iris"]


class GatesSettings(Settings, frozen=True):
    """The goal, the unit's weights and threshold, how it learns, and two hidden units before it."""

    gate: Annotated[Gate, choice("@term.gate", keys="gate")] = "AND"
    w1: Annotated[float, number(-2, 2, step=0.1, label="w₁", signed=True, part="weights")] = 1.0
    w2: Annotated[float, number(-2, 2, step=0.1, label="w₂", signed=True, part="weights")] = 1.0
    h: Annotated[float, number(-3, 3, step=0.1, label="h", part="weights")] = 1.5
    learn: Annotated[bool, choice("@term.learning_rule", part="learning")] = False
    rate: Annotated[float, number(0.05, 1, step=0.05, label="η", part="learning", plus=False)] = 0.5
    seed: Annotated[int, whole(0, 9999, label="@term.seed", part="learning")] = 0
    hidden: Annotated[bool, choice("@term.hidden_layer", part="hidden")] = False
    w11: Annotated[float, number(-2, 2, step=0.1, label="w₁₁", signed=True, part="hidden")] = 1.0
    w12: Annotated[float, number(-2, 2, step=0.1, label="w₁₂", signed=True, part="hidden")] = 1.0
    h1: Annotated[float, number(-3, 3, step=0.1, label="h₁", part="hidden")] = 0.5
    w21: Annotated[float, number(-2, 2, step=0.1, label="w₂₁", signed=True, part="hidden")] = 1.0
    w22: Annotated[float, number(-2, 2, step=0.1, label="w₂₂", signed=True, part="hidden")] = 1.0
    h2: Annotated[float, number(-3, 3, step=0.1, label="h₂", part="hidden")] = 1.5


class Row(Struct, frozen=True):
    """One example and the unit's answer to it."""

    x: tuple[int | float, int | float]
    """Inputs: 0 or 1, for iris centimetres."""

    a_minus_h: float
    """Pre-activation of the (output) unit less its threshold."""

    y: int
    """Output, 1 if a > h."""


class GatesObservation(Observation, frozen=True, kw_only=True):
    """All examples under the present weights and, while learning, the example just presented."""

    rows: list[Row]
    """Every example in the order of the data."""

    correct: int
    """Examples answered as the goal says."""

    total: int
    """Examples in all."""

    w1: float
    """Weight as used for these answers; with hidden units it weighs y₁."""

    w2: float
    """Weight as used for these answers; with hidden units it weighs y₂."""

    h: float
    """Threshold as used for these answers."""

    separable: bool
    """Whether one line in the plane of x₁ and x₂ parts the goal, by the linear program."""

    examples: int | None = None
    """Examples presented so far; None without learning."""

    epochs: int | None = None
    """Epochs that have passed; None without learning."""

    converged: bool | None = None
    """True after an epoch without error, False once it is certain or 100 epochs have passed."""

    cycle: int | None = None
    """Epochs after which weights and threshold come back, once they have."""

    table: Table
    """Inputs, a − h, output and goal of each example; for iris of some."""

    plane: Plane
    """The examples on the plane, and the line a = h (of each hidden unit, where there are any)."""

    example: Formula | None = None
    """The example just presented: inputs, output, goal, error and learning rate."""

    update: Table | None = None
    """What the rule makes of the weights after this example; the next one meets them."""

    errors: Table | None = None
    """Errors of each epoch, the running one last."""

    proof: Table | None = None
    """Where the linear program finds no line: one point that would lie on both sides."""

    network: Graph | None = None
    """The 2-2-1 network with the values of the present example."""


def _seen(moment: Moment) -> GatesObservation:
    assert isinstance(moment.observation, GatesObservation)
    return moment.observation


def _settings(moment: Moment) -> GatesSettings:
    assert isinstance(moment.settings, GatesSettings)
    return moment.settings


COUNTS = ("none", "one", "two", "three", "four")


def _changed_rows(trail: Trail) -> str:
    """Count the examples whose output has changed since the mark."""
    assert trail.marked
    pairs = zip(_seen(trail.marked).rows, _seen(trail.now).rows, strict=True)
    return COUNTS[sum(before.y != after.y for before, after in pairs)]


def _all_right(moment: Moment) -> Condition:
    seen = _seen(moment)
    missing, now = seen.total - seen.correct, f"{seen.correct} / {seen.total}"
    to_go = str(missing) if missing else ""
    return Condition("@neuron.gates.all_right", not missing, now, to_go, seen.correct / seen.total)


def _nand_by_hand(trail: Trail) -> tuple[Condition, ...]:
    settings = _settings(trail.now)
    return (
        Condition("@neuron.gates.nand.aim", settings.gate == "NAND", settings.gate),
        Condition("@neuron.gates.nand.alone", not settings.learn and not settings.hidden),
        _all_right(trail.now),
    )


def _xor_by_network(trail: Trail) -> tuple[Condition, ...]:
    settings = _settings(trail.now)
    return (
        Condition("@neuron.gates.network.aim", settings.gate == "XOR", settings.gate),
        Condition("@neuron.gates.network.layers", settings.hidden),
        _all_right(trail.now),
    )


def _both_ended(marked: Moment, now: Moment) -> tuple[Condition, ...]:
    """Ask that both moments have learned until it was settled whether the rule ends."""
    ended = all(_seen(moment).converged is not None for moment in (marked, now))
    return (Condition("@neuron.gates.cycle.ended", ended, str(_seen(now).epochs or 0)),)


def _without_learned(moment: Moment) -> Moment:
    """Take a moment without the weights that learning put into its settings: outcome, not choice."""
    settings = _settings(moment)
    if not settings.learn:
        return moment
    default = GatesSettings()
    return replace(moment, settings=structs.replace(settings, w1=default.w1, w2=default.w2, h=default.h))


def _compare_choices(exercise: Exercise) -> Exercise:
    """Let a contrast compare what the learner chose, not what the rule has learned."""

    def check(trail: Trail) -> tuple[Condition, ...]:
        marked = None if trail.marked is None else _without_learned(trail.marked)
        return exercise.check(replace(trail, now=_without_learned(trail.now), marked=marked))

    return replace(exercise, check=check)


def _facts(trail: Trail) -> Mapping[str, str]:
    seen, settings = _seen(trail.now), _settings(trail.now)
    return {
        "a_minus_h": ", ".join(signed(row.a_minus_h) for row in seen.rows[:4]),
        "raised": plain(seen.h - 0.5),
        "right": f"{seen.correct} / {seen.total}",
        "epochs": str(seen.epochs or 0),
        "w1": signed(seen.w1),
        "w2": signed(seen.w2),
        "sum": signed(seen.w1 + seen.w2),
        "h": signed(seen.h),
        "h1": signed(settings.h1),
        "h2": signed(settings.h2),
    }


EXERCISES: tuple[Exercise, ...] = (
    predict(
        "lower",
        starts=("neuron.gates", "neuron.gates?h=2.5", "neuron.gates?w1=-1"),
        reveals=("neuron.gates?h=0.5", "neuron.gates?h=0.5", "neuron.gates?w1=-1&h=0.5"),
        choices=COUNTS,
        answer=_changed_rows,
        shown=lambda moment: "y " + "".join(str(row.y) for row in _seen(moment).rows[:4]),
        facts=_facts,
    ),
    Exercise(
        name="nand",
        kind="reach",
        starts=("neuron.gates?gate=NAND",),
        check=_nand_by_hand,
        facts=_facts,
        solution=("neuron.gates?gate=NAND&w1=-1&w2=-1&h=-1.5",),
    ),
    _compare_choices(
        contrast(
            "cycle",
            start="neuron.gates?learn=true",
            only=("gate",),
            outcome=lambda moment: _seen(moment).converged,
            shown=lambda moment: f"{_settings(moment).gate} {_seen(moment).correct} / {_seen(moment).total}",
            choices=("rate", "line", "seed"),
            reason="line",
            solution=("neuron.gates?learn=true", "neuron.gates?gate=XOR&learn=true"),
            facts=_facts,
            also=_both_ended,
        )
    ),
    Exercise(
        name="network",
        kind="reach",
        starts=("neuron.gates?gate=XOR&hidden=true&h1=1.5",),
        check=_xor_by_network,
        facts=_facts,
        solution=("neuron.gates?gate=XOR&w2=-1&h=0.5&hidden=true",),
    ),
)

LAB = Lab(
    name="neuron.gates",
    settings=GatesSettings,
    observation=GatesObservation,
    exercises=EXERCISES,
    presets=(
        Preset("and", "neuron.gates?learn=true"),
        Preset("or", "neuron.gates?gate=OR&h=0.5"),
        Preset("nand", "neuron.gates?gate=NAND&w1=-1&w2=-1&h=-1.5"),
        Preset("xor_network", "neuron.gates?gate=XOR&w2=-1&h=0.5&hidden=true"),
        Preset("iris", "neuron.gates?gate=iris&learn=true"),
    ),
    source=("engine.network.perceptron:updates", "engine.network.neuron:output"),
    plays="learn",
)
