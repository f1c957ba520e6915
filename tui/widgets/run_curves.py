"""Curves of runs on the screen; a drag moves the cursor that reads their values."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.drawing.canvas import Canvas
from tui.drawing.cells.run_curves import RunPlot, draw
from tui.widgets.canvas_widget import CanvasWidget


class RunCurves(CanvasWidget):
    """Shows one plot, or the sentence that stands where it will be."""

    DEFAULT_CSS = """
    RunCurves { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Pointed(Message):
        """The cursor shall stand at another place, 0…1 of the x axis."""

        place: float

        def can_replace(self, message: Message) -> bool:
            """A later place takes that of one that waits."""
            return isinstance(message, RunCurves.Pointed)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.plot: RunPlot | None = None
        self.instead = ""
        """The message of what is shown where there is no plot."""

        self._held = False

    def show(self, plot: RunPlot | None, instead: str = "") -> None:
        """Show another plot, or say why there is none."""
        if plot is None and self.plot is None and instead == self.instead:
            return
        self.plot, self.instead = plot, instead
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the plot."""
        if self.plot is not None:
            draw(self.plot, canvas)
        elif self.instead:
            canvas.put(0, min(1, canvas.height - 1), self.words.text(self.instead), canvas.ink("muted"))

    def _point(self, event: events.MouseEvent) -> None:
        frame = self.canvas.frames.get("plot")
        if frame is not None:
            self.post_message(self.Pointed(frame.data(event.pointer_x, event.pointer_y)[0]))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the cursor."""
        if self.spot_under(event) == "plot":
            event.stop()
            self._held = True
            self.capture_mouse()
            self._point(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move it."""
        if self._held:
            event.stop()
            self._point(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        if self._held:
            event.stop()
            self._held = False
            self.release_mouse()
