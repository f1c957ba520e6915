"""An image that is drawn on, as cells: its ground is set off from the page around it, and the pen stands on it."""

import numpy as np

from tui.drawing.canvas import Canvas, Ink
from tui.drawing.cells.maps import fit

Colours = list[list[str]]
"""A colour for each half cell; empty where there are shades in place of colours."""


def fitted(rows: int, columns: int, width: int, height: int) -> tuple[int, int]:
    """Give the cells, across and down, that an image takes in a room of cells; its pixels stay square.

    It grows by whole steps only, and shrinks as far as it must.
    """
    scale = min(width / columns, 2 * height / rows)
    if scale >= 1:
        scale = int(scale)
        if scale > 1 and scale * rows % 2:
            scale -= 1  # an odd number of half cells would stretch the image
    return max(1, int(columns * scale + 1e-9)), max(1, int(rows * scale / 2 + 0.5))


def draw(canvas: Canvas, left: int, values: np.ndarray, width: int, height: int) -> Colours:
    """Draw an image of 0…1, shape (rows, columns), from a column on; give the colours that it has taken.

    Where there is no ink it shows the page's ground, which differs from the lab's. Without colours its corners
    are marked.
    """
    palette, image = canvas.look.palette, fit(values, width, height, canvas.look.wide)
    if palette.shaded:
        canvas.pixels(left, 0, "ink", image)
        for x in (left, left + width - 1):
            for y in (0, height - 1):
                if canvas.row_text(y)[x : x + 1] == [" "]:
                    canvas.put(x, y, "⋅", canvas.ink("faint"))
        return []
    none, ground = palette.ink(0), canvas.colour("background")
    colours = [[ground if each == none else each for each in row] for row in palette.names("ink", image)]
    for y, (upper, lower) in enumerate(zip(colours[::2], colours[1::2], strict=True)):
        for x, (top, bottom) in enumerate(zip(upper, lower, strict=True), left):
            same = top == bottom
            canvas.put(x, y, " " if same else "▀", Ink("" if same else top, bottom))
    return colours


def draw_pen(
    canvas: Canvas,
    left: int,
    shape: tuple[int, int],
    place: tuple[int, int],
    cells: tuple[int, int],
    colours: Colours,
) -> None:
    """Set four half cells around a pixel, so that its ink stays visible between them.

    `shape` is the image's (rows, columns), `place` the pixel's (column, row), `cells` what the image takes (across,
    down). In wide mode, where a half cell is a few dots, the pixel's cell is filled, and its dots tell the half.
    """
    (rows, columns), (column, row), (width, height) = shape, place, cells
    x, y = column * width // columns, row * 2 * height // rows
    if not colours or canvas.look.wide:
        under = (
            ("▄" if y % 2 else "▀") if canvas.look.wide else "".join(canvas.row_text(y // 2)[left + x : left + x + 1])
        )
        filled = canvas.ink("on-accent", bg=canvas.colour("accent"))
        canvas.put(left + x, y // 2, under, filled if colours else canvas.ink("accent")._replace(reverse=True))
    if canvas.look.wide:
        return
    right = max((column + 1) * width // columns, x + 1)
    lower = max((row + 1) * 2 * height // rows, y + 1)
    halves = {max(y - 1, 0), min(lower, 2 * height - 1)}
    for across in {max(x - 1, 0), min(right, width - 1)}:
        for down in {half // 2 for half in halves}:
            top, bottom = 2 * down in halves, 2 * down + 1 in halves
            text = "█" if top and bottom else "▀" if top else "▄"
            other = colours[2 * down + top][across] if colours else ""
            canvas.put(left + across, down, text, canvas.ink("accent", bg=other))
