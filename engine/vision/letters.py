"""Letters of a real font as images: Aileron, which Pillow has built in, so that they are the same on every machine."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FINE = 4
"""How much finer than the image the letter is drawn first, each way."""

MEASURED = 200.0
"""Size of the font at which the height of its capitals is measured."""

STEPS = 100
"""Steps of ink: hundredths, so that sums written with two decimals come out."""


class LetterError(ValueError):
    """A character that the font lacks."""

    def __init__(self, character: str) -> None:
        super().__init__(f"the font has no {character!r}")
        self.values = {"character": character, "reason": "missing"}


@lru_cache(maxsize=1)
def _capital() -> float:
    """Height of a capital, of 1 of the font's size."""
    _, top, _, bottom = ImageFont.load_default(MEASURED).getbbox("H")
    return float(bottom - top) / MEASURED


@lru_cache(maxsize=256)
def has(character: str) -> bool:
    """Tell whether the font has this one character: others are all drawn as the same box."""
    if len(character) != 1 or not character.isprintable():
        return False
    font = ImageFont.load_default(MEASURED)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


@lru_cache(maxsize=256)
def _drawn(character: str, side: int, size: float, angle: float) -> NDArray[np.float64]:
    fine = side * FINE
    image = Image.new("L", (fine, fine))
    font = ImageFont.load_default(max(1.0, size * FINE / _capital()))
    left, top, right, bottom = font.getbbox(character)
    middle = (fine - left - right) / 2, (fine - top - bottom) / 2
    ImageDraw.Draw(image).text(middle, character, fill=255, font=font)
    turned = image.rotate(angle, Image.Resampling.BICUBIC) if angle else image
    ink = np.asarray(turned.resize((side, side), Image.Resampling.BOX), np.float64) / 255
    return np.rint(ink * STEPS) / STEPS


def letter(character: str, side: int, size: float, angle: float = 0.0) -> NDArray[np.float64]:
    """A character in the middle of a square image: ink 0…1 in hundredths, shape (side, side).

    `size` is the height of a capital in pixels, `angle` turns it to the left, in degrees. What reaches beyond the image
    is cut off; a blank is an empty image. Raises LetterError.
    """
    if not has(character) and not character.isspace():
        raise LetterError(character)
    return _drawn(character, side, float(size), float(angle)).copy()
