"""Data sets lie where TensorFlow Playground's lie, and are drawn again from their seed."""

import math
import subprocess
import sys

import numpy as np
import pytest

from engine.network.playground.data import DATASETS, generate, own, split
from engine.network.playground.features import FEATURES, inputs, with_ones
from engine.network.playground.measured import MEASURED, MeasureError, measured, points


@pytest.mark.parametrize("name", DATASETS)
def test_it_has_the_usual_size_and_is_the_same_for_the_same_seed(name: str) -> None:
    first, again, other = generate(name, 0.2, 5), generate(name, 0.2, 5), generate(name, 0.2, 6)
    assert len(first.t) == (1200 if first.problem == "regression" else 500)
    np.testing.assert_array_equal(first.x, again.x)
    np.testing.assert_array_equal(first.t, again.t)
    assert (first.x != other.x).any() or (first.t != other.t).any()
    assert np.abs(first.t).max() <= 2.2


def test_circle_and_exclusive_or() -> None:
    circle, xor = generate("circle"), generate("xor")
    radius = np.hypot(*circle.x.T)
    assert radius[circle.t > 0].max() < 2.5 and radius[circle.t < 0].min() >= 3.5 and radius.max() <= 5
    np.testing.assert_array_equal(xor.t, np.sign(xor.x.prod(axis=1)))
    assert np.abs(xor.x).min() >= 0.3 and np.abs(xor.x).max() <= 5.3


def test_noise_confuses_labels_but_moves_no_point_of_circle() -> None:
    clean, noisy = generate("circle", 0.0), generate("circle", 0.5)
    np.testing.assert_array_equal(clean.x, noisy.x)
    assert 0.1 < (clean.t != noisy.t).mean() < 0.5


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.5, 4.0)])
def test_gaussian_has_its_means_and_variance(noise: float, variance: float) -> None:
    x, t = (lambda p: (p.x, p.t))(generate("gaussian", noise, count=20_000))
    for sign in (1, -1):
        np.testing.assert_allclose(x[t == sign].mean(axis=0), 2 * sign, atol=0.1)
        np.testing.assert_allclose(x[t == sign].var(axis=0), variance, rtol=0.05)


def test_spiral_has_two_arms_opposite_each_other() -> None:
    spiral = generate("spiral")
    np.testing.assert_allclose(spiral.x[:250], -spiral.x[250:], atol=1e-12)
    i = 100
    angle = 1.75 * i / 250 * 2 * math.pi
    np.testing.assert_allclose(spiral.x[i], [2 * math.sin(angle), 2 * math.cos(angle)])
    assert spiral.t[i] == 1 and spiral.t[i + 250] == -1
    assert 0 < np.abs(generate("spiral", 0.3).x - spiral.x).max() <= 0.3


def test_regression_targets() -> None:
    plane, hills = generate("plane"), generate("multi_gaussian", count=20_000)
    np.testing.assert_allclose(plane.t, plane.x.sum(axis=1) / 10)
    near = np.hypot(*(hills.x - [-4, 2.5]).T) < 0.2
    assert hills.t[near].min() > 0.9
    assert (hills.t[np.hypot(*(hills.x - [0, 2.5]).T) < 0.2] < -0.9).all()
    assert (hills.t[np.abs(hills.x[:, 1]) > 4.5] == 0).all()


def test_splitting_loses_no_point_and_leaves_no_side_empty() -> None:
    data = split(generate("circle"), 0.1, 3)
    assert len(data.train.t) == 50 and len(data.test.t) == 450
    together = np.concatenate([data.train.x, data.test.x])
    np.testing.assert_array_equal(np.sort(together, axis=0), np.sort(generate("circle").x, axis=0))
    assert [len(side.t) for side in (lambda d: (d.train, d.test))(split(own([(0, 0, 1), (1, 1, -1)]), 0.1))] == [1, 1]
    assert [len(side.t) for side in (lambda d: (d.train, d.test))(split(own([]), 0.5))] == [0, 0]


def test_features_are_what_their_names_say() -> None:
    found = inputs(np.array([[2.0, -3.0]]), tuple(FEATURES))
    np.testing.assert_allclose(found[:, 0], [2, -3, 4, 9, -6, math.sin(2), math.sin(-3)])
    assert inputs(np.zeros((4, 2)), ()).shape == (0, 4)
    assert with_ones(found)[-1].tolist() == [1]


@pytest.mark.parametrize("name", MEASURED)
def test_measured_data_fills_the_plane(name: str) -> None:
    found, table = points(name), measured(name)
    assert len(found.t) == len(table.labels) and set(found.t) == {-1.0, 1.0}
    np.testing.assert_allclose([found.x.min(axis=0), found.x.max(axis=0)], [[-5, -5], [5, 5]])
    axis = found.axes[0]
    original = (found.x[:, 0] + 6) / 12 * (axis.high - axis.low) + axis.low
    np.testing.assert_allclose(original, table.x[:, table.axes.index(axis.name)], atol=1e-9)


def test_axes_and_classes_are_chosen_by_name() -> None:
    found = points("iris", "sepal length (cm)", "petal width (cm)", "virginica", "versicolor")
    assert len(found.t) == 100 and found.classes == ("versicolor", "virginica")
    assert [axis.name for axis in found.axes] == ["sepal length (cm)", "petal width (cm)"]
    with pytest.raises(MeasureError) as caught:
        points("iris", "weight")
    assert caught.value.values["asked"] == "weight" and "petal width (cm)" in caught.value.values["known"]
    with pytest.raises(MeasureError):
        points("iris", positive="setosa", negative="setosa")


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, engine.network.playground.seeds, engine.network.playground.measured, "
        "engine.network.playground.diagnosis; "
        "print([name for name in ('torch', 'sklearn', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
