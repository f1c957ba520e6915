"""Brings drawings and pictures of digits to LeNet-5 in the shape in which MNIST brings its own.

MNIST's digits (LeCun et al. 1998, section III.A) fill a box of 20×20 in a picture of 28×28, with the centre of mass in
the middle. A border of two pixels around it makes LeNet-5's input of 32×32.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from torch import Tensor
from torch.nn import functional as F

from engine.vision.photograph import ImageError, ink_of, opened

__all__ = ["BACKGROUND", "INK", "ImageError", "like_mnist", "network_input", "read_image"]

Array = NDArray[np.float32]

SIDE, BOX = 28, 20
"""Side of a picture of MNIST, and of the box that holds the digit, in pixels."""

BACKGROUND, INK = -0.1, 1.175
"""What the network is given for no ink and for full ink, as in the paper (section II.B)."""

FAINT = 0.1
"""Ink up to this, of 1, belongs to no stroke."""

FINE = 4
"""How much finer than MNIST the picture is in which strokes are made thicker or thinner."""

THIN, THICK = 2.0, 3.5
"""Strokes of MNIST are mostly as wide, in pixels; others are brought to it."""


def network_input(images: NDArray[Any]) -> Tensor:
    """Pictures of ink, 0…1 or bytes, shape (n, 28, 28), to the network's input (n, 1, 32, 32)."""
    pixels = torch.tensor(np.ascontiguousarray(images))
    ink = pixels.float() / 255 if pixels.dtype == torch.uint8 else pixels.float()
    return F.pad(ink[:, None] * (INK - BACKGROUND) + BACKGROUND, (2, 2, 2, 2), value=BACKGROUND)


def read_image(path: Path) -> Array:
    """The ink in an image file, 0…1, shape (h, w); dark on light and light on dark are told apart by the border.

    Raises ImageError for a file that is no image.
    """
    return ink_of(opened(path))


def like_mnist(drawing: NDArray[Any]) -> Array:
    """A drawing of any shape (h, w), ink 0…1, as MNIST would have it: shape (28, 28). Without ink it stays empty."""
    ink = np.nan_to_num(np.asarray(drawing, np.float32)).clip(0, 1)
    digit = _cropped(ink)
    if digit is None:
        return np.zeros((SIDE, SIDE), np.float32)
    fine = _cropped(_with_usual_strokes(_fitted(digit, BOX * FINE)))
    small = _fitted(digit if fine is None else fine, BOX)
    # Thin lines of a large picture get grey when it shrinks.
    return _centred(small / np.float32(max(small.max(), FAINT)))


def _cropped(ink: Array) -> Array | None:
    """The part that has ink, None if there is none."""
    rows, columns = (np.flatnonzero((ink > FAINT).any(axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _fitted(ink: Array, side: int) -> Array:
    """Scaled, in its proportions, so that the longer side has `side` pixels."""
    scale = side / max(ink.shape)
    height, width = (max(1, round(length * scale)) for length in ink.shape)
    image = Image.fromarray(np.ascontiguousarray(ink)).resize((width, height), Image.Resampling.BICUBIC)
    return np.array(image, np.float32).clip(0, 1)


def _with_usual_strokes(ink: Array) -> Array:
    """Make strokes thicker or thinner that MNIST has not so; the picture is `FINE` times as fine as MNIST."""
    padded = np.pad(ink, 4 * FINE)
    width = stroke_width(padded) / FINE
    change = int(np.clip(np.clip(width, THIN, THICK) - width, -2, 2) * FINE / 2 + 0.5 * np.sign(THIN - width))
    if not change:
        return padded
    image = Image.fromarray((padded * 255).astype(np.uint8))
    size = 2 * abs(change) + 1
    image = image.filter(ImageFilter.MaxFilter(size) if change > 0 else ImageFilter.MinFilter(size))
    return np.asarray(image, np.float32) / np.float32(255)


def stroke_width(ink: Array) -> float:
    """Mean width of the strokes in pixels: twice their area over their outline; 0 without ink."""
    outline = float(np.hypot(np.diff(ink, axis=0)[:, 1:], np.diff(ink, axis=1)[1:]).sum())
    return 2 * float(ink.sum()) / outline if outline else 0.0


def _centred(ink: Array) -> Array:
    """Placed so that the centre of mass is in the pixel to the lower right of the middle, as MNIST's are."""
    picture = np.zeros((SIDE, SIDE), np.float32)
    corner = []
    for axis, length in enumerate(ink.shape):
        mass = ink.sum(axis=1 - axis)
        centre = float((np.arange(length) + 0.5) @ mass / mass.sum())
        corner.append(int(np.clip(round(SIDE / 2 + 0.5 - centre), 0, SIDE - length)))
    top, left = corner
    picture[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return picture
