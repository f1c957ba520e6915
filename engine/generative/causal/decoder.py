"""The decoder: a network that has learned from examples to draw the image of given causes.

An angle is no number on a line: 359° is next to 0°. So the decoder is given cosines and sines of its multiples, its
harmonics, and of places likewise (Mildenhall et al. 2020, NeRF, eq. 4, have shown that a network learns sharp images
from such inputs only). With no harmonics of the angle it can but draw what is right on average over all angles.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.generative.causal.scenes import Scenes
from engine.generative.scene import OBJECTS, SIDE

HARMONICS = 12
"""Multiples of the angle: twelve quarter turns and thirds of a turn have in common what squares and triangles need."""

PLACES = 8
"""Multiples of a place; the first one goes round once along the picture's side."""

WIDTH = 80
"""Units of each hidden layer."""


def size(harmonics: int) -> int:
    """Numbers that a decoder is given for one image."""
    return len(OBJECTS) * (1 + 2 * harmonics) + 4 * PLACES


def inputs(scenes: Scenes, harmonics: int) -> Tensor:
    """What a decoder is given, shape (B, size): which object, harmonics of x, of y, and of the angle.

    The angle's stand at the place of the object, with zeros at the places of the others: to turn a square is another
    thing than to turn a triangle.
    """
    kind = F.one_hot(scenes.kind, len(OBJECTS)).to(scenes.x.dtype)
    turn = 2 * math.pi / SIDE
    places = [_harmonics(turn * each, PLACES) for each in (scenes.x, scenes.y)]
    angle = _harmonics(torch.deg2rad(scenes.degrees), harmonics)
    return torch.cat([kind, *places, (kind[:, :, None] * angle[:, None]).flatten(1)], dim=1)


def _harmonics(angle: Tensor, count: int) -> Tensor:
    multiples = angle[:, None] * torch.arange(1, count + 1, device=angle.device)
    return torch.cat([multiples.cos(), multiples.sin()], dim=1)


def noise(harmonics: int, seed: int) -> Tensor:
    """Inputs without meaning, shape (1, size): normal numbers, as large as cosines are on average."""
    generator = torch.Generator().manual_seed(seed)
    return math.sqrt(0.5) * torch.randn(1, size(harmonics), generator=generator)


class Decoder(nn.Module):
    """From causes to an image: a perceptron of three hidden layers."""

    def __init__(self, harmonics: int = HARMONICS) -> None:
        super().__init__()
        self.harmonics = harmonics
        layers: list[nn.Module] = []
        for given in (size(harmonics), WIDTH, WIDTH):
            layers += [nn.Linear(given, WIDTH), nn.SiLU()]
        self.layers = nn.Sequential(*layers, nn.Linear(WIDTH, SIDE * SIDE))

    def forward(self, given: Tensor) -> Tensor:
        """Logits of the ink, shape (B, 32, 32), for inputs (B, size)."""
        logits: Tensor = self.layers(given)
        return logits.view(-1, SIDE, SIDE)

    def logits(self, scenes: Scenes) -> Tensor:
        """Logits of the ink for causes."""
        logits: Tensor = self(inputs(scenes, self.harmonics))
        return logits

    def loss(self, scenes: Scenes, images: Tensor) -> Tensor:
        """Mean cross-entropy of a pixel, in nats; the ink is the share of a pixel that is covered."""
        return F.binary_cross_entropy_with_logits(self.logits(scenes), images)
