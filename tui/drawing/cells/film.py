"""Film as cells: images in a row in half blocks, a line over the present one, a caption under each.

Images shrink where there is less room, to a least width; below that some frames are left out, never the present one.
"""

import numpy as np

from lessons.vocabulary.film import Film
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.maps import fit

GAP = 2
"""Cells between two images."""

LEAST = 8
"""Cells of an image at least, where several stand beside each other."""

LARGEST = 28
"""Cells of an image at most."""

AROUND = 3
"""Rows of title, line and captions."""


def chosen(figure: Film, width: int) -> list[int]:
    """Which frames have room: all, or some evenly spread with the first, the last and the present one."""
    count = len(figure.frames)
    room = max(1, min(count, (width + GAP) // (LEAST + GAP)))
    places = [round(each) for each in np.linspace(0, count - 1, room)] if count else []
    if figure.present is not None and places and figure.present not in places:
        nearest = min(range(len(places)), key=lambda place: abs(places[place] - (figure.present or 0)))
        places[nearest] = figure.present
    return places


def height(figure: Film, width: int, look: Look) -> int:
    """Title, line, images and captions."""
    return AROUND + _side(figure, width, None)[1]


def _side(figure: Film, width: int, rows: int | None) -> tuple[int, int]:
    """Cells across and rows of one image."""
    count = max(1, len(chosen(figure, width)))
    tall, across = figure.frames.shape[-2:]
    share = (tall / across / 2) if across else 0.5
    cells = max(1, min(LARGEST, across, (width + GAP) // count - GAP))
    down = max(1, round(cells * share))
    if rows is not None and down > rows:
        down = max(1, rows)
        cells = max(1, min(cells, round(down / share)))
    return cells, down


def draw(figure: Film, canvas: Canvas) -> None:
    """Draw title, line, images and captions from the top; the row begins at the left edge."""
    x = canvas.put(0, 0, canvas.say(figure.title), canvas.ink("text", bold=True))
    right = canvas.say(figure.right)
    end = canvas.width - canvas.measure(right) - 1
    if figure.note and x + 2 + canvas.measure(note := canvas.say(figure.note)) <= end:
        x = canvas.put(x + 2, 0, note, canvas.ink("muted"))
    if right and x < end:
        canvas.put(end, 0, right, canvas.ink("text", bold=True))
    places = chosen(figure, canvas.width)
    cells, down = _side(figure, canvas.width, canvas.height - AROUND)
    if canvas.height <= AROUND or not places:
        return
    step = (canvas.width + GAP) // len(places) if len(places) > 1 else cells
    step = min(step, cells + GAP)
    for number, place in enumerate(places):
        _frame(figure, canvas, place, number * step, cells, down)


def _frame(figure: Film, canvas: Canvas, place: int, x: int, cells: int, down: int) -> None:
    present = place == figure.present
    if present:
        canvas.put(x, 1, "▁" * cells, canvas.ink("accent"))
    span = figure.high - figure.low or 1.0
    shown = (np.asarray(figure.frames[place], float) - figure.low) / span
    shown = 2 * shown - 1 if figure.map == "signed" else shown
    canvas.pixels(x, 2, figure.map, fit(shown, cells, down, canvas.look.wide))
    canvas.spot(x, 1, cells, down + 2, f"frame:{place}")
    caption = figure.captions[place] if place < len(figure.captions) else ""
    if canvas.measure(caption) <= cells:
        ink = canvas.ink("accent" if present else "muted", bold=present)
        canvas.put(x + (cells - canvas.measure(caption)) // 2, 2 + down, caption, ink)
