"""Finds the ink in an image file: dark on light or light on dark, scanned, drawn or photographed in uneven light."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

Array = NDArray[np.float32]

LARGEST = 400
"""Longer side in pixels to which larger images are reduced: a digit needs no more."""

CONTRAST = 0.08
"""Least difference of ink and paper, of the range from black to white; less is no ink."""

LEVELS, EVEN = 32, 0.3
"""Levels of brightness, and the share of all pixels on one of them from which on the light is even."""

ROUNDS = 8
"""How often the brightness of the paper is fitted."""

SPECK = 0.04
"""Share of the largest connected piece of ink below which a piece is dirt."""


class ImageError(ValueError):
    """A file that is no image; `values` has its `path` and the `reason`: missing, unreadable, empty or large."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} can't be read as an image: {reason}")
        self.values = {"path": str(path), "reason": reason}


def opened(path: Path) -> Array:
    """The brightness of an image, 0…1, at most 400 pixels on the longer side, shape (h, w). Raises ImageError.

    Where it is transparent it is held against what its opaque parts differ from.
    """
    try:
        with Image.open(path) as file:
            if file.mode not in ("1", "L", "I;16", "I", "F"):
                file.draft("RGB", (2 * LARGEST, 2 * LARGEST))  # lets a JPEG be decoded smaller at once
            image = ImageOps.exif_transpose(file)
            image.load()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise ImageError(path, "missing") from error
    except Image.DecompressionBombError as error:
        raise ImageError(path, "large") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ImageError(path, "unreadable") from error
    return _brightness(image)


def _brightness(image: Image.Image) -> Array:
    if image.mode in ("I;16", "I", "F"):
        deep = np.asarray(image, np.float32)
        low, high = float(deep.min()), float(deep.max())
        image = Image.fromarray(np.uint8((deep - low) / max(high - low, 1e-9) * 255))
    image = image.convert("RGBA")
    image.thumbnail((LARGEST, LARGEST), Image.Resampling.BOX)
    pixels = np.asarray(image, np.float32) / 255
    alpha = pixels[..., 3]
    grey = pixels[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    solid = grey[alpha > 0.5]
    paper = 0.0 if len(solid) and solid.mean() > 0.5 else 1.0
    return np.asarray(grey * alpha + paper * (1 - alpha), np.float32)


def ink_of(brightness: Array) -> Array:
    """Ink 0…1 of brightness 0…1, shape (h, w) both; nothing but zeros where there is no contrast.

    Ink is what differs from the paper, towards the side to which most of it differs.
    """
    difference = brightness - _paper(brightness)
    far = np.abs(difference) > threshold(np.abs(difference))
    if difference[far].sum() < 0:
        difference = -difference
    difference = difference.clip(0)
    limit = threshold(difference)
    if not (difference > limit).any() or np.median(difference[difference > limit]) < CONTRAST:
        return np.zeros_like(brightness)
    full = np.median(difference[difference > limit])
    ink = ((difference - limit / 2) / (full - limit / 2)).clip(0, 1)
    return np.asarray(ink * _pieces(ink > 0.3), np.float32)


def _paper(brightness: Array) -> Array:
    """Brightness of the paper at each place: one level where many pixels share it, else a surface of second order.

    The surface is for uneven light. It is fitted to all pixels, those of the border first; then what is far from it,
    the ink, counts less and less.
    """
    height, width = brightness.shape
    counts, edges = np.histogram(brightness, LEVELS, (0, 1))
    most = int(counts.argmax())
    if counts[most] > EVEN * brightness.size:
        level = np.median(brightness[(brightness >= edges[most]) & (brightness <= edges[most + 1])])
        return np.full_like(brightness, level)
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], -1).reshape(-1, 6)
    values = brightness.ravel().astype(float)
    weights = np.where(np.maximum(np.abs(x), np.abs(y)).ravel() > 0.85, 1.0, 0.1)
    surface = values
    for _ in range(ROUNDS):
        weighted = terms * weights[:, None]
        # A trace of ridge keeps the equations solvable in pictures of one row.
        surface = terms @ np.linalg.solve(weighted.T @ terms + 1e-6 * np.eye(6), weighted.T @ values)
        distance = np.abs(values - surface)
        weights = 1 / (1 + (distance / max(float(np.median(distance)), 0.01)) ** 2) ** 2
    return np.asarray(surface.reshape(brightness.shape), np.float32)


def threshold(values: Array) -> float:
    """The value that parts these into two classes as different as can be (Otsu 1979); above all where all are alike."""
    counts, edges = np.histogram(values, 128)
    middles = (edges[:-1] + edges[1:]) / 2
    below, total = counts.cumsum(), (counts * middles).cumsum()
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (total / below - (total[-1] - total) / above) ** 2
    between = np.nan_to_num(between[:-1], nan=-1.0)
    return float(edges[-1] if between.max() < 0 else edges[1:][between.argmax()])


def _pieces(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pixels belong to the digit: neither to dirt nor to what reaches in over the border."""
    from scipy import ndimage  # takes a third of a second, which drawing need not wait for

    labels, count = ndimage.label(ink, np.ones((3, 3)))
    if not count:
        return ink
    sizes = np.bincount(labels.ravel())[1:]
    heights = np.array([rows.stop - rows.start for rows, _ in ndimage.find_objects(labels)])
    border = np.unique(np.concatenate([labels[[0, -1]].ravel(), labels[:, [0, -1]].ravel()]))
    inside = ~np.isin(np.arange(1, count + 1), border)
    kept = inside if (heights[inside] > len(ink) / 4).any() else np.ones(count, bool)
    kept &= sizes >= SPECK * sizes[kept].max()
    # What is fainter around a piece is its edge.
    return np.asarray(ndimage.binary_dilation(np.r_[False, kept][labels], np.ones((3, 3)), 2), bool)
