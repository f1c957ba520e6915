"""Under the loss: how many points are answered rightly, and what goes wrong, in words."""

from typing import Any

from lessons.neuron.labs.playground.settings import PlaygroundSettings
from lessons.vocabulary.numbers import short
from lessons.vocabulary.settings import fields
from tui.drawing.canvas import Canvas
from tui.errors import of_model
from tui.session import LabSession
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

NAME = "neuron.playground"

LABELS = {setting.name: setting.label for setting in fields(PlaygroundSettings)}
"""What the settings are called that a sentence asks to change."""


class ScoreLines(CanvasWidget):
    """Accuracy and confusion, a row for training and one for test."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def rows(self, width: int) -> int:
        """Two rows, none for regression."""
        return 2

    def paint(self, canvas: Canvas) -> None:
        """Draw both rows from the table of scores."""
        table = getattr(self.session.observation, "scores", None)
        if table is None:
            return
        for y, cells in enumerate(reversed(table.rows)):
            name, share, *counts = (each.text for each in cells)
            x = max(canvas.put(0, y, canvas.say(name), canvas.ink("muted")) + 1, 6)
            canvas.put_right(x + 7, y, share, canvas.ink("text", bold=True))
            x += 10
            for glyph, right, wrong in (("●", counts[0], counts[1]), ("○", counts[2], counts[3])):
                canvas.put(x, y, glyph, canvas.ink("muted"))
                canvas.put_right(x + 5, y, right, canvas.ink("text"))
                canvas.put(x + 6, y, "✓", canvas.ink("success"))
                canvas.put_right(x + 11, y, wrong, canvas.ink("text" if wrong == "0" else "error"))
                canvas.put(x + 12, y, "✗", canvas.ink("error" if wrong != "0" else "faint"))
                x += 16


class WrongLine(CanvasWidget):
    """Why there is no picture, what goes wrong and what to change, that the goal is reached, or where points are."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def rows(self, width: int) -> int:
        """Two rows."""
        return 2

    def said(self) -> tuple[str, str, str]:
        """Sign, tone and sentence; empty where there is nothing to say."""
        seen, words = self.session.observation, self.words
        problem = self.session.problem
        if problem is not None and (text := of_model(problem.kind, problem.values, words)):
            return "✗", "error", text
        if seen is None:
            return "", "", ""
        if missing := getattr(seen, "missing", ""):
            return "!", "warning", words.text(f"{NAME}.missing.{missing}")
        if getattr(seen, "reached", False):
            return "✓", "success", words.text(f"{NAME}.goal_reached", epochs=f"{getattr(seen, 'epochs', 0):,}")
        wrong = getattr(seen, "wrong", ())
        if not wrong:
            return "", "", ""
        values = {name: written(value) for name, value in wrong[0].values.items()}
        values["setting"] = words.say(LABELS[wrong[0].setting])
        key = f"{NAME}.wrong.{wrong[0].kind}"
        return "!", "error" if wrong[0].kind == "explodes" else "warning", words.text(key, **values)

    def paint(self, canvas: Canvas) -> None:
        """Draw sign and sentence."""
        sign, tone, text = self.said()
        if text:
            canvas.put(0, 0, sign, canvas.ink(tone, bold=True))
            for y, line in enumerate(wrap(text, canvas.width - 2)[: canvas.height]):
                canvas.put(2, y, line, canvas.ink("text"))


def written(value: Any) -> str:
    """Write what was seen: numbers short, shares in percent where they are called so, the rest as it stands."""
    if isinstance(value, bool) or value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return short(float(f"{value:.3g}"))
    if isinstance(value, list):
        return ",".join(map(str, value)) or "0"
    return str(value)
