"""The known function from a scene to its picture, and the judge, which fits that function to a picture.

A scene's object stands at the middle of its place, moved by up to a pixel each way: so a scene is not one picture but
many, and a seed has something to choose. The judge needs no network: it compares a picture with all renderings.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import torch
from torch import Tensor

from engine.generative.prompt.scenes import COLOURS, OBJECTS, PLACES, SIZES, Scene
from engine.generative.scene import OBJECTS as DRAWN
from engine.generative.scene import draw

RADII = (4.0, 5.5, 7.5)
"""Pixels from an object's middle to the circle around it, by size."""

OFFSET = 7.5
"""Pixels from the middle of the picture to that of a place at a side."""

SHIFT = 1.0
"""Pixels by which an object may stand beside the middle of its place, each way."""

RGB = {
    "red": (0.92, 0.16, 0.16),
    "green": (0.16, 0.76, 0.24),
    "blue": (0.20, 0.36, 0.96),
    "yellow": (0.96, 0.86, 0.14),
    "purple": (0.62, 0.24, 0.86),
    "white": (0.96, 0.96, 0.96),
}
"""Red, green and blue of each colour, 0…1; where nothing is, all are 0."""

EXPLAINED = 0.3
"""Share of a picture's light that the nearest rendering must explain; with less there is no scene in it.

Of pure noise the nearest rendering explains less than 0.2, of a scene under a haze of noise about a half.
"""


def colours(device: torch.device | str = "cpu") -> Tensor:
    """The colours in their order, (6, 3)."""
    return torch.tensor([RGB[name] for name in COLOURS], device=device)


def masks(object_: Tensor, size: Tensor, place: Tensor, shift: Tensor) -> Tensor:
    """Where objects cover the picture, 0…1: (n,) integers each and shifts (n, 2) in pixels → (n, 32, 32)."""
    kinds = torch.tensor([DRAWN.index(name) for name in OBJECTS], device=place.device)[object_]
    x = (place % 3 - 1) * OFFSET + shift[:, 0]
    y = (1 - place // 3) * OFFSET + shift[:, 1]  # rows count downwards, y upwards
    radius = torch.tensor(RADII, device=place.device)[size]
    return draw(kinds, x, y, torch.zeros_like(x), radius)


def rendered(scenes: Tensor, shift: Tensor) -> Tensor:
    """The pictures of whole scenes (n, 4), in the order of `ATTRIBUTES`: (n, 3, 32, 32), 0…1."""
    object_, colour, size, place = scenes.unbind(1)
    covered = masks(object_, size, place, shift)
    return covered[:, None] * colours(scenes.device)[colour][:, :, None, None]


class Reading(NamedTuple):
    """What the judge sees in a picture."""

    scene: Scene | None
    """The nearest rendering; None where there is no scene in it."""

    explained: float
    """Share of the picture's light, as a sum of squares, that this rendering explains, at most 1."""


class _Renderings(NamedTuple):
    """All objects, sizes and places, moved by halves of a pixel."""

    causes: tuple[tuple[int, int, int], ...]
    """Object, size and place of each."""

    covered: Tensor
    """(k, 1024)."""

    light: Tensor
    """Sum of squares of each, (k,)."""


@cache
def _renderings() -> _Renderings:
    moves = (-SHIFT, -SHIFT / 2, 0.0, SHIFT / 2, SHIFT)
    counts = (range(len(OBJECTS)), range(len(SIZES)), range(len(PLACES)))
    all_ = list(product(*counts, moves, moves))
    object_, size, place = torch.tensor([each[:3] for each in all_]).unbind(1)
    covered = masks(object_, size, place, torch.tensor([each[3:] for each in all_])).flatten(1)
    return _Renderings(tuple(each[:3] for each in all_), covered, covered.square().sum(1))


@torch.inference_mode()
def judge(pictures: Tensor) -> list[Reading]:
    """Read pictures (n, 3, 32, 32), 0…1, back: the nearest of all renderings, by the sum of squared differences."""
    known = _renderings()
    tones = colours()
    pictures = pictures.float().cpu()
    readings = []
    for some in torch.split(pictures, 64):
        light = some.square().flatten(1).sum(1)
        on = some.flatten(2) @ known.covered.T  # (n, 3, k)
        # |x − m c|² = |x|² − 2 c·(x m) + |c|² |m|², of which the last two depend on the rendering
        gained = 2 * torch.einsum("nck,qc->nqk", on, tones) - tones.square().sum(1)[:, None] * known.light
        best, place = gained.flatten(1).max(1)
        shares = best / light.clamp(min=1e-6)
        for share, number in zip(shares.tolist(), place.tolist(), strict=True):
            colour, cause = divmod(number, len(known.causes))
            object_, size, where = known.causes[cause]
            scene = Scene(object_, colour, size, where) if share >= EXPLAINED else None
            readings.append(Reading(scene, share))
    return readings


def agreement(wanted: Sequence[Scene], readings: Sequence[Reading]) -> dict[str, float]:
    """Shares of pictures whose object, colour, size, place are as wanted, and `all` four; what is left out is right."""
    names = (*Scene._fields, "all")
    rights = [_right(scene, reading.scene) for scene, reading in zip(wanted, readings, strict=True)]
    return {name: sum(right[place] for right in rights) / len(rights) for place, name in enumerate(names)}


def _right(wanted: Scene, seen: Scene | None) -> list[bool]:
    """Attribute by attribute, and at the end all of them."""
    rights = [seen is not None and asked in (None, seen[place]) for place, asked in enumerate(wanted)]
    return [*rights, all(rights)]
