"""The part of a long figure that has room: rows of a table, or lines of images at their own size."""

from dataclasses import dataclass

import msgspec

from lessons.vocabulary.figures import Figure, Raster, Table
from tui.drawing.canvas import Look
from tui.drawing.cells import raster


@dataclass(frozen=True)
class Window:
    """What is shown of a figure, counted in rows of a table or lines of images."""

    figure: Figure
    """The figure with nothing but that part."""

    first: int = 0
    shown: int = 0
    total: int = 0
    across: int = 1
    """Images in a line; 1 for a table."""

    count: int = 0
    """Rows or images of the whole figure."""

    @property
    def cut(self) -> bool:
        """Whether there is more than is shown."""
        return self.shown < self.total

    @property
    def ends(self) -> tuple[int, int]:
        """Number of the first and of the last image or row that is shown, counted from 1."""
        return self.first * self.across + 1, min((self.first + self.shown) * self.across, self.count)


def window(figure: Figure, width: int, height: int, look: Look, first: int) -> Window:
    """Take the part that begins with a row or line, as much as has room in so many cells; never beyond the end."""
    if isinstance(figure, Table):
        return _rows(figure, height, first)
    if isinstance(figure, Raster) and figure.values.ndim > 2:
        return _lines(figure, width, height, look, first)
    return Window(figure)


def _rows(figure: Table, height: int, first: int) -> Window:
    total = len(figure.rows)
    heads = (1 if figure.title else 0) + (1 if any(column.head for column in figure.columns) else 0)
    shown = max(min(height - heads, total), 1)
    first = max(min(first, total - shown), 0)
    part = slice(first, first + shown)
    present = figure.present
    inside = present is not None and first <= present < first + shown
    figure = msgspec.structs.replace(
        figure,
        rows=figure.rows[part],
        keys=figure.keys[part],
        present=present - first if present is not None and inside else None,
    )
    return Window(figure, first, shown, total, 1, total)


def _lines(figure: Raster, width: int, height: int, look: Look, first: int) -> Window:
    full, pitch = raster.full_size(figure, look)
    count = len(figure.values)
    across = figure.columns or max((width + raster.GAP) // (full + raster.GAP), 1)
    while across > 1 and across * (full + raster.GAP) - raster.GAP > width:
        across = -(-across // 2)  # a half of a line stays in line with the other half
    total = -(-count // across)
    gap = 2 if raster.is_coarse(look) else 1
    room = 2 * (height - (1 if figure.title else 0))
    shown = max(min((room + gap) // (pitch + gap), total), 1)
    first = max(min(first, total - shown), 0)
    part = figure.values[first * across : (first + shown) * across]
    return Window(
        msgspec.structs.replace(figure, values=part, columns=across, scale=False), first, shown, total, across, count
    )
