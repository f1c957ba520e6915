"""Many networks at once: a small curve of each one's test loss, and how many have reached the goal."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from textual import events
from textual.message import Message

from lessons.vocabulary.numbers import percent, plain
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget

HIGH = 0.6
"""Loss at the upper end of a small curve."""

LEAST = (9, 3)
"""Cells of a curve with its number, at least."""


KEYS = (
    Command(
        "seed_beside",
        ("left", "right", "up", "down"),
        "move",
        4,
        "←→↑↓",
        actions=("seed_beside(-1,0)", "seed_beside(1,0)", "seed_beside(0,-1)", "seed_beside(0,1)"),
        palette=False,
    ),
    Command("more_seeds", ("enter",), "change", 5, palette=False),
)


class SeedCurves(CanvasWidget, can_focus=True):
    """A grid of curves, one a seed; those at the goal are green and have a ✓, the one looked at is on a tint."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Chosen(Message):
        """The learner looks at another network."""

        place: int

        def can_replace(self, message: Message) -> bool:
            """Of several in a row the last one counts."""
            return isinstance(message, SeedCurves.Chosen)

    @dataclass
    class Wanted(Message):
        """Several networks shall learn at once."""

    DEFAULT_CSS = """
    SeedCurves { height: 1fr; }
    """

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-control")
        self.session = session
        self._columns = 1
        self._count = 0

    def paint(self, canvas: Canvas) -> None:
        """Draw the rate, then the grid."""
        seen = self.session.observation
        losses, course = getattr(seen, "test_losses", ()), getattr(seen, "course", None)
        if not losses or course is None:
            self._count = 0
            canvas.put(0, 0, self.words.text("neuron.playground.one_seed"), canvas.ink("muted"))
            x = canvas.put(0, 2, "enter", canvas.ink("accent", bold=True))
            x = canvas.put(x + 1, 2, self.words.text("neuron.playground.more_seeds"), canvas.ink("text"))
            canvas.spot(0, 2, x, 1, "more")
            return
        goal = float(getattr(self.session.settings, "goal", 0.0)) or 0.1
        there = sum(loss <= goal for loss in losses)
        text = self.words.text("neuron.playground.reached", goal=plain(goal), there=there, count=len(losses))
        x = canvas.put(0, 0, text, canvas.ink("muted"))
        canvas.put(x + 2, 0, percent(there / len(losses)), canvas.ink("text", bold=True))
        columns = max(1, min(6, canvas.width // (LEAST[0] + 2)))
        self._columns, self._count = columns, len(losses)
        rows = ceil(len(losses) / columns)
        width, height = canvas.width // columns, max(LEAST[1], min(8, (canvas.height - 2) // rows))
        first = int(getattr(self.session.settings, "seed", 0))
        for index, loss in enumerate(losses):
            left, top = (index % columns) * width, 2 + (index // columns) * height
            if top + height <= canvas.height + 1:
                if index == self._shown:
                    self._mark(canvas, (left, top, width - 1, height - 1))
                canvas.spot(left, top, width - 1, height - 1, str(index))
                self._curve(canvas, (left, top, width - 2, height - 1), course[:, index], first + index, loss, goal)

    @property
    def _shown(self) -> int:
        """Place of the network that is looked at."""
        return min(int(getattr(self.session.settings, "shown", 0)), self._count - 1)

    @property
    def _several(self) -> bool:
        """Whether several networks learn."""
        return int(getattr(self.session.settings, "seeds", 1)) > 1

    def _mark(self, canvas: Canvas, box: tuple[int, int, int, int]) -> None:
        """Lay a tint under the network that is looked at."""
        left, top, width, height = box
        canvas.fill(left, top, width, height, canvas.colour("focus" if self.has_focus else "boost"))

    def _choose(self, place: int) -> None:
        if 0 <= place < self._count and place != self._shown:
            self.post_message(self.Chosen(place))

    def action_seed_beside(self, across: int, down: int) -> None:
        """Look at the network beside, above or below."""
        column = self._shown % self._columns + across
        if 0 <= column < self._columns:
            self._choose(self._shown + across + down * self._columns)

    def action_more_seeds(self) -> None:
        """Let several learn at once, where it is one now."""
        if not self._several:
            self.post_message(self.Wanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are others to look at, or there can be."""
        return self._several == (action == "seed_beside") if action in ("seed_beside", "more_seeds") else True

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Look at the network that was clicked, or let several learn."""
        if spot == "more":
            self.action_more_seeds()
        else:
            self._choose(int(spot))

    def _curve(
        self, canvas: Canvas, box: tuple[int, int, int, int], values: np.ndarray, seed: int, loss: float, goal: float
    ) -> None:
        """Draw one: seed and loss above, the curve below."""
        left, top, width, height = box
        seen = seed == int(getattr(self.session.settings, "seed", 0)) + self._shown
        met = loss <= goal
        tone = "success" if met else "series-2"
        x = canvas.put(left, top, f"{seed}", canvas.ink("text" if seen else "faint", bold=seen))
        if seen and canvas.look.palette.shaded:
            canvas.underline(left, top, x - left)
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
