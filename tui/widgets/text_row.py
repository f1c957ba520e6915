"""A text setting on one line: name and text; enter or a click types another in its place."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour
from tui.widgets.entry import Entry

KEYS = (
    Command("type", ("enter",), "change", 5, palette=False),
    Command("default", ("backspace",), "change", palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


class TextRow(CanvasWidget, can_focus=True):
    """A text of the learner's; where it is empty, what stands for it is shown."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Changed(Message):
        """The learner has typed another text."""

        name: str
        value: str

    def __init__(self, setting: Setting, value: str, *, label: int = 0) -> None:
        """`label` is the least width of the name, in cells."""
        super().__init__(id=f"setting-{setting.name}", classes="-control")
        self.setting, self.label, self.value = setting, label, value
        self.shown = value
        """What is written: the value, or what the lab takes in its place."""

    def show(self, value: str, shown: str) -> None:
        """Bring it to the present settings and what the lab makes of them."""
        if (value, shown) != (self.value, self.shown):
            self.value, self.shown = value, shown
            self.repaint()

    def _left(self, canvas: Canvas) -> int:
        return 2 + max(self.label, canvas.measure(self.words.say(self.setting.label)) + 2)

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name and text; a text too long ends in …."""
        focused = self.has_focus
        if focused:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        name = self.words.say(self.setting.label)
        canvas.put(2, 0, name, canvas.ink("accent" if focused else "muted", bold=focused))
        x, text = self._left(canvas), self.value or self.shown
        room = canvas.width - x - 2
        while text and canvas.measure(text) > room:
            text = f"{text.removesuffix('…')[:-1]}…" if len(text) > 1 else ""
        canvas.fill(x - 1, 0, canvas.measure(text) + 2, 1, canvas.colour("boost"))
        canvas.put(x, 0, text, canvas.ink("text", bold=bool(self.value)))
        canvas.spot(0, 0, canvas.width, 1, "text")

    def choose(self, text: str) -> None:
        """Take a text and tell it."""
        if text != self.value:
            self.post_message(self.Changed(self.setting.name, text))

    def action_default(self) -> None:
        """Take the default."""
        self.choose(str(self.setting.default))

    def action_neighbour(self, way: int) -> None:
        """Go to the control before or after this one."""
        focus_neighbour(self, way)

    def action_type(self) -> None:
        """Open an entry in place of the text."""
        if not self.query(Entry):
            left = self._left(self.canvas)
            entry = Entry(self.value or self.shown, self._accept, width=max(self.size.width - left - 1, 8))
            entry.styles.offset = (left, 0)
            self.mount(entry)
            entry.focus()

    def _accept(self, text: str) -> str | None:
        if len(text) > self.setting.length:
            return self.words.text("error.text", name=self.setting.name, length=self.setting.length)
        if text.strip() != self.shown:
            self.choose(text.strip())
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click types."""
        self.action_type()
