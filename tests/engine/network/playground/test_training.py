"""Going back, branching, changing while it learns, and what is told of it."""

from dataclasses import replace

import numpy as np
import pytest

from engine.network.playground.activations import ACTIVATIONS
from engine.network.playground.data import Data, generate, own, split
from engine.network.playground.descent import Configuration
from engine.network.playground.optimizers import OPTIMIZERS
from engine.network.playground.score import discretized
from engine.network.playground.state import State
from engine.network.playground.training import Training, WeightsError
from engine.process import frames


def data(name: str = "circle") -> Data:
    return split(generate(name, noise=0.1), 0.5, 0)


def test_it_begins_where_playground_begins() -> None:
    training = Training(Configuration(), data())
    assert [matrix.shape for matrix in training.matrices] == [(4, 3), (2, 5), (1, 3)]
    weights = np.concatenate([matrix[:, :-1].ravel() for matrix in training.matrices])
    assert np.abs(weights).max() <= 0.5 and weights.std() > 0.1
    assert {float(b) for matrix in training.matrices for b in matrix[:, -1]} == {0.1}
    assert (training.configuration.rate, training.configuration.batch) == (0.03, 10)
    np.testing.assert_array_equal(training.parameters, Training(Configuration(), data()).parameters)
    assert (training.parameters != Training(Configuration(seed=1), data()).parameters).any()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_going_back_is_as_if_one_had_never_gone(optimizer: str) -> None:
    training = Training(Configuration(optimizer=optimizer, batch=7), data())
    training.step(123)
    state = training.state()
    moment = training.moment()
    training.advance(3)
    plain = frames.decode(frames.encode(state.plain()), dict)
    again = Training(training.configuration, data(), State.of(plain))
    assert again.moment() == moment
    again.advance(3)
    np.testing.assert_array_equal(again.parameters, training.parameters)
    assert again.moment() == training.moment()


def test_a_branch_leaves_what_it_came_from_alone() -> None:
    training = Training(Configuration(), data())
    training.advance(2)
    before = training.parameters.copy()
    branch = training.changed(replace(training.configuration, rate=1.0, activation="relu", optimizer="adam"))
    np.testing.assert_array_equal(branch.parameters, before)
    branch.advance(2)
    np.testing.assert_array_equal(training.parameters, before)
    assert branch.moment().epochs == 4


def test_what_fits_is_kept_when_units_and_features_come_and_go() -> None:
    training = Training(Configuration(optimizer="adam"), data())
    training.advance(2)
    old = [matrix.copy() for matrix in training.matrices]
    wide = training.changed(replace(training.configuration, hidden=(6, 2), features=("x2", "x1_x2", "x1")))
    first, second, last = wide.matrices
    np.testing.assert_array_equal(first[:4][:, [2, 0, 3]], old[0])
    np.testing.assert_array_equal(second[:, [0, 1, 2, 3, 6]], old[1])
    np.testing.assert_array_equal(last, old[2])
    assert (first[4:, -1] == 0.1).all() and np.abs(first[4:, :-1]).max() <= 0.5
    memory = wide.configuration.shape.views(wide.descent.optimizer.memory)
    assert (memory[0][1][:4, 1] == 0).all() and (memory[0][1][:4, 0] != 0).all()
    narrow = wide.changed(training.configuration)
    for mine, theirs in zip(narrow.matrices, old, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_a_removed_layer_takes_the_weights_to_its_units_along() -> None:
    training = Training(Configuration(hidden=(4, 4)), data())
    training.advance(1)
    shallow = training.changed(replace(training.configuration, hidden=(4,)))
    np.testing.assert_array_equal(shallow.matrices[0], training.matrices[0])
    assert (shallow.matrices[1][:, :-1] != training.matrices[2][:, :-1]).all()
    assert shallow.matrices[1][0, -1] == training.matrices[2][0, -1]  # the output's bias is still there
    none = shallow.changed(replace(training.configuration, hidden=(), features=()))
    assert none.matrices[0].shape == (1, 1) and none.advance(1).train.loss is not None


def test_the_next_batchs_gradient_is_what_the_step_takes() -> None:
    training = Training(Configuration(rate=0.5, regularization="l1", regularization_rate=0.01), data())
    before, gradient = [m.copy() for m in training.matrices], training.gradient()
    training.step()
    for old, new, by in zip(before, training.matrices, gradient, strict=True):
        np.testing.assert_allclose(new, old - 0.5 * by, atol=1e-15)


def test_weights_are_loaded_or_refused() -> None:
    training = Training(Configuration(), data())
    training.load(np.zeros(25))
    assert training.moment().train.loss == pytest.approx(0.5)
    with pytest.raises(WeightsError) as caught:
        training.load(np.zeros(24))
    assert caught.value.values == {"kind": "size", "given": 24, "expected": 25}
    with pytest.raises(WeightsError):
        training.load(np.full(25, np.nan))


def test_the_goal_stops_it() -> None:
    training = Training(Configuration(features=("x1_squared", "x2_squared"), hidden=(4,)), data())
    moment = training.advance(1000, goal=0.2)
    assert moment.reached and moment.epochs < 1000
    assert moment.test.loss is not None and moment.test.loss <= 0.2


def test_scores_count_each_point_once() -> None:
    training = Training(Configuration(hidden=(5,)), data())
    score = training.advance(30).test
    confusion = score.confusion
    assert confusion is not None and score.accuracy is not None
    right = confusion.true_positives + confusion.true_negatives
    assert training.descent.samples_per_second > 0
    assert right + confusion.false_positives + confusion.false_negatives == 250
    assert score.accuracy == right / 250 > 0.7
    regression = Training(Configuration(), data("plane")).moment().test
    assert regression.accuracy is None and regression.confusion is None and regression.loss is not None
    assert discretized(np.array([-0.1, 0.0, 2.0])).tolist() == [-1, 1, 1]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_explosion_is_told_not_raised(activation: str) -> None:
    configuration = Configuration(activation=activation, rate=10.0, regularization="l2", regularization_rate=10.0)
    training = Training(configuration, data("plane"))
    moment = training.advance(20)
    assert moment.exploded and training.moment().exploded
    assert training.gradient()


@pytest.mark.filterwarnings("error")
def test_few_points_or_none_are_no_trouble() -> None:
    for points in ([], [(1.0, 2.0, 1.0)], [(1.0, 2.0, 1.0), (-1.0, 0.0, -1.0)]):
        training = Training(Configuration(batch=30), split(own(points), 0.5))
        moment = training.advance(3, goal=0.0)
        assert (moment.train.loss is None) == (not points)
        assert training.descent.examples == (3 if points else 0)
        assert [matrix.shape for matrix in training.gradient()] == [(4, 3), (2, 5), (1, 3)]
