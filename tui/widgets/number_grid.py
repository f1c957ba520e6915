"""A square of numbers that are changed one by one, each on a tile whose tint is its value: a kernel, say.

It knows nothing of what the numbers mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.numbers import plain, signed
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.widgets.canvas_widget import CanvasWidget
from tui.widgets.entry import Entry

SIGNS = {str(digit): str(digit) for digit in range(10)} | {"minus": "-", "plus": "+", "full_stop": "."}
"""Keys that begin a number, and what each writes."""

KEYS = (
    Command(
        "move_number",
        ("left", "right", "up", "down"),
        "change",
        4,
        "←→↑↓",
        actions=("move_number(-1,0)", "move_number(1,0)", "move_number(0,-1)", "move_number(0,1)"),
        palette=False,
    ),
    Command(
        "change_number",
        ("pageup", "pagedown"),
        "change",
        5,
        actions=("change_number(1)", "change_number(-1)"),
        palette=False,
    ),
    Command(
        "fine",
        ("shift+left", "shift+right"),
        "change",
        6,
        "⇧←→",
        actions=("change_number(-0.1)", "change_number(0.1)"),
        palette=False,
    ),
    Command("type", ("enter",), "change", 7, palette=False),
    Command(
        "type_number",
        tuple(SIGNS),
        "change",
        written="0…9 −",
        actions=tuple(f"type_number({character!r})" for character in SIGNS.values()),
        palette=False,
    ),
    Command("default", ("backspace",), "change", palette=False),
)

Numbers = tuple[tuple[float, ...], ...]

GUTTER = 1
"""Cells left of the tiles, for the bar of the focus."""

WIDEST, TALLEST = 7, 3
"""Cells of a tile at most, across and down."""

DIGITS = 4
"""Decimals that are kept."""

CLOSE = 5
"""Cells of a tile in which a number of two decimals still has room."""


class NumberGrid(CanvasWidget, can_focus=True):
    """Square numbers; the one under the cursor is changed by keys, wheel or typing."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Changed(Message):
        """The learner has changed a number."""

        grid: "NumberGrid"
        values: Numbers
        """All numbers, row by row."""

        def can_replace(self, message: Message) -> bool:
            """Later numbers take the place of those that wait."""
            return isinstance(message, NumberGrid.Changed) and message.grid is self.grid

    def __init__(self, side: int = 3, *, reach: float = 100.0, step: float = 1.0, id: str | None = None) -> None:
        """`reach` is the largest size of a number, `step` what a page key adds."""
        super().__init__(id=id)
        self.values: Numbers = ((0.0,) * side,) * side
        self.reach, self.step = reach, step
        self.place = (side // 2, side // 2)
        """Column and row of the number under the cursor."""

    @property
    def side(self) -> int:
        """Numbers in a row."""
        return len(self.values)

    def show(self, values: Sequence[Sequence[float]]) -> None:
        """Show numbers, as many in a column as in a row, without telling it."""
        numbers = tuple(tuple(map(float, row)) for row in values)
        if numbers == self.values:
            return
        if len(numbers) != self.side:
            middle = len(numbers) // 2
            shift = middle - self.side // 2
            column, row = (min(max(each + shift, 0), len(numbers) - 1) for each in self.place)
            self.place = (column, row)
        self.values = numbers
        self.repaint()

    # Picture

    def tile(self) -> tuple[int, int]:
        """Give the cells of a tile, across and down."""
        width = min(WIDEST, (self.size.width - GUTTER) // self.side)
        return max(width, 1), max(min(TALLEST, self.size.height // self.side), 1)

    def rows(self, width: int) -> int:
        """Tiles of two rows."""
        return self.side * 2

    def text(self, value: float, width: int) -> str:
        """Write a number in so many cells: with its sign, and as many decimals as it has and there is room for."""
        if not value:
            return "0"
        for digits in (0, 1, 2):
            if round(value, digits) == value:
                return signed(value, digits)
        return signed(value, 2 if width >= CLOSE else 1)

    def paint(self, canvas: Canvas) -> None:
        """Draw the tiles, their numbers, and the cursor."""
        width, height = self.tile()
        largest = max((abs(value) for row in self.values for value in row), default=0.0) or 1.0
        palette = canvas.look.palette
        for row, line in enumerate(self.values):
            for column, value in enumerate(line):
                x, y = GUTTER + column * width, row * height
                here = self.has_focus and (column, row) == self.place
                ground = canvas.colour("focus") if palette.shaded else palette.signed(value / largest)
                if not palette.shaded:
                    canvas.fill(x, y, width, height, ground)
                ink = canvas.ink("text") if palette.shaded else canvas.ink()._replace(fg=palette.on(ground))
                if here:
                    self._cursor(canvas, x, y, width, height)
                    if palette.shaded:
                        ink = canvas.ink("accent", bold=True)._replace(reverse=True)
                    else:
                        ink = canvas.ink("on-accent", bold=True, bg=canvas.colour("accent"))
                written = self.text(value, width)
                canvas.put(x + (width - canvas.measure(written) + 1) // 2, y + (height - 1) // 2, written, ink)
                canvas.spot(x, y, width, height, f"{column},{row}")
        if self.has_focus:
            for row in range(height * self.side):
                canvas.put(0, row, "▐", canvas.ink("accent"))

    def _cursor(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """Fill the row of the number under the cursor; the rest of its tile keeps its tint."""
        if not canvas.look.palette.shaded:
            canvas.fill(x, y + (height - 1) // 2, width, 1, canvas.colour("accent"))

    # What the learner does

    def set_number(self, value: float, place: tuple[int, int] | None = None) -> None:
        """Set the number under the cursor, or another one, and tell it."""
        column, row = self.place if place is None else place
        value = round(min(max(value, -self.reach), self.reach), DIGITS) + 0.0
        if self.values[row][column] != value:
            line = self.values[row]
            changed = (*line[:column], value, *line[column + 1 :])
            self.values = (*self.values[:row], changed, *self.values[row + 1 :])
            self.repaint()
            self.post_message(self.Changed(self, self.values))

    def action_move_number(self, across: int, down: int) -> None:
        """Go to a neighbour."""
        column, row = self.place
        last = self.side - 1
        self.place = (min(max(column + across, 0), last), min(max(row + down, 0), last))
        self.repaint()

    def action_change_number(self, steps: float) -> None:
        """Make it larger or smaller by steps."""
        column, row = self.place
        self.set_number(self.values[row][column] + steps * self.step)

    def action_default(self) -> None:
        """Make it 0."""
        self.set_number(0.0)

    def action_type(self) -> None:
        """Open an entry in place of the number."""
        column, row = self.place
        self._open(plain(self.values[row][column], DIGITS).rstrip("0").rstrip("."))

    def action_type_number(self, begun: str) -> None:
        """Open an entry that begins with what has been typed."""
        self._open(begun, begun=True)

    def _open(self, text: str, begun: bool = False) -> None:
        if not self.query(Entry):
            (column, row), (width, height) = self.place, self.tile()
            entry = Entry(
                text,
                self._accept,
                width=max(width, 7),
                allowed="0123456789.,+-− ",
                refusal=lambda _: self._limits(),
                select=not begun,
            )
            left = min(GUTTER + column * width, max(self.size.width - max(width, 7), 0))
            entry.styles.offset = (left, row * height + (height - 1) // 2)
            self.mount(entry)
            entry.focus()

    def _accept(self, text: str) -> str | None:
        """Take a typed number; give the reason where it can't be."""
        try:
            value = float(text.strip().replace("−", "-").replace(",", "."))
        except ValueError:
            value = float("nan")
        if not abs(value) <= self.reach:
            return self._limits()
        self.set_number(value)
        return None

    def _limits(self) -> str:
        return self.words.text("grid.number", low=plain(-self.reach, 0), high=plain(self.reach, 0))

    # Mouse

    def _under(self, event: events.MouseEvent) -> tuple[int, int] | None:
        spot = self.spot_under(event)
        column, comma, row = spot.partition(",")
        return (int(column), int(row)) if comma else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press chooses a number."""
        event.stop()
        place = self._under(event)
        self.focus()
        if place is not None:
            self.place = place
            self.repaint()

    def on_click(self, event: events.Click) -> None:
        """A double click makes it 0."""
        event.stop()
        if event.chain == 2:
            self.action_default()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel makes the number under the pointer larger."""
        self._scroll(event, 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Or smaller."""
        self._scroll(event, -1)

    def _scroll(self, event: events.MouseEvent, steps: int) -> None:
        event.stop()
        place = self._under(event)
        if place is not None:
            column, row = self.place = place
            self.set_number(self.values[row][column] + steps * self.step)
            self.repaint()
