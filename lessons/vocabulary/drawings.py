"""Drawings as text: an array that the learner has drawn, written as base64url of float16 numbers.

So a drawing is a plain setting: it stands in a lab address, in the saved state and on the command line.
float16 keeps three to four decimals, more than a pen in terminal cells can draw.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

import numpy as np

DTYPE = np.dtype("<f2")


class DrawingError(ValueError):
    """A text that is no drawing of the wanted length."""


def encode(values: np.ndarray) -> str:
    """Write numbers, shape (n,), as text without padding; nothing but zeros is the empty text.

    Raises DrawingError for what float16 can't hold: NaN and numbers beyond ±65,504.
    """
    with np.errstate(over="ignore"):
        # Adding 0 turns −0 into 0: equal drawings are equal texts.
        numbers = np.asarray(values).astype(DTYPE) + DTYPE.type(0)
    if not np.isfinite(numbers).all():
        raise DrawingError("a drawing holds finite numbers only")
    return urlsafe_b64encode(numbers.tobytes()).decode().rstrip("=") if numbers.any() else ""


def decode(text: str, length: int) -> np.ndarray:
    """Read a drawing, shape (length,), float64; the empty text is all zeros. Raises DrawingError."""
    if not text:
        return np.zeros(length)
    try:
        content = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError):
        raise DrawingError("a drawing is written in base64url") from None
    if len(content) != length * DTYPE.itemsize or urlsafe_b64encode(content).decode().rstrip("=") != text:
        raise DrawingError(f"a drawing of {length} numbers has {length * DTYPE.itemsize} bytes in base64url")
    numbers = np.frombuffer(content, DTYPE).astype(float)
    if not np.isfinite(numbers).all():
        raise DrawingError("a drawing holds finite numbers only")
    return numbers
