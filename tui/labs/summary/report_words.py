"""What the view of `summary.report` says in words: what the report lacks, how large it is, and where it goes."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.summary.labs.report import ReportSettings
from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
from tui.run_words import size_text
from tui.session import LabSession

WRITE = "w"
"""The key that writes."""


class WriteLine(LabLine):
    """The action that writes the report, its size, and where it is or will be."""

    @dataclass
    class Asked(Message):
        """The learner wants the report to be written."""

    def __init__(self, session: LabSession, *, id: str | None = None) -> None:
        super().__init__(session, id=id)
        self.bytes: int | None = None
        """Bytes of the report; None while they are not known."""

        self.place = ""
        """Where it will be written, or was."""

        self.written = False

    def tell(self, *, place: str, written: bool = False) -> None:
        """Show a place: the report there is written, or is still to be measured."""
        self.bytes = self.bytes if written else None
        self.place, self.written = place, written
        self.repaint()

    def measured(self, size: int) -> None:
        """Show how many bytes it takes."""
        self.bytes = size
        self.repaint()

    @property
    def settings(self) -> ReportSettings:
        """The present settings."""
        assert isinstance(self.session.settings, ReportSettings)
        return self.session.settings

    @property
    def size_text(self) -> str:
        """How large the report is, in its form; that it is being measured while that is not known."""
        if self.bytes is None:
            return self.say("sizing")
        return self.say("size", form=self.say(f"form.{self.settings.form}"), size=size_text(self.bytes))

    def paint(self, canvas: Canvas) -> None:
        """Draw key, action, size and place; of a long place the end."""
        x = canvas.put(2, 0, WRITE, canvas.ink("accent", bold=True))
        action = self.say("write.example" if self.settings.record == "example" else "write")
        x = canvas.put(x + 1, 0, action, canvas.ink("text", bold=True))
        canvas.spot(0, 0, x, 1, "write")
        x = canvas.put(x + 3, 0, self.size_text, canvas.ink("muted"))
        tone = "success" if self.written else "faint"
        mark = "✓ " if self.written else "▸ "
        room = canvas.width - x - 3 - canvas.measure(mark)
        place = self.place
        if canvas.measure(place) > room:
            while place and canvas.measure(place) > room - 1:
                place = place[1:]
            place = f"…{place}"
        if room > 4:
            canvas.put(x + 3, 0, mark + place, canvas.ink(tone))

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click writes."""
        self.post_message(self.Asked())
