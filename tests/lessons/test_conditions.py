"""Near misses and right answers: each condition of an exercise can be the only one that is not met."""

import pytest

from lessons.catalogue import load
from lessons.vocabulary.exercise import Trail

NEAR_MISSES = [
    ("neuron.synapse", "turn", "w=-1.5&t=2.5", [True, True, False]),
    ("neuron.synapse", "turn", "w=1.5", [False, True, True]),
    ("neuron.synapse", "turn", "w=-1.3&t=7.5", [True, False, True]),
    ("neuron.synapse", "turn", "w=-1.7&t=7.5", [True, False, True]),
    ("neuron.threshold", "three", "h=0.7&f=relu", [False, True, True]),
    ("neuron.threshold", "three", "signal=pulses", [True, False, True]),
    ("neuron.threshold", "three", "h=0.5", [True, True, False]),
    ("neuron.threshold", "three", "h=0.9", [True, True, False]),
    ("introduction.nerve_cell", "rate", "threshold=19.5&current=3", [False, True]),
    ("introduction.nerve_cell", "rate", "threshold=20&current=2.2", [True, False]),
    ("introduction.nerve_cell", "rate", "threshold=20&current=4", [True, False]),
]

RIGHT = [
    ("neuron.synapse", "less", ["larger_turned", "smaller", "smaller_turned"]),
    ("neuron.threshold", "raise", ["shorter", "more", "same", "fewer"]),
    ("introduction.nerve_cell", "double", ["more", "silent", "less"]),
]

ALMOST_A_CONTRAST = [
    (
        "neuron.synapse",
        "sign",
        "direction",
        "signal=steps&w=0.8",
        "signal=steps&w=-0.4",
        [True, True, False, False],
    ),
    ("neuron.synapse", "sign", "direction", "w=0.8", "w=0.8&t=4.2", [False, True, True, False]),
    ("neuron.threshold", "amount", "amount", "h=0.9", "h=0.9&f=relu", [True, True, False, False]),
    ("neuron.threshold", "amount", "amount", "f=sigmoid", "f=relu", [True, False, True, False]),
    (
        "introduction.nerve_cell",
        "silent",
        "charging",
        "input=noise&current=1.4",
        "current=1.4",
        [True, True, False, False],
    ),
    ("introduction.nerve_cell", "silent", "charging", "", "current=1.4", [False, True, False, False]),
]

REASONS = {
    ("neuron.synapse", "sign"): "direction",
    ("neuron.threshold", "amount"): "amount",
    ("introduction.nerve_cell", "silent"): "charging",
}


def exercise_of(lab: str, name: str):
    return next(each for each in load(lab).exercises if each.name == name)


def address(lab: str, query: str) -> str:
    return f"{lab}?{query}" if query else lab


def met(lab: str, exercise: str, trail: Trail) -> list[bool]:
    return [condition.met for condition in exercise_of(lab, exercise).check(trail)]


@pytest.mark.parametrize(("lab", "exercise", "query", "expected"), NEAR_MISSES)
def test_one_condition_is_missing(lab, exercise, query, expected, moment):
    assert met(lab, exercise, Trail(now=moment(address(lab, query)))) == expected


@pytest.mark.parametrize(("lab", "exercise", "reason", "marked", "now", "expected"), ALMOST_A_CONTRAST)
def test_two_moments_are_almost_a_contrast(lab, exercise, reason, marked, now, expected, moment):
    trail = Trail(now=moment(address(lab, now)), marked=moment(address(lab, marked)), answer=reason)

    assert met(lab, exercise, trail) == expected


@pytest.mark.parametrize(("lab", "name", "expected"), RIGHT)
def test_the_right_predictions(lab, name, expected, moment):
    exercise = exercise_of(lab, name)
    pairs = zip(exercise.starts, exercise.reveals, strict=True)

    assert [exercise.answer(Trail(now=moment(now), marked=moment(before))) for before, now in pairs] == expected


@pytest.mark.parametrize(("lab", "name"), REASONS)
def test_the_right_reasons(lab, name, moment):
    exercise = exercise_of(lab, name)

    assert exercise.answer(Trail(now=moment(lab))) == REASONS[lab, name]
