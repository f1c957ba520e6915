"""Images as SVG: one, or several of one size set in rows, with a colour bar unless they are plain ink."""

import math

import numpy as np

from lessons.vocabulary.figures import Raster
from lessons.vocabulary.numbers import plain, signed
from tui.drawing.palette import Palette
from tui.drawing.svg.document import PAD, Document
from tui.drawing.svg.maps import bar, bar_width, draw_map
from tui.locale import Words

GAP = 8.0
"""Pixels between images."""

SINGLE = 336.0
"""Greatest side of an image."""


def stack(figure: Raster) -> np.ndarray:
    """Give the images of a figure as an array of shape (n, rows, columns), in colour (n, 3, rows, columns)."""
    values = np.asarray(figure.values, float)
    return values[None] if values.ndim == 2 else values


def in_row(figure: Raster, room: float) -> int:
    """Choose how many images stand in a row: as asked for, else as many as are easy to see."""
    count, columns = len(stack(figure)), int(figure.values.shape[-1])
    if figure.columns:
        return min(figure.columns, count)
    least = max(72.0, 5.0 * columns) if count <= 40 else 40.0
    for rows in range(1, count + 1):
        across = math.ceil(count / rows)
        if (room - GAP * (across - 1)) / across >= least:
            return across
    return 1


def draw(figure: Raster, palette: Palette, words: Words, width: float) -> str:
    """Draw each pixel as a square of a whole number of pixels where there is room."""
    document = Document(palette, words.say(figure.title))
    heading = document.heading(document.title, words.say(figure.note))
    images = stack(figure)
    count, (rows, columns) = len(images), images.shape[-2:]
    across = in_row(figure, width - 2 * PAD)
    share = (width - 2 * PAD - GAP * (across - 1)) / across / columns
    greatest = SINGLE / max(rows, columns, 1)
    pixel = min(share, max(greatest, 1.0))
    pixel = math.floor(pixel) if pixel >= 1 else pixel
    wide, high = pixel * columns, pixel * rows
    grid = across * wide + (across - 1) * GAP
    top = PAD + 26
    if figure.map not in ("ink", "light"):
        texts = limits(figure)
        right = PAD + max(grid, bar_width(texts))
        beside = heading + 24 + bar_width(texts) <= PAD + grid
        bar(document, right, top - 15 if beside else top + 10, figure.map, texts)
        top += 0 if beside else 26
        grid = max(grid, bar_width(texts))
    for index, image in enumerate(images):
        row, column = divmod(index, across)
        x, y = PAD + column * (wide + GAP), top + row * (high + GAP)
        before = GAP if column else 0.0
        document.rect(x - before, y, before, high, "panel")
        if row:
            document.rect(x - before, y - GAP, wide + before, GAP, "panel")
        draw_map(document, figure.map, image, x, y, wide, high, figure.low, figure.high)
    height = top + math.ceil(count / across) * (high + GAP) - GAP + PAD
    return document.finish(2 * PAD + grid, height, width)


def limits(figure: Raster) -> tuple[str, str]:
    """Write what the ends of the colour bar are: both signs of the greater limit, or both limits."""
    if figure.map == "signed":
        reach = max(abs(figure.low), abs(figure.high))
        return signed(-reach, _digits(reach)), signed(reach, _digits(reach))
    return plain(figure.low, _digits(figure.low)), plain(figure.high, _digits(figure.high))


def _digits(value: float) -> int:
    return 0 if value == round(value, 0) or not math.isfinite(value) else 1 if value == round(value, 1) else 2
