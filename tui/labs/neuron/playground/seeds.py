"""Many networks at once: a small curve of each one's test loss, and how many have reached the goal."""

from math import ceil

import numpy as np

from lessons.vocabulary.numbers import percent, plain
from tui.drawing.canvas import Canvas
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget

HIGH = 0.6
"""Loss at the upper end of a small curve."""

LEAST = (9, 3)
"""Cells of a curve with its number, at least."""


class SeedCurves(CanvasWidget):
    """A grid of curves, one a seed; those at the goal are green and have a ✓."""

    DEFAULT_CSS = """
    SeedCurves { height: 1fr; }
    """

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def paint(self, canvas: Canvas) -> None:
        """Draw the rate, then the grid."""
        seen = self.session.observation
        losses, course = getattr(seen, "test_losses", ()), getattr(seen, "course", None)
        if not losses or course is None:
            x = canvas.put(0, 0, self.words.text("neuron.playground.one_seed"), canvas.ink("muted"))
            canvas.put(x + 2, 0, self.words.text("neuron.playground.more_seeds"), canvas.ink("text"))
            return
        goal = float(getattr(self.session.settings, "goal", 0.0)) or 0.1
        there = sum(loss <= goal for loss in losses)
        text = self.words.text("neuron.playground.reached", goal=plain(goal), there=there, count=len(losses))
        x = canvas.put(0, 0, text, canvas.ink("muted"))
        canvas.put(x + 2, 0, percent(there / len(losses)), canvas.ink("text", bold=True))
        columns = max(1, min(6, canvas.width // (LEAST[0] + 2)))
        rows = ceil(len(losses) / columns)
        width, height = canvas.width // columns, max(LEAST[1], min(8, (canvas.height - 2) // rows))
        first = int(getattr(self.session.settings, "seed", 0))
        for index, loss in enumerate(losses):
            left, top = (index % columns) * width, 2 + (index // columns) * height
            if top + height <= canvas.height + 1:
                self._curve(canvas, (left, top, width - 2, height - 1), course[:, index], first + index, loss, goal)

    def _curve(
        self, canvas: Canvas, box: tuple[int, int, int, int], values: np.ndarray, seed: int, loss: float, goal: float
    ) -> None:
        """Draw one: seed and loss above, the curve below."""
        left, top, width, height = box
        met = loss <= goal
        tone = "success" if met else "series-2"
        x = canvas.put(left, top, f"{seed}", canvas.ink("faint"))
        canvas.put(x + 1, top, f"{plain(min(loss, 99), 2)}{' ✓' if met else ''}", canvas.ink(tone, bold=met))
        columns, dots = 2 * width, 4 * (height - 1)
        ground = 4 * (top + height) - 1
        line = round(ground - goal / HIGH * (dots - 1))
        for column in range(0, columns, 4):
            canvas.dot(2 * left + column, line, canvas.colour("line"))
        at = np.linspace(0, len(values) - 1, columns)
        heights = np.interp(at, np.arange(len(values)), np.minimum(values, HIGH))
        colour = canvas.colour(tone)
        before: int | None = None
        for column, value in enumerate(heights.tolist()):
            y = round(ground - value / HIGH * (dots - 1))
            for place in range(min(y, before or y), max(y, before or y) + 1):
                canvas.dot(2 * left + column, place, colour)
            before = y
