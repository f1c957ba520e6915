"""A pad of pixels that the learner draws on with a soft pen: with the mouse, or with the keys pixel by pixel.

It shows an image in half blocks and knows nothing of what it means. Where the terminal reports the pointer in
pixels the pen follows it between the cells; where it reports whole cells, as tmux does, the path is smoothed.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from lessons.vocabulary.strokes import RADIUS, Place, quantised, segment
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.pad import draw, draw_pen, fitted
from tui.drawing.palette import palette
from tui.widgets.canvas_widget import CanvasWidget

KEYS = (
    Command(
        "move_pen",
        ("left", "right", "up", "down"),
        "change",
        4,
        "←→↑↓",
        actions=("move_pen(-1,0)", "move_pen(1,0)", "move_pen(0,-1)", "move_pen(0,1)"),
        palette=False,
    ),
    Command(
        "leap_pen",
        ("pageup", "pagedown", "home", "end"),
        "change",
        written="pgup pgdn home end",
        actions=("move_pen(0,-10)", "move_pen(0,10)", "move_pen(-999,0)", "move_pen(999,0)"),
        palette=False,
    ),
    Command("draw", ("x",), "change", 5, actions=("put_down('draws')",), palette=False),
    Command("erase", ("X",), "change", actions=("put_down('erases')",), palette=False),
    Command("clear", ("backspace",), "change", 6, palette=False),
)

Pen = Literal["up", "draws", "erases"]

GUTTER = 1
"""Cells left of the image, for the bar of the focus."""

ERASER = 2
"""How many times wider than the pen the eraser is."""

WHOLE = 8
"""So many places in a row without a fraction come from a terminal that reports whole cells only."""

RIGHT = 3
"""The right mouse button."""


class PixelPad(CanvasWidget, can_focus=True):
    """An image of 0…1 that can be drawn on; auto size is one cell for two pixels, a column for the focus beside."""

    DEFAULT_CSS = """
    PixelPad { width: auto; height: auto; }
    """
    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    pen: reactive[Pen] = reactive[Pen]("up")
    """What the pen of the keys does where it moves; whoever writes the pad's title may watch it."""

    @dataclass(eq=False)
    class Drawn(Message):
        """The learner has drawn, erased or cleared."""

        pad: "PixelPad"
        name: str
        """The setting that holds the drawing."""

        values: np.ndarray
        """The whole image, shape (rows, columns), in steps of 1/64; nobody changes it later."""

        def can_replace(self, message: Message) -> bool:
            """A later image takes the place of one that waits."""
            return isinstance(message, PixelPad.Drawn) and message.pad is self.pad

    def __init__(
        self,
        drawn: str = "",
        *,
        rows: int = 28,
        columns: int = 28,
        radius: float = RADIUS,
        hint: str = "",
        id: str | None = None,
    ) -> None:
        """`hint`, a text or a message key after `@`, stands on the pad while nothing is drawn."""
        super().__init__(id=id)
        self.drawn, self.hint, self.radius = drawn, hint, radius
        self.shape = (rows, columns)
        self.values = np.zeros(self.shape)
        self.place = (columns // 2, rows // 2)
        """Column and row of the pixel under the pen of the keys."""
        self.fresh = False
        """Whether the next stroke begins on an empty pad: what is shown is not the learner's."""
        self._by_keys = True
        """Whether the pen is shown; the mouse has a pointer of its own."""
        self._last: Place | None = None
        """Where the stroke of the mouse has come to; None while no button is held."""
        self._seen: Place = (0.0, 0.0)
        self._erases = False
        self._whole = WHOLE

    @property
    def blank(self) -> bool:
        """Whether nothing is drawn."""
        return not self.values.any()

    def show(self, values: np.ndarray) -> None:
        """Show an image of this many pixels, of any shape, without telling it.

        While a stroke is being drawn nothing is taken over: an answer to its beginning would undo its end.
        """
        image = np.nan_to_num(np.clip(np.asarray(values, float).reshape(self.shape), 0, 1))
        if self._last is None and not np.array_equal(image, self.values):
            self.values = image
            self.repaint()

    # Size

    def cells(self) -> tuple[int, int]:
        """Tell how many cells the image takes now, across and down."""
        return fitted(*self.shape, max(self.size.width - GUTTER, 1), max(self.size.height, 1))

    def rows(self, width: int) -> int:
        """Tell the rows that the image takes at a width."""
        rows, columns = self.shape
        return fitted(rows, columns, max(min(width - GUTTER, columns), 1), rows)[1]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Auto width is a cell a column."""
        return self.shape[1] + GUTTER

    # Picture

    def look(self) -> Look:
        """The present look, with all its levels: changing their number would send the whole image at each stroke."""
        look = super().look()
        return replace(look, palette=palette(look.palette.theme, look.palette.depth))

    def paint(self, canvas: Canvas) -> None:
        """Draw the image, the bar of the focus, and the pen where keys move it."""
        width, height = self.cells()
        colours = draw(canvas, GUTTER, self.values, width, height)
        if self.blank and self.hint and not self._pen_shown:
            text = canvas.say(self.hint)
            if canvas.measure(text) <= width:
                canvas.put_middle(GUTTER + width / 2, height // 2, text, canvas.ink("faint"))
        if self.has_focus:
            for row in range(height):
                canvas.put(0, row, "▐", canvas.ink("accent"))
        if self._pen_shown:
            draw_pen(canvas, GUTTER, self.shape, self.place, (width, height), colours)

    @property
    def _pen_shown(self) -> bool:
        return self.has_focus and self._by_keys and self._last is None

    # Drawing

    def _draw(self, start: Place, end: Place, erases: bool) -> None:
        """Draw or erase along a straight line between two places in pixels, and tell it."""
        radius = self.radius * ERASER if erases else self.radius
        mark = segment(*self.shape, start, end, radius)
        values = np.zeros(self.shape) if self.fresh and not erases else self.values
        self.fresh = False
        self._tell(np.minimum(values, 1 - mark) if erases else np.maximum(values, mark))

    def _tell(self, values: np.ndarray) -> None:
        values = quantised(values)
        if not np.array_equal(values, self.values):
            self.values = values
            self.repaint()
            self.post_message(self.Drawn(self, self.drawn, values))

    def watch_pen(self) -> None:
        """Show what the pen does now."""
        self.repaint()

    def action_put_down(self, pen: Pen) -> None:
        """Put the pen or the eraser down, or take it up if it is down."""
        self._by_keys = True
        self.pen = "up" if self.pen == pen else pen
        self.action_move_pen(0, 0)

    def action_move_pen(self, across: int, down: int) -> None:
        """Move the pen of the keys; it draws or erases on its way where it is down."""
        (rows, columns), (column, row) = self.shape, self.place
        self._by_keys = True
        self.place = (min(max(column + across, 0), columns - 1), min(max(row + down, 0), rows - 1))
        if self.pen != "up":
            start, end = ((x + 0.5, y + 0.5) for x, y in ((column, row), self.place))
            self._draw(start, end, self.pen == "erases")
        self.repaint()

    def action_clear(self) -> None:
        """Empty the pad; the pen goes up, since it is moved to a new beginning next."""
        self.pen, self.fresh = "up", False
        self._tell(np.zeros(self.shape))

    # Mouse

    def _reached(self, event: events.MouseEvent) -> tuple[Place, bool]:
        """Give the place under the pointer in pixels, and whether only its cell is known: then the cell's middle."""
        x, y = event.pointer_x, event.pointer_y
        self._whole = 0 if x % 1 or y % 1 else self._whole + 1
        coarse = self._whole >= WHOLE
        middle = 0.5 if coarse else 0.0
        (rows, columns), (width, height) = self.shape, self.cells()
        return ((x + middle - GUTTER) / width * columns, (y + middle) / height * rows), coarse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a stroke; the right button or shift erases."""
        event.stop()
        self.pen, self._by_keys = "up", False
        self._erases = event.button == RIGHT or event.shift
        self._last = self._seen = self._reached(event)[0]
        self.focus()
        self.capture_mouse()
        self._draw(self._last, self._last, self._erases)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw on. Between cells the stroke runs from middle to middle of the way, which rounds its steps off."""
        if self._last is None:
            return
        event.stop()
        place, coarse = self._reached(event)
        before, self._seen = self._seen, place
        self._stroke(((before[0] + place[0]) / 2, (before[1] + place[1]) / 2) if coarse else place)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the stroke where the pointer is; the keys would go on from there."""
        if self._last is None:
            return
        event.stop()
        self._stroke(self._reached(event)[0])
        (rows, columns), (x, y) = self.shape, self._last
        self.place = (min(max(int(x), 0), columns - 1), min(max(int(y), 0), rows - 1))
        self._last = None
        self.release_mouse()
        self.repaint()

    def _stroke(self, place: Place) -> None:
        if self._last is not None:
            self._draw(self._last, place, self._erases)
            self._last = place

    def on_blur(self, event: events.Blur) -> None:
        """Take the pen up, and show it again when the keys come back; the base paints."""
        self.pen, self._by_keys = "up", True
