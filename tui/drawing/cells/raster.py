"""Raster as cells: images in half blocks, several of them set in rows, and the scale below."""

import numpy as np

from lessons.vocabulary.figures import Raster
from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.maps import fit

GAP = 1
"""Cells between images."""


def _layout(figure: Raster, width: int) -> tuple[int, int, int]:
    """Give columns of images and the cells of one: width and height."""
    images = figure.values if figure.values.ndim == 3 else figure.values[None]
    count, rows, columns = images.shape
    across = figure.columns or max(1, min(count, (width + GAP) // (columns + GAP)))
    cells = max(1, min(columns, (width + GAP) // across - GAP))
    return across, cells, max(1, round(cells * rows / columns / 2))


def height(figure: Raster, width: int, look: Look) -> int:
    """As many rows as show every image at its own size, if the width allows."""
    across, _, rows = _layout(figure, width)
    count = len(figure.values) if figure.values.ndim == 3 else 1
    lines = -(-count // across)
    return lines * (rows + GAP) - GAP + (1 if figure.title else 0) + 1


def draw(figure: Raster, canvas: Canvas) -> None:
    """Draw the images from the top left; what has no room is left out, never cut."""
    top = 0
    if figure.title:
        end = canvas.put(0, 0, canvas.say(figure.title), canvas.ink("text", bold=True))
        if end + 2 + canvas.measure(note := canvas.say(figure.note)) <= canvas.width:  # half a size misleads
            canvas.put(end + 2, 0, note, canvas.ink("faint"))
        top = 1
    images = figure.values if figure.values.ndim == 3 else figure.values[None]
    across, cells, rows = _layout(figure, canvas.width)
    lines = -(-len(images) // across)
    room = canvas.height - top
    if lines * (rows + GAP) - GAP > room:
        rows = max(1, (room + GAP) // lines - GAP)
        cells = min(cells, max(1, round(rows * 2 * images.shape[2] / images.shape[1])))
    span = figure.high - figure.low or 1.0
    for index, image in enumerate(images):
        x, y = index % across * (cells + GAP), top + index // across * (rows + GAP)
        if y + rows > canvas.height:
            break
        shares = (image - figure.low) / span
        values = 2 * shares - 1 if figure.map == "signed" else shares
        canvas.pixels(x, y, figure.map, fit(values, cells, rows, canvas.look.wide))
        canvas.spot(x, y, cells, rows, f"image:{index}")
    _scale(figure, canvas, top + lines * (rows + GAP) - GAP)


def _scale(figure: Raster, canvas: Canvas, y: int) -> None:
    if y >= canvas.height or figure.map == "ink" or canvas.look.palette.shaded:
        return
    low, high = plain(figure.low, 0), plain(figure.high, 0)
    x = canvas.put(0, y, low, canvas.ink("faint")) + 1
    size = max(4, min(12, canvas.width - x - canvas.measure(high) - 1))
    bar = np.linspace(-1 if figure.map == "signed" else 0, 1, size)
    canvas.pixels(x, y, figure.map, np.vstack([bar, bar]))
    canvas.put(x + size + 1, y, high, canvas.ink("faint"))
