"""Draws pictures from a prompt by walking back from noise, led by the text (Ho and Salimans 2022)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import torch
from torch import Tensor

from engine.generative.diffusion import Network, cosine, guided, reverse
from engine.generative.prompt.model import NONE, PromptUNet, tensor_of
from engine.generative.prompt.scenes import Scene
from engine.generative.scene import SIDE

STEPS, GUIDANCE = 20, 3.0
"""Steps of a walk and weight of the prompt, where nothing else is asked for."""

SCHEDULE = cosine()

NEAR = 1.0
"""Pictures are −1…1, and estimates of them are kept within."""


class Moment(NamedTuple):
    """One moment of a walk."""

    t: int
    """Time, 0 at the end."""

    x: Tensor
    """What is there, (n, 3, 32, 32), −1…1 and noise beyond."""

    x0: Tensor
    """What the network takes for the picture in it."""


def noise(seed: int, count: int) -> Tensor:
    """What `count` pictures begin with, (n, 3, 32, 32); the first ones are the same, however many there are."""
    generator = torch.Generator().manual_seed(seed)
    return torch.stack([torch.randn(3, SIDE, SIDE, generator=generator) for _ in range(count)])


def led(model: PromptUNet, scenes: Sequence[Scene], guidance: float) -> Network:
    """The network under a prompt for each picture; guidance 0 ignores it, 1 is as learned, more exaggerates."""
    device = next(model.parameters()).device
    given = tensor_of(scenes, device)
    none = torch.tensor([NONE] * len(scenes), device=device)
    return guided(model, {"scenes": given}, {"scenes": none}, guidance)


def walk(
    model: PromptUNet, scenes: Sequence[Scene], x: Tensor, *, guidance: float = GUIDANCE, steps: int = STEPS
) -> list[Moment]:
    """Walk from noise x (n, 3, 32, 32) to pictures of these scenes, by DDIM; `steps` + 1 moments."""
    device = next(model.parameters()).device
    way = led(model, scenes, guidance)
    with _one_thread():
        frames = reverse(way, SCHEDULE, "v", x.to(device), SCHEDULE.walk(steps), clip=NEAR)
        return [Moment(frame.t, frame.x, frame.found.x0) for frame in frames]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Draw on one thread: places are so few that threads wait for each other longer than they work."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def draw(
    model: PromptUNet, scenes: Sequence[Scene], *, seed: int = 0, guidance: float = GUIDANCE, steps: int = STEPS
) -> Tensor:
    """Draw a picture for each scene, (n, 3, 32, 32), 0…1."""
    *_, last = walk(model, scenes, noise(seed, len(scenes)), guidance=guidance, steps=steps)
    return light(last.x0)


def light(x: Tensor) -> Tensor:
    """Pictures −1…1 as light 0…1; what lies beyond is cut off."""
    return (x / 2 + 0.5).clamp(0, 1)
