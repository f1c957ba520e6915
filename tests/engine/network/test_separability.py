"""The linear program and its proofs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.iris import iris
from engine.network.neuron import excess
from engine.network.perceptron import learn
from engine.network.separability import Separation, separate

ROWS = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


def check_proof(found: Separation, X: np.ndarray, t: np.ndarray) -> None:
    """Check the witness by arithmetic alone."""
    side = np.where(t > 0.5, 1, -1)
    if found.separable:
        assert found.weights is not None and found.threshold is not None
        assert (side * excess(found.weights, X, found.threshold)).min() >= 1 - 1e-6
    else:
        shares = found.shares
        assert shares is not None and shares.min() >= 0
        one, zero = t > 0.5, t <= 0.5
        assert shares[one].sum() == pytest.approx(1) and shares[zero].sum() == pytest.approx(1)
        np.testing.assert_allclose(shares[one] @ X[one], shares[zero] @ X[zero], atol=1e-6)
        np.testing.assert_allclose(found.point, shares[one] @ X[one], atol=1e-6)


def test_of_all_16_tables_two_are_beyond_a_unit() -> None:
    beyond = []
    for code in range(16):
        t = np.array([code >> row & 1 for row in range(4)])
        found = separate(ROWS, t)
        check_proof(found, ROWS, t)
        if not found.separable:
            beyond.append(t.tolist())
    assert beyond == [[0, 1, 1, 0], [1, 0, 0, 1]]


def test_exclusive_or_meets_in_the_middle_of_both_diagonals() -> None:
    found = separate(ROWS, [0, 1, 1, 0])
    np.testing.assert_allclose(found.shares, 0.5)
    np.testing.assert_allclose(found.point, 0.5)


def test_setosa_can_be_told_apart_and_the_other_two_can_not() -> None:
    for names, separable in ((("setosa", "versicolor"), True), (("versicolor", "virginica"), False)):
        flowers = iris(*names)
        found = separate(flowers.X, flowers.t)
        assert found.separable is separable
        check_proof(found, flowers.X, flowers.t)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 12), st.integers(1, 3))
def test_random_sets_have_exactly_one_kind_of_proof(seed: int, size: int, inputs: int) -> None:
    generator = np.random.default_rng(seed)
    X, t = generator.integers(-4, 5, (size, inputs)).astype(float), generator.integers(0, 2, size)
    found = separate(X, t)
    check_proof(found, X, t)
    learning = learn(X, t, 1.0, np.zeros(inputs), 0.0, epochs=300)
    assert found.separable or not learning.converged
