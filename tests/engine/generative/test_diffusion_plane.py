import numpy as np
import pytest
import torch

from engine.generative.diffusion import cosine, reverse
from engine.generative.plane import SHAPES, PlaneTraining, closed_form, shape, within


def drawn(network: object, steps: int = 50) -> np.ndarray:
    x = torch.randn(300, 2, generator=torch.Generator().manual_seed(1))
    *_, last = reverse(network, cosine(), "v", x, cosine().walk(steps))  # type: ignore[arg-type]
    return last.x.double().numpy()


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_a_line_of_points_evenly_apart(name: str) -> None:
    points = shape(name)
    gaps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert points.shape == (1000, 2) and np.abs(points).max() <= 1
    assert np.median(gaps) < 0.02 and (gaps < 1.2 * np.median(gaps)).mean() > 0.95


@pytest.mark.parametrize("name", SHAPES)
def test_the_closed_form_draws_the_data(name: str) -> None:
    assert within(drawn(closed_form(shape(name))), shape(name)) >= 0.99


def test_the_closed_form_is_the_mean_of_what_a_point_may_have_come_from() -> None:
    points, schedule, t = np.array([[0.5, 0.0], [-0.5, 0.2]]), cosine(), torch.tensor([600])
    x = torch.tensor([[0.1, 0.3]], dtype=torch.float64)
    signal, noise = float(schedule.signal(600)), float(schedule.noise(600))
    weights = np.exp(-((x.numpy() - signal * points) ** 2).sum(1) / (2 * noise**2))
    mean = weights @ points / weights.sum()
    v = closed_form(points)(x, schedule.level(t))
    np.testing.assert_allclose((signal * x - noise * v).numpy()[0], mean, atol=1e-9)


def test_learning_comes_near_the_closed_form() -> None:
    training = PlaneTraining(shape("ring"), cosine(), seed=0, total=2, steps=150)
    untrained, losses = training.network(), [training.learn(), training.learn()]
    assert losses[1] < losses[0]
    assert within(drawn(training.network()), shape("ring"), 0.2) > 0.8 > within(drawn(untrained), shape("ring"), 0.2)


def test_the_same_seed_learns_the_same() -> None:
    first, second = (PlaneTraining(shape("moons"), cosine(), seed=3, total=1, steps=5).learn() for _ in range(2))
    assert first == second


def test_within_counts_what_is_near() -> None:
    assert within(np.array([[0.0, 0.07], [0.0, 0.09], [5.0, 0.0]]), np.zeros((1, 2))) == pytest.approx(1 / 3)
