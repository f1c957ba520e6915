"""The encoder: a network that infers from an image which causes it had, against the arrows of the graph.

An angle can be inferred only up to the object's symmetry: a square turned by a quarter is the same square. So what is
learned is the direction of the angle times the number of turns that change nothing, one pair of cosine and sine for
each object that has an angle at all; which pair counts is known with the object.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.generative.causal.scenes import REACH, Scenes
from engine.generative.scene import OBJECTS, PERIODS

FOLDS = tuple(round(360 / period) if period else 0 for period in PERIODS)
"""By how many turns within a circle each object looks the same; 0 where it has no angle."""

MAPS = (12, 24, 32)
"""Feature maps of the three convolution layers, of 16×16, 8×8 and 4×4 pixels."""

WIDTH = 64
"""Units of the hidden layer after them."""

ANGLE_WEIGHT, PLACE_WEIGHT = 2.0, 4.0
"""What the squared errors of directions and of places (in reaches) count beside the cross-entropy of the object."""


class Encoder(nn.Module):
    """From an image to its causes: three convolution layers of stride 2, and two that are fully connected."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third = MAPS
        self.layers = nn.Sequential(
            nn.Conv2d(1, first, 5, stride=2, padding=2),  # (B, 12, 16, 16)
            nn.SiLU(),
            nn.Conv2d(first, second, 3, stride=2, padding=1),  # (B, 24, 8, 8)
            nn.SiLU(),
            nn.Conv2d(second, third, 3, stride=2, padding=1),  # (B, 32, 4, 4)
            nn.SiLU(),
            nn.Flatten(),
            nn.Linear(third * 16, WIDTH),
            nn.SiLU(),
            nn.Linear(WIDTH, len(OBJECTS) + 2 + 2 * len(OBJECTS)),
        )

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of the objects (B, 5), place (B, 2) in reaches, a direction for each object (B, 5, 2).

        Images have shape (B, 32, 32).
        """
        found = self.layers(images[:, None])
        count = len(OBJECTS)
        return found[:, :count], found[:, count : count + 2], found[:, count + 2 :].view(-1, count, 2)

    def loss(self, images: Tensor, scenes: Scenes) -> Tensor:
        """Cross-entropy of the object, and squared errors of the place and of the true object's direction."""
        scores, place, directions = self(images)
        folds = torch.tensor(FOLDS, device=images.device)[scenes.kind]
        turned = torch.deg2rad(scenes.degrees) * folds
        direction = directions[torch.arange(len(images), device=images.device), scenes.kind]
        off = (direction - torch.stack([turned.cos(), turned.sin()], dim=1)).square().sum(1)
        where = (place - torch.stack([scenes.x, scenes.y], dim=1) / REACH).square().sum(1)
        found = F.cross_entropy(scores, scenes.kind)
        loss: Tensor = found + PLACE_WEIGHT * where.mean() + ANGLE_WEIGHT * (off * (folds > 0)).mean()
        return loss

    def infer(self, images: Tensor) -> tuple[Scenes, Tensor]:
        """The likeliest causes, and how likely each object is, (B, 5); an angle lies within the object's period.

        Of an object without an angle it is 0.
        """
        scores, place, directions = self(images)
        kind = scores.argmax(1)
        cosine, sine = directions[torch.arange(len(images), device=images.device), kind].unbind(1)
        folds = torch.tensor(FOLDS, device=images.device)[kind]
        period = torch.tensor(PERIODS, device=images.device)[kind]
        angle = torch.rad2deg(torch.atan2(sine, cosine)) / folds.clamp(min=1)
        degrees = torch.where(folds > 0, angle.remainder(period.clamp(min=1)), torch.zeros_like(angle))
        return Scenes(kind, REACH * place[:, 0], REACH * place[:, 1], degrees), scores.softmax(1)
