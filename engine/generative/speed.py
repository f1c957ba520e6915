"""How fast digits are learned and drawn, on the threads that torch has."""

import time
from itertools import islice

import torch

from engine.generative.diffusion import cosine, guided, reverse
from engine.generative.digit_training import DEFAULTS, DiffusionTraining
from engine.generative.trained import network, shipped

LEARNED, DRAWN, STEPS = 12, 64, 10
"""Steps of learning that are measured after the first, pictures that are drawn, and in how many steps."""


def speeds() -> dict[str, float]:
    """Pictures a second in training; milliseconds a picture that is drawn in ten DDIM steps at guidance 3."""
    training = DiffusionTraining(**DEFAULTS)
    training.move()
    begun = time.perf_counter()
    for _ in islice(iter(training.move, None), LEARNED):
        pass
    learned = LEARNED * DEFAULTS["batch"] / (time.perf_counter() - begun)
    made, kind = network(shipped().weights), torch.arange(DRAWN) % 10
    led = guided(made, {"kind": kind}, {"kind": made.any_kind(DRAWN)}, 3.0)
    x = torch.randn(DRAWN, 1, training.side, training.side, generator=torch.Generator().manual_seed(0))
    begun = time.perf_counter()
    for _ in reverse(led, cosine(), "v", x, cosine().walk(STEPS), clip=1.0):
        pass
    return {"train": learned, "sample": (time.perf_counter() - begun) / DRAWN * 1000}
