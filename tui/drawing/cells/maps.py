"""Fits arrays into cells: two pixels a cell in height, or one pixel for two cells in wide mode."""

import numpy as np


def fit(values: np.ndarray, columns: int, rows: int, wide: bool) -> np.ndarray:
    """Resample an array to shape (2 × rows, columns): nearest when it grows, averages when it shrinks."""
    if wide:
        small = resample(values, rows, max(1, columns // 2))
        spread = np.repeat(np.repeat(small, 2, axis=0), 2, axis=1)[:, :columns]
        return np.pad(spread, ((0, 0), (0, columns - spread.shape[1])), mode="edge")
    return resample(values, 2 * rows, columns)


def resample(values: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Resample an array of shape (r, c) to (rows, columns)."""
    with np.errstate(invalid="ignore"):  # infinities of both signs have no mean; it is drawn as no number
        return _along(_along(values, rows, 0), columns, 1)


def _along(values: np.ndarray, size: int, axis: int) -> np.ndarray:
    length = values.shape[axis]
    if size >= length:
        places = ((np.arange(size) + 0.5) * length / size).astype(int)
        return np.take(values, np.minimum(places, length - 1), axis=axis)
    edges = np.linspace(0, length, size + 1)
    starts = np.floor(edges[:-1]).astype(int)
    counts = np.maximum(np.ceil(edges[1:]).astype(int) - starts, 1)
    sums = np.stack(
        [
            np.take(values, range(s, min(s + c, length)), axis=axis).mean(axis=axis)
            for s, c in zip(starts, counts, strict=True)
        ],
        axis=axis,
    )
    return sums
