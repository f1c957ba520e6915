"""Reverse walks from noise, from a digit or from a drawing, as the settings say."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor

from engine.data.digits import digits
from engine.generative.diffusion import (
    SCHEDULES,
    Estimate,
    Frame,
    Prediction,
    Schedule,
    guided,
    noised,
    reverse,
)
from engine.generative.digits import inputs, resized
from engine.vision.batches import drawn_from
from lessons.image_generation.experiments.diffusion.sources import Source
from lessons.image_generation.labs.diffusion.settings import SIDE, DiffusionSettings
from lessons.vocabulary.drawings import decode


@dataclass(frozen=True)
class Way:
    """All that a walk depends on."""

    digit: int
    method: str
    steps: int
    schedule: str
    guidance: float
    seed: int
    samples: int
    start: str = "noise"
    depth: int = 0
    drawn: str = ""
    branch: int = 0
    branch_seed: int = 0


def way(settings: DiffusionSettings, **others: Any) -> Way:
    """The walk of the settings, or one that differs from it."""
    from_noise = settings.start == "noise"
    named: dict[str, Any] = {
        "digit": int(settings.digit),
        "method": settings.method,
        "steps": settings.steps,
        "schedule": settings.schedule,
        "guidance": settings.guidance,
        "seed": settings.seed,
        "samples": settings.samples,
        "start": settings.start,
        "depth": 0 if from_noise else settings.depth,
        "drawn": settings.drawn if settings.start == "drawn" else "",
        "branch": settings.branch,
        "branch_seed": settings.branch_seed if settings.branch else 0,
    }
    return Way(**(named | others))


@dataclass(frozen=True, eq=False)
class Walk:
    """A finished walk."""

    frames: tuple[Frame, ...]
    """All moments of the first picture."""

    end: Tensor
    """All pictures at its end, ink −1…1, (n, 1, side, side)."""

    seconds: float
    """How long it took."""


@lru_cache(maxsize=12)
def walked(found: Source, asked: Way) -> Walk:
    """Walk back, once for the same settings."""
    begun = time.perf_counter()
    schedule = SCHEDULES[asked.schedule]()
    times = schedule.walk(asked.steps, asked.depth or None)
    network = found.network
    kind = torch.full((asked.samples,), asked.digit)
    led = guided(network, {"kind": kind}, {"kind": network.any_kind(asked.samples)}, asked.guidance)
    shape = (asked.samples, 1, found.side, found.side)
    x = _normal(shape, asked.seed, 0)
    clean = original(asked, found.side)
    if clean is not None:
        x = noised(schedule, clean.expand(shape), torch.full((asked.samples,), times[0]), x)
    eta = 1.0 if asked.method == "ddpm" else 0.0

    def go(x: Tensor, times: list[int], noise: Callable[[int], Tensor]) -> Iterator[Frame]:
        return reverse(led, schedule, found.prediction, x, times, eta=eta, clip=1.0, noise=noise)

    at = min(asked.branch, len(times) - 2)
    frames: list[Frame] = []
    for frame in go(x, times, lambda t: _normal(shape, asked.seed, t)):
        if 0 < at == len(frames):
            break
        frames.append(_first(frame))
    if at > 0:
        x = branched(schedule, frame, _normal(shape, asked.branch_seed, times[at], 1))
        for frame in go(x, times[at:], lambda t: _normal(shape, asked.branch_seed, t, 1)):
            frames.append(_first(frame))
    return Walk(tuple(frames), frame.x, time.perf_counter() - begun)


def _first(frame: Frame) -> Frame:
    """A moment of the first picture alone: those of all others would fill the memory."""
    found = Estimate(frame.found.x0[:1].clone(), frame.found.epsilon[:1].clone())
    return Frame(frame.t, frame.x[:1].clone(), found)


def branched(schedule: Schedule, frame: Frame, epsilon: Tensor) -> Tensor:
    """The same estimate of x₀ in other noise."""
    return noised(schedule, frame.found.x0, torch.full((len(epsilon),), frame.t), epsilon)


def original(asked: Way, side: int) -> Tensor | None:
    """The picture that a walk begins from, ink −1…1, (1, 1, side, side); None for noise and an empty drawing."""
    if asked.start == "digit":
        _, test = digits()
        of_kind = np.flatnonzero(test.labels == asked.digit)
        return inputs(test.images[of_kind[asked.seed % len(of_kind)]][None], side)
    if asked.start == "drawn" and asked.drawn:
        values = np.clip(decode(asked.drawn, SIDE * SIDE).reshape(1, 1, SIDE, SIDE), 0, 1)
        return 2 * resized(torch.as_tensor(values).float(), side) - 1
    return None


def said(schedule: Schedule, prediction: Prediction, frame: Frame) -> Tensor:
    """What a network of this prediction says at a frame, from its picture and noise."""
    if prediction == "epsilon":
        return frame.found.epsilon
    return schedule.signal(frame.t).float() * frame.found.epsilon - schedule.noise(frame.t).float() * frame.found.x0


def _normal(shape: tuple[int, ...], *numbers: int) -> Tensor:
    return torch.randn(shape, generator=drawn_from(*numbers))
