"""Photographs for the networks: two that scikit-learn ships, or a file of the learner's own.

A network gets the middle of the image: of its shorter side the inner 224/256, as the contest's networks were tested
(Krizhevsky et al. 2012, section 4.1; Simonyan and Zisserman 2014, section 3.2), scaled to the size of its input.
"""

import math
import warnings
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import Tensor

from engine.vision.photograph import ImageError
from engine.vision.prepare import BACKGROUND, INK

__all__ = ["PHOTOGRAPHS", "ImageError", "Photograph", "network_input", "photograph", "read"]

Pixels = NDArray[np.uint8]

Photograph = Literal["china", "flower"]

PHOTOGRAPHS: tuple[Photograph, ...] = get_args(Photograph)
"""The two that scikit-learn ships: a temple and a flower."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM")
"""What is read. Pillow knows more, some of which it hands to other programs."""

LARGEST = 50_000_000
"""Pixels of the largest image that is read: it takes 200 MB of memory for a moment."""

INNER = 224 / 256
"""Share of the shorter side that is seen."""

MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of red, green and blue over the contest's images, 0…1: what the published weights expect to be taken out."""

GREY = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in brightness."""


def photograph(name: Photograph) -> Pixels:
    """A photograph that scikit-learn ships, shape (427, 640, 3). Raises ValueError for another name."""
    if name not in PHOTOGRAPHS:
        raise ValueError(f"{name!r} is not one of {', '.join(PHOTOGRAPHS)}")
    from sklearn.datasets import load_sample_image  # takes a second, which only this needs

    return np.asarray(load_sample_image(f"{name}.jpg"), np.uint8)


def read(path: Path) -> Pixels:
    """An image file, shape (h, w, 3); what is transparent lies on white, of a film the first picture counts.

    Raises ImageError, whose reason is missing, unreadable or large (more than 50 million pixels).
    """
    if not path.is_file():
        raise ImageError(path, "missing")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as file:
                if file.width * file.height > LARGEST:
                    raise ImageError(path, "large")
                file.load()
                image = ImageOps.exif_transpose(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(path, "large") from error
    except ImageError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise ImageError(path, "unreadable") from error
    return _colours(image)


def _colours(image: Image.Image) -> Pixels:
    """Red, green and blue of an image of any mode."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):  # more than 256 steps of grey
        deep = np.nan_to_num(np.asarray(image, np.float64))
        low, high = float(deep.min()), float(deep.max())
        image = Image.fromarray(np.uint8((deep - low) / max(high - low, 1e-9) * 255))
    if image.has_transparency_data:
        above = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", above.size, "white"), above)
    return np.array(image.convert("RGB"), np.uint8)


def square(pixels: Pixels, side: int) -> Pixels:
    """The middle of an image (h, w, 3) as a network sees it, shape (side, side, 3)."""
    height, width = pixels.shape[:2]
    inner = min(height, width) * INNER
    left, top = (width - inner) / 2, (height - inner) / 2
    image = Image.fromarray(pixels)
    scaled = image.resize((side, side), Image.Resampling.BILINEAR, (left, top, left + inner, top + inner))
    return np.array(scaled, np.uint8)


def network_input(pixels: Pixels, shape: tuple[int, int, int]) -> Tensor:
    """An image (h, w, 3) as input of a network, shape (1, *shape), shape being (3, side, side) or (1, side, side).

    Three colours: mean 0 and variance 1 over the contest's images. One: dark is LeNet-5's ink, light its paper.
    """
    maps, side, _ = shape
    seen = torch.from_numpy(square(pixels, side)).float() / 255
    if maps == 1:
        darkness = 1 - seen @ torch.tensor(GREY)
        return (BACKGROUND + (INK - BACKGROUND) * darkness)[None, None]
    scaled = (seen - torch.tensor(MEAN)) / torch.tensor(SPREAD)
    return scaled.permute(2, 0, 1)[None].contiguous()


def arranged(units: int) -> tuple[int, int]:
    """Rows and columns of a rectangle, nearly a square, that has a place for each of so many units."""
    columns = math.ceil(math.sqrt(units))
    return math.ceil(units / columns), columns
