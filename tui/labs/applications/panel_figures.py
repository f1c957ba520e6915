"""How the figures of `applications.panel` stand in its columns: without what is said beside them or has no room."""

import numpy as np
from msgspec import structs

from lessons.vocabulary.figures import Bars, Figure, Tokens
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.widgets.figure import FigureView


class Untitled(FigureView):
    """A figure whose title is said by what stands above it."""

    def show(self, figure: Figure | None) -> None:
        """Show a figure without its title."""
        super().show(figure if figure is None else structs.replace(figure, title=""))  # type: ignore[call-arg]

    def paint(self, canvas: Canvas) -> None:
        """Draw the bars; where there are more than rows, the longest ones, and … for the others."""
        figure, rows = self.figure, canvas.height
        if not isinstance(figure, Bars) or rows >= len(figure.names) or rows < 2:
            super().paint(canvas)
            return
        kept = sorted(np.argsort(-figure.values, kind="stable")[: rows - 1].tolist())
        fewer = structs.replace(
            figure,
            names=tuple(figure.names[place] for place in kept),
            values=figure.values[kept],
            chosen=kept.index(figure.chosen) if figure.chosen in kept else None,
        )
        draw_on(canvas, fewer)
        canvas.put(0, rows - 1, "…", canvas.ink("muted"))


class WalkView(FigureView):
    """Moments of a walk, where there is room to see something in them."""

    LEAST = 6
    """Rows that they take at least, with their title and times."""

    def paint(self, canvas: Canvas) -> None:
        """Draw them."""
        if canvas.height >= self.LEAST:
            super().paint(canvas)


class TextView(FigureView):
    """A text in tokens; where there is little room without the scale of its tints."""

    LEAST = 34
    """Cells that the scale takes at least, to be of use."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the text."""
        if isinstance(self.figure, Tokens):
            draw_on(canvas, self.figure if canvas.width >= self.LEAST else structs.replace(self.figure, scale=()))
