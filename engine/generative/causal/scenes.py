"""Scenes of the causal graph: causes drawn by chance, and the images that the known function makes of them."""

from typing import NamedTuple

import torch
from torch import Tensor

from engine.generative.scene import OBJECTS, draw

REACH = 7.0
"""Pixels that an object's middle lies from the picture's middle at most, to each side."""

RADIUS = 8.0
"""Pixels from an object's middle to its farthest point: wherever it lies, all of it is in the picture."""

HELD_OUT = 1000
"""Scenes that no training has seen, by which everything is measured."""

_HELD_OUT_SEED = 1
"""Trainings draw theirs from seeds beyond any that can be set here."""


class Scenes(NamedTuple):
    """The causes of B images, each of shape (B,)."""

    kind: Tensor
    """Numbers of `OBJECTS`, integers."""

    x: Tensor
    """Pixels to the right of the picture's middle."""

    y: Tensor
    """Pixels above it."""

    degrees: Tensor
    """Angle against the clock, 0…360."""

    def images(self) -> Tensor:
        """Draw them by the known function, ink 0…1, shape (B, 32, 32)."""
        return draw(self.kind, self.x, self.y, self.degrees, RADIUS)

    def at(self, places: Tensor) -> "Scenes":
        """Take some of them."""
        return Scenes(*(each[places] for each in self))

    def to(self, device: str) -> "Scenes":
        """The same on a device."""
        return Scenes(*(each.to(device) for each in self))


def scene(kind: int, x: float, y: float, degrees: float) -> Scenes:
    """One scene."""
    return Scenes(torch.tensor([kind]), torch.tensor([x]), torch.tensor([y]), torch.tensor([degrees]))


def drawn_from(*seeds: int) -> torch.Generator:
    """A generator on the CPU that equal whole numbers, each below 2²⁰, set alike."""
    joined = 0
    for each in seeds:
        joined = joined << 20 | each
    return torch.Generator().manual_seed(joined)


def random_scenes(count: int, generator: torch.Generator) -> Scenes:
    """Causes independent of each other, as the graph has them: each object, place and angle as likely as any other."""
    kind = torch.randint(len(OBJECTS), (count,), generator=generator)
    x, y = REACH * (2 * torch.rand(2, count, generator=generator) - 1)
    return Scenes(kind, x, y, 360 * torch.rand(count, generator=generator))


def held_out() -> Scenes:
    """The scenes by which everything is measured, on the CPU."""
    return random_scenes(HELD_OUT, drawn_from(_HELD_OUT_SEED))
