"""Square pictures as text: ink in sixteen steps, two pixels a byte, as base64url.

So even a drawing of 64×64 pixels stands in a lab address, in 2,731 characters. A picture of another side than wanted
is fitted to it.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from math import isqrt

import numpy as np

from lessons.vocabulary.drawings import DrawingError

STEPS = 15
"""Steps from no ink to full ink."""

LONGEST = 2731
"""Characters of the largest picture."""

LARGEST = 64


def pack(image: np.ndarray) -> str:
    """Write a square picture of an even side, ink 0…1, as text; an empty one is the empty text."""
    levels = np.rint(np.clip(np.asarray(image, float), 0, 1) * STEPS).astype(np.uint8).ravel()
    if not levels.any():
        return ""
    return urlsafe_b64encode((levels[0::2] << 4 | levels[1::2]).tobytes()).decode().rstrip("=")


def unpack(text: str, side: int) -> np.ndarray:
    """Read a picture, ink 0…1 in hundredths, shape (side, side). Raises DrawingError."""
    if not text:
        return np.zeros((side, side))
    try:
        content = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError):
        raise DrawingError("a picture is written in base64url") from None
    own = isqrt(2 * len(content))
    if own**2 != 2 * len(content) or not 2 <= own <= LARGEST:
        raise DrawingError(f"a picture is a square of at most {LARGEST}×{LARGEST} pixels in half bytes")
    bytes_ = np.frombuffer(content, np.uint8)
    levels = np.stack([bytes_ >> 4, bytes_ & 15], axis=1).reshape(own, own)
    places = ((np.arange(side) + 0.5) * own / side).astype(int)
    hundredths: np.ndarray = np.rint(levels[np.ix_(places, places)] / STEPS * 100) / 100
    return hundredths
