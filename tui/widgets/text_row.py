"""A text setting on one line: name and text; enter or a click types another in its place."""

from textual import events

from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.typed_row import TypedRow

KEYS = (
    Command("type", ("enter",), "change", 5, palette=False),
    Command("default", ("backspace",), "change", palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


class TextRow(TypedRow):
    """A text of the learner's; where it is empty, what stands for it is shown."""

    GAP = 2
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    def __init__(self, setting: Setting, value: str, *, label: int = 0) -> None:
        """`label` is the least width of the name, in cells."""
        super().__init__(setting, label=label)
        self.value = value
        self.shown = value
        """What is written: the value, or what the lab takes in its place."""

    def show(self, value: str, shown: str) -> None:
        """Bring it to the present settings and what the lab makes of them."""
        if (value, shown) != (self.value, self.shown):
            self.value, self.shown = value, shown
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name and text; a text too long ends in …."""
        self.paint_name(canvas)
        x, text = self.left(canvas), self.value or self.shown
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

    def action_type(self) -> None:
        """Open an entry in place of the text."""
        room = self.size.width - self.left(self.canvas) - 1
        self.open_entry(self.value or self.shown, max(room, 8))

    def accept(self, text: str) -> str | None:
        if len(text) > self.setting.length:
            return self.words.text("error.text", name=self.words.say(self.setting.label), length=self.setting.length)
        if text.strip() != self.shown:
            self.choose(text.strip())
        return None

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click types."""
        self.action_type()
