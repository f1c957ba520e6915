"""What is remembered halves with each half-life, and practice doubles the half-life."""

import math

import pytest

from engine.learner.forgetting import Practice, half_life, recall


@pytest.mark.parametrize("half", [1.0, 4.0, 16.0])
def test_after_a_half_life_half_is_known_and_after_two_a_quarter(half: float) -> None:
    assert recall(0.0, half) == 1
    assert recall(half, half) == pytest.approx(0.5)
    assert recall(2 * half, half) == pytest.approx(0.25)
    assert recall(3.7, half) == pytest.approx(math.exp(-3.7 * math.log(2) / half))  # Ebbinghaus's exponential


def test_a_time_to_come_is_known_as_now() -> None:
    assert recall(-5.0, 2.0) == 1


def test_each_exercise_solved_by_oneself_doubles_the_half_life() -> None:
    halves = [half_life(Practice(solved=solved)) for solved in range(4)]
    assert halves == [2, 4, 8, 16]


def test_copying_helps_less_and_a_hint_takes_something_away() -> None:
    alone = half_life(Practice(solved=1))
    assert half_life(Practice()) < half_life(Practice(copied=1)) < alone
    assert half_life(Practice(solved=1, hints=1)) < alone
    assert half_life(Practice(hints=99)) == 1, "never less than a day"
