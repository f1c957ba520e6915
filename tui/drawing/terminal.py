"""Figures as rich renderables, for `nnlab run`: the same cells as on the screens."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions
from rich.segment import Segment

from lessons.vocabulary.figures import Figure
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells import draw, natural_height
from tui.drawing.palette import Palette
from tui.drawing.rich_style import style
from tui.locale import Words


def segments(canvas: Canvas, row: int) -> list[Segment]:
    """Turn a row of a canvas into segments."""
    return [Segment(text, style(ink)) for text, ink in canvas.runs(row)]


class renderable:
    """A figure that fits itself to the console's width, at most 100 columns."""

    def __init__(self, figure: Figure, words: Words, palette: Palette, wide: bool = False) -> None:
        self.figure = figure
        self.look = Look(palette, words.say, wide, ground="background")

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        width = min(options.max_width, 100)
        canvas = draw(self.figure, width, natural_height(self.figure, width, self.look), self.look)
        for row in range(canvas.height):
            yield from (Segment(text, None if console.no_color else style(ink)) for text, ink in canvas.runs(row))
            yield Segment.line()
