"""Feature maps: what a convolution layer computes, written out.

A kernel is laid on the image, the numbers that meet are multiplied and added up, a constant is added, and the kernel
moves on. Mathematics calls this cross-correlation, since the kernel is not turned over; networks call it convolution
(Goodfellow et al. 2016, section 9.1). Arrays are float64; n is the side of an image, k of a kernel.

    size = ⌊(n + 2 padding − reach) / stride⌋ + 1,    reach = dilation (k − 1) + 1
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class ImpossibleSize(ValueError):
    """A kernel that reaches farther than the padded image: it can be laid on it nowhere."""

    def __init__(self, reach: int, length: int) -> None:
        super().__init__(f"a kernel that reaches over {reach} pixels has no place on {length}")
        self.values: dict[str, Any] = {"reach": reach, "length": length}


@dataclass(frozen=True)
class Steps:
    """How a kernel walks over an image, in both directions alike."""

    stride: int = 1
    """Pixels from one place to the next."""

    padding: int = 0
    """Rows and columns of zeros set around the image."""

    dilation: int = 1
    """Pixels from one weight of the kernel to the next."""

    def reach(self, side: int) -> int:
        """Pixels from the first weight of a kernel to its last, both counted."""
        return self.dilation * (side - 1) + 1

    def places(self, length: int, side: int) -> int:
        """Places of a kernel of so many weights along so many pixels. Raises ImpossibleSize where there is none."""
        room = length + 2 * self.padding - self.reach(side)
        if room < 0:
            raise ImpossibleSize(self.reach(side), length + 2 * self.padding)
        return room // self.stride + 1

    def unseen(self, length: int, side: int) -> int:
        """Pixels at the far end that no place of the kernel covers, since the next step would lead beyond it."""
        return (length + 2 * self.padding - self.reach(side)) % self.stride


ONE_BY_ONE = Steps()
"""Pixel by pixel, without padding."""


def windows(maps: Array, side: int, steps: Steps = ONE_BY_ONE) -> Array:
    """What a kernel lies on at each of its places: maps (c, n, m) to (rows, columns, c, side, side), a view.

    Raises ImpossibleSize.
    """
    channels, *lengths = maps.shape
    rows, columns = (steps.places(length, side) for length in lengths)
    edge = steps.padding
    padded = np.pad(maps, ((0, 0), (edge, edge), (edge, edge)))
    reach = steps.reach(side)
    every: Array = np.lib.stride_tricks.sliding_window_view(padded, (reach, reach), axis=(1, 2))
    seen: Array = every[:, :: steps.stride, :: steps.stride, :: steps.dilation, :: steps.dilation]
    assert seen.shape == (channels, rows, columns, side, side)
    return np.moveaxis(seen, 0, 2)


def correlate(maps: Array, kernels: Array, bias: float = 0.0, steps: Steps = ONE_BY_ONE) -> Array:
    """A convolution layer before its activation: maps (c, n, m), kernels (f, c, k, k) to maps (f, rows, columns).

    Raises ImpossibleSize.
    """
    seen = windows(maps, kernels.shape[-1], steps)
    return np.tensordot(kernels, seen, axes=((1, 2, 3), (2, 3, 4))) + bias


def relu(values: Array) -> Array:
    """Nothing below 0."""
    return np.maximum(values, 0.0)


def max_pool(maps: Array, block: int = 2) -> Array:
    """The greatest value of each block, (c, n, m) to (c, ⌈n/block⌉, ⌈m/block⌉); at the far edges of what is left."""
    _, rows, columns = maps.shape
    gap = ((0, 0), (0, -rows % block), (0, -columns % block))
    whole = np.pad(maps, gap, constant_values=-np.inf)
    channels, rows, columns = whole.shape
    blocks = whole.reshape(channels, rows // block, block, columns // block, block)
    greatest: Array = blocks.max(axis=(2, 4))
    return greatest


@dataclass(frozen=True, eq=False)
class CellSum:
    """How one cell of a feature map comes about."""

    patch: Array
    """What the kernel lies on, shape (c, k, k)."""

    products: Array
    """The patch times the kernel, number by number, shape (c, k, k)."""

    bias: float

    @property
    def sums(self) -> Array:
        """Sum of the products over each map, shape (c,)."""
        summed: Array = self.products.sum(axis=(1, 2))
        return summed

    @property
    def total(self) -> float:
        """The cell before its activation."""
        return float(self.products.sum() + self.bias)


def cell_sum(
    maps: Array, kernel: Array, place: tuple[int, int], bias: float = 0.0, steps: Steps = ONE_BY_ONE
) -> CellSum:
    """Write out the cell at (row, column), for maps (c, n, m) and a kernel (c, k, k).

    Raises ImpossibleSize, and IndexError for a place outside the map.
    """
    patch = windows(maps, kernel.shape[-1], steps)[place]
    return CellSum(patch=patch, products=patch * kernel, bias=bias)
