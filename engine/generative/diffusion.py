"""Diffusion: a picture drowns in noise step by step, and a network that has learned to see through it walks back.

A schedule is a tensor, ᾱ, and two samplers: of the times at which a network learns, and of those at which it draws.

    forward    x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε                      Ho et al., DDPM (2020), eq. 4
    reverse    x_s = √ᾱ_s x̂₀ + √(1−ᾱ_s−σ²) ε̂ + σ z,  s < t     Song et al., DDIM (2021), eq. 12

Every reverse walk is this one update with two numbers: how much of the noise is kept and how much is drawn anew. With
σ = 0 it is DDIM; with σ² = (1−ᾱ_s)/(1−ᾱ_t) · (1−ᾱ_t/ᾱ_s) (their eq. 16) it is DDPM, whose p_θ(x_{t−1}|x_t) has the mean
of Ho et al.'s eq. 7. Time counts as there: x_0 is the picture, x_T noise. Shapes: (B, …), of any data.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor

TIMES = 1000
"""T, steps of the forward walk."""

START = 0.995
"""Where walks begin, as a share of T: at the very end of a cosine schedule nothing of a picture is left to estimate."""

Prediction = Literal["epsilon", "v", "x0"]
"""What a network's output is: the noise ε, the picture x₀, or v = √ᾱ ε − √(1−ᾱ) x₀ (Salimans and Ho 2022)."""

Network = Callable[[Tensor, Tensor], Tensor]
"""x (B, …) and noise levels (B,), see `Schedule.level`, to a prediction of x's shape."""


@dataclass(frozen=True)
class Schedule:
    """How much of a picture is left after so many steps."""

    alpha_bar: Tensor
    """ᾱ_t of t = 0…T, float64 (T + 1,): from 1, the picture, downwards."""

    @property
    def last(self) -> int:
        """T."""
        return len(self.alpha_bar) - 1

    def signal(self, t: int | Tensor) -> Tensor:
        """√ᾱ_t, the share of the picture, of the shape of t."""
        return self.alpha_bar[t].sqrt()

    def noise(self, t: int | Tensor) -> Tensor:
        """√(1−ᾱ_t), the share of the noise, of the shape of t."""
        return (1 - self.alpha_bar[t]).sqrt()

    def level(self, t: int | Tensor) -> Tensor:
        """What a network is told of the time: the angle between signal and noise, 0 (picture) … 1 (noise).

        It means the same in every schedule, so a network that has learned with one draws with the others.
        """
        return torch.atan2(self.noise(t), self.signal(t)) / (math.pi / 2)

    def times(self, count: int, generator: torch.Generator | None = None) -> Tensor:
        """Times to learn at, int64 (count,): uniform in 1…T, one from each of `count` equal parts, in random order."""
        places = (torch.randperm(count, generator=generator) + torch.rand(count, generator=generator)) / count
        return 1 + (places * self.last).long().clamp(max=self.last - 1)

    def walk(self, steps: int, start: int | None = None) -> list[int]:
        """Times of a reverse walk of `steps` steps, from `start` (0.995 T) down to 0; fewer where they would repeat."""
        first = round(START * self.last) if start is None else start
        return sorted({round(first * (1 - each / steps)) for each in range(steps + 1)}, reverse=True)


def linear(times: int = TIMES, first: float = 1e-4, last: float = 0.02) -> Schedule:
    """β_t rises in equal steps, ᾱ_t = Π (1−β) (Ho et al. 2020, section 4); for T = 1000."""
    return of_betas(torch.linspace(first, last, times, dtype=torch.float64))


def cosine(times: int = TIMES, offset: float = 0.008, most: float = 0.999) -> Schedule:
    """ᾱ_t = f(t)/f(0), f(t) = cos²((t/T + s)/(1 + s) · π/2), no β above 0.999 (Nichol and Dhariwal 2021, eq. 17)."""
    t = torch.arange(times + 1, dtype=torch.float64) / times
    f = torch.cos((t + offset) / (1 + offset) * math.pi / 2) ** 2
    return of_betas((1 - f[1:] / f[:-1]).clamp(max=most))


def of_betas(betas: Tensor) -> Schedule:
    """β_1…β_T, float64 (T,), the share of noise that each step adds."""
    return Schedule(torch.cat([torch.ones(1, dtype=torch.float64), (1 - betas).cumprod(0)]))


SCHEDULES: Mapping[str, Callable[[], Schedule]] = {"linear": linear, "cosine": cosine}
"""By name."""


def noised(schedule: Schedule, x0: Tensor, t: Tensor, epsilon: Tensor) -> Tensor:
    """q(x_t | x₀): the forward walk from x₀ (B, …) to the times t (B,) at once, with noise of x₀'s shape."""
    signal, noise = _shares(schedule, t, x0)
    return signal * x0 + noise * epsilon


