"""What the view of `summary.report` says in words: what the report lacks, how large it is, and where it goes."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from tui.drawing.canvas import Canvas
from tui.labs.line import LabLine
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
        self.size_text = ""
        """How large the report is; empty while it is not known."""

        self.place = ""
        """Where it will be written, or was."""

        self.written = False

    def tell(self, *, size: str | None = None, place: str = "", written: bool = False) -> None:
        """Show a size or a place."""
        self.size_text = self.size_text if size is None else size
        self.place, self.written = place or self.place, written
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw key, action, size and place; of a long place the end."""
        x = canvas.put(2, 0, WRITE, canvas.ink("accent", bold=True))
        x = canvas.put(x + 1, 0, self.say("write"), canvas.ink("text", bold=True))
        canvas.spot(0, 0, x, 1, "write")
        x = canvas.put(x + 3, 0, self.size_text or self.say("sizing"), canvas.ink("muted"))
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
