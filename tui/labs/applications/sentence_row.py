"""The sentence that a network goes on with, on one line; what is typed counts while it is being typed."""

from textual import events
from textual.widgets import Input

from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.entry import Entry
from tui.widgets.typed_row import TypedRow

KEYS = (
    Command("type", ("enter",), "change", 4, palette=False),
    Command("default", ("backspace",), "change", palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


class LiveEntry(Entry):
    """Tells its row each change at once; esc brings back what was there."""

    def __init__(self, row: "SentenceRow", text: str, width: int) -> None:
        super().__init__(text, row.accept, width=width, select=False)
        self.max_length = row.setting.length
        self._row, self._before = row, row.value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the networks answer to what is there so far."""
        event.stop()
        self._row.accept(event.value)

    async def action_leave_entry(self) -> None:
        """Leave as it was before."""
        self._row.choose(self._before)
        await super().action_leave_entry()


class SentenceRow(TypedRow):
    """A text setting of any length; of a long one the end is seen."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS
    GAP = 2

    def __init__(self, setting: Setting, value: str) -> None:
        super().__init__(setting)
        self.value = value
        """The present text."""

        self.beginning = ""
        """What stands for an empty one."""

    def show(self, value: str, beginning: str) -> None:
        """Show another text, and what stands for an empty one."""
        if (value, beginning) != (self.value, self.beginning):
            self.value, self.beginning = value, beginning
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name and text; faintly what stands for none."""
        self.paint_name(canvas)
        left = self.left(canvas)
        text = (self.value or self.beginning).replace("\n", "⏎")
        room = canvas.width - left - 1
        if canvas.measure(text) > room:
            while canvas.measure(text) > room - 1:
                text = text[1:]
            text = f"…{text}"
        canvas.put(left, 0, text, canvas.ink("text", bold=True) if self.value else canvas.ink("faint"))
        canvas.spot(0, 0, canvas.width, 1, "type")

    def choose(self, text: str) -> None:
        """Take a text and tell it."""
        if text != self.value:
            self.value = text
            self.repaint()
            self.post_message(self.Changed(self.setting.name, text))

    def accept(self, text: str) -> str | None:
        """Take what is typed; any text can be."""
        self.choose(text.replace("\\n", "\n"))
        return None

    def action_type(self) -> None:
        """Open an entry in place of the text."""
        if not self.query(Entry):
            left = self.left(self.canvas)
            entry = LiveEntry(self, self.value.replace("\n", "\\n"), self.size.width - left)
            entry.styles.offset = (left, 0)
            self.mount(entry)
            entry.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click types."""
        self.action_type()
