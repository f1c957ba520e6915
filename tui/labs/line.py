"""Lines in words beside a lab's figures: what they say comes from the lab's session, in the lab's own messages."""

from typing import TYPE_CHECKING

from tui.drawing.canvas import Canvas
from tui.errors import of_model
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

if TYPE_CHECKING:
    from lessons.vocabulary.observation import News


class LabLine(CanvasWidget):
    """Base of what says something of the session."""

    def __init__(self, session: LabSession, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.session = session

    def say(self, key: str, **values: object) -> str:
        """Give a text of this lab."""
        return self.words.text(f"{self.session.lab.name}.{key}", **values)

    @property
    def refusal(self) -> str:
        """Why what was asked for could not be done, where that is known."""
        problem = self.session.problem
        known = of_model(problem.kind, problem.values, self.words) if problem is not None else ""
        return f"✗ {known}" if known else ""


class NewsLines(LabLine):
    """Why what was asked for could not be done, or what must be said of this moment; an empty row where all is well."""

    MOST = 5
    """Rows at most."""

    LEFT = 0
    """Cells before them."""

    def text(self) -> tuple[str, str]:
        """The sentence and its tone."""
        if self.refusal:
            return self.refusal, "error"
        return self.told(getattr(self.session.observation, "news", ())), "warning"

    def told(self, news: tuple["News", ...]) -> str:
        """Say the most important of the news."""
        return self.words.say(news[0].message, **news[0].values) if news else ""

    def _lines(self, width: int) -> list[str]:
        return wrap(self.text()[0], max(width - self.LEFT, 20))[: self.MOST]

    def rows(self, width: int) -> int:
        """As many as the text takes."""
        return max(len(self._lines(width)), 1)

    def update(self) -> None:
        """Show what there is to say now."""
        shown = bool(self.size.height)  # hidden, it has no height to compare with
        self.repaint(layout=shown and self.rows(self.size.width) != self.size.height)

    def paint(self, canvas: Canvas) -> None:
        """Draw the lines."""
        tone = self.text()[1]
        for y, line in enumerate(self._lines(canvas.width)[: canvas.height]):
            canvas.put(self.LEFT, y, line, canvas.ink(tone))
