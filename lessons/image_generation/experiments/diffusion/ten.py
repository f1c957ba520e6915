"""One picture of each digit, drawn in few steps: what a trained network can do, at a glance."""

import torch

from engine.generative.diffusion import SCHEDULES, guided, reverse
from engine.generative.digits import ink
from engine.vision.batches import drawn_from
from lessons.image_generation.experiments.diffusion.sources import Source
from lessons.image_generation.labs.diffusion.settings import NAME, Schedule
from lessons.vocabulary.figures import Raster

STEPS, GUIDANCE = 6, 2.0
"""DDIM steps, and the weight of the digit that is asked for."""


@torch.inference_mode()
def ten(found: Source, schedule: Schedule, seed: int) -> Raster:
    """The digits 0 to 9 from noise."""
    kind = torch.arange(10)
    x = torch.randn((len(kind), 1, found.side, found.side), generator=drawn_from(seed, 0))
    network, made = found.network, SCHEDULES[schedule]()
    led = guided(network, {"kind": kind}, {"kind": network.any_kind(len(kind))}, GUIDANCE)
    *_, last = reverse(led, made, found.prediction, x, made.walk(STEPS), clip=1.0)
    return Raster(title=f"@{NAME}.drawn_samples", values=ink(last.x), map="ink", columns=5, scale=False)
