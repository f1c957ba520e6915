"""Raster as cells: images in half blocks, several of them set in rows, and the scale below.

Images are set in pixels, two a cell, with one pixel between them, so that small maps keep their shape where rows are
scarce. Where colours are missing or wide, whole cells part them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lessons.vocabulary.figures import Raster
from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas, Ink, Look
from tui.drawing.cells.maps import fit, resample

GAP = 1
"""Cells between images that stand beside each other."""

SMALL = 8
"""Rows of an image whose every pixel shall be seen where a row of cells takes one pixel only."""


class Layout(NamedTuple):
    """How images of one size are set."""

    across: int
    lines: int
    width: int
    """Cells of one image."""

    height: int
    """Pixels of one image, two a cell."""

    pitch: int
    """Pixels from one line of images to the next."""


def _images(figure: Raster) -> np.ndarray:
    return figure.values[None] if figure.values.ndim == 2 else figure.values


def _is_small(figure: Raster, look: Look) -> bool:
    return is_coarse(look) and _images(figure).shape[-2] <= SMALL


def full_size(figure: Raster, look: Look) -> tuple[int, int]:
    """Cells across and pixels down, two a cell, of one image at its own size."""
    rows, columns = _images(figure).shape[-2:]
    if _is_small(figure, look):
        return columns * (2 if look.wide else 1), 2 * rows
    return columns, rows


def _across(count: int, full: int, pitch: int, width: int, pixels: int | None, gap: int) -> int:
    """As many in a line as leave each its own size, or else the most of it."""
    fitting = max(1, min(count, (width + GAP) // (full + GAP)))
    if pixels is None or -(-count // fitting) * (pitch + gap) - gap <= pixels:
        return fitting

    def share(across: int) -> float:
        wide = ((width + GAP) // across - GAP) / full
        return min(wide, ((pixels + gap) // -(-count // across) - gap) / pitch)

    return max(range(1, count + 1), key=share)


def _layout(figure: Raster, width: int, pixels: int | None, look: Look) -> Layout:
    """Set the images at their own size where there is room for it, smaller where there is less, never larger."""
    count = len(_images(figure))
    coarse, (full, pitch) = is_coarse(look), full_size(figure, look)
    gap = 2 if coarse else 1
    across = figure.columns or _across(count, full, pitch, width, pixels, gap)
    if coarse and pixels is not None and -(-count // across) * (pitch + gap) - gap > pixels:
        across = max(across, (width + GAP) // (full + GAP))  # there is more room beside than below
    across = min(across, count)
    lines = -(-count // across)
    cells = max(1, min(full, (width + GAP) // across - GAP))
    tall = max(1, round(cells * pitch / full))
    if pixels is not None and lines * (tall + gap) - gap > pixels:
        tall = max(1, (pixels + gap) // lines - gap)
        if not _is_small(figure, look):
            cells = max(1, min(cells, round(tall * full / pitch)))
    if coarse:
        tall = 2 * max(1, tall // 2 if pixels is not None else -(-tall // 2))
    return Layout(across, lines, cells, tall, tall + gap)


def height(figure: Raster, width: int, look: Look) -> int:
    """As many rows as show every image at its own size, if the width allows."""
    layout = _layout(figure, width, None, look)
    pixels = layout.lines * layout.pitch - (layout.pitch - layout.height)
    return -(-pixels // 2) + (1 if figure.title else 0) + (1 if _has_scale(figure, look) else 0)


def is_coarse(look: Look) -> bool:
    """Tell whether a cell shows one pixel only."""
    return look.wide or look.palette.shaded


def draw(figure: Raster, canvas: Canvas) -> None:
    """Draw the images from the top left; what has no room is left out, never cut."""
    top = 0
    if figure.title:
        end = canvas.put(0, 0, canvas.say(figure.title), canvas.ink("text", bold=True))
        if end + 2 + canvas.measure(note := canvas.say(figure.note)) <= canvas.width:  # half a size misleads
            canvas.put(end + 2, 0, note, canvas.ink("faint"))
        top = 1
    images = _images(figure)
    room = 2 * (canvas.height - top)
    layout = _layout(figure, canvas.width, room, canvas.look)
    span = figure.high - figure.low or 1.0
    shown = [(image - figure.low) / span for image in images[: layout.across * max(room // layout.pitch + 1, 0)]]
    shown = [2 * image - 1 for image in shown] if figure.map == "signed" else shown
    if is_coarse(canvas.look):
        _cells(figure, canvas, layout, shown, top)
    else:
        _pixels(figure, canvas, layout, shown, top)
    if _has_scale(figure, canvas.look):
        _scale(figure, canvas, top + -(-(layout.lines * layout.pitch - 1) // 2))


def _place(layout: Layout, index: int) -> tuple[int, int]:
    """First cell column and first pixel row of an image."""
    return index % layout.across * (layout.width + GAP), index // layout.across * layout.pitch


def _cells(figure: Raster, canvas: Canvas, layout: Layout, images: Sequence[np.ndarray], top: int) -> None:
    for index, image in enumerate(images):
        x, y = _place(layout, index)
        if top + (y + layout.height) // 2 > canvas.height:
            break
        fitted = fit(image, layout.width, layout.height // 2, canvas.look.wide)
        canvas.pixels(x, top + y // 2, figure.map, fitted)
        canvas.spot(x, top + y // 2, layout.width, layout.height // 2, f"image:{index}")


def _pixels(figure: Raster, canvas: Canvas, layout: Layout, images: Sequence[np.ndarray], top: int) -> None:
    """Compose the images in pixels, the ground between them, and write two rows of pixels a row of cells."""
    ground = canvas.colour(canvas.look.ground)
    rows = canvas.height - top
    grid = [[ground] * canvas.width for _ in range(2 * rows)]
    for index, image in enumerate(images):
        x, y = _place(layout, index)
        if y + layout.height > 2 * rows or x + layout.width > canvas.width:
            continue
        colours = canvas.look.palette.names(figure.map, resample(image, layout.height, layout.width))
        for row, line in enumerate(colours):
            grid[y + row][x : x + layout.width] = line
        canvas.spot(x, top + y // 2, layout.width, -(-layout.height // 2), f"image:{index}")
    used = min(-(-layout.lines * layout.pitch // 2), rows)
    for row in range(used):
        for x, (upper, lower) in enumerate(zip(grid[2 * row], grid[2 * row + 1], strict=True)):
            if upper == lower == ground:
                continue
            same = upper == lower
            canvas.put(x, top + row, " " if same else "▀", Ink("" if same else upper, lower))


def _has_scale(figure: Raster, look: Look) -> bool:
    if not figure.scale or figure.map == "light":
        return False
    return figure.map == "signed" if look.palette.shaded else figure.map != "ink"


def _scale(figure: Raster, canvas: Canvas, y: int) -> None:
    if y >= canvas.height:
        return
    low, high = plain(figure.low, 0), plain(figure.high, 0)
    x = canvas.put(0, y, low, canvas.ink("faint")) + 1
    size = max(4, min(12, canvas.width - x - canvas.measure(high) - 1))
    bar = np.linspace(-1 if figure.map == "signed" else 0, 1, size)
    canvas.pixels(x, y, figure.map, np.vstack([bar, bar]))
    canvas.put(x + size + 1, y, high, canvas.ink("faint"))
