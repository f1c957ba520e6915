"""How well a decoder draws and an encoder infers, on scenes that neither has learned from."""

from typing import NamedTuple

import torch
from torch import Tensor

from engine.generative.causal.decoder import Decoder
from engine.generative.causal.encoder import Encoder
from engine.generative.causal.scenes import Scenes
from engine.generative.scene import OBJECTS, PERIODS


class Drawn(NamedTuple):
    """How well a decoder draws."""

    loss: float
    """Mean cross-entropy of a pixel, in nats."""

    iou: float
    """Mean over the scenes."""

    each: tuple[float, ...]
    """Mean of each object."""


class Inferred(NamedTuple):
    """How well an encoder infers."""

    loss: float
    object_accuracy: float
    """Share of the objects that are right, 0…1."""

    position_error: float
    """Mean distance in pixels."""

    angle_error: float
    """Median in degrees over all objects that have an angle, up to their symmetry."""


def iou(ink: Tensor, other: Tensor) -> Tensor:
    """Intersection over union, shape (B,), of what two batches of images cover by more than a half.

    It is 1 where both cover nothing.
    """
    one, two = ink > 0.5, other > 0.5
    union = (one | two).sum((1, 2))
    shared = (one & two).sum((1, 2)) / union.clamp(min=1)
    return torch.where(union > 0, shared, torch.ones_like(shared))


def angle_error(kind: Tensor, degrees: Tensor, other: Tensor) -> Tensor:
    """Degrees from one angle to the other by the shorter way, up to the object's symmetry; 0 where it has no angle."""
    period = torch.tensor(PERIODS, device=degrees.device)[kind]
    whole = period.clamp(min=1)
    off = (degrees - other).remainder(whole)
    return torch.where(period > 0, torch.minimum(off, whole - off), torch.zeros_like(off))


@torch.inference_mode()
def drawn(decoder: Decoder, scenes: Scenes, images: Tensor) -> Drawn:
    """Measure a decoder; `images` are those of the known function."""
    found = iou(decoder.logits(scenes).sigmoid(), images)
    each = tuple(float(found[scenes.kind == number].mean()) for number in range(len(OBJECTS)))
    return Drawn(float(decoder.loss(scenes, images)), float(found.mean()), each)


@torch.inference_mode()
def inferred(encoder: Encoder, scenes: Scenes, images: Tensor) -> Inferred:
    """Measure an encoder. Angles count for all objects that have one, also where another object was inferred."""
    found, _ = encoder.infer(images)
    off = angle_error(scenes.kind, found.degrees, scenes.degrees)
    with_angle = torch.tensor(PERIODS, device=off.device)[scenes.kind] > 0
    return Inferred(
        float(encoder.loss(images, scenes)),
        float((found.kind == scenes.kind).float().mean()),
        float(torch.hypot(found.x - scenes.x, found.y - scenes.y).mean()),
        float(off[with_angle].median()),
    )
