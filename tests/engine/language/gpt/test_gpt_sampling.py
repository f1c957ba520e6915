import math

import numpy as np
import pytest

from engine.language.gpt.sampling import (
    GREEDY,
    Rules,
    distribution,
    draw,
    log_probabilities,
    probabilities,
    with_min_p,
    with_repetition_penalty,
    with_temperature,
    with_top_k,
    with_top_p,
)

LOGITS = np.log([0.1, 0.4, 0.2, 0.3])


def left(logits: np.ndarray) -> list[int]:
    return np.flatnonzero(np.isfinite(logits)).tolist()


def test_probabilities_are_the_softmax() -> None:
    assert probabilities(LOGITS) == pytest.approx([0.1, 0.4, 0.2, 0.3])
    assert log_probabilities(LOGITS + 7) == pytest.approx(LOGITS)
    assert probabilities(np.array([1000.0, 1000.0, -np.inf])) == pytest.approx([0.5, 0.5, 0])


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_temperature_is_a_power_of_the_probabilities(temperature: float) -> None:
    powers = np.array([0.1, 0.4, 0.2, 0.3]) ** (1 / temperature)
    assert probabilities(with_temperature(LOGITS, temperature)) == pytest.approx(powers / powers.sum())


def test_temperature_zero_and_near_it_take_the_best() -> None:
    for temperature in (0.0, 1e-300):
        assert probabilities(with_temperature(LOGITS, temperature)) == pytest.approx([0, 1, 0, 0])
    assert distribution(np.zeros(3), GREEDY).tolist() == [1, 0, 0]


@pytest.mark.parametrize(("k", "kept"), [(0, [0, 1, 2, 3]), (1, [1]), (2, [1, 3]), (3, [1, 2, 3]), (9, [0, 1, 2, 3])])
def test_top_k_keeps_the_k_best(k: int, kept: list[int]) -> None:
    assert left(with_top_k(LOGITS, k)) == kept


def test_top_k_keeps_exactly_k_of_equal_ones() -> None:
    assert left(with_top_k(np.zeros(5), 3)) == [0, 1, 2]


@pytest.mark.parametrize(
    ("p", "kept"),
    [(0, [1]), (0.39, [1]), (0.4, [1]), (0.41, [1, 3]), (0.7, [1, 3]), (0.71, [1, 2, 3]), (1, [0, 1, 2, 3])],
)
def test_top_p_keeps_the_fewest_that_reach_p(p: float, kept: list[int]) -> None:
    assert left(with_top_p(LOGITS, p)) == kept


@pytest.mark.parametrize(("p", "kept"), [(0, [0, 1, 2, 3]), (0.3, [1, 2, 3]), (0.6, [1, 3]), (1, [1])])
def test_min_p_keeps_what_is_near_the_best(p: float, kept: list[int]) -> None:
    assert left(with_min_p(LOGITS, p)) == kept


def test_the_repetition_penalty_weakens_what_has_occurred() -> None:
    found = with_repetition_penalty(np.array([2.0, -2.0, 3.0]), [0, 1, 1], 1.5)
    assert found == pytest.approx([2 / 1.5, -3.0, 3.0])
    assert with_repetition_penalty(LOGITS, [], 1.5) is LOGITS


def test_rules_work_one_after_the_other() -> None:
    found = distribution(LOGITS, Rules(temperature=2, top_k=3, top_p=0.7, repetition=1.3), [3])
    logits = LOGITS.copy()
    logits[3] *= 1.3
    roots = np.exp(logits / 2)
    assert left(np.log(found, where=found > 0, out=np.full(4, -np.inf))) == [1, 3]
    assert found[1] / found[3] == pytest.approx(roots[1] / roots[3])
    assert found.sum() == pytest.approx(1)


def test_drawing_gives_each_token_its_share() -> None:
    chances = np.array([0.0, 0.25, 0.5, 0.0, 0.25, 0.0])
    drawn = np.bincount([draw(chances, (each + 0.5) / 1000) for each in range(1000)], minlength=6)
    assert drawn.tolist() == [0, 250, 500, 0, 250, 0]
    assert draw(chances, 0.0) == 1
    assert draw(chances, math.nextafter(1, 0)) == 4
