"""The neuron, by the lecture's table for AND."""

import numpy as np
import pytest

from engine.network.neuron import excess, output, pre_activation

ROWS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def test_and_has_the_numbers_of_the_lecture() -> None:
    assert pre_activation([1, 1], ROWS).tolist() == [0, 1, 1, 2]
    assert excess([1, 1], ROWS, 1.5).tolist() == [-1.5, -0.5, -0.5, 0.5]
    assert output([1, 1], ROWS, 1.5, "step").tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(("w", "x", "h"), [([1, 1], [1, 0.5], 1.5), ([0.1, 0.2], [1, 1], 0.3)])
def test_exactly_at_the_threshold_the_output_is_0(w: list[float], x: list[float], h: float) -> None:
    assert output(w, x, h) == 0
    assert output(w, x, h - 0.01) == 1


def test_any_function_and_any_shape() -> None:
    x = np.zeros((4, 5, 3))
    assert output([1, 2, 3], x, -1, "tanh").shape == (4, 5)
    with pytest.raises(KeyError):
        output([1], [1], 0, "swish")
