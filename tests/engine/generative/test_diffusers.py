"""The walk against the schedulers of diffusers, on the same schedule, predictions and noise."""

from typing import Any

import pytest
import torch
from torch import Tensor

from engine.generative import diffusion
from engine.generative.diffusion import Prediction, estimate, noised, step_back

diffusers = pytest.importorskip("diffusers", reason="diffusers is not installed")

THEIRS = {"linear": "linear", "cosine": "squaredcos_cap_v2"}
PREDICTIONS: dict[Prediction, str] = {"epsilon": "epsilon", "v": "v_prediction", "x0": "sample"}


def theirs(kind: str, schedule: str, prediction: Prediction, clip: bool, **more: Any) -> Any:
    """One of their schedulers, with our ᾱ: theirs are float32, of which 1 − ᾱ keeps three digits near the picture."""
    made = getattr(diffusers, kind)(
        num_train_timesteps=1000,
        beta_schedule=THEIRS[schedule],
        prediction_type=PREDICTIONS[prediction],
        clip_sample=clip,
        **more,
    )
    made.alphas_cumprod = diffusion.SCHEDULES[schedule]().alpha_bar[1:]
    return made


def drawn(seed: int) -> Tensor:
    return torch.randn(2, 1, 8, 8, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("schedule", THEIRS)
def test_the_schedules_are_theirs(schedule: str) -> None:
    other = diffusers.DDPMScheduler(num_train_timesteps=1000, beta_schedule=THEIRS[schedule]).alphas_cumprod
    torch.testing.assert_close(diffusion.SCHEDULES[schedule]().alpha_bar[1:].float(), other, atol=1e-5, rtol=0)


@pytest.mark.parametrize("schedule", THEIRS)
def test_noise_is_added_alike(schedule: str) -> None:
    ours, t = diffusion.SCHEDULES[schedule](), torch.tensor([0, 990])
    expected = theirs("DDPMScheduler", schedule, "v", False).add_noise(drawn(0), drawn(1), t)
    torch.testing.assert_close(noised(ours, drawn(0), t + 1, drawn(1)), expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("schedule", THEIRS)
@pytest.mark.parametrize("prediction", PREDICTIONS)
@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0])
def test_a_walk_of_ddim_is_theirs(schedule: str, prediction: Prediction, eta: float) -> None:
    other = theirs("DDIMScheduler", schedule, prediction, False, set_alpha_to_one=True)
    other.set_timesteps(20)
    ours, x = diffusion.SCHEDULES[schedule](), drawn(0)
    for number, t in enumerate(other.timesteps.tolist()):  # their t = 0 is our 1: they do not count the picture
        output, z = drawn(2 * number + 1), drawn(2 * number + 2)
        s = max(0, t + 1 - 50)
        expected = other.step(output, t, x, eta=eta, variance_noise=z).prev_sample
        found = estimate(prediction, ours, output, x, torch.full((2,), t + 1))
        torch.testing.assert_close(step_back(ours, found, t + 1, s, eta, z), expected, atol=1e-5, rtol=1e-5)
        x = expected / expected.std()  # outputs are arbitrary here, so that x would grow


@pytest.mark.parametrize("schedule", THEIRS)
@pytest.mark.parametrize("prediction", PREDICTIONS)
@pytest.mark.parametrize("clip", [False, True])
def test_a_walk_of_ddpm_is_theirs(schedule: str, prediction: Prediction, clip: bool) -> None:
    other = theirs("DDPMScheduler", schedule, prediction, clip, variance_type="fixed_small")
    ours, x = diffusion.SCHEDULES[schedule](), drawn(0)
    for t in (999, 998, 700, 200, 5, 1):
        output, seed = drawn(t + 1), torch.Generator().manual_seed(t)
        z = torch.randn(x.shape, generator=torch.Generator().manual_seed(t), dtype=x.dtype)
        expected = other.step(output, t, x, generator=seed).prev_sample
        found = estimate(prediction, ours, output, x, torch.full((2,), t + 1), 1.0 if clip else None)
        torch.testing.assert_close(step_back(ours, found, t + 1, t, 1.0, z), expected, atol=1e-5, rtol=1e-5)
        x = expected / expected.std()
