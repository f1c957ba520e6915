"""One character on one line: name and value. Keys and wheel go through the alphabet, enter takes any character."""

from string import ascii_uppercase

from textual import events
from textual.reactive import reactive

from lessons.vocabulary.settings import Setting
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.typed_row import TypedRow

KEYS = (
    Command("step", ("left", "right"), "change", 4, "←→", actions=("step(-1)", "step(1)"), palette=False),
    Command("type", ("enter",), "change", 7, palette=False),
    Command("default", ("backspace",), "change", palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


class LetterRow(TypedRow):
    """A text setting of one character."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    value: reactive[str] = reactive("")
    """The present character."""

    used: reactive[bool] = reactive(True)
    """Whether it is what is seen; else it stands faintly."""

    def __init__(self, setting: Setting, value: str, *, label: int = 0) -> None:
        """`label` is the least width of the name, in cells."""
        super().__init__(setting, label=label)
        self.set_reactive(LetterRow.value, value)

    def watch_value(self) -> None:
        """Show the new character."""
        self.repaint()

    def watch_used(self) -> None:
        """Show whether it is seen."""
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw bar, name and character between its neighbours."""
        self.paint_name(canvas)
        x = self.left(canvas)
        place = ascii_uppercase.find(self.value) if self.value else -1
        for shift in range(-3, 4):
            near = self.value if not shift else ascii_uppercase[(place + shift) % 26] if place >= 0 else ""
            if near and not shift and self.used:
                canvas.fill(x, 0, 3, 1, canvas.colour("boost"))
            ink = canvas.ink("text", bold=True) if not shift and self.used else canvas.ink("faint")
            canvas.put(x + 1, 0, near, ink)
            if near:
                canvas.spot(x, 0, 3, 1, near)
            x += 3

    def choose(self, character: str) -> None:
        """Take a character and tell it."""
        if character != self.value or not self.used:
            self.value = character
            self.post_message(self.Changed(self.setting.name, character))

    def action_step(self, steps: int) -> None:
        """Go on in the alphabet, from Z to A too."""
        place = ascii_uppercase.find(self.value) if self.value else -1
        self.choose(ascii_uppercase[(place + steps) % 26] if place >= 0 else "A")

    def action_type(self) -> None:
        """Open an entry in place of the character."""
        self.open_entry(self.value, 6)

    def accept(self, text: str) -> str | None:
        if len(text) != 1 or not text.isprintable():
            return self.words.text("letter.one")
        self.choose(text)
        return None

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click on a neighbour takes it, one on the character itself types."""
        if spot == self.value and self.used:
            self.action_type()
        else:
            self.choose(spot)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """One letter back."""
        event.stop()
        self.action_step(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """One letter on."""
        event.stop()
        self.action_step(1)
