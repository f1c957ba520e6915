"""Curves that the learner can draw into: with the mouse, or with the arrow keys sample by sample."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.figures import Curves
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Look
from tui.widgets.figure import FigureView

KEYS = (
    Command("pen", ("left", "right"), "change", 4, "←→", actions=("pen(-1)", "pen(1)"), palette=False),
    Command("raise", ("up", "down"), "change", 5, "↑↓", actions=("raise(1)", "raise(-1)"), palette=False),
)
SAMPLES = 40
"""Steps of the pen from one end to the other."""

RAISE = 0.1
"""What one key press raises a sample by, as a share of the axis' upper half."""


class SignalPad(FigureView, can_focus=True):
    """A plot over time; it takes the focus only where its figure can be drawn into."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Drawn(Message):
        """The learner has drawn from one place to another, in data coordinates."""

        name: str
        """The setting that holds the drawing."""

        start: tuple[float, float]
        end: tuple[float, float]
        span: tuple[float, float]
        """Limits of the time axis."""

        def samples(self, length: int) -> Iterator[tuple[int, float]]:
            """Yield the samples that the stroke passes: (index, value)."""
            low, high = self.span

            def index(t: float) -> int:
                return min(max(round((t - low) / (high - low) * (length - 1)), 0), length - 1)

            first, last = index(self.start[0]), index(self.end[0])
            step = 1 if last >= first else -1
            for place in range(first, last + step, step):
                share = (place - first) / (last - first) if last != first else 1.0
                yield place, self.start[1] + (self.end[1] - self.start[1]) * share

    def __init__(self, *, id: str | None = None, gutter: int = 0, axis: bool = True) -> None:
        super().__init__(id=id)
        self.plot_left = gutter
        self.own_axis = axis
        self.can_focus = False
        self._pen = SAMPLES // 4
        self._last: tuple[float, float] | None = None

    def look(self) -> Look:
        """The present look with the common gutter, and an axis where there is something to write on it."""
        present = isinstance(self.figure, Curves) and self.figure.point is not None
        return super().look().stacked(self.plot_left, self.own_axis or present)

    @property
    def drawn(self) -> str:
        """The setting that drawing fills, or nothing."""
        return self.figure.drawn if isinstance(self.figure, Curves) else ""

    def paint(self, canvas: Canvas) -> None:
        """Draw the figure, and the pen where the focus is."""
        self.can_focus = bool(self.drawn)
        super().paint(canvas)
        if self.drawn:
            canvas.put_right(canvas.width, 0, self.words.text("figure.draw"), canvas.ink("accent"))
        if self.has_focus and (frame := canvas.frames.get("curves")) is not None:
            for row in range(frame.y, frame.y + frame.height):
                canvas.put(0, row, "▐", canvas.ink("accent"))
            x = frame.x + round(self._pen / (SAMPLES - 1) * (frame.width - 1))
            canvas.put(x, frame.y + frame.height, "▴", canvas.ink("accent", bold=True))

    def action_pen(self, way: int) -> None:
        """Move the pen to the next or previous sample."""
        self._pen = min(max(self._pen + way, 0), SAMPLES - 1)
        self.repaint()

    def action_raise(self, way: int) -> None:
        """Raise or lower the sample under the pen."""
        figure = self.figure
        if not isinstance(figure, Curves) or not figure.drawn:
            return
        t = figure.x.low + self._pen / (SAMPLES - 1) * (figure.x.high - figure.x.low)
        line = figure.lines[0]
        place = int(abs(line.x - t).argmin())
        value = float(line.y[place]) + way * RAISE
        point = (t, value)
        self._tell(figure, point, point)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a stroke."""
        if self.drawn and self.spot_under(event) == "curves":
            event.stop()
            self.focus()
            self.capture_mouse()
            self._last = self._data("curves", event)
            self._stroke(self._last)
        else:
            super().on_mouse_down(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw on."""
        if self._last is not None:
            event.stop()
            self._stroke(self._data("curves", event))
        else:
            super().on_mouse_move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the stroke."""
        if self._last is not None:
            event.stop()
            self._last = None
            self.release_mouse()
        else:
            super().on_mouse_up(event)

    def _tell(self, figure: Curves, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Tell a stroke, cut to what the drawing can hold."""
        reach = figure.drawn_reach
        points = [(t, min(max(value, -reach), reach)) for t, value in (start, end)]
        self.post_message(self.Drawn(figure.drawn, points[0], points[1], (figure.x.low, figure.x.high)))

    def _stroke(self, place: tuple[float, float]) -> None:
        figure = self.figure
        if isinstance(figure, Curves) and figure.drawn and self._last is not None:
            self._tell(figure, self._last, place)
            self._last = place