def target(prediction: Prediction, schedule: Schedule, x0: Tensor, t: Tensor, epsilon: Tensor) -> Tensor:
    """What the network should say of x_t; its loss is the mean square of what is left (Ho et al. 2020, eq. 14)."""
    signal, noise = _shares(schedule, t, x0)
    return {"epsilon": epsilon, "x0": x0, "v": signal * epsilon - noise * x0}[prediction]


@dataclass(frozen=True)
class Estimate:
    """What x_t is made of, as far as the network sees."""

    x0: Tensor
    """The picture."""

    epsilon: Tensor
    """The noise."""


def estimate(
    prediction: Prediction, schedule: Schedule, output: Tensor, x: Tensor, t: Tensor, clip: float | None = None
) -> Estimate:
    """Picture and noise from a prediction of x_t; `clip` keeps the picture within −clip…clip, and the noise fits it."""
    signal, noise = _shares(schedule, t, x)
    if prediction == "epsilon":
        x0 = (x - noise * output) / signal
    elif prediction == "v":
        x0 = signal * x - noise * output
    else:
        x0 = output
    if clip is not None:
        x0 = x0.clamp(-clip, clip)
    elif prediction == "epsilon":
        return Estimate(x0, output)
    elif prediction == "v":
        return Estimate(x0, noise * x + signal * output)
    return Estimate(x0, (x - signal * x0) / noise)


def step_back(schedule: Schedule, found: Estimate, t: int, s: int, eta: float = 0.0, z: Tensor | None = None) -> Tensor:
    """From x_t to x_s, s < t: the one update. η = 0 is DDIM, η = 1 DDPM, σ grows with it; z is new noise."""
    at, to = float(schedule.alpha_bar[t]), float(schedule.alpha_bar[s])
    renewed = eta * math.sqrt((1 - to) / (1 - at) * (1 - at / to))
    kept = math.sqrt(max(0.0, 1 - to - renewed**2))
    x = math.sqrt(to) * found.x0 + kept * found.epsilon
    return x if z is None or not renewed else x + renewed * z


@dataclass(frozen=True)
class Frame:
    """One moment of a reverse walk; all of shape (B, …)."""

    t: int
    x: Tensor
    """x_t."""

    found: Estimate
    """What the network takes it for; at t = 0 x₀ itself and no noise."""


@torch.inference_mode()
def reverse(
    network: Network,
    schedule: Schedule,
    prediction: Prediction,
    x: Tensor,
    times: list[int],
    *,
    eta: float = 0.0,
    clip: float | None = None,
    noise: Callable[[int], Tensor] | None = None,
) -> Iterator[Frame]:
    """The reverse walk p_θ from x at times[0] down through `times`, frame by frame; the last is x at times[-1].

    `noise(t)` gives the new noise z for the step to t, of x's shape; without it none is added, whatever η says.
    """
    for t, s in pairwise(times):
        at = torch.full((len(x),), t)
        output = network(x, schedule.level(at).to(x))
        found = estimate(prediction, schedule, output, x, at, clip)
        yield Frame(t, x, found)
        x = step_back(schedule, found, t, s, eta, noise(s) if noise and eta and s else None)
    yield Frame(times[-1], x, Estimate(x, torch.zeros_like(x)))


def guided(
    network: Callable[..., Tensor], given: Mapping[str, Tensor], none: Mapping[str, Tensor], w: float
) -> Network:
    """A network led by a condition: without + w (with − without) (Ho and Salimans 2022, whose w is this less 1).

    `given` and `none` are its arguments by name, (B, …), with the condition and without; 0 ignores the condition,
    1 is the network as it has learned it, more exaggerates. Both are asked at once.
    """

    def one(arguments: Mapping[str, Tensor]) -> Network:
        return lambda x, level: network(x, level, **arguments)

    if w in (0.0, 1.0):
        return one(given if w else none)
    both = {name: torch.cat([given[name], none[name]]) for name in given}

    def led(x: Tensor, level: Tensor) -> Tensor:
        with_it, without = network(torch.cat([x, x]), torch.cat([level, level]), **both).chunk(2)
        return without + w * (with_it - without)

    return led


def _shares(schedule: Schedule, t: Tensor, like: Tensor) -> tuple[Tensor, Tensor]:
    """√ᾱ_t and √(1−ᾱ_t) of t (B,), as (B, 1, …) beside data."""
    t = t.to(schedule.alpha_bar.device)
    shape = (-1,) + (1,) * (like.dim() - 1)
    return schedule.signal(t).to(like).view(shape), schedule.noise(t).to(like).view(shape)
