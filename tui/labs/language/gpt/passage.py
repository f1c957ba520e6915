"""The text of `language.gpt` to move about in, and the tokens that may follow, one of which can be picked."""

from dataclasses import dataclass

from msgspec import structs
from textual import events
from textual.message import Message

from lessons.vocabulary.figures import Bars, Tokens
from tui.commands import Command, bindings
from tui.drawing.canvas import Canvas
from tui.drawing.cells import draw_on
from tui.widgets.canvas_widget import focus_neighbour
from tui.widgets.figure import FigureView

TEXT_KEYS = (
    Command("token", ("left", "right"), "move", 4, "←→", actions=("token(-1)", "token(1)"), palette=False),
    Command("token_end", ("home", "end"), "move", actions=("token_end(-1)", "token_end(1)"), palette=False),
    Command("to_candidates", ("up", "down"), "move", 5, "↑↓", actions=("to(-1)", "to(1)"), palette=False),
)
LIST_KEYS = (
    Command("candidate", ("up", "down"), "move", 4, "↑↓", actions=("candidate(-1)", "candidate(1)"), palette=False),
    Command("candidate_end", ("home", "end"), "move", actions=("end_of(-1)", "end_of(1)"), palette=False),
    Command("token", ("left", "right"), "move", 6, "←→", actions=("token(-1)", "token(1)"), palette=False),
    Command("take_candidate", ("enter",), "change", 5, palette=False),
)

MARGIN = 2
"""Cells at the left of the text, for the mark."""


@dataclass
class Looked(Message):
    """The learner looks at a token of the text, counted from its beginning; one beyond the last is the next one."""

    token: int

    def can_replace(self, message: Message) -> bool:
        """A later look takes the place of one that waits."""
        return isinstance(message, Looked)


@dataclass
class Picked(Message):
    """The learner wants this one of the candidates in place of the token that is looked at."""

    candidate: int


@dataclass
class Moved(Message):
    """The learner goes so many tokens on or back, or to an end."""

    by: int


class PassageView(FigureView, can_focus=True):
    """The written text; ←→ look at one token after another, a click at any."""

    BINDINGS = bindings(TEXT_KEYS)
    KEYS = TEXT_KEYS

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.add_class("-control")

    def paint(self, canvas: Canvas) -> None:
        """Draw the text; beside the row of the token that is looked at a mark, where the keys are here."""
        if not isinstance(self.figure, Tokens):
            return
        inner = Canvas(max(canvas.width - MARGIN, 0), canvas.height, canvas.look)
        draw_on(inner, self.figure)
        canvas.paste(inner, MARGIN, 0)
        if self.has_focus:
            present = self.figure.present if self.figure.present is not None else len(self.figure.pieces)
            rows = [spot.y for spot in canvas.spots if spot.name == f"token:{present}"]
            canvas.put(0, max(rows, default=0), "▐", canvas.ink("accent"))

    def action_token(self, by: int) -> None:
        """Look at the token before or after."""
        self.post_message(Moved(by))

    def action_token_end(self, side: int) -> None:
        """Look at the first token, or at the next one."""
        self.post_message(Moved(10_000 * side))

    def action_to(self, way: int) -> None:
        """Go to the control above or below."""
        focus_neighbour(self, way)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Look at the token under the pointer."""
        event.stop()
        event.prevent_default()
        self.focus()
        spot = self.spot_under(event)
        if spot.startswith("token:") and isinstance(self.figure, Tokens):
            self.post_message(Looked(int(spot.removeprefix("token:"))))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Nothing is dragged here."""
        event.prevent_default()


class CandidatesView(FigureView, can_focus=True):
    """The tokens that may come next, the best first; ↑↓ choose, enter or a click picks."""

    BINDINGS = bindings(LIST_KEYS)
    KEYS = LIST_KEYS

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.add_class("-control")
        self.cursor: int | None = None
        """The candidate that the keys are on; None for none but the chosen one."""

    def paint(self, canvas: Canvas) -> None:
        """Draw the candidates; the one that the keys are on is marked."""
        figure = self.figure
        if isinstance(figure, Bars) and self.has_focus and figure.names:
            figure = structs.replace(figure, cursor=min(self.at(), len(figure.names) - 1))
        if figure is not None:
            draw_on(canvas, figure)

    def at(self) -> int:
        """The candidate that the keys are on, or the chosen one."""
        chosen = self.figure.chosen if isinstance(self.figure, Bars) else None
        return self.cursor if self.cursor is not None else chosen or 0

    def _go(self, place: int) -> None:
        count = len(self.figure.names) if isinstance(self.figure, Bars) else 0
        self.cursor = min(max(place, 0), count - 1) if count else None
        self.repaint()

    def action_candidate(self, by: int) -> None:
        """Go to the candidate above or below; above the first is the control before."""
        if by < 0 and self.at() == 0:
            focus_neighbour(self, -1)
        else:
            self._go(self.at() + by)

    def action_end_of(self, side: int) -> None:
        """Go to the first candidate or to the last one."""
        self._go(0 if side < 0 else 10_000)

    def action_token(self, by: int) -> None:
        """Look at the token before or after."""
        self.post_message(Moved(by))

    def action_take_candidate(self) -> None:
        """Take it."""
        self.post_message(Picked(self.at()))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the candidate under the pointer."""
        event.stop()
        event.prevent_default()
        self.focus()
        spot = self.spot_under(event)
        if spot.startswith("bar:"):
            self.post_message(Picked(int(spot.removeprefix("bar:"))))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Nothing is dragged here."""
        event.prevent_default()
