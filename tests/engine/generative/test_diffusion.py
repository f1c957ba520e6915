import math

import pytest
import torch
from torch import Tensor

from engine.generative import diffusion
from engine.generative.diffusion import SCHEDULES, Estimate, Schedule, estimate, guided, noised, reverse, step_back

EPSILON = 1e-5


def drawn(seed: int, *shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.fixture(params=SCHEDULES)
def schedule(request: pytest.FixtureRequest) -> Schedule:
    return SCHEDULES[request.param]()


def test_a_schedule_falls_from_the_picture_to_noise(schedule: Schedule) -> None:
    assert schedule.last == 1000 and schedule.alpha_bar[0] == 1
    assert bool((schedule.alpha_bar.diff() < 0).all())
    assert 0 < schedule.alpha_bar[-1] < 1e-4
    assert float(schedule.level(0)) == 0 and 0.99 < float(schedule.level(1000)) < 1


def test_the_cosine_schedule_is_that_of_the_paper() -> None:
    found = diffusion.cosine().alpha_bar[500]
    assert float(found) == pytest.approx(
        (math.cos(0.508 / 1.008 * math.pi / 2) / math.cos(0.008 / 1.008 * math.pi / 2)) ** 2
    )


def test_the_forward_walk_step_by_step_has_the_spread_of_the_walk_at_once(schedule: Schedule) -> None:
    x0, x = torch.full((20_000,), 2.0, dtype=torch.float64), torch.full((20_000,), 2.0, dtype=torch.float64)
    for t in range(1, 301):  # q(x_t | x_{t−1}), eq. 2
        alpha = float(schedule.alpha_bar[t] / schedule.alpha_bar[t - 1])
        x = math.sqrt(alpha) * x + math.sqrt(1 - alpha) * drawn(t, 20_000)
    at_once = noised(schedule, x0, torch.full((20_000,), 300), drawn(0, 20_000))
    assert float(x.mean()) == pytest.approx(float(at_once.mean()), abs=0.02)
    assert float(x.std()) == pytest.approx(float(at_once.std()), abs=0.02)


@pytest.mark.parametrize("prediction", ["epsilon", "v", "x0"])
@pytest.mark.parametrize("clip", [None, 10.0])
def test_picture_and_noise_come_back_from_a_perfect_prediction(
    schedule: Schedule, prediction: diffusion.Prediction, clip: float | None
) -> None:
    x0, epsilon, t = drawn(1, 5, 1, 4, 4), drawn(2, 5, 1, 4, 4), torch.tensor([1, 10, 300, 700, 995])
    x = noised(schedule, x0, t, epsilon)
    output = diffusion.target(prediction, schedule, x0, t, epsilon)
    found = estimate(prediction, schedule, output, x, t, clip)
    torch.testing.assert_close(found.x0, x0, atol=1e-9, rtol=1e-9)
    torch.testing.assert_close(found.epsilon, epsilon, atol=1e-9, rtol=1e-9)


def test_a_clipped_picture_and_its_noise_still_make_up_x() -> None:
    schedule, t = diffusion.cosine(), torch.tensor([600])
    x = drawn(3, 1, 4)
    found = estimate("v", schedule, drawn(4, 1, 4) * 3, x, t, clip=0.5)
    assert float(found.x0.abs().max()) == 0.5
    torch.testing.assert_close(noised(schedule, found.x0, t, found.epsilon), x)


def test_with_eta_one_a_step_is_the_posterior_of_ddpm(schedule: Schedule) -> None:
    """Ho et al. 2020, eq. 6 and 7: mean √ᾱ_{t−1} β_t/(1−ᾱ_t) x₀ + √α_t (1−ᾱ_{t−1})/(1−ᾱ_t) x_t, variance β̃_t."""
    x0, x = drawn(5, 8), drawn(6, 8)
    for t in (2, 50, 500, 990):
        at, before = (float(schedule.alpha_bar[each]) for each in (t, t - 1))
        alpha = at / before
        mean = math.sqrt(before) * (1 - alpha) / (1 - at) * x0 + math.sqrt(alpha) * (1 - before) / (1 - at) * x
        spread = math.sqrt((1 - before) / (1 - at) * (1 - alpha))
        found = Estimate(x0, (x - math.sqrt(at) * x0) / math.sqrt(1 - at))
        torch.testing.assert_close(step_back(schedule, found, t, t - 1, 1.0), mean, atol=1e-9, rtol=1e-7)
        z = drawn(7, 8)
        moved = step_back(schedule, found, t, t - 1, 1.0, z)
        torch.testing.assert_close(moved, mean + spread * z, atol=1e-9, rtol=1e-7)


def test_a_walk_of_two_gaussians_ends_where_closed_form_says(schedule: Schedule) -> None:
    """Data N(μ, s²): the best prediction is known, and DDIM's fine steps carry z to μ + s z."""
    mean, spread = 0.7, 0.3

    def network(x: Tensor, level: Tensor) -> Tensor:
        angle = (level * math.pi / 2).view(-1, 1)
        signal, noise = angle.cos(), angle.sin()
        x0 = mean + spread**2 * signal * (x - signal * mean) / (spread**2 * signal**2 + noise**2)
        return signal * (x - signal * x0) / noise - noise * x0

    start = drawn(8, 4000, 1)
    for eta in (0.0, 1.0):
        frames = list(
            reverse(network, schedule, "v", start, schedule.walk(250), eta=eta, noise=lambda t: drawn(t, 4000, 1))
        )
        end = frames[-1].x
        assert frames[-1].t == 0
        assert float(end.mean()) == pytest.approx(mean, abs=0.02)
        assert float(end.std()) == pytest.approx(spread, abs=0.02)
        if not eta:
            torch.testing.assert_close(end, mean + spread * start, atol=0.03, rtol=0)


def test_a_walk_begins_short_of_the_end_and_never_repeats_a_time(schedule: Schedule) -> None:
    assert schedule.walk(1) == [995, 0]
    assert schedule.walk(20)[:2] == [995, 945] and len(schedule.walk(20)) == 21
    assert schedule.walk(1000) == list(range(995, -1, -1))
    assert schedule.walk(5, start=3) == [3, 2, 1, 0]


def test_times_to_learn_at_cover_the_whole_walk(schedule: Schedule) -> None:
    times = schedule.times(1000, torch.Generator().manual_seed(0))
    assert sorted(times.tolist()) == list(range(1, 1001)) and times.tolist() != list(range(1, 1001))


def test_guidance_goes_beyond_what_the_condition_changes() -> None:
    def network(x: Tensor, level: Tensor, kind: Tensor) -> Tensor:
        return x + kind[:, None]

    x, level = drawn(9, 3, 2), torch.zeros(3)
    given, none = {"kind": torch.tensor([1.0, 2.0, 3.0])}, {"kind": torch.zeros(3)}
    for w in (0.0, 0.5, 1.0, 3.0):
        torch.testing.assert_close(guided(network, given, none, w)(x, level), x + w * given["kind"][:, None].double())
