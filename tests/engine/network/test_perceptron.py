"""The perceptron rule against scikit-learn's, and what becomes of exclusive-or."""

from itertools import islice

import numpy as np
import pytest
from sklearn.linear_model import Perceptron

from engine.data.iris import iris
from engine.network.neuron import output
from engine.network.perceptron import learn, updates

ROWS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
GATES = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}


def test_one_error_moves_weights_and_threshold() -> None:
    first, second = islice(updates([[0.5, 1.0], [1.0, 0.0]], [1, 1], 0.2, [0.0, 0.1], 0.3), 2)
    assert (first.excess, first.output, first.error) == (-0.2, 0, 1)
    np.testing.assert_allclose(first.weights, [0.1, 0.3])
    assert first.threshold == pytest.approx(0.1)
    assert second.weights_before is first.weights and second.epoch == 1
    # a = h exactly: no output, so an error again
    assert (second.excess, second.error) == (0, 1)


def test_it_makes_the_same_weights_as_scikit_learn() -> None:
    generator = np.random.default_rng(3)
    X = generator.normal(size=(40, 2))
    t = (X @ [1.0, -2.0] > 0.3).astype(float)
    start, h, rate, epochs = np.array([0.37, 0.21]), 0.11, 0.3, 4
    reference = Perceptron(eta0=rate, shuffle=False, max_iter=epochs, tol=None)
    reference.fit(X, t, coef_init=start.copy(), intercept_init=np.array([-h]))
    last = list(islice(updates(X, t, rate, start, h), epochs * len(t)))[-1]
    np.testing.assert_allclose(last.weights, reference.coef_[0])
    assert last.threshold == pytest.approx(-reference.intercept_[0])


@pytest.mark.parametrize("gate", ["AND", "OR", "NAND"])
@pytest.mark.parametrize("seed", range(5))
def test_separable_gates_converge(gate: str, seed: int) -> None:
    *weights, threshold = np.random.default_rng(seed).uniform(-1, 1, 3)
    learning = learn(ROWS, GATES[gate], 0.1, weights, threshold)
    assert learning.converged and learning.cycle is None
    assert len(learning.updates) == 4 * learning.epochs and len(learning.errors) == learning.epochs
    assert output(learning.weights, ROWS, learning.threshold).tolist() == GATES[gate]


@pytest.mark.parametrize("rate", [0.1, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_exclusive_or_goes_round_for_ever(rate: float, seed: int) -> None:
    *weights, threshold = np.random.default_rng(seed).uniform(-1, 1, 3)
    learning = learn(ROWS, GATES["XOR"], rate, weights, threshold)
    assert not learning.converged and learning.cycle is not None
    before = learning.updates[-4 * learning.cycle]
    np.testing.assert_allclose(before.weights_before, learning.weights, atol=1e-9)
    assert before.threshold_before == pytest.approx(learning.threshold)


def test_two_kinds_of_iris_are_learned_and_the_limit_holds() -> None:
    flowers = iris()
    learning = learn(flowers.X, flowers.t, 0.1, [0, 0], 0)
    assert learning.converged
    assert output(learning.weights, flowers.X, learning.threshold).tolist() == flowers.t.tolist()
    harder = iris("versicolor", "virginica")
    learning = learn(harder.X, harder.t, 0.1, [0, 0], 0, epochs=20)
    assert not learning.converged and learning.epochs <= 20
