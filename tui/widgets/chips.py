"""Two to eight choices on one line, the chosen one on a tint; yes and no are two chips."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from lessons.vocabulary.settings import Setting, Value
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget, focus_neighbour

KEYS = (
    Command("step", ("left", "right"), "change", 4, "←→", actions=("step(-1)", "step(1)"), palette=False),
    Command("switch", ("enter",), "change", palette=False),
    Command("limits", ("home", "end"), "change", actions=("limit(-1)", "limit(1)"), palette=False),
    Command("default", ("backspace",), "change", palette=False),
    Command("neighbour", ("up", "down"), "move", 6, "↑↓", actions=("neighbour(-1)", "neighbour(1)"), palette=False),
)


class Chips(CanvasWidget, can_focus=True):
    """One setting with few choices; it takes a second row where one is too narrow."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    value: reactive[str] = reactive("")
    """The chosen value, as text."""

    @dataclass
    class Changed(Message):
        """The learner has chosen."""

        chips: "Chips"
        name: str
        value: Value

    def __init__(self, setting: Setting, value: Value, *, id: str | None = None) -> None:
        super().__init__(id=id or f"setting-{setting.name}", classes="-control")
        self.setting = setting
        self.set_reactive(Chips.value, self.text_of(value))

    @property
    def key(self) -> str:
        """Name of the setting."""
        return self.setting.name

    @staticmethod
    def text_of(value: Value) -> str:
        """Write a value as its choice's name in the settings."""
        return ("true" if value else "false") if isinstance(value, bool) else str(value)

    def action_neighbour(self, way: int) -> None:
        """Go to the control before or after this one."""
        focus_neighbour(self, way)

    def watch_value(self) -> None:
        """Show the new choice."""
        self.repaint()

    def name_of(self, choice: str) -> str:
        """Give a choice's name in the learner's language."""
        key = f"{self.setting.keys}.{choice}"
        if self.words.has(key):
            return self.words.text(key)
        return self.words.text(f"choice.{choice}") if self.words.has(f"choice.{choice}") else choice

    def choose(self, choice: str) -> None:
        """Take a choice and tell it, if it differs."""
        if choice != self.value:
            self.value = choice
            told: Value = choice == "true" if self.setting.kind == "switch" else choice
            self.post_message(self.Changed(self, self.setting.name, told))

    def action_step(self, steps: int) -> None:
        """Choose the next or the previous one."""
        choices = self.setting.choices
        place = choices.index(self.value) + int(steps)
        self.choose(choices[min(max(place, 0), len(choices) - 1)])

    def action_limit(self, side: int) -> None:
        """Choose the first or the last one."""
        self.choose(self.setting.choices[0 if side < 0 else -1])

    def action_switch(self) -> None:
        """Choose the next one, and the first after the last."""
        choices = self.setting.choices
        self.choose(choices[(choices.index(self.value) + 1) % len(choices)])

    def action_default(self) -> None:
        """Choose the default."""
        self.choose(self.text_of(self.setting.default))

    def _label(self) -> str:
        return self.words.say(self.setting.label)

    def _places(self, width: int, canvas: Canvas | None = None) -> list[tuple[str, str, int, int]]:
        """Give each choice its column and row: (choice, name, x, y)."""
        measure = canvas.measure if canvas else cell_len
        panel = self.parent
        label = int(getattr(panel, "label_width", 0)) or measure(self._label()) + 1
        left = 2 + max(label, measure(self._label()) + 1)
        x, y, found = left, 0, []
        for choice in self.setting.choices:
            name = self.name_of(choice)
            size = measure(name) + 2
            if x + size > width and x > left:
                x, y = left, y + 1
            found.append((choice, name, x, y))
            x += size
        return found

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Auto width is that of all choices on one row."""
        last = self._places(10_000)[-1]
        return last[2] + cell_len(last[1]) + 2

    def rows(self, width: int) -> int:
        """One row, or as many as the choices need."""
        return self._places(width)[-1][3] + 1

    def paint(self, canvas: Canvas) -> None:
        """Draw the name and the chips."""
        focused = self.has_focus
        if focused:
            canvas.fill(0, 0, canvas.width, canvas.height, canvas.colour("focus"))
            for row in range(canvas.height):
                canvas.put(0, row, "▐", canvas.ink("accent"))
        canvas.put(2, 0, self._label(), canvas.ink("accent" if focused else "muted", bold=focused))
        for choice, name, x, y in self._places(canvas.width, canvas):
            chosen = choice == self.value
            size = canvas.measure(name) + 2
            if chosen:
                canvas.fill(x, y, size, 1, canvas.colour("boost"))
            plain = canvas.look.palette.shaded and chosen
            tone = "text" if chosen else "muted"
            canvas.put(x, y, f"[{name}]" if plain else f" {name} ", canvas.ink(tone, bold=chosen))
            canvas.spot(x, y, size, 1, choice)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses."""
        self.focus()

    def spot_clicked(self, spot: str, event: events.Click) -> None:
        """A click chooses."""
        self.choose(spot)
