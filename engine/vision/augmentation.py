"""Digits as other people write them: shifted, turned, slanted, stretched, with thicker and thinner strokes.

A random linear map says for each pixel of a new picture where in the old one it comes from.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

TURN = math.radians(4)
"""Standard deviation of the angle in radians, where the shift is one pixel; the next two likewise."""

SLANT = 0.15
"""Standard deviation of the slant: by how much of its height above the middle a point moves sideways."""

STRETCH = 0.1
"""Standard deviation of the logarithms of width and height."""

BLOCK = 512
"""Pictures that are drawn at once: so many stay in the processor's cache."""

EACH = 4
"""Every fourth picture gets thicker strokes, every fourth thinner ones."""


def vary(images: Tensor, shift: float, generator: torch.Generator, places: Tensor | None = None) -> Tensor:
    """Vary pictures of shape (n, 1, h, w): shifted by up to `shift` pixels each way, the rest in proportion.

    0 leaves them as they are. The generator is one of the CPU, so that every device varies alike. Strokes change by
    up to a pixel, in pictures chosen by their place; so pictures should come in random order. With `places` only the
    pictures at these places (m,) are varied and given, each as it would be among all.
    """
    chosen = images if places is None else images[places.to(images.device)]
    if not shift:
        return chosen
    maps = _maps(len(images), shift, images.shape[-1], generator)
    strengths = torch.rand(len(images), 1, 1, 1, generator=generator) * min(shift, 1.0)
    if places is None:
        places = torch.arange(len(images))
    whole = (chosen, maps[places], strengths[places], places % EACH)
    parts = zip(*(torch.split(each.to(images.device), BLOCK) for each in whole), strict=True)
    return torch.cat([_thickened(_moved(part, move), strength, kind) for part, move, strength, kind in parts])


def _maps(n: int, shift: float, side: int, generator: torch.Generator) -> Tensor:
    """Random maps from new places to old ones, shape (n, 2, 3); places run from −1 to 1."""
    turn, slant, wide, high = torch.randn(4, n, generator=generator) * shift
    offset = (torch.rand(n, 2, generator=generator) * 2 - 1) * (2 * shift / side)
    angle = turn * TURN
    cos, sin = angle.cos(), angle.sin()
    rotation = torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2)
    scale_x, scale_y = (wide * STRETCH).exp(), (high * STRETCH).exp()
    shear = torch.stack(
        [torch.stack([scale_x, slant * SLANT * scale_y], -1), torch.stack([torch.zeros(n), scale_y], -1)], -2
    )
    return torch.cat([shear @ rotation, offset[:, :, None]], 2)


def _moved(images: Tensor, maps: Tensor) -> Tensor:
    """Draw each picture by its map, between pixels by bilinear interpolation, beyond the edge with the edge's value."""
    grid = F.affine_grid(maps, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, padding_mode="border", align_corners=False)


def _thickened(images: Tensor, strengths: Tensor, kinds: Tensor) -> Tensor:
    """Change strokes in place: by the least value of a neighbourhood (kind 0) or the greatest (1), mixed in."""
    for kind, sign in ((0, -1), (1, 1)):
        which = (kinds == kind).nonzero()[:, 0]
        before = images[which]
        images[which] = torch.lerp(before, sign * F.max_pool2d(sign * before, 3, 1, 1), strengths[which])
    return images
