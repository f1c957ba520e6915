"""How the figures of `applications.panel` stand in its columns: without what is said beside them or has no room."""

from msgspec import structs

from lessons.vocabulary.figures import Figure, Tokens
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.widgets.figure import FigureView


class Untitled(FigureView):
    """A figure whose title is said by what stands above it."""

    def show(self, figure: Figure | None) -> None:
        """Show a figure without its title."""
        super().show(figure if figure is None else structs.replace(figure, title=""))  # type: ignore[call-arg]


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
