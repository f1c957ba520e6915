"""Fits arrays into cells: two pixels a cell in height, or one pixel for two cells in wide mode."""

from functools import lru_cache

import numpy as np


def fit(values: np.ndarray, columns: int, rows: int, wide: bool) -> np.ndarray:
    """Resample an array (…, r, c) to shape (…, 2 × rows, columns): nearest when it grows, averages when it shrinks."""
    if wide:
        small = resample(values, rows, max(1, columns // 2))
        spread = np.repeat(np.repeat(small, 2, axis=-2), 2, axis=-1)[..., :columns]
        border = [(0, 0)] * (spread.ndim - 1) + [(0, columns - spread.shape[-1])]
        return np.pad(spread, border, mode="edge")
    return resample(values, 2 * rows, columns)


def resample(values: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Resample an array of shape (…, r, c) to (…, rows, columns)."""
    with np.errstate(invalid="ignore"):  # infinities of both signs have no mean; it is drawn as no number
        return _along(_along(values, rows, -2), columns, -1)


def _along(values: np.ndarray, size: int, axis: int) -> np.ndarray:
    places, counts = _plan(values.shape[axis], size)
    if counts is None:
        return np.take(values, places, axis=axis)
    sums = np.add.reduceat(values, places, axis=axis).take(range(0, 2 * size, 2), axis=axis)
    return sums / (counts if axis == -1 else counts[:, None])


@lru_cache(maxsize=256)
def _plan(length: int, size: int) -> tuple[np.ndarray, np.ndarray | None]:
    """Where each of `size` pixels takes its value from: one place; or where its part begins and ends, and how many."""
    if size >= length:
        return np.minimum(((np.arange(size) + 0.5) * length / size).astype(int), length - 1), None
    edges = np.linspace(0, length, size + 1)
    starts = np.floor(edges[:-1]).astype(int)
    ends = np.minimum(np.maximum(np.ceil(edges[1:]).astype(int), starts + 1), length)
    places = np.stack([starts, ends], axis=1).ravel()
    return (places[:-1] if places[-1] == length else places), ends - starts
