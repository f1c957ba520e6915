"""What rows with a text to type have in common: bar and name at the left, an entry in place of the value."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.settings import Setting
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour
from tui.widgets.entry import Entry


class TypedRow(CanvasWidget, can_focus=True):
    """A text setting on one line; subclasses draw the text and say what may be typed."""

    GAP = 1
    """Cells between name and text."""

    @dataclass
    class Changed(Message):
        """The learner has chosen another text."""

        name: str
        value: str

    def __init__(self, setting: Setting, *, label: int = 0) -> None:
        """`label` is the least width of the name, in cells."""
        super().__init__(id=f"setting-{setting.name}", classes="-control")
        self.setting, self.label = setting, label
        self.default = str(setting.default)

    def left(self, canvas: Canvas) -> int:
        """Column where the text begins."""
        return 2 + max(self.label, canvas.measure(self.words.say(self.setting.label)) + self.GAP)

    def paint_name(self, canvas: Canvas) -> None:
        """Draw the focus's bar and the name."""
        focused = self.has_focus
        if focused:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        name = self.words.say(self.setting.label)
        canvas.put(2, 0, name, canvas.ink("accent" if focused else "muted", bold=focused))

    def choose(self, text: str) -> None:
        """Take a text and tell it; subclasses do."""

    def accept(self, text: str) -> str | None:
        """Take what was typed, or say why it can't be; subclasses do."""

    def open_entry(self, text: str, width: int) -> None:
        """Type in place of the text, beginning with `text`."""
        if not self.query(Entry):
            entry = Entry(text, self.accept, width=width)
            entry.styles.offset = (self.left(self.canvas), 0)
            self.mount(entry)
            entry.focus()

    def action_default(self) -> None:
        """Take the default."""
        self.choose(self.default)

    def action_neighbour(self, way: int) -> None:
        """Go to the control before or after this one."""
        focus_neighbour(self, way)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press focuses."""
        self.focus()
