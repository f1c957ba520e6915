"""First row of the list of runs: where this is, how many runs there are, and what they take."""

from textual import events

from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget


class RunsHead(CanvasWidget):
    """Where this is and the numbers of runs by their state."""

    DEFAULT_CSS = """
    RunsHead { height: 1; background: $background; }
    """
    ground = "background"

    def __init__(self) -> None:
        super().__init__()
        self.counts: tuple[tuple[str, int, str], ...] = ()
        """Messages, numbers and their colours."""

        self.size_text = ""

    def tell(self, counts: tuple[tuple[str, int, str], ...], size: str) -> None:
        """Show other numbers."""
        if (counts, size) != (self.counts, self.size_text):
            self.counts, self.size_text = counts, size
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the names at the left, the numbers at the right."""
        x = canvas.put(2, 0, "nnlab", canvas.ink("accent", bold=True))
        canvas.spot(0, 0, x, 1, "close")
        x = canvas.put(x + 3, 0, self.words.text("runs.title"), canvas.ink("text", bold=True))
        right = canvas.width - 2
        if self.size_text and right - canvas.measure(self.size_text) > x + 3:
            canvas.put_right(right, 0, self.size_text, canvas.ink("muted"))
            right -= canvas.measure(self.size_text) + 3
        for key, count, tone in reversed(self.counts):
            name = self.words.text(key)
            start = right - canvas.measure(f"{name} {count}")
            if start <= x + 2:
                break
            after = canvas.put(start, 0, name, canvas.ink("muted"))
            canvas.put(after + 1, 0, str(count), canvas.ink(tone, bold=True))
            right = start - 3

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Go back."""
        self.run_worker(self.app.run_action(spot, self.screen), exit_on_error=False)
