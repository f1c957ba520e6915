"""A network on the screen: a cursor goes from row to row, blocks open and fold; only rows that are seen are drawn."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from lessons.vocabulary.figures import Figure
from lessons.vocabulary.network import Network, Stage
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.cells.network import draw_from, room
from tui.widgets.canvas_widget import focus_neighbour
from tui.widgets.figure import FigureView

KEYS = (
    Command("layer", ("up", "down"), "move", 3, "↑↓", actions=("layer(-1)", "layer(1)"), palette=False),
    Command("fold", ("enter",), "change", 4, palette=False),
    Command("into", ("left", "right"), "change", written="← →", actions=("into(-1)", "into(1)"), palette=False),
    Command("fold_all", ("plus", "minus"), "change", 5, "+ −", actions=("fold_all(1)", "fold_all(-1)"), palette=False),
    Command("layer_page", ("pageup", "pagedown"), "move", actions=("page(-1)", "page(1)"), palette=False),
    Command("layer_ends", ("home", "end"), "move", actions=("end(-1)", "end(1)"), palette=False),
)

WHEEL = 3
"""Rows that a notch of the wheel goes."""


class NetworkView(FigureView, can_focus=True):
    """The rows of a network; what the learner wants of it goes up as messages."""

    BINDINGS = bindings(KEYS)
    KEYS = KEYS

    @dataclass
    class Moved(Message):
        """The cursor has come to another row."""

        name: str

        def can_replace(self, message: Message) -> bool:
            """Of several moves in a row the last one counts."""
            return isinstance(message, NetworkView.Moved)

    @dataclass
    class Folded(Message):
        """A block shall be opened, or folded if it is open."""

        name: str

    @dataclass
    class FoldedAll(Message):
        """All blocks shall be opened or folded."""

        opened: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.add_class("-control")
        self.at: str = ""
        """Name of the row that the cursor is on."""

        self._first = 0

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The rows; none before they are known."""
        return self.figure.stages if isinstance(self.figure, Network) else ()

    @property
    def index(self) -> int | None:
        """Place of the cursor; where the rows don't have it, that of the figure."""
        found = next((place for place, each in enumerate(self.stages) if each.name == self.at), None)
        return found if found is not None or not isinstance(self.figure, Network) else self.figure.present

    def show(self, figure: Figure | None) -> None:
        """Show another network, or other blocks of it open; where only the cursor has moved, all stays laid out."""
        before = self.figure
        if isinstance(figure, Network) and isinstance(before, Network) and _alike(figure, before):
            known = any(each.name == self.at for each in before.stages)
            if known or figure.present == before.present:
                return
        super().show(figure)
        self._keep_in_sight()

    def go_to(self, name: str) -> None:
        """Put the cursor on a row without telling it."""
        if name != self.at:
            self.at = name
            self._keep_in_sight()
            self.repaint()

    def paint(self, canvas: Canvas) -> None:
        """Draw the rows that are seen."""
        self._keep_in_sight()
        if isinstance(self.figure, Network):
            draw_from(self.figure, canvas, self._first, self.index, self.has_focus)

    def _keep_in_sight(self) -> None:
        shown = room(self.figure, self.size.height) if isinstance(self.figure, Network) else 0
        if not shown:
            return
        place = self.index or 0
        self._first = min(self._first, place, max(len(self.stages) - shown, 0))
        self._first = max(self._first, place - shown + 1, 0)

    # What the learner does

    def go(self, place: int) -> None:
        """Bring the cursor to a place."""
        if not self.stages:
            return
        name = self.stages[min(max(place, 0), len(self.stages) - 1)].name
        if name != self.at or self.index is None:
            self.go_to(name)
            self.post_message(self.Moved(name))

    def action_layer(self, way: int) -> None:
        """Go to the next or previous row; above the first one, to the control before."""
        place = self.index or 0
        if place + way < 0:
            focus_neighbour(self, way)
        else:
            self.go(place + way)

    def action_page(self, way: int) -> None:
        """Go as many rows as are seen."""
        self.go((self.index or 0) + way * max(room(self.figure, self.size.height) - 1, 1) if self.stages else 0)  # type: ignore[arg-type]

    def action_end(self, side: int) -> None:
        """Go to the first or the last row."""
        self.go(0 if side < 0 else len(self.stages))

    def action_fold(self) -> None:
        """Open or fold the block that the cursor is on; on a layer, fold the block around it."""
        place = self.index
        if place is None:
            return
        if self.stages[place].fold == "layer":
            self.action_into(-1)
        else:
            self.post_message(self.Folded(self.stages[place].name))

    def action_into(self, way: int) -> None:
        """Right opens; left folds, on a layer it goes to the block around it first."""
        place = self.index
        if place is None:
            return
        stage = self.stages[place]
        if stage.fold == ("folded" if way > 0 else "open"):
            self.post_message(self.Folded(stage.name))
        elif way > 0:
            self.go(place + 1)
        else:
            around = [
                index
                for index, each in enumerate(self.stages[:place])
                if each.fold == "open" and each.level < stage.level
            ]
            if around:
                self.go(around[-1])

    def action_fold_all(self, way: int) -> None:
        """Open all blocks, or fold them."""
        self.post_message(self.FoldedAll(way > 0))

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click goes to a row; on the mark of a block it opens or folds it."""
        event.prevent_default()
        event.stop()
        self.focus()
        kind, _, name = self.spot_under(event).partition(":")
        if not name:
            return
        if kind == "fold":
            self.post_message(self.Folded(name))
        else:
            self.go(next(index for index, each in enumerate(self.stages) if each.name == name))

    def on_click(self, event: events.Click) -> None:
        """A double click opens or folds."""
        event.prevent_default()
        event.stop()
        kind, _, name = self.spot_under(event).partition(":")
        stage = next((each for each in self.stages if each.name == name), None)
        if event.chain == 2 and kind == "row" and stage is not None and stage.fold != "layer":
            self.post_message(self.Folded(name))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on, with the cursor."""
        event.stop()
        self.go((self.index or 0) + WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.go((self.index or 0) - WHEEL)

    def tip(self, spot: str) -> str:
        """The whole name of what a row stands for."""
        return spot.partition(":")[2]


def _alike(one: Network, other: Network) -> bool:
    """Tell whether two figures differ in nothing but their present row."""
    return (one.title, one.columns, one.needs, one.total, one.stages, one.wires) == (
        *(other.title, other.columns, other.needs, other.total),
        *(other.stages, other.wires),
    )
