"""A film: pictures of one thing at several moments, in their order."""

from typing import Literal

import numpy as np
from msgspec import Struct


class Film(Struct, frozen=True, eq=False, kw_only=True, tag=True):
    """Images of one size in a row, the present one of which is marked."""

    title: str
    frames: np.ndarray
    """Shape (n, rows, columns); in a map of light (n, 3, rows, columns)."""

    captions: tuple[str, ...]
    """What stands under each."""

    present: int | None = None
    map: Literal["ink", "sequential", "signed", "light"] = "ink"
    low: float = 0.0
    high: float = 1.0
    note: str = ""
    """A faint word after the title."""

    right: str = ""
    """What stands at the end of the title's line."""
