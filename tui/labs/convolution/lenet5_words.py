"""What the view of `convolution.lenet5` says beside its figures: what is on the pad, and how it is read."""

from lessons.vocabulary.numbers import plain
from tui.drawing.canvas import Canvas
from tui.session import LabSession
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.pixel_pad import Pen

NAME = "convolution.lenet5"


class PadTitle(CanvasWidget):
    """Over the pad: whose digit it is, and what the pen does."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session
        self.pen: Pen = "up"

    def paint(self, canvas: Canvas) -> None:
        """Draw the title, and the pen at the right while it is down."""
        settings = self.session.settings
        if getattr(settings, "image", ""):
            text = self.words.text(f"{NAME}.own_image")
        elif getattr(settings, "drawn", "") or getattr(settings, "own", False):
            text = self.words.text(f"{NAME}.write")
        else:
            text = self.words.text(f"{NAME}.test_digit", n=getattr(settings, "digit", 0))
        x = canvas.put(1, 0, text, canvas.ink("text", bold=True))
        if self.pen != "up":
            canvas.put_right(canvas.width - 1, 0, self.words.text(f"pad.pen.{self.pen}"), canvas.ink("accent"))
        elif x + 9 < canvas.width:
            canvas.put(x + 2, 0, "28×28", canvas.ink("faint"))


class ReadLine(CanvasWidget):
    """Under the scores: what it is read as, what comes next, and what it is, where that is known."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def rows(self, width: int) -> int:
        """Three lines."""
        return 3

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines; one sentence where nothing is drawn."""
        seen = self.session.observation
        if seen is None:
            return
        scores, read, label = (getattr(seen, name, None) for name in ("scores", "read", "label"))
        if read is None or not scores:
            canvas.put(0, 0, self.words.text(f"{NAME}.nothing"), canvas.ink("muted"))
            return
        wrong = label is not None and label != read
        canvas.put(0, 0, self.words.text(f"{NAME}.read_as", digit=read), canvas.ink("accent", bold=True))
        second = max((each for each in range(10) if each != read), key=lambda each: scores[each])
        text = self.words.text(f"{NAME}.next", digit=second, score=plain(scores[second], 3))
        canvas.put(0, 1, text, canvas.ink("muted"))
        if label is not None:
            sign = "✗" if wrong else "✓"
            text = f"{sign} {self.words.text(f'{NAME}.truth', digit=label)}"
            canvas.put(0, 2, text, canvas.ink("error" if wrong else "success"))
