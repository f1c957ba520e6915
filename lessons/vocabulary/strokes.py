"""Strokes of a soft round brush on a grid of pixels: what the pad draws, and drawings made of points.

Places are (x, y) in pixels: x from the left edge, y from the upper one, so that (0.5, 0.5) is the middle of the
first pixel. Values are ink, 0 (none) to 1, in steps of 1/64, which a drawing's float16 numbers hold exactly.
"""

from collections.abc import Sequence

import numpy as np

RADIUS = 1.2
"""Pixels from a stroke's middle to where half of its ink is left; about the pen of the handwritten digits of MNIST."""

LEVELS = 64

Place = tuple[float, float]


def quantised(values: np.ndarray) -> np.ndarray:
    """Round values to 1/64 within 0…1, float64."""
    rounded: np.ndarray = np.clip(np.rint(np.asarray(values, float) * LEVELS) / LEVELS, 0.0, 1.0)
    return rounded


def segment(rows: int, columns: int, start: Place, end: Place, radius: float = RADIUS) -> np.ndarray:
    """Draw one straight stroke, shape (rows, columns); a dot where both ends are one place.

    A pixel has the ink of its middle, which falls from 1 to 0 from half a pixel within the radius to half a pixel
    beyond. Places may lie outside the grid.
    """
    x, y = np.arange(columns) + 0.5, np.arange(rows)[:, None] + 0.5
    across, down = end[0] - start[0], end[1] - start[1]
    length = across**2 + down**2
    # The nearest place of the stroke to each pixel, as a share of its length.
    share = np.clip(((x - start[0]) * across + (y - start[1]) * down) / length, 0, 1) if length else 0.0
    distance = np.hypot(x - start[0] - share * across, y - start[1] - share * down)
    return quantised(radius + 0.5 - distance)


def rendered(
    strokes: Sequence[Sequence[Place]], rows: int = 28, columns: int = 28, radius: float = RADIUS
) -> np.ndarray:
    """Draw strokes, each through its points, shape (rows, columns); where they cross, the darker ink stays."""
    ink = np.zeros((rows, columns))
    for stroke in strokes:
        points = list(stroke)
        for start, end in zip(points[:1] + points, points, strict=False):
            ink = np.maximum(ink, segment(rows, columns, start, end, radius))
    return ink
