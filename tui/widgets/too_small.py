"""The one line that asks for more room, where the terminal is smaller than anything can be shown in."""

from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget


class TooSmall(CanvasWidget):
    """Shown by the screens in place of all else."""

    DEFAULT_CSS = """
    TooSmall { display: none; height: 1fr; width: 1fr; background: $background; }
    """
    ground = "background"

    def paint(self, canvas: Canvas) -> None:
        """Say how much room is needed and how much there is."""
        size = self.app.size
        text = self.words.text("screen.too_small", columns=size.width, rows=size.height)
        canvas.put_middle(canvas.width / 2, canvas.height // 2, text, canvas.ink("text"))
