"""The known function from causes to an image: one object at a place, of an angle and a size, drawn without steps.

PRML (Bishop 2006), section 8.1.2, figure 8.8: the causal graph Object, Position, Orientation → Image. Lengths are
pixels, x to the right and y upwards from the middle of the picture; angles are degrees against the clock.
Each object lies within the circle of its radius. A pixel's ink is how much of it the object covers, told from the
signed distance d (negative inside) of the pixel's middle to the object's border: ½ − d, within 0…1.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

OBJECTS = ("disc", "square", "triangle", "ring", "cross")
"""The objects, in the order of their numbers."""

PERIODS = (0.0, 90.0, 120.0, 0.0, 90.0)
"""Degrees by which each object can be turned and look the same; 0 where every angle does, so that it has none."""

SIDE = 32
"""Pixels along the picture's side."""

RING = 0.55
"""The ring's inner radius, as a share of its outer one."""

ARM = 0.3
"""Half the width of the cross' arms, as a share of its radius."""

# Each distance takes positions u, v from the object's middle, turned with it, and its radius r; all can be broadcast.


def disc(u: Tensor, v: Tensor, r: Tensor) -> Tensor:
    """Signed distance to a disc."""
    return torch.hypot(u, v) - r


def ring(u: Tensor, v: Tensor, r: Tensor) -> Tensor:
    """Signed distance to a disc with a round hole."""
    return (torch.hypot(u, v) - r * (1 + RING) / 2).abs() - r * (1 - RING) / 2


def square(u: Tensor, v: Tensor, r: Tensor) -> Tensor:
    """Signed distance to a square with its corners on the circle; beyond a corner that of the nearer side's line."""
    return torch.maximum(u.abs(), v.abs()) - r * math.sqrt(0.5)


def triangle(u: Tensor, v: Tensor, r: Tensor) -> Tensor:
    """Signed distance to an equilateral triangle with a corner at the top; beyond corners as for the square."""
    return torch.maximum(u.abs() * math.sqrt(0.75) + v / 2, -v) - r / 2


def cross(u: Tensor, v: Tensor, r: Tensor) -> Tensor:
    """Signed distance to two bars over each other."""
    length, width = r * math.sqrt(1 - ARM**2), r * ARM
    along = torch.maximum(u.abs() - length, v.abs() - width)
    across = torch.maximum(u.abs() - width, v.abs() - length)
    return torch.minimum(along, across)


DISTANCES: tuple[Callable[[Tensor, Tensor, Tensor], Tensor], ...] = (disc, square, triangle, ring, cross)
"""The distance of each object, in their order."""


def draw(kind: Tensor, x: Tensor, y: Tensor, degrees: Tensor, radius: Tensor | float, side: int = SIDE) -> Tensor:
    """Draw a batch of pictures, ink 0…1, shape (B, side, side), on the device and in the dtype of `x`.

    `kind` (B,) are numbers of `OBJECTS`; `x`, `y`, `degrees` (B,), and `radius` (B,) or one for all, are real numbers.
    """
    radius = torch.as_tensor(radius, dtype=x.dtype, device=x.device).expand_as(x)
    middle = (side - 1) / 2
    places = torch.arange(side, dtype=x.dtype, device=x.device) - middle
    right = places - x[:, None, None]  # (B, 1, side)
    up = -places[:, None] - y[:, None, None]  # (B, side, 1)
    turn = torch.deg2rad(degrees)[:, None, None]
    u = right * turn.cos() + up * turn.sin()
    v = up * turn.cos() - right * turn.sin()
    ink = torch.empty_like(u)
    for number, distance in enumerate(DISTANCES):
        drawn = kind == number
        ink[drawn] = (0.5 - distance(u[drawn], v[drawn], radius[drawn, None, None])).clamp(0, 1)
    return ink
