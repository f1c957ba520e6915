"""One line on the run that a lab looks into: how far, how long still, how fast; or why it stands, and what to do."""

from typing import TYPE_CHECKING

from tui import run_words
from tui.drawing.canvas import Canvas
from tui.errors import why
from tui.run_words import GLYPHS, TONES
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

if TYPE_CHECKING:
    from engine.training.record import Status
    from tui.session import LabSession

MOST_ROWS = 3
"""Rows that a sentence takes at most."""


class TrainingLine(CanvasWidget):
    """What is said of the session's run; without one, how to begin."""

    def __init__(self, session: "LabSession", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.session = session

    def sentence(self) -> tuple[str, str]:
        """What has gone wrong, with its sign, and its tone; nothing where all is well."""
        training = self.session.training
        if training is None:
            return "", ""
        if training.problem is not None:
            return f"✗ {self.words.text(training.problem.key, **training.problem.values)}", "error"
        status = training.status
        if status is None and getattr(self.session.observation, "missing", False):
            return f"! {self.words.text('run.problem.missing', id=training.run_id)}", "warning"
        if status is not None and status.reason is not None:
            return f"{GLYPHS[status.state]} {why(status.reason, self.words)}", TONES[status.state]
        return "", ""

    def rows(self, width: int) -> int:
        """As many as a sentence takes, else one."""
        text = self.sentence()[0]
        return min(len(wrap(text, max(width, 10))), MOST_ROWS) if text else 1

    def show(self) -> None:
        """Draw it again, with another height where there is more or less to say."""
        self.repaint(layout=self.rows(self.size.width) != self.size.height)

    def paint(self, canvas: Canvas) -> None:
        """Draw the line for the state that the run is in."""
        training = self.session.training
        if training is None:
            return
        text, tone = self.sentence()
        if text:
            for y, line in enumerate(wrap(text, max(canvas.width, 10))):
                canvas.put(0, y, line, canvas.ink(tone))
            return
        status = training.status
        if status is None:
            x = canvas.put(0, 0, "space", canvas.ink("accent", bold=True))
            canvas.put(x + 1, 0, self.words.text("run.begin"), canvas.ink("muted"))
            return
        x = canvas.put(0, 0, f"{GLYPHS[status.state]} ", canvas.ink(TONES[status.state], bold=True))
        if status.state in ("running", "paused", "queued") and not training.changed:
            self._going(canvas, x, status)
        else:
            self._standing(canvas, x, status, training.changed)

    def _going(self, canvas: Canvas, x: int, status: "Status") -> None:
        """Progress, time left and speed, as far as there is room."""
        x = canvas.put(x, 0, self.epochs(status), canvas.ink("text", bold=True)) + 1
        parts = [self.left(status), self.speed(status)] if status.state == "running" else [self.said(status)]
        right = canvas.width
        for part in reversed([part for part in parts if part]):
            size = canvas.measure(part)
            if right - size - 10 < x:
                continue
            canvas.put_right(right, 0, part, canvas.ink("text" if part == parts[0] else "muted"))
            right -= size + 2
        size = max(min(right - x - 1, 24), 0)
        filled = round(size * min(max(status.progress, 0.0), 1.0))
        canvas.put(x, 0, "─" * size, canvas.ink("line"))
        canvas.put(x, 0, "━" * filled, canvas.ink("run" if status.state == "running" else "warning"))

    def _standing(self, canvas: Canvas, x: int, status: "Status", changed: bool) -> None:
        x = canvas.put(x, 0, self.said(status), canvas.ink(TONES[status.state])) + 2
        key = "run.new" if changed or status.state == "finished" else "run.go_on"
        text = self.words.text(key)
        if x + canvas.measure(text) + 6 <= canvas.width:
            x = canvas.put(x, 0, "space", canvas.ink("accent", bold=True))
            canvas.put(x + 1, 0, text, canvas.ink("muted"))

    def epochs(self, status: "Status") -> str:
        """`epoch 5/6`: the one that is being gone through; `step 20/300` of a training that counts no epochs."""
        whole = int(getattr(self.session.settings, "epochs", 0))
        if not whole:
            return self.words.text("run.step", now=f"{status.step:,}", whole=f"{int(status.facts.get('steps', 0)):,}")
        return self.words.text("run.epoch", now=min(int(status.epoch) + 1, whole), whole=whole)

    def left(self, status: "Status") -> str:
        """Time left, once it can be told."""
        return "" if status.seconds_left is None else run_words.left(status.seconds_left, self.words)

    def speed(self, status: "Status") -> str:
        """Images in a second."""
        return (
            ""
            if status.images_per_second is None
            else self.words.text("run.speed", n=f"{status.images_per_second:,.0f}")
        )

    def said(self, status: "Status") -> str:
        """The state in words."""
        return self.words.text(f"run.state.{status.state}")
