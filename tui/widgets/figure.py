"""A figure on the screen: the drawing of `drawing.cells`, and what a pointer does on it."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.figures import Figure
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on, natural_height
from tui.widgets.canvas_widget import CanvasWidget


class FigureView(CanvasWidget):
    """Shows one figure; a new one replaces it at the next refresh."""

    DEFAULT_CSS = """
    FigureView { height: 1fr; }
    FigureView.-empty { display: none; }
    """

    @dataclass
    class Pointed(Message):
        """The learner has pressed, dragged or released on the figure."""

        view: "FigureView"
        spot: str
        """Name of the spot under the pointer when it was pressed."""

        place: tuple[float, float]
        """Data coordinates in the spot's frame, or cells where it has none."""

        phase: str
        """press, drag or release."""

        def can_replace(self, message: Message) -> bool:
            """A later drag takes the place of one that waits."""
            return (
                isinstance(message, FigureView.Pointed)
                and message.view is self.view
                and message.phase == self.phase == "drag"
            )

    def __init__(self, figure: Figure | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.figure = figure
        self.focus_spot = ""
        self._pressed = ""

    def show(self, figure: Figure | None) -> None:
        """Show another figure."""
        if figure is not self.figure:
            before = self.rows(self.size.width) if self.styles.height and self.styles.height.is_auto else 0
            self.figure = figure
            grown = bool(before) and self.rows(self.size.width) != before
            self.repaint(layout=grown)
        self.set_class(figure is None, "-empty")

    def rows(self, width: int) -> int:
        """Tell what the figure takes where the style sheet leaves it to it."""
        return natural_height(self.figure, width, self.look()) if self.figure else 1

    def paint(self, canvas: Canvas) -> None:
        """Draw the figure."""
        if self.figure is not None:
            draw_on(canvas, self.figure)

    def _data(self, spot: str, event: events.MouseEvent) -> tuple[float, float]:
        frames = self.canvas.frames
        frame = frames.get(spot) or next(iter(frames.values()), None)
        return frame.data(event.pointer_x, event.pointer_y) if frame else (event.pointer_x, event.pointer_y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a press on a spot."""
        spot = self.spot_under(event)
        if spot:
            event.stop()
            self._pressed = spot
            self.capture_mouse()
            self.post_message(self.Pointed(self, spot, self._data(spot, event), "press"))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow a drag, else show the tooltip."""
        if self._pressed:
            event.stop()
            self.post_message(self.Pointed(self, self._pressed, self._data(self._pressed, event), "drag"))
        else:
            super().on_mouse_move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the press."""
        if self._pressed:
            event.stop()
            spot, self._pressed = self._pressed, ""
            self.release_mouse()
            self.post_message(self.Pointed(self, spot, self._data(spot, event), "release"))
