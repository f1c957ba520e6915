"""One example's numbers are those of the network, and each step's terms add up."""

import numpy as np
import pytest

from engine.network.playground.activations import ACTIVATIONS
from engine.network.playground.data import generate, own, split
from engine.network.playground.descent import Configuration
from engine.network.playground.example import example, steps
from engine.network.playground.surface import Grid, surface
from engine.network.playground.training import Training


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_its_gradients_are_those_of_a_batch_of_one(activation: str) -> None:
    configuration = Configuration(activation=activation, hidden=(3, 2), features=("x1", "x1_x2", "sin_x2"))
    training = Training(configuration, split(own([(1.5, -2.0, -1.0), (0, 0, 1)]), 0.5, 1))
    point, target = training.data.train.x[0], float(training.data.train.t[0])
    found = example(training.descent.network, point, target)
    for layer, expected in zip(found.layers, training.gradient(), strict=True):
        np.testing.assert_allclose(np.column_stack([layer.gradient, layer.delta]), expected, atol=1e-14)
    assert found.loss == pytest.approx(0.5 * (found.output - target) ** 2)
    assert found.loss == pytest.approx(training.moment().train.loss)


def test_every_step_adds_up() -> None:
    training = Training(Configuration(hidden=(3, 2)), split(generate("circle")))
    found = list(steps(training.descent.network, example(training.descent.network, (1.0, 2.0), 1.0)))
    order = [(step.kind, step.name) for step in found]
    units = ["1.1", "1.2", "1.3", "2.1", "2.2", "output"]
    backward = ["output", "2.1", "2.2", "1.1", "1.2", "1.3"]
    assert order == [
        *(("forward", name) for name in units),
        ("loss", "output"),
        *(("backward", name) for name in backward),
    ]
    for step in found:
        if step.terms:
            assert sum(term.product for term in step.terms) == pytest.approx(step.total)
        if step.kind == "forward":
            assert step.terms[-1].name == "bias" and np.tanh(step.total) == pytest.approx(step.result)
        if step.kind == "backward":
            assert step.total * step.factor == pytest.approx(step.result) == step.gradient[-1]


def test_the_surface_asks_every_unit_at_every_point() -> None:
    training = Training(Configuration(features=("x1_squared", "x2"), hidden=(3, 2)), split(generate("circle")))
    grid = Grid(12, 6)
    found = surface(training.descent.network, grid)
    assert found.inputs.shape == (2, 6, 12) and [each.shape for each in found.hidden] == [(3, 6, 12), (2, 6, 12)]
    assert grid.x1[0] == -5.5 and grid.x2.tolist() == [-5, -3, -1, 1, 3, 5]
    at = example(training.descent.network, (grid.x1[7], grid.x2[4]), 0.0)
    assert found.output[4, 7] == pytest.approx(at.output)
    np.testing.assert_allclose(found.hidden[0][:, 4, 7], at.layers[0].y)
    np.testing.assert_allclose(found.inputs[:, 4, 7], [grid.x1[7] ** 2, grid.x2[4]])


def test_a_network_without_inputs_answers_the_same_everywhere() -> None:
    training = Training(Configuration(features=(), hidden=()), split(generate("circle")))
    found = surface(training.descent.network, Grid(4, 3))
    np.testing.assert_allclose(found.output, np.full((3, 4), np.tanh(0.1)))
