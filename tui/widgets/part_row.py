"""A row of names, one of which is chosen: the parts of a lab of which one is shown at a time."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import reactive

from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour

KEYS = (
    Command("step", ("left", "right"), "change", 4, "←→", actions=("step(-1)", "step(1)"), palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


class PartRow(CanvasWidget, can_focus=True):
    """Chooses what is shown; it is no setting of the lab."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    part: reactive[str] = reactive("")
    """The part that is shown."""

    page: reactive[tuple[int, int] | None] = reactive(None)
    """Which page of how many is shown of this part, with `v` for the next; None where it is a single one."""

    @dataclass
    class Paged(Message):
        """The learner wants to see the next page."""

    @dataclass
    class Chosen(Message):
        """The learner wants to see a part."""

        part: str

    def __init__(self, parts: tuple[str, ...], keys: str, part: str, *, id: str | None = None) -> None:
        """Take the parts in their order; the messages `<keys>.<part>` name them."""
        super().__init__(id=id, classes="-control")
        self.parts = parts
        self.keys = keys
        self.set_reactive(PartRow.part, part)

    def watch_part(self) -> None:
        """Show the new choice."""
        self.repaint()

    def watch_page(self) -> None:
        """Show the other page's number."""
        self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the names, the chosen one on a tint; at the right the page."""
        if self.has_focus:
            canvas.fill(0, 0, canvas.width, 1, canvas.colour("focus"))
            canvas.put(0, 0, "▐", canvas.ink("accent"))
        x = 2
        for part in self.parts:
            text = self.words.text(f"{self.keys}.{part}")
            size = canvas.measure(text) + 2
            chosen = part == self.part
            if chosen:
                canvas.fill(x, 0, size, 1, canvas.colour("boost"))
            canvas.put(x + 1, 0, text, canvas.ink("text" if chosen else "muted", bold=chosen))
            if chosen and canvas.look.palette.shaded:
                canvas.underline(x + 1, 0, size - 2)
            canvas.spot(x, 0, size, 1, part)
            x += size + 1
        if self.page is not None:
            text = f"{self.page[0]}/{self.page[1]}"
            right = canvas.width - 1
            canvas.put_right(right, 0, text, canvas.ink("text", bold=True))
            canvas.put_right(right - canvas.measure(text) - 1, 0, "v", canvas.ink("accent", bold=True))
            canvas.spot(right - canvas.measure(text) - 2, 0, canvas.measure(text) + 2, 1, "page")

    def step(self, steps: int) -> None:
        """Choose the next part, the first one after the last."""
        self.choose(self.parts[(self.parts.index(self.part) + steps) % len(self.parts)])

    def choose(self, part: str) -> None:
        """Show a part and tell it."""
        if part != self.part:
            self.part = part
            self.post_message(self.Chosen(part))

    def action_step(self, steps: int) -> None:
        """Choose the next or the previous part."""
        self.step(steps)

    def action_neighbour(self, way: int) -> None:
        """Go to the control before or after this one."""
        focus_neighbour(self, way)

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """Choose the part that was clicked."""
        self.focus()
        if spot == "page":
            self.post_message(self.Paged())
        else:
            self.choose(spot)
