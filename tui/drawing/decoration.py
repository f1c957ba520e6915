"""The home screen's decision surface: real, made once by `scripts/make_decoration.py`, and shipped as a small file."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def surface() -> "np.ndarray":
    """Read the surface: shape (48, 154), −1…1."""
    import numpy as np

    return np.load(Path(__file__).with_name("decoration.npy"), allow_pickle=False).astype(float) / 127
