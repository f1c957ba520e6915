"""Diffusion in two dimensions, where a small network learns in seconds, and the best answer is known.

Of all answers to x_t the mean of what it may have come from has the least square error (so eq. 14 of Ho et al. 2020
aims at it). For data that are n points it is

    E[x₀ | x_t] = Σ wᵢ xᵢ / Σ wᵢ,   wᵢ = exp(−|x_t − √ᾱ_t xᵢ|² / 2(1−ᾱ_t))
"""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from engine.generative.descent import Descent
from engine.generative.diffusion import Network, Schedule, noised, target
from engine.generative.unet import waves
from engine.vision.batches import drawn_from

SHAPES = ("roll", "ring", "moons")

DENSE = 1000
"""Points of a shape."""

BATCH, RATE, END = 256, 6e-3, 0.02
"""Points of a step, the rate at the beginning, and the share of it at the end."""

WIDTH = 128

OCTAVES = 4
"""Frequencies of the sines and cosines in which a place is told besides: without them, curves are learned slowly."""


def shape(name: str) -> NDArray[np.float64]:
    """Points evenly along a shape, within −1…1, shape (1000, 2)."""
    u = (np.arange(DENSE) + 0.5) / DENSE
    if name == "ring":
        return 0.8 * np.stack([np.cos(2 * np.pi * u), np.sin(2 * np.pi * u)], 1)
    if name == "moons":
        half = DENSE // 2
        angle = np.pi * (np.arange(half) + 0.5) / half
        upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], 1)
        return 0.6 * np.concatenate([upper, -upper])
    # A swiss roll seen from its side: r = φ, evenly by length, which grows with φ².
    first, last = 1.5 * np.pi, 4.5 * np.pi
    angle = np.sqrt(first**2 + u * (last**2 - first**2))
    return np.asarray(0.9 / last * angle[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1))


class Denoiser(nn.Module):
    """A perceptron of four layers, two of them beside a shortcut: a point and the noise level to v."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(2 + 64 + 4 * OCTAVES, WIDTH)
        self.layers = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(2))
        self.leave = nn.Linear(WIDTH, 2)

    def forward(self, x: Tensor, level: Tensor) -> Tensor:
        """x (B, 2), level (B,) to (B, 2)."""
        angles = torch.cat([x * (math.pi / 2 * 2**octave) for octave in range(OCTAVES)], 1)
        y = F.silu(self.enter(torch.cat([2 * x, waves(level), angles.sin(), angles.cos()], 1)))
        for layer in self.layers:
            y = y + F.silu(layer(y))
        return self.leave(y)  # type: ignore[no-any-return]


class PlaneTraining:
    """A training on points (n, 2), in blocks of steps; `total` blocks make it whole."""

    def __init__(self, points: NDArray[np.float64], schedule: Schedule, *, seed: int, total: int, steps: int) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(drawn_from(seed).initial_seed())
            self.model = Denoiser()
        self.points, self.schedule, self.seed = torch.as_tensor(points).float(), schedule, seed
        self.total, self.steps, self.block = total, steps, 0
        self._descent = Descent(self.model)

    def learn(self) -> float:
        """One block of steps; returns their mean loss."""
        lost = 0.0
        for step in range(self.block * self.steps, (self.block + 1) * self.steps):
            generator = drawn_from(self.seed, 1, step)
            x0 = self.points[torch.randint(len(self.points), (BATCH,), generator=generator)]
            t, epsilon = self.schedule.times(BATCH, generator), torch.randn(x0.shape, generator=generator)
            x = noised(self.schedule, x0, t, epsilon)
            loss = F.mse_loss(self.model(x, self.schedule.level(t).to(x)), target("v", self.schedule, x0, t, epsilon))
            loss.backward()  # type: ignore[no-untyped-call]
            share = (1 + math.cos(math.pi * step / (self.total * self.steps))) / 2
            self._descent.step(RATE * (END + (1 - END) * share))
            lost += float(loss.detach())
        self.block += 1
        return lost / self.steps

    def network(self) -> Denoiser:
        """A copy with the running mean of the weights, which stays as it is."""
        made = Denoiser()
        made.load_state_dict(self._descent.mean.weights)
        return made.eval().requires_grad_(False)


def closed_form(points: NDArray[np.float64]) -> Network:
    """The best answer for data that are these points, as v."""
    data = torch.as_tensor(points)

    def network(x: Tensor, level: Tensor) -> Tensor:
        angle = (level.double() * math.pi / 2)[:, None]
        signal, noise = angle.cos(), angle.sin()
        distances = torch.cdist(x.double(), torch.zeros(1, 2).double()).square() - 2 * signal * (x.double() @ data.T)
        distances = distances + signal**2 * data.square().sum(1)
        weights = torch.softmax(-distances / (2 * noise**2), 1)
        x0 = weights @ data
        return ((signal * x.double() - x0) / noise).to(x)  # v = √ᾱ ε − √(1−ᾱ) x₀ with ε from x and x₀

    return network


def within(samples: NDArray[np.float64], points: NDArray[np.float64], distance: float = 0.08) -> float:
    """Share of the samples (n, 2) that lie so near to one of the points."""
    gaps = np.linalg.norm(samples[:, None] - points[None], axis=2).min(axis=1)
    return float((gaps <= distance).mean())
