"""A map of numbers with a cursor on one of its cells, moved by keys and mouse; it knows nothing of what it means."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from textual import events
from textual.message import Message

from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas, Look
from tui.drawing.cells.maps import fit
from tui.drawing.cells.pad import draw_pen, fitted
from tui.drawing.palette import palette
from tui.typesetting import wrap
from tui.widgets.canvas_widget import CanvasWidget

KEYS = (
    Command(
        "move_cell",
        ("left", "right", "up", "down"),
        "change",
        4,
        "←→↑↓",
        actions=("move_cell(-1,0)", "move_cell(1,0)", "move_cell(0,-1)", "move_cell(0,1)"),
        palette=False,
    ),
    Command(
        "leap_cell",
        ("pageup", "pagedown", "home", "end"),
        "change",
        written="pgup pgdn home end",
        actions=("move_cell(0,-10)", "move_cell(0,10)", "move_cell(-999,0)", "move_cell(999,0)"),
        palette=False,
    ),
)

GUTTER = 1
"""Cells left of the map, for the bar of the focus."""


class MapPad(CanvasWidget, can_focus=True):
    """Two cells of the map in one of the terminal, of the size that there is room for."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Moved(Message):
        """The learner has moved the cursor."""

        pad: "MapPad"
        row: int
        column: int

        def can_replace(self, message: Message) -> bool:
            """A later place takes that of one that waits."""
            return isinstance(message, MapPad.Moved) and message.pad is self.pad

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.values: np.ndarray | None = None
        self.kind: Literal["sequential", "signed"] = "sequential"
        self.place = (0, 0)
        """Column and row of the cell under the cursor."""
        self.reason = ""
        """Why there is no map."""
        self._drag = False

    def show(
        self,
        values: np.ndarray | None,
        kind: Literal["sequential", "signed"] = "sequential",
        place: tuple[int, int] = (0, 0),
        reason: str = "",
    ) -> None:
        """Show a map, 0…1 or −1…1, with the cursor at a column and row; without one, the reason."""
        same = (kind, place, reason) == (self.kind, self.place, self.reason)
        if same and values is not None and self.values is not None and np.array_equal(values, self.values):
            return
        self.values, self.kind, self.place, self.reason = values, kind, place, reason
        self.repaint()

    def look(self) -> Look:
        """The present look, with all its levels: changing their number would send the whole map at each move."""
        look = super().look()
        return replace(look, palette=palette(look.palette.theme, look.palette.depth))

    def cells(self) -> tuple[int, int]:
        """Tell how many cells the map takes now, across and down."""
        shape = self.values.shape if self.values is not None else (1, 1)
        return fitted(*shape, max(self.size.width - GUTTER, 1), max(self.size.height, 1))

    def paint(self, canvas: Canvas) -> None:
        """Draw the map, the bar of the focus and the cursor; or why there is none."""
        if self.values is None:
            for y, line in enumerate(wrap(self.reason, max(canvas.width - 3, 10))):
                canvas.put(1, y + 1, line, canvas.ink("warning"))
            return
        width, height = self.cells()
        image = fit(self.values, width, height, canvas.look.wide)
        canvas.pixels(GUTTER, 0, self.kind, image)
        colours = [] if canvas.look.palette.shaded else canvas.look.palette.names(self.kind, image)
        if self.has_focus:
            for row in range(height):
                canvas.put(0, row, "▐", canvas.ink("accent"))
        draw_pen(canvas, GUTTER, self.values.shape, self.place, (width, height), colours)

    def move_to(self, column: int, row: int) -> None:
        """Move the cursor and tell it."""
        if self.values is None:
            return
        rows, columns = self.values.shape
        place = (min(max(column, 0), columns - 1), min(max(row, 0), rows - 1))
        if place != self.place:
            self.place = place
            self.repaint()
            self.post_message(self.Moved(self, place[1], place[0]))

    def action_move_cell(self, across: int, down: int) -> None:
        """Move the cursor."""
        self.move_to(self.place[0] + across, self.place[1] + down)

    def _point(self, event: events.MouseEvent) -> None:
        if self.values is not None:
            (rows, columns), (width, height) = self.values.shape, self.cells()
            x, y = (event.pointer_x - GUTTER) / width * columns, event.pointer_y / height * rows
            self.move_to(int(x), int(y))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press moves the cursor."""
        event.stop()
        self.focus()
        self._drag = True
        self.capture_mouse()
        self._point(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """And so does dragging."""
        if self._drag:
            event.stop()
            self._point(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End it."""
        if self._drag:
            event.stop()
            self._drag = False
            self.release_mouse()
